"""The proofreader's edits and a model's, as one list: each does what it is best at."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from coach.letters import Edit, Source
from prompts.answers import TyposAnswer
from prompts.guards.slips import UNSURE, Slips, disjoint
from prompts.inputs import MOST_CANDIDATES

LEAST_ANCHORED = 0.8
"""Share of a model's edits that must stand in the letter before any of them is applied unasked."""

LEAST_CHECKED = 0.2
"""Share of a model's edits that something else must speak for as well; of fewer none is applied
unasked, because whoever guesses is right by chance. `FEW` edits say nothing of their model."""

FEW = 5

MOST_REJECTED = 0.5
"""Share of the sure candidates that a model may reject; more says that it doesn't know."""

CONFIRMED = 0.98
MOST_CHANGED = 0.1
"""Share of the letter's characters that typo edits may change; a model that wants more rewrites."""


def merge(
    answer: TyposAnswer, text: str, candidates: Sequence[Edit], *, written_in: str
) -> list[Edit]:
    """The edits of both, in order, without overlaps; `candidates` in the order they were asked.

    A model never makes a question of the proofreader certain. What it rejects becomes a question,
    or goes when it was one.
    """
    own = list(_confirmed(answer, candidates))
    added = list(_added(answer, text, written_in))
    merged = _agreed(own, added)
    extra = [edit for edit in disjoint([*merged, *_apart(added, merged)]) if edit not in merged]
    budget = MOST_CHANGED * len(text) - sum(_changed(edit) for edit in merged)
    return sorted([*merged, *_within(budget, extra)], key=lambda edit: edit.start)


def _confirmed(answer: TyposAnswer, candidates: Sequence[Edit]) -> Iterator[Edit]:
    confirmed, rejected = _verdicts(answer, candidates)
    for number, edit in enumerate(candidates, 1):
        if number in confirmed:
            yield replace(
                edit,
                source=Source.BOTH,
                confidence=max(edit.confidence, CONFIRMED * (not edit.ask)),
            )
        elif number not in rejected:
            yield edit
        elif not edit.ask:
            yield replace(edit, ask=True)


def _verdicts(
    answer: TyposAnswer, candidates: Sequence[Edit]
) -> tuple[Collection[int], Collection[int]]:
    """Which are confirmed and which rejected. Who contradicts himself, names what wasn't asked or
    rejects nearly all isn't heard."""
    confirmed, rejected = set(answer.confirm), set(answer.reject)
    asked = set(range(1, min(len(candidates), MOST_CANDIDATES) + 1))
    sure = {number for number in asked if not candidates[number - 1].ask}
    if confirmed & rejected or not (confirmed | rejected) <= asked:
        return (), ()
    if len(rejected & sure) > max(1, MOST_REJECTED * len(sure)):
        return (), ()
    return confirmed, rejected


def _added(answer: TyposAnswer, text: str, written_in: str) -> Iterator[Edit]:
    slips = Slips(text, written_in)
    anchored = [(item, slips.anchored(item)) for item in answer.edits]
    found = [(item, change) for item, change in anchored if change]
    trusted = len(found) >= LEAST_ANCHORED * len(anchored)
    judged = [slips.judged(change, item.kind, trusted=trusted) for item, change in found]
    sure = sum(not edit.ask for edit in judged)
    guesses = len(judged) >= FEW and sure < LEAST_CHECKED * len(judged)
    yield from (_asked(edit) for edit in judged) if guesses else judged


def _asked(edit: Edit) -> Edit:
    return replace(edit, ask=True, confidence=min(edit.confidence, UNSURE))


def _agreed(own: Sequence[Edit], added: Sequence[Edit]) -> list[Edit]:
    """The proofreader's edits; those that a model has found as well are of both."""
    same = {(edit.start, edit.end, edit.right) for edit in added}
    return [
        replace(edit, source=Source.BOTH) if (edit.start, edit.end, edit.right) in same else edit
        for edit in own
    ]


def _apart(added: Sequence[Edit], own: Sequence[Edit]) -> list[Edit]:
    """What a model adds where the proofreader has nothing to say."""
    return [
        edit
        for edit in added
        if not any(edit.start < one.end and one.start < edit.end for one in own)
    ]


def _within(budget: float, edits: Sequence[Edit]) -> Iterator[Edit]:
    """So many edits, the smallest first, as change no more than `budget` characters."""
    for edit in sorted(edits, key=_changed):
        budget -= _changed(edit)
        if budget < 0:
            return
        yield edit


def _changed(edit: Edit) -> int:
    return Levenshtein.distance(edit.wrong, edit.right)
