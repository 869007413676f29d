"""Jobs in which a model adds to what rules have said: to a posting's table, to cards, to what a new
version brought. Where it fails, what the rules said stays as it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from coach.letters import Coverage, Plan, PlanCard, Strength
from coach.plans import MOST_CARDS
from coach.postings import form, told_of, unjudged
from coach.review import covering
from coach.texts import say
from handlers.cards.offers import listed
from handlers.cards.plan_cards import as_plan, from_plan
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told
from handlers.chat.work import Work, finish
from handlers.letters.comparisons import beside, next_to, still_open
from handlers.letters.coverages import told_coverage
from handlers.reviews.answers import shortened
from storage import Db, Store, letters, offers, people, postings, reviews
from storage.jobs import Job
from storage.letters import Version
from storage.offers import Offer
from storage.people import Person
from storage.reviews import StoredReview

if TYPE_CHECKING:
    from prompts import Ask, Prompts
    from prompts.guards.comparisons import Progress
    from prompts.second_readings import Refined, SecondReading


@dataclass(frozen=True, slots=True)
class Case:
    """A review that a model may look at once more, and the message that its word goes into."""

    person: Person
    version: Version
    review: StoredReview
    message: str
    told: bool

    @property
    def key(self) -> str:
        return f"refined:{self.message}"


def _case(db: Db, job: Job) -> Case | None:
    """None when the letter is gone, or its writer no longer lets a model read."""
    review = reviews.get(db, job.payload["review"])
    version = review and letters.version(db, review.version_id)
    person = version and people.get(db, version.person_id)
    if review is None or version is None or person is None or person.model_agreed_at is None:
        return None
    return Case(person, version, review, job.payload["message"], job.payload["told"])


def _reading(ask: "Ask", prompts: "Prompts", case: Case) -> "SecondReading":
    from prompts.second_readings import SecondReading

    return SecondReading(
        ask,
        prompts,
        case.version.text,
        case.review.review,
        person_id=case.person.id,
        reader=case.person.language,
        veiled=case.person.unveiled_at is None,
    )


# A posting's table, or a form's.


async def refine_coverage(
    job: Job,
    *,
    store: Store,
    ask: "Ask | None",
    prompts: Callable[[], "Prompts"],
    now: datetime,
    work: Work,
    **_: Any,
) -> None:
    """Proof that only meaning finds, and advice that knows the letter, in the place of the rules'
    table."""
    case = await store.read(_case, job)
    posting = case and await store.read(postings.of_letter, case.version.letter_id)
    text = posting.text if posting else ""
    read = await _covered(ask, prompts, case, text) if ask and case else None
    await store.write(_tell_coverage, job, case, text, read, now)
    work.nudge("send")


async def _covered(
    ask: "Ask", prompts: Callable[[], "Prompts"], case: Case, posting: str
) -> "Refined[tuple[Coverage, ...]] | None":
    from prompts import ModelFailed

    review, version = case.review.review, case.version
    reading = _reading(ask, prompts(), case)
    try:
        if posting:
            return await reading.coverage(review.coverage or (), posting)
        asked = form(version.text, review.kind)
        known = review.coverage if told_of(asked, review.coverage) else None
        rows = known or unjudged(asked, case.person.language)
        return await reading.answers(rows, asked) if asked else None
    except ModelFailed:
        return None


def _tell_coverage(
    db: Db,
    job: Job,
    case: Case | None,
    posting: str,
    read: "Refined[tuple[Coverage, ...]] | None",
    now: datetime,
) -> None:
    """Nothing when the letter went, or another posting came, while the model read."""
    newest = case and reviews.latest(db, case.version.id)
    here = case and postings.of_letter(db, case.version.letter_id)
    if case and newest and read and posting == (here.text if here else ""):
        told = _amended(db, case, newest, read.value)
        said, rows = told_coverage(db, case.person, told, now, engine=read.model, form=not posting)
        put = partial(replies.edit, message=case.message) if case.told else replies.send
        key = case.key if case.told else case.message
        put(db, key=key, chat_id=case.version.chat_id, said=said, now=now, rows=rows)
    finish(db, job, now)


def _amended(
    db: Db, case: Case, newest: StoredReview, coverage: tuple[Coverage, ...]
) -> StoredReview:
    """The newest review with these rows and what to do about them. A form's questions, of which
    rules said nothing, are told and not kept; one that nobody judged isn't told."""
    said = newest.review
    if said.coverage is None:
        judged = tuple(row for row in coverage if row.quote or row.advice)
        return replace(newest, review=replace(said, coverage=judged, plan=Plan()))
    told = covering(case.version.text, said, coverage, reader=case.person.language)
    reviews.amend(db, newest.id, told)
    return replace(newest, review=told)


# Cards.


async def refine_cards(
    job: Job,
    *,
    store: Store,
    ask: "Ask | None",
    prompts: Callable[[], "Prompts"],
    now: datetime,
    work: Work,
    **_: Any,
) -> None:
    """More cards in an offer that nobody has touched yet."""
    case = await store.read(_case, job)
    offer = case and await store.read(offers.get, job.payload["offer"], case.person.id)
    read = await _more_cards(ask, prompts, case, offer) if ask and case and offer else None
    await store.write(_tell_cards, job, case, offer, read, now)
    work.nudge("send")


async def _more_cards(
    ask: "Ask", prompts: Callable[[], "Prompts"], case: Case, offer: Offer
) -> "Refined[tuple[PlanCard, ...]] | None":
    from prompts import ModelFailed

    rows = case.review.review.coverage or ()
    gaps = [row.requirement for row in rows if row.strength is Strength.MISSING]
    try:
        return await _reading(ask, prompts(), case).cards(as_plan(offer.cards), gaps, MOST_CARDS)
    except ModelFailed:
        return None


def _tell_cards(
    db: Db,
    job: Job,
    case: Case | None,
    offer: Offer | None,
    read: "Refined[tuple[PlanCard, ...]] | None",
    now: datetime,
) -> None:
    if case and offer and read and offers.get(db, offer.id, case.person.id) == offer:
        more = from_plan(read.value[len(offer.cards) :])
        offers.change(db, offer, (*offer.cards, *more))
        said, rows = listed(case.person.language, replace(offer, cards=(*offer.cards, *more)))
        key, chat_id = case.key, case.version.chat_id
        replies.edit(
            db, key=key, chat_id=chat_id, message=case.message, said=said, now=now, rows=rows
        )
    finish(db, job, now)


# A new version.


async def refine_since(
    job: Job,
    *,
    store: Store,
    ask: "Ask | None",
    prompts: Callable[[], "Prompts"],
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
    **_: Any,
) -> None:
    """What the new version says better and worse, below what the rules have counted."""
    case = await store.read(_case, job)
    read = await _progress(store, ask, prompts, case) if ask and case else None
    told = None
    if case and read:
        person, reviewed = case.person, case.review.review
        told = await beside(store, case.version, person, now, default_zone, reviewed)
    await store.write(_tell_since, job, case, told, read, now)
    work.nudge("send")


async def _progress(
    store: Store, ask: "Ask", prompts: Callable[[], "Prompts"], case: Case
) -> "tuple[Refined[Progress], list[str]] | None":
    from prompts import ModelFailed

    pair = await next_to(store, case.version, case.person, case.review.review)
    if pair is None or pair[1].same_words:
        return None
    before, compared = pair
    points = still_open(compared)
    try:
        said = await _reading(ask, prompts(), case).comparison(before.version.text, points)
    except ModelFailed:
        return None
    return said, points


def _tell_since(
    db: Db,
    job: Job,
    case: Case | None,
    told: Told | None,
    read: "tuple[Refined[Progress], list[str]] | None",
    now: datetime,
) -> None:
    """Nothing when it became a letter of its own while the model read."""
    here = case and letters.version(db, case.version.id)
    if case and told and read and here == case.version:
        said, rows = told
        joined = Said().join(Said(said)) if isinstance(said, str) else said
        replies.edit(
            db,
            key=case.key,
            chat_id=case.version.chat_id,
            message=case.message,
            said=joined.join(_said_progress(case.person.language, *read)),
            now=now,
            rows=rows,
        )
    finish(db, job, now)


def _said_progress(language: str, read: "Refined[Progress]", points: Sequence[str]) -> Said:
    said = Said()
    for name, passages in (("better", read.value.better), ("worse", read.value.worse)):
        if passages:
            said.line().line(say(language, f"versions.since.{name}"), Style.BOLD)
        for one in passages:
            said.line(shortened(one.quote), Style.QUOTE).line(one.why)
    if read.value.following:
        point = points[read.value.following - 1]
        said.line().line(say(language, "versions.since.next", point=point))
    return said.line(say(language, "versions.since.by_model", model=read.model), Style.ITALIC)
