"""What a model says of a new version, as far as both versions bear it out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.letters import Praise
from prompts.answers import ComparisonAnswer, StrengthItem
from prompts.guards.letters import Letter
from prompts.guards.quotes import Evidence

MOST_BETTER = 3
MOST_WORSE = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """Passages of the new version that say more, and less, than before; and the number of the open
    point that comes next, counted from 1, or None."""

    better: tuple[Praise, ...]
    worse: tuple[Praise, ...]
    following: int | None


def progress(
    answer: ComparisonAnswer, earlier: str, points: Sequence[str], letter: Letter
) -> Progress | None:
    """What of the answer may be shown; None when nothing of it is left."""
    better = tuple(_changed(answer.better, earlier, letter))[:MOST_BETTER]
    worse = tuple(_changed(answer.worse, earlier, letter))[:MOST_WORSE]
    following = answer.next if 1 <= answer.next <= len(points) else None
    return Progress(better, worse, following) if better or worse else None


def _changed(items: Sequence[StrengthItem], earlier: str, letter: Letter) -> Iterator[Praise]:
    """Passages that are new, each once; a remark may quote either version."""
    own, both = (
        letter.evidence,
        Evidence(f"{earlier}\n\n{letter.text}", tells=letter.known(earlier).tells),
    )
    before = _folded(earlier)
    taken: set[tuple[int, int]] = set()
    for item in items:
        span, why = own.find(item.quote), both.remark(item.why)
        if span is None or not why or (span.start, span.end) in taken:
            continue
        quote = own.shown(span)
        if _folded(quote) not in before:
            taken.add((span.start, span.end))
            yield Praise(quote, why)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
