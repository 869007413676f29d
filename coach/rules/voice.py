"""How the letter sounds: worn phrases, running oneself down, wrong words, unexplained letters."""

import re
from collections.abc import Iterator

from coach.letters import Criterion, Severity
from coach.rules import phrases
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule

SMILEY = re.compile(
    r"(?<![\w:;=)(])[:;=]-?[)D(P]+(?!\w)|(?<![\w)])\){2,4}(?!\w)|<3(?!\d)"
    r"|[\U0001f600-\U0001f64f\U0001f923-\U0001f929]"
)
UNKNOWN = re.compile(r"(?<![\w./@#&-])(?:[A-Z]{3,6}|[А-ЯЁ]{3,6})s?(?![\w/@&-]|\.\w)")
ABBREVIATIONS_TOLD = 3


@rule("self-damage", Severity.MAJOR, Criterion.CLARITY_VOICE)
def self_damage(letter: Letter) -> Iterator[Hit]:
    """Arguing against oneself, or against a former employer."""
    told: set[int] = set()
    for found in _in_body(letter, "self_damage"):
        sentence = letter.sentence_at(found.start)
        if sentence not in told:
            told.add(sentence)
            yield Hit(found.start, found.end, found.instead or "self")


@rule("cliche", Severity.MINOR, Criterion.CLARITY_VOICE)
def cliche(letter: Letter) -> Iterator[Hit]:
    """A phrase that fits every letter; the same one is told once."""
    told: set[str] = set()
    for found in _in_body(letter, "cliches"):
        if found.entry not in told:
            told.add(found.entry)
            yield Hit(
                found.start, found.end, facts={"phrase": letter.text[found.start : found.end]}
            )


@rule("wrong-term", Severity.MINOR, Criterion.CLARITY_VOICE)
def wrong_term(letter: Letter) -> Iterator[Hit]:
    """A word that means something else to this reader, with the one that is meant."""
    told: set[str] = set()
    for found in _in_body(letter, "wrong_terms"):
        if found.entry not in told:
            told.add(found.entry)
            yield Hit(found.start, found.end, facts={"instead": found.instead})


@rule("informal", Severity.MINOR, Criterion.CLARITY_VOICE)
def informal(letter: Letter) -> Iterator[Hit]:
    """Chat language and smileys for a reader one has not met."""
    taken = letter.cover("url", "code", "template")
    for found in SMILEY.finditer(letter.prose):
        if not taken.touches(*found.span()):
            yield Hit(*found.span(), "smiley")
    for found in _in_body(letter, "informal"):
        yield Hit(found.start, found.end, facts={"phrase": letter.text[found.start : found.end]})


def _in_body(letter: Letter, name: str) -> Iterator[phrases.Phrase]:
    """The phrases of a list, outside links, code and quoted speech."""
    taken = letter.cover("url", "code", "template", "email", "placeholder")
    quoted = phrases.quoted(letter.prose)
    for found in phrases.find(name, letter.prose, letter.words):
        if not taken.touches(found.start, found.end) and not quoted.touches(found.start, found.end):
            yield found


@rule("undefined-abbreviation", Severity.MINOR, Criterion.MECHANICS)
def undefined_abbreviation(letter: Letter) -> Iterator[Hit]:
    """Capitals that a reader outside the writer's circle can't read; the first few, once each."""
    if not letter.is_letter:
        return
    known = phrases.listed("abbreviations") | phrases.listed("tools")
    taken = letter.cover()
    told: set[str] = set()
    for sentence, _ in letter.body:
        if sentence.text.isupper():
            continue
        for found in UNKNOWN.finditer(sentence.text):
            name = found.group().rstrip("s")
            start = sentence.start + found.start()
            if name in told or name.lower() in known or taken.holds(start):
                continue
            told.add(name)
            if not _explained(letter, name) and len(told) <= ABBREVIATIONS_TOLD:
                yield Hit(start, start + len(name), facts={"name": name})


def _explained(letter: Letter, name: str) -> bool:
    """Spelled out beside it: "Word Error Rate (WER)", "WER (word error rate)", "WER is"."""
    bracketed = rf"\w\W{{0,3}}\s*\(\s*{name}s?\b[^()]{{0,30}}\)"
    spelled = (
        rf"\b{name}s?\b\s*(?:\((?=[^()]*[a-zа-яё]{{3}})(?![^()]*\d)|,? (?:is|are"
        rf"|stands for|which is|—|–|-) )"
    )
    return bool(re.search(bracketed, letter.prose) or re.search(spelled, letter.prose))


ISE = re.compile(r"i[sz](?:e|ed|ing|ation|ations)$")


@rule("mixed-spelling", Severity.MINOR, Criterion.MECHANICS)
def mixed_spelling(letter: Letter) -> Iterator[Hit]:
    """British and American spelling in one letter; told once, where the rarer one first stands."""
    british = {found.key: found for found in reversed(_spelled(letter, british=True))}
    american = {found.key: found for found in reversed(_spelled(letter, british=False))}
    for ise in (True, False):
        ours = [word for key, word in british.items() if bool(ISE.search(key)) is ise]
        theirs = [word for key, word in american.items() if bool(ISE.search(key)) is ise]
        if ours and theirs:
            rarer, other = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
            first = min(rarer, key=lambda word: word.start)
            yield Hit(first.start, first.end, facts={"one": first.key, "other": other[0].key})
            return


def _spelled(letter: Letter, *, british: bool) -> list[phrases.Word]:
    pairs = phrases.pairs("british_american")
    wanted = frozenset(pairs) if british else frozenset(pairs.values())
    taken = letter.cover("url", "code", "template")
    return [
        word
        for word in letter.words
        if word.key in wanted and not taken.holds(word.start) and letter.text[word.start].islower()
    ]
