"""What the letter says of its writer without showing it: qualities, abilities, hedges."""

import re
from collections.abc import Iterator

from coach.letters import Criterion, Severity
from coach.rules import phrases
from coach.rules.blocks import Sentence
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import Sign
from coach.rules.spans import Cover

SHOWN = {Sign.OUTCOME, Sign.NUMBER}
INSTANCE = re.compile(
    r"(?i)\b(?:for (?:example|instance)|such as when|once,|one (?:day|night|evening|morning)"
    r"|last (?:week|month|year|spring|summer|autumn|fall|winter)|when (?:I|we|the|our|a) "
    r"|например|однажды|когда (?:я|мы)|zum beispiel|einmal)\b"
)
CLAIMS_TOLD = 2


@rule("unproven-claim", Severity.MAJOR, Criterion.EVIDENCE)
def unproven_claim(letter: Letter) -> Iterator[Hit]:
    """Qualities and abilities with no moment that shows them; the fullest sentences are told."""
    if not letter.may_lack:
        return
    claims = [(len(_claims(letter, said)), said) for said in _unshown(letter)]
    claims = [one for one in claims if one[0]]
    many = sum(count for count, _ in claims) >= MANY
    for count, said in sorted(claims, key=lambda one: (-one[0], one[1].start))[:CLAIMS_TOLD]:
        severity = None if count >= 2 or many else Severity.MINOR
        yield Hit(said.start, said.end, severity=severity)


MANY = 3
"""From so many bare claims on they are what the letter is made of."""


def _unshown(letter: Letter) -> Iterator[Sentence]:
    """Sentences with no deed, number, moment or link in themselves, before or behind them."""
    links = letter.proof_links
    body = list(letter.body)
    backed = [
        bool(read & SHOWN or INSTANCE.search(said.text) or links.within(said.start, said.end))
        or {Sign.DEED, Sign.INITIATIVE} <= read
        for said, read in body
    ]
    for place, (said, read) in enumerate(body):
        near = range(max(0, place - 1), min(len(body), place + 2))
        same = [at for at in near if body[at][0].block == said.block]
        if Sign.DEED not in read and not any(backed[at] for at in same):
            yield said


PERSON = re.compile(
    r"(?i)\bI(?:['’]m|\s+am)\s+an?\s+((?:[\w-]+,?\s+(?:and\s+)?){2,7})(?:person|individual|professional"
    r"|character|человек)\b"
)
ADJECTIVE = re.compile(r"(?!and\b|very\b|highly\b|really\b)\b[\w-]+")
"""What stands before "person" is a row of qualities."""


def _claims(letter: Letter, said: Sentence) -> list[phrases.Phrase]:
    """Claims outside quotation marks; what is only worn is told as a cliché."""
    words = letter.words_in(said)
    if person := PERSON.search(said.text):
        places = range(len(ADJECTIVE.findall(person[1])))
        return [phrases.Phrase(said.start, said.end, person[0], "") for _ in places]
    quoted = phrases.quoted(letter.prose)
    found = [
        one
        for one in phrases.find("qualities", letter.prose, words)
        if not quoted.touches(one.start, one.end)
    ]
    worn = Cover((one.start, one.end) for one in phrases.find("cliches", letter.prose, words))
    return found if any(not worn.touches(one.start, one.end) for one in found) else []


HEDGED = 4
"""So many hedges in a letter make a habit; two in one sentence make a doubt."""


@rule("hedge", Severity.MINOR, Criterion.CLARITY_VOICE)
def hedge(letter: Letter) -> Iterator[Hit]:
    """Doubt where a plain sentence would do; told once, at the sentence that hedges most."""
    if not letter.is_letter:
        return
    by_sentence: dict[int, list[phrases.Phrase]] = {}
    quoted = phrases.quoted(letter.prose)
    for found in phrases.find("hedges", letter.prose, letter.words):
        if not quoted.touches(found.start, found.end):
            by_sentence.setdefault(letter.sentence_at(found.start), []).append(found)
    count = sum(map(len, by_sentence.values()))
    worst = max(by_sentence, key=lambda number: len(by_sentence[number]), default=None)
    if worst is not None and (count >= HEDGED or len(by_sentence[worst]) >= 2):
        hedges = by_sentence[worst]
        words = ", ".join(letter.text[one.start : one.end] for one in hedges)
        said = letter.sentences[worst]
        yield Hit(said.start, said.end, facts={"words": words, "count": count})
