"""How the letter sounds: worn phrases, running oneself down, wrong words, unexplained letters."""

import re
from collections.abc import Iterator
from itertools import groupby

from coach.letters import Criterion, Severity
from coach.rules import phrases
from coach.rules.blocks import BlockKind, Sentence
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import Sign

SMILEY = re.compile(
    r"(?<![\w:;=)(])[:;=]-?[)D(P]+(?!\w)|(?<![\w)])\){2,4}(?!\w)|<3(?!\d)"
    r"|[\U0001f600-\U0001f64f\U0001f923-\U0001f929]"
)
UNKNOWN = re.compile(r"(?<![\w./@#&-])(?:[A-Z]{3,6}|[А-ЯЁ]{3,6})s?(?![\w/@&-]|\.\w)")
ABBREVIATIONS_TOLD = 3
EXCLAMATION = re.compile(r"(?<=\w)\s?!+(?=\s|$)(?!\s*$)")
SHOUTS = 4


@rule("self-damage", Severity.MAJOR, Criterion.CLARITY_VOICE)
def self_damage(letter: Letter) -> Iterator[Hit]:
    """Arguing against oneself, or against a former employer."""
    told: set[int] = set()
    places = [
        (one.start, one.end, one.instead or "self") for one in _in_body(letter, "self_damage")
    ]
    places += [(start, end, "self") for start, end in _lacks(letter)]
    for start, end, variant in sorted(places):
        sentence = letter.sentence_at(start)
        if sentence not in told:
            told.add(sentence)
            yield Hit(start, end, variant)


LACKS = re.compile(
    r"(?i)\bI\s+(?:do\s+not|don['’]t|did\s+not)\s+(?:yet\s+)?have\s+(?:an?y?|the|much|enough"
    r"|sufficient)?\s*(?:[\w-]+\s+){0,4}(?:degree|experience|background|education|qualifications?"
    r"|knowledge|skills)\b"
    r"|\b(?:many|most|some)?\s*(?:of\s+the\s+)?other\s+(?:applicants|candidates|people)\s+(?:will|may"
    r"|might|probably|surely|certainly|have|are)\b"
    r"|\bI\s+(?:do\s+not|don['’]t)\s+(?:\w+\s+)?know\s+as\s+(?:much|many\s+\w+)\s+as\b"
    r"|\bless\s+(?:experienced?|qualified|skilled|knowledge)\s+than\s+(?:other|most|many)\w*"
    r"|\bnot\s+as\s+(?:good|strong|experienced|qualified|skilled)\s+as\b"
    r"|\bI\s+will\s+do\s+(?:everything|anything|whatever)\b|\bto\s+catch\s+up\b"
    r"|\b(?:опыта|образования|знаний)\s+(?:[а-яё]+\s+){0,3}(?:у\s+меня\s+)?(?:пока\s+)?(?:нет|мало"
    r"|не\s+хватает)\b|\bу\s+меня\s+(?:пока\s+)?(?:нет|мало)\s+(?:[а-яё]+\s+){0,2}(?:опыта"
    r"|образования|знаний)\b|\bнадеюсь\s+на\s+понимание\b"
)
"""Gaps that are told."""
MENDED = {Sign.OUTCOME, Sign.INITIATIVE}


def _lacks(letter: Letter) -> Iterator[tuple[int, int]]:
    """Gaps with nothing about what is done to close them, in the sentence or the next one."""
    body = list(letter.body)
    links = letter.proof_links
    for place, (said, _) in enumerate(body):
        near = body[place : place + 2]
        mended = any(read & MENDED or WORKED_ON.search(one.text) for one, read in near)
        if mended or links.within(said.start, near[-1][0].end):
            continue
        yield from ((said.start + one.start(), said.start + one.end()) for one in _gaps(said.text))


WORKED_ON = re.compile(
    r"(?i)\b(?:I\s+(?:have\s+)?(?:started|begun|began|read|passed|worked\s+through)|since\s+then"
    r"|what\s+I\s+(?:can|did|have)|courses?|evenings?|tutorials?|learning|studying|я\s+(?:начал|прош|чита)\w*|на\s+выходных|чтобы)\b"
)


def _gaps(said: str) -> Iterator[re.Match[str]]:
    return LACKS.finditer(said)


OPENINGS = 5
"""So many sentences in a row with one opening sound like a list."""


@rule("repeated-opening", Severity.MINOR, Criterion.CLARITY_VOICE)
def repeated_opening(letter: Letter) -> Iterator[Hit]:
    """Sentences of a paragraph that begin alike, one after the other; the longest run is told."""
    runs = [list(run) for _, run in groupby(_spoken(letter), key=lambda one: one[1])]
    longest = max(runs, key=len) if runs else []
    if len(longest) >= OPENINGS:
        first, last = longest[0][0], longest[-1][0]
        word = first.text.split()[0]
        yield Hit(first.start, last.end, facts={"word": word, "count": len(longest)})


def _spoken(letter: Letter) -> Iterator[tuple[Sentence, tuple[int, str]]]:
    """Sentences of paragraphs with their block and first word."""
    for said, _ in letter.body:
        words = letter.words_in(said)
        if said.kind is BlockKind.PARAGRAPH and words:
            yield said, (said.block, words[0].key.partition("'")[0])


BREATH = 60
"""Words of a sentence that has to be read twice."""


@rule("long-sentence", Severity.MINOR, Criterion.CLARITY_VOICE)
def long_sentence(letter: Letter) -> Iterator[Hit]:
    """The longest sentence, when it has to be read twice."""
    said = [
        one for one, _ in letter.body if one.kind is BlockKind.PARAGRAPH and "\n\n" not in one.text
    ]
    longest = max(said, key=lambda one: len(letter.words_in(one)), default=None)
    if longest and (count := len(letter.words_in(longest))) > BREATH:
        yield Hit(longest.start, longest.end, facts={"words": count})


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
    if letter.language == "de":
        return  # the list holds words that are wrong in English and right in German
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
    shouts = [
        found for found in EXCLAMATION.finditer(letter.prose) if not taken.holds(found.start())
    ]
    if len(shouts) >= SHOUTS and letter.is_letter:
        yield Hit(*shouts[-1].span(), "shouting", {"count": len(shouts)})
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
