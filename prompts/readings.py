"""A letter read by the model after the house has read it, told from top to bottom."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coach.critique import house_critique
from coach.facts import Fact
from coach.letters import Critique, Edit, Review
from coach.pseudonyms import NOBODY, Pseudonyms
from prompts.answers import CritiqueAnswer, TyposAnswer
from prompts.asking import Answer, Ask, Failure, ModelFailed, OnPartial
from prompts.drafts import drafted
from prompts.guards.critiques import critique
from prompts.guards.letters import Letter
from prompts.guards.typos import merge
from prompts.inputs import for_critique, for_typos
from prompts.library import Prompt
from prompts.veils import Veiled

Prompts = Mapping[str, Prompt[Any]]
"""All prompts by their ids, as `load_all` gives them."""

OnDraft = Callable[[Critique], Awaitable[None]]
"""Hears the checked critique as far as it is written; label, scores and engine come at the end."""


@dataclass(frozen=True, slots=True)
class ModelReading:
    """A review after the model has read the letter.

    `failed` tells why its critique is still the house's; the edits may be merged all the same.
    """

    review: Review
    failed: ModelFailed | None = None


async def read_letter(
    ask: Ask,
    prompts: Prompts,
    text: str,
    review: Review,
    *,
    person_id: int | None,
    reader: str,
    posting: str = "",
    facts: Sequence[Fact] = (),
    veiled: bool = True,
    on_draft: OnDraft | None = None,
    stop: asyncio.Event | None = None,
) -> ModelReading:
    """Asks for slips and for a critique at the same time and checks both against the letter.

    `review` is what the house says, and what is left wherever the model fails. `reader` is the
    code of the person's language. With `veiled` no name, employer or address leaves: the model
    reads stand-ins. Raises nothing but cancellation.
    """
    told = [fact.told for fact in facts]
    pseudonyms = Pseudonyms.of([text, posting, *told]) if veiled else NOBODY
    ask = Veiled(ask, pseudonyms)
    letter = Letter.of(
        text, review, facts=[fact.answer for fact in facts], reader=reader, posting=posting
    )
    typos, said = await asyncio.gather(
        _asked(_slips(ask, prompts["typos"], text, review, pseudonyms, person_id, stop)),
        _asked(
            ask(
                prompts["critique"],
                person_id=person_id,
                on_partial=_drafts(letter, on_draft),
                stop=stop,
                **for_critique(
                    pseudonyms.hide(text),
                    kind=review.kind,
                    reader=reader,
                    posting=pseudonyms.hide(posting),
                    facts=[pseudonyms.hide(fact) for fact in told],
                ),
            )
        ),
    )
    return _put_together(text, review, letter, posting, typos, said)


Asked = tuple[Answer[Any] | None, ModelFailed | None]


async def _asked(asking: Awaitable[Answer[Any]]) -> Asked:
    try:
        return await asking, None
    except ModelFailed as failure:
        return None, failure


def _slips(
    ask: Ask,
    prompt: Prompt[TyposAnswer],
    text: str,
    review: Review,
    pseudonyms: Pseudonyms,
    person_id: int | None,
    stop: asyncio.Event | None,
) -> Awaitable[Answer[TyposAnswer]]:
    inputs = for_typos(
        text, written_in=review.language, candidates=review.edits, pseudonyms=pseudonyms
    )
    return ask(prompt, person_id=person_id, stop=stop, **inputs)


def _drafts(letter: Letter, on_draft: OnDraft | None) -> OnPartial | None:
    if on_draft is None:
        return None

    async def show(said: object) -> None:
        if draft := critique(drafted(CritiqueAnswer, said), letter, engine="", partial=True):
            await on_draft(draft)

    return show


def _put_together(
    text: str, review: Review, letter: Letter, posting: str, typos: Asked, said: Asked
) -> ModelReading:
    """The edits of both, the counted score over all of them, then the critique that holds up."""
    edits = _edits(text, review, typos[0])
    house = house_critique(
        text,
        kind=review.kind,
        findings=review.findings,
        edits=edits,
        coverage=(review.coverage or ()) if posting else (),
        language=letter.reader,
    )
    checked, failed = _critique(said, replace(letter, house=house, edits=edits))
    spent = review.usage
    for answer in filter(None, (typos[0], said[0])):
        spent += answer.usage
    return ModelReading(replace(review, critique=checked, edits=edits, usage=spent), failed)


def _edits(text: str, review: Review, answer: Answer[TyposAnswer] | None) -> tuple[Edit, ...]:
    if answer is None:
        return review.edits
    return tuple(merge(answer.value, text, review.edits, written_in=review.language))


def _critique(said: Asked, letter: Letter) -> tuple[Critique, ModelFailed | None]:
    answer, failed = said
    if answer is None:
        return letter.house, failed
    checked = critique(answer.value, letter, engine=answer.model)
    return (checked, None) if checked else (letter.house, ModelFailed(Failure.RUBBISH))
