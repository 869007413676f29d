"""The job that asks a model to say a passage better, and what becomes of its answer."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from coach.facts import Fact
from coach.letters import Rewrite, Source
from coach.texts import say
from handlers.chat.work import Work, finish
from handlers.rewriting.rewrite_cases import Case, found
from storage import Db, Store, facts, people, reviews, rewrites
from storage.jobs import Job
from storage.letters import Version
from storage.people import Person
from storage.reviews import StoredReview
from storage.rewrites import RewriteState, StoredRewrite

if TYPE_CHECKING:
    from prompts import Ask, ModelFailed, Prompts, Request

ASKING: dict[int, asyncio.Event] = {}
"""The passages that this process is asking about: setting the event stops it."""


def stop_asking(rewrite_id: int) -> None:
    """Nobody waits for the answer any more."""
    if event := ASKING.get(rewrite_id):
        event.set()


async def ask_for_rewrite(
    job: Job,
    *,
    store: Store,
    ask: "Ask | None",
    prompts: Callable[[], "Prompts"],
    now: datetime,
    work: Work,
    **_: Any,
) -> None:
    """Has a passage said better; what comes too late for its writer is thrown away."""
    wanted = await store.read(_gathered, job)
    if wanted is None:
        await store.write(finish, job, now)
        return
    answer = await _answer_of(ask, prompts, wanted, store, job) if ask is not None else None
    await store.write(_keep, job, answer, now)
    work.nudge("send")


def gave_up(db: Db, job: Job, now: datetime) -> None:
    """Something of ours broke: what was there before is shown again, and can be asked anew."""
    if case := _case(db, job, now):
        shown = replace(case.rewrite, state=RewriteState.SHOWN)
        case.show(shown, say(case.person.language, "rewrites.gave_up"))


Wanted = tuple[Person, Version, StoredReview, StoredRewrite, Sequence[Fact]]


def _gathered(db: Db, job: Job) -> Wanted | None:
    """What is asked; None when it was stopped or deleted, or the model may no longer read."""
    case = _case(db, job, job.created_at)
    review = case and reviews.latest(db, case.version.id)
    if case is None or review is None:
        return None
    told = facts.of_person(db, case.person.id)
    return case.person, case.version, review, case.rewrite, told


def _case(db: Db, job: Job, now: datetime) -> Case | None:
    """The passage that a job was queued for, as long as it waits for it."""
    wanted = rewrites.get(db, job.payload["rewrite"])
    person = wanted and people.get(db, wanted.person_id)
    mine = wanted and person and found(db, wanted.id, person)
    if person is None or mine is None:
        return None
    rewrite, version = mine
    if rewrite.state is not RewriteState.WAITING or rewrite.tries != job.payload["tries"]:
        return None
    asks = person.model_agreed_at is not None
    return Case(db, person, version, rewrite, f"job:{job.key}", asks, now)


async def _answer_of(
    ask: "Ask", prompts: Callable[[], "Prompts"], wanted: Wanted, store: Store, job: Job
) -> "Rewrite | ModelFailed | None":
    """None when its writer no longer lets a model read."""
    from prompts import ModelFailed, rewrite_passage

    person, version, review, rewrite, told = wanted
    if person.model_agreed_at is None:
        return None

    async def may_ask_again() -> bool:
        still = await store.read(_gathered, job)
        return still is not None and still[0].model_agreed_at is not None

    stop = ASKING[rewrite.id] = asyncio.Event()
    try:
        return await rewrite_passage(
            ask,
            prompts()["rewrite"],
            version.text,
            review.review,
            _request(rewrite),
            person_id=person.id,
            reader=person.language,
            facts=told,
            veiled=person.unveiled_at is None,
            stop=stop,
            may_ask_again=may_ask_again,
        )
    except ModelFailed as failure:
        return failure
    finally:
        del ASKING[rewrite.id]


def _request(rewrite: StoredRewrite) -> "Request":
    from prompts import Request

    return Request(rewrite.start, rewrite.end, rewrite.advice, rewrite.wish, _proposed(rewrite))


def _proposed(rewrite: StoredRewrite) -> tuple[str, ...]:
    return (*rewrite.earlier, *filter(None, [rewrite.replacement]))


def _keep(db: Db, job: Job, answer: "Rewrite | ModelFailed | None", now: datetime) -> None:
    """The answer, the message that shows it, and the end of the job: all or nothing."""
    if case := _case(db, job, now):
        case.show(*_after(case.rewrite, answer, case.person.language))
    finish(db, job, now)


def _after(
    rewrite: StoredRewrite, answer: "Rewrite | ModelFailed | None", language: str
) -> tuple[StoredRewrite, str]:
    """The passage after an answer, and what is said of it. Words that were proposed before stay
    until there are others."""
    shown = replace(rewrite, state=RewriteState.SHOWN)
    if answer is None:
        return shown, ""
    if not isinstance(answer, Rewrite):
        return shown, say(language, "rewrites.failed", sentence=answer.sentence(language))
    if rewrite.replacement and not answer.replacement:
        asking = replace(shown, questions=answer.questions)
        return asking, say(language, "rewrites.no_other")
    return replace(
        shown,
        replacement=answer.replacement,
        why=answer.why,
        questions=answer.questions,
        earlier=_proposed(rewrite),
        author=Source.MODEL,
    ), ""
