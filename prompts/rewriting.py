"""One passage of a letter said better by the model, as far as the guard lets it through."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.anchors import Span
from coach.facts import Fact
from coach.letters import Review, Rewrite
from coach.pseudonyms import NOBODY, Pseudonyms
from prompts.answers import RewriteAnswer
from prompts.asking import Ask, Failure, ModelFailed, Prompt
from prompts.guards.letters import Letter
from prompts.guards.rewrites import Flaw, as_written, flaw, offered
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
) -> Rewrite:
    """What may be shown of the model's answer; its words, only questions, or both.

    `reader` is the code of the person's language. With `veiled` no name, employer or address
    leaves. Raises ModelFailed, also when nothing of the answer holds up.
    """
    letter = Letter.of(text, review, facts=[fact.answer for fact in facts], reader=reader)
    told = [fact.told for fact in facts]
    texts = [text, request.advice, *request.earlier, *told]
    pseudonyms = Pseudonyms.of(texts) if veiled else NOBODY
    [passage] = pseudonyms.windows(text, [(request.start, request.end)])
    answer = await Veiled(ask, pseudonyms)(
        prompt,
        person_id=person_id,
        stop=stop,
        **for_rewrite(
            pseudonyms.hide(text),
            passage=passage,
            kind=review.kind,
            reader=reader,
            advice=pseudonyms.hide(request.advice),
            wish=request.wish,
            earlier=[pseudonyms.hide(one) for one in request.earlier],
            facts=[pseudonyms.hide(fact) for fact in told],
        ),
    )
    span = Span(request.start, request.end)
    rewrite = offered(answer.value, span, letter, letter.evidence)
    wrong = flaw(as_written(answer.value, letter), letter.evidence.shown(span), letter)
    if rewrite is None or wrong not in (None, Flaw.EMPTY, Flaw.SAME):
        raise ModelFailed(Failure.RUBBISH, wrong)
    if rewrite.replacement in request.earlier:
        raise ModelFailed(Failure.RUBBISH, Flaw.SAME)
    return _without_answered(rewrite, facts)


def _without_answered(rewrite: Rewrite, facts: Sequence[Fact]) -> Rewrite:
    """Nobody is asked twice. Raises ModelFailed when nothing else was left."""
    answered = {fact.question for fact in facts}
    questions = tuple(one for one in rewrite.questions if one not in answered)
    if not (rewrite.replacement or questions):
        raise ModelFailed(Failure.RUBBISH)
    return replace(rewrite, questions=questions)
