"""A model's reading of a letter against a posting or a form, as far as quotes prove it.

What rules have proved is never lowered: a row only rises, and only as far as its quote shows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from coach import terms
from coach.anchors import Span
from coach.letters import Coverage, Strength
from coach.postings import worth
from coach.requirements import Requirement
from coach.texts import say
from prompts.answers import AnswersAnswer, CoverageAnswer, CoverageItem, MissedItem
from prompts.guards.letters import Letter
from prompts.guards.plain import cut, plain
from prompts.guards.quotes import Evidence

MOST_MISSED = 5
LONGEST_REQUIREMENT = 200
LONGEST_QUOTE = 240
"""Characters."""

LEAST_ANCHORED = 0.5
"""Of an answer whose quotes stand in the letter less often than this nothing is taken."""

ALIKE = 0.5
"""A requirement that shares so much of its words with one of the list is that one."""

RANK = {Strength.MISSING: 0, Strength.PARTIAL: 1, Strength.STRONG: 2}

Find = Callable[[str], Span | None]


def covered(
    answer: CoverageAnswer, rows: Sequence[Coverage], posting: str, letter: Letter
) -> tuple[Coverage, ...] | None:
    """The rows as they stand after the model, and what it found in the posting beyond them; None
    when the answer is about another text."""
    evidence = replace(letter, posting=posting).evidence
    said = [item for item in answer.rows if 1 <= item.number <= len(rows)]
    if _anchored([*said, *answer.missed], evidence.find) < LEAST_ANCHORED:
        return None
    given = {item.number: item for item in reversed(said)}
    merged = [
        _merged(row, given.get(number), evidence.find, evidence)
        for number, row in enumerate(rows, start=1)
    ]
    return (*merged, *_missed(answer.missed, rows, posting, letter.reader, evidence))


def answered(
    answer: AnswersAnswer, rows: Sequence[Coverage], asked: Sequence[Requirement], letter: Letter
) -> tuple[Coverage, ...] | None:
    """The same for a form, where a quote counts only under its own question."""
    given = {item.number: item for item in reversed(answer.rows)}
    evidence = letter.evidence
    finds = [_under(one, evidence) for one in asked]
    pairs = [(item, finds[n - 1]) for n, item in given.items() if 1 <= n <= len(rows)]
    quoted = [(item, find) for item, find in pairs if item.quote]
    held = sum(find(item.quote) is not None for item, find in quoted)
    if not held or held < LEAST_ANCHORED * len(quoted):
        return None
    return tuple(
        _merged(row, given.get(number), find, evidence)
        for number, (row, find) in enumerate(zip(rows, finds, strict=True), start=1)
    )


def _under(asked: Requirement, evidence: Evidence) -> Find:
    start, end = asked.answer or (0, len(evidence.page.text))

    def find(quote: str) -> Span | None:
        span = evidence.find(quote)
        return span if span and start <= span.start and span.end <= end else None

    return find


def _anchored(items: Sequence[CoverageItem | MissedItem], find: Find) -> float:
    """The share of quotes that are found; 0 of an answer that quotes nothing, since nothing shows
    that it has read the letter."""
    quoted = [item for item in items if item.quote]
    return sum(find(item.quote) is not None for item in quoted) / max(1, len(quoted))


def _merged(row: Coverage, item: CoverageItem | None, find: Find, evidence: Evidence) -> Coverage:
    if item is None or row.strength is Strength.STRONG:
        return row
    strength, quote = _proved(item, find, evidence)
    advice = evidence.remark(item.advice)
    if RANK[strength] > RANK[row.strength]:
        risen = "" if strength is Strength.STRONG else advice
        return replace(row, quote=quote, strength=strength, advice=risen)
    return replace(row, advice=advice) if advice and strength is row.strength else row


def _proved(
    item: CoverageItem | MissedItem, find: Find, evidence: Evidence
) -> tuple[Strength, str | None]:
    """As strong as the model says, at most as strong as the passage can be."""
    span = find(item.quote) if item.quote else None
    if span is None:
        return Strength.MISSING, None
    quote = evidence.shown(span)
    strength = min(item.strength, worth(quote), key=lambda one: RANK[one])
    return strength, None if strength is Strength.MISSING else _shortened(quote)


def _shortened(quote: str) -> str:
    """The beginning of a long quote, up to a word's end: always a passage of the letter."""
    if len(quote) <= LONGEST_QUOTE:
        return quote
    return quote[: quote.rfind(" ", 0, LONGEST_QUOTE)] if " " in quote[:LONGEST_QUOTE] else quote


def _missed(
    items: Sequence[MissedItem],
    rows: Sequence[Coverage],
    posting: str,
    reader: str,
    evidence: Evidence,
) -> Iterator[Coverage]:
    """What stands in the posting word for word, and not in the list."""
    source = Evidence(posting)
    known = [row.requirement for row in rows]
    for item in items[:MOST_MISSED]:
        span = source.find(item.requirement)
        said = cut(plain(source.shown(span)), LONGEST_REQUIREMENT) if span else ""
        if said and not any(_alike(said, other) for other in known):
            known.append(said)
            bare = Coverage(
                said, None, Strength.MISSING, _advice(item, reader, evidence), item.must
            )
            strength, quote = _proved(item, evidence.find, evidence)
            yield replace(bare, strength=strength, quote=quote)


def _advice(item: MissedItem, reader: str, evidence: Evidence) -> str:
    if item.strength is Strength.STRONG:
        return ""
    verdict = "missing_must" if item.must else "missing_nice"
    house = say(reader, f"postings.advice.{verdict}")
    return evidence.remark(item.advice) or house


def _alike(one: str, other: str) -> bool:
    mine, theirs = set(terms.weights(one)), set(terms.weights(other))
    shared = len(mine & theirs)
    return shared > ALIKE * min(len(mine), len(theirs)) if mine and theirs else one == other
