"""One passage of a letter said better by the model, as far as the guard lets it through."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from coach.anchors import Span
from coach.facts import Fact
from coach.letters import Review, Rewrite
from coach.pseudonyms import NOBODY, Pseudonyms
from prompts.answers import RewriteAnswer
from prompts.asking import Ask, Failure, ModelFailed, Prompt
from prompts.guards.letters import Letter
from prompts.guards.rewrites import Flaw, as_written, flaw, offered, refused
from prompts.inputs import for_rewrite
from prompts.veils import Veiled


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be said better, and how: `advice` as somebody else worded it, `wish` an English
    adjective of ours ("shorter"), `earlier` what was proposed before."""

    start: int
    end: int
    advice: str = ""
    wish: str = ""
    earlier: Sequence[str] = ()


TOGETHER = timedelta(seconds=60)
"""What both askings together may take; the first alone is ended by the model itself."""


async def _always() -> bool:
    return True


async def rewrite_passage(
    ask: Ask,
    prompt: Prompt[RewriteAnswer],
    text: str,
    review: Review,
    request: Request,
    *,
    person_id: int | None,
    reader: str,
    facts: Sequence[Fact] = (),
    veiled: bool = True,
    stop: asyncio.Event | None = None,
    may_ask_again: Callable[[], Awaitable[bool]] = _always,
) -> Rewrite:
    """What may be shown of the model's answer; its words, only questions, or both. Words that the
    guard refuses are asked for once more, with what nobody has given named; `may_ask_again` tells
    whether the person still lets a model read.

    `reader` is the code of the person's language. With `veiled` no name, employer or address
    leaves. Raises ModelFailed, also when nothing of the answer holds up.
    """
    letter = Letter.of(text, review, facts=[fact.answer for fact in facts], reader=reader)
    told = [fact.told for fact in facts]
    texts = [text, request.advice, *request.earlier, *told]
    pseudonyms = Pseudonyms.of(texts) if veiled else NOBODY
    [passage] = pseudonyms.windows(text, [(request.start, request.end)])
    veiled_ask = Veiled(ask, pseudonyms)

    async def proposed(barred: Sequence[str] = ()) -> RewriteAnswer:
        inputs = for_rewrite(
            pseudonyms.hide(text),
            passage=passage,
            kind=review.kind,
            reader=reader,
            advice=pseudonyms.hide(request.advice),
            wish=request.wish,
            earlier=[pseudonyms.hide(one) for one in request.earlier],
            barred=[pseudonyms.hide(one) for one in barred],
            facts=[pseudonyms.hide(fact) for fact in told],
        )
        return (await veiled_ask(prompt, person_id=person_id, stop=stop, **inputs)).value

    answer = await _best(proposed, Span(request.start, request.end), letter, may_ask_again)
    return _without_answered(_shown(answer, request, letter), facts)


async def _best(
    proposed: Callable[..., Awaitable[RewriteAnswer]],
    span: Span,
    letter: Letter,
    may_ask_again: Callable[[], Awaitable[bool]],
) -> RewriteAnswer:
    """The first answer, or a second without what was refused in it. The second has what the first
    left of the time; when it fails or is refused as well, the first stands."""
    first = second = None
    try:
        async with asyncio.timeout(TOGETHER.total_seconds()) as patience:
            end = patience.when()
            patience.reschedule(None)
            first = await proposed()
            barred = refused(first, span, letter, letter.evidence)
            if barred and await may_ask_again():
                patience.reschedule(end)
                second = await proposed(barred)
    except (TimeoutError, ModelFailed):
        if first is None:
            raise
    if second is not None:
        kept = offered(second, span, letter, letter.evidence)
        if kept is not None and kept.replacement:
            return second
    assert first is not None
    return first


def _shown(answer: RewriteAnswer, request: Request, letter: Letter) -> Rewrite:
    """What may be shown of the answer. Raises ModelFailed when it is no rewrite at all."""
    span = Span(request.start, request.end)
    rewrite = offered(answer, span, letter, letter.evidence)
    wrong = flaw(as_written(answer, letter), letter.evidence.shown(span), letter)
    if rewrite is None or wrong not in (None, Flaw.EMPTY, Flaw.SAME):
        raise ModelFailed(Failure.RUBBISH, wrong)
    if rewrite.replacement in request.earlier:
        raise ModelFailed(Failure.RUBBISH, Flaw.SAME)
    return rewrite


def _without_answered(rewrite: Rewrite, facts: Sequence[Fact]) -> Rewrite:
    """Nobody is asked twice. Raises ModelFailed when nothing else was left."""
    answered = {fact.question for fact in facts}
    questions = tuple(one for one in rewrite.questions if one not in answered)
    if not (rewrite.replacement or questions):
        raise ModelFailed(Failure.RUBBISH)
    return replace(rewrite, questions=questions)
