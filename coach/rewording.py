"""A passage said anew: which passages are worth it, and what differs word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from coach.anchors import Span, fold
from coach.changes import sentence_around
from coach.letters import Criterion, Critique, Edit, EditKind, Finding, Rewrite, Source
from coach.rules.blocks import BULLET

MOST_PASSAGES = 8
"""Passages that are offered; more than that nobody rewrites in one go."""

LONGEST_PASSAGE = 900
"""Characters; what is longer is rewritten sentence by sentence."""

HOSTILE = frozenset({"hidden-text", "instruction-to-machine"})
"""House rules whose passages must go and are not to be said better."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences that could be said better; `number` is the issue's in the critique.

    `rewrite` is there when the critique proposes words or has questions already.
    """

    number: int
    start: int
    end: int
    advice: str
    criterion: Criterion = Criterion.CLARITY_VOICE
    rewrite: Rewrite | None = None


def passages(text: str, critique: Critique, findings: Sequence[Finding]) -> tuple[Passage, ...]:
    """The passages of a critique's issues and rewrites, in its order, none twice."""
    hostile = [Span(one.start, one.end) for one in findings if one.rule in HOSTILE]
    found: list[Passage] = []
    for passage in (*_of_issues(text, critique), *_of_rewrites(critique)):
        if any(span.touches(passage.start, passage.end) for span in hostile):
            continue
        same = next((at for at, one in enumerate(found) if _touch(one, passage)), None)
        if same is None:
            found.append(passage)
        else:
            found[same] = _joined(found[same], passage)
    return tuple(found)[:MOST_PASSAGES]


def has_passages(critique: Critique) -> bool:
    """Whether there is anything that could be said better, without looking at the letter."""
    return bool(critique.rewrites) or any(issue.end > issue.start for issue in critique.issues)


def _of_issues(text: str, critique: Critique) -> Iterator[Passage]:
    for number, issue in enumerate(critique.issues, start=1):
        if issue.start == issue.end:  # it speaks of the whole letter
            continue
        start, end = sentence_around(text, issue.start, issue.end)
        if bullet := BULLET.match(text, start, end):
            start = bullet.end()
        if end - start > LONGEST_PASSAGE:
            start, end = issue.start, issue.end
        if end - start <= LONGEST_PASSAGE:
            advice = "\n".join(filter(None, (issue.why, issue.advice)))
            yield Passage(number, start, end, advice, issue.criterion)


def _of_rewrites(critique: Critique) -> Iterator[Passage]:
    first = len(critique.issues) + 1
    for number, rewrite in enumerate(critique.rewrites, start=first):
        yield Passage(number, rewrite.start, rewrite.end, rewrite.why, rewrite=rewrite)


def _touch(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end


def _joined(first: Passage, later: Passage) -> Passage:
    """Two issues of the same sentence are one passage; proposed words tell which words are
    meant."""
    if later.rewrite is not None and first.rewrite is None:
        return replace(first, start=later.start, end=later.end, rewrite=later.rewrite)
    if later.rewrite is None and later.advice not in first.advice:
        return replace(first, advice=f"{first.advice}\n{later.advice}")
    return first


TOKEN = re.compile(r"\s+|\w+(?:['’-]\w+)*|[^\w\s]")
ISLAND = 3
"""Letters of a word that, alone between two changes, is read as a part of them."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words before and after; the same when nothing changes, but for spaces and quotation
    marks."""

    before: str
    after: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Reworded:
    """A passage beside what is to stand there, `start` and `end` in the letter's code points."""

    start: int
    end: int
    stretches: tuple[Stretch, ...]

    @property
    def before(self) -> str:
        return "".join(one.before for one in self.stretches)

    @property
    def after(self) -> str:
        """The new words; where nothing changes, the writer's own line breaks and marks."""
        return "".join(one.after if one.changed else one.before for one in self.stretches)

    @property
    def is_changed(self) -> bool:
        return any(one.changed for one in self.stretches)

    def edit(self, author: Source) -> Edit:
        """The change as an edit of as few words as can be; never one that "apply all" takes."""
        first, last = self._bounds()
        inner = Reworded(0, 0, self.stretches[first:last])
        start = self.start + sum(len(one.before) for one in self.stretches[:first])
        return Edit(
            start=start,
            end=start + len(inner.before),
            wrong=inner.before,
            right=inner.after,
            kind=EditKind.STYLE,
            confidence=1.0,
            ask=True,
            source=author,
        )

    def _bounds(self) -> tuple[int, int]:
        """The first and last stretch that change, with a neighbour where only words come or go."""
        changed = [at for at, one in enumerate(self.stretches) if one.changed] or [0]
        first, last = changed[0], changed[-1] + 1
        inner = Reworded(0, 0, self.stretches[first:last])
        if not (inner.before.strip() and inner.after.strip()):
            first, last = (
                (first - 1, last) if first else (first, min(last + 1, len(self.stretches)))
            )
        return first, last


def reworded(text: str, start: int, end: int, replacement: str) -> Reworded:
    """The passage `text[start:end]` beside its replacement, cut where words differ."""
    old, new = TOKEN.findall(text[start:end]), TOKEN.findall(replacement)
    matcher = SequenceMatcher(None, _folded(old), _folded(new), autojunk=False)
    stretches: list[Stretch] = []
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        before, after = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        stretches.append(Stretch(before, after, what != "equal"))
    return Reworded(start, end, tuple(_legible(stretches)))


def _folded(tokens: Sequence[str]) -> list[str]:
    return [" " if token.isspace() else fold(token).text or token for token in tokens]


def _legible(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The same without islands: a lone "a" or comma between two changes is read with them."""
    waiting: Stretch | None = None
    for at, one in enumerate(stretches):
        island = not one.changed and 0 < at < len(stretches) - 1 and _is_island(one.before)
        if not one.changed and not island:
            if waiting:
                yield waiting
            waiting = None
            yield one
        elif waiting is None:
            waiting = Stretch(one.before, one.after, changed=True)
        else:
            waiting = Stretch(waiting.before + one.before, waiting.after + one.after, changed=True)
    if waiting:
        yield waiting


def _is_island(words: str) -> bool:
    return sum(map(str.isalnum, words)) <= ISLAND
