"""What a model adds to what rules have found: proof for requirements and questions, cards, and what
a new version brought. Each raises ModelFailed, and then what the rules said stays."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from coach.letters import Coverage, PlanCard, Review, Usage
from coach.pseudonyms import NOBODY, Pseudonyms
from coach.requirements import Requirement
from prompts.asking import Answer, Ask, Failure, ModelFailed, Prompt
from prompts.guards import cards as card_guard
from prompts.guards import comparisons, coverages
from prompts.guards.comparisons import Progress
from prompts.guards.letters import Letter
from prompts.inputs import for_answers, for_cards, for_comparison, for_coverage
from prompts.veils import Veiled

T = TypeVar("T")
Hide = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Refined(Generic[T]):
    """What holds of an answer, the model that gave it, and what it cost."""

    value: T
    model: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class SecondReading:
    """A letter that the house has reviewed, read once more for one question.

    `reader` is the code of the person's language; with `veiled` no name, employer or address
    leaves.
    """

    ask: Ask
    prompts: Mapping[str, Prompt[Any]]
    text: str
    review: Review
    person_id: int | None
    reader: str
    veiled: bool = True
    stop: asyncio.Event | None = field(default=None)

    async def coverage(
        self, rows: Sequence[Coverage], posting: str
    ) -> Refined[tuple[Coverage, ...]]:
        """The rows that rules made, with proof that only meaning finds and advice that knows the
        letter; and what the posting asks for beyond them."""

        def inputs(hide: Hide) -> dict[str, Any]:
            asked = [(hide(row.requirement), row.must) for row in rows]
            return for_coverage(hide(self.text), asked, hide(posting), **self._told)

        answer = await self._asked("coverage", [posting], inputs)
        return _held(coverages.covered(answer.value, rows, posting, self._letter), answer)

    async def answers(
        self, rows: Sequence[Coverage], asked: Sequence[Requirement]
    ) -> Refined[tuple[Coverage, ...]]:
        """The same for a form: each answer is held against its own question. `rows` and `asked`
        go side by side."""

        def inputs(hide: Hide) -> dict[str, Any]:
            return for_answers(hide(self.text), [hide(one.text) for one in asked], **self._told)

        answer = await self._asked("answers", [], inputs)
        return _held(coverages.answered(answer.value, rows, asked, self._letter), answer)

    async def cards(
        self, cards: Sequence[PlanCard], gaps: Sequence[str], most: int
    ) -> Refined[tuple[PlanCard, ...]]:
        """Cards beyond those that rules made, at most `most` of both together."""
        room = most - len(cards)

        def inputs(hide: Hide) -> dict[str, Any]:
            fronts, missing = [hide(card.front) for card in cards], [hide(gap) for gap in gaps]
            return for_cards(hide(self.text), fronts, missing, room, **self._told)

        others = [*(card.front for card in cards), *gaps]
        answer = await self._asked("cards", others, inputs)
        more = card_guard.cards(answer.value, cards, self._letter)[:room]
        return _held((*cards, *more) if more else None, answer)

    async def comparison(self, earlier: str, points: Sequence[str]) -> Refined[Progress]:
        """What the new version says better or worse than the `earlier` one, and which of the
        `points` that are still open comes next."""

        def inputs(hide: Hide) -> dict[str, Any]:
            still = [hide(point) for point in points]
            return for_comparison(hide(self.text), hide(earlier), still, **self._told)

        answer = await self._asked("comparison", [earlier, *points], inputs)
        return _held(comparisons.progress(answer.value, earlier, points, self._letter), answer)

    @property
    def _told(self) -> dict[str, Any]:
        return {"kind": self.review.kind, "reader": self.reader}

    @property
    def _letter(self) -> Letter:
        return Letter.of(self.text, self.review, facts=(), reader=self.reader)

    async def _asked(
        self, prompt: str, others: Sequence[str], inputs: Callable[[Hide], dict[str, Any]]
    ) -> Answer[Any]:
        pseudonyms = Pseudonyms.of([self.text, *others]) if self.veiled else NOBODY
        return await Veiled(self.ask, pseudonyms)(
            self.prompts[prompt],
            person_id=self.person_id,
            stop=self.stop,
            **inputs(pseudonyms.hide),
        )


def _held(value: T | None, answer: Answer[Any]) -> Refined[T]:
    """Raises ModelFailed when nothing of the answer holds up."""
    if value is None:
        raise ModelFailed(Failure.RUBBISH)
    return Refined(value, answer.model, answer.usage)
