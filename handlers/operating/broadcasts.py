"""A message to everybody: written by the operator, shown once more, sent a few at a time.

Copies are rows like any other message. They leave at most once, without a sound, at a pace that
leaves room for answers and reminders, and wait for the morning of whoever has quiet hours.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State as Step
from aiogram.fsm.state import StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.durations import told
from coach.texts import say
from handlers.chat import replies
from handlers.chat.deployment import OPEN, Deployment, by_operator
from handlers.chat.presses import Told, show, tell_below
from handlers.chat.work import Work, finish
from handlers.operating.admin_buttons import AdminButton, Deed, admin_button
from handlers.people.start import tell
from storage import Db, Store, broadcasts, jobs, messages, people
from storage.broadcasts import Broadcast, State
from storage.jobs import Job
from storage.messages import SEND, SEND_ONCE
from storage.people import Audience, Person

router = Router(name="broadcasts")
for observer in (router.message, router.callback_query):
    observer.filter(by_operator)
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

BROADCAST = "broadcast"
"""The kind of the jobs that send the next few copies on their way."""

PACE = timedelta(seconds=1) / 15
"""From one copy to the next: half of what Telegram bears (core.telegram.org/bots/faq), so that
answers and reminders find room."""

BATCH = 300
"""Copies that are sent on their way in one go: 20 seconds' worth."""

LATEST = timedelta(hours=12)
"""How late a copy may come, after a breakdown; then it is old news."""

LOOK_AGAIN = timedelta(seconds=10)
"""How long to wait for the last copies before looking again whether they are out."""

COPIED = frozenset({"text", "photo", "document", "video", "animation", "audio", "voice"})
"""The kinds of messages that arrive as copies just as they were written."""


class Composing(StatesGroup):
    """The dialog about a broadcast."""

    message = Step()


@router.callback_query(AdminButton.filter(F.deed == Deed.BROADCAST))
async def broadcast_wanted(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """What comes next is the message."""
    await state.set_state(Composing.message)
    said = say(person.language, "admin.broadcast.compose")
    await tell_below(callback, store, now, work, lambda _db: (said, ()))


async def _is_message(message: Message) -> bool:
    """A filter: a command isn't what should go to everybody."""
    return not (message.text or "").startswith("/")


@router.message(StateFilter(Composing.message), _is_message)
async def composed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    deployment: Deployment = OPEN,
) -> None:
    """Shows it the way everybody would see it, and asks; another message takes its place."""
    if message.content_type not in COPIED or message.media_group_id:
        await tell(store, message, say(person.language, "admin.broadcast.uncopied"), now, work)
        return
    audience = Audience(known_by=now, but=person.id, among=deployment.audience)
    await store.write(_preview, person, message.message_id, audience, now)
    work.nudge(SEND)


def _preview(db: Db, person: Person, message_id: int, audience: Audience, now: datetime) -> None:
    key = f"preview:{person.id}:{message_id}"
    copy = {"from_chat_id": person.chat_id, "message_id": message_id}
    new = messages.add(
        db, key=key, chat_id=person.chat_id, method="copyMessage", params=copy, now=now
    )
    if not new:
        return
    count = people.count_reachable(db, audience, now)
    drafted = broadcasts.draft(db, person_id=person.id, message_id=message_id, total=count, now=now)
    took = told(person.language, max(count * PACE, timedelta(seconds=1)))
    replies.send(
        db,
        key=f"ask-{key}",
        chat_id=person.chat_id,
        said=say(person.language, "admin.broadcast.ask", count=count, took=took),
        now=now,
        rows=[
            [admin_button(person.language, "send", Deed.SEND, drafted.id, count=count)],
            [admin_button(person.language, "discard", Deed.DISCARD, drafted.id)],
        ],
    )


@router.callback_query(AdminButton.filter(F.deed == Deed.SEND))
async def confirmed(
    callback: CallbackQuery,
    callback_data: AdminButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    deployment: Deployment = OPEN,
) -> None:
    """It begins; a second press only shows how far it is."""
    assert callback.message is not None
    shown_in = callback.message.message_id

    def begin(db: Db) -> Told | None:
        drafted = broadcasts.get(db, callback_data.id)
        if drafted is None:
            return None
        if drafted.state is State.DRAFT and broadcasts.running(db):
            return say(person.language, "admin.broadcast.busy"), ()
        total = people.count_reachable(db, _audience(drafted, deployment), now)
        if broadcasts.begin(db, drafted.id, total=total, shown_in=shown_in):
            _go_on(db, drafted, after=0, due_at=now)
        return progress(db, person.language, drafted.id)

    await _leave(state)
    await show(callback, store, now, work, begin, refused=_gone(person))
    work.nudge(BROADCAST)


@router.callback_query(AdminButton.filter(F.deed == Deed.DISCARD))
async def discarded(
    callback: CallbackQuery,
    callback_data: AdminButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Nobody gets it."""

    def discard(db: Db) -> Told | None:
        drafted = broadcasts.get(db, callback_data.id)
        if drafted is None or drafted.state is not State.DRAFT:
            return progress(db, person.language, callback_data.id)
        broadcasts.drop_drafts(db, person.id)
        return say(person.language, "admin.broadcast.discarded"), ()

    await _leave(state)
    await show(callback, store, now, work, discard, refused=_gone(person))


@router.callback_query(AdminButton.filter(F.deed == Deed.PROGRESS))
async def looked_at(
    callback: CallbackQuery,
    callback_data: AdminButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """How far it is."""

    def look(db: Db) -> Told | None:
        return progress(db, person.language, callback_data.id)

    await show(callback, store, now, work, look, refused=_gone(person))


@router.callback_query(AdminButton.filter(F.deed == Deed.STOP))
async def stopped(
    callback: CallbackQuery,
    callback_data: AdminButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Whoever doesn't have it yet doesn't get it."""

    def stop(db: Db) -> Told | None:
        here = broadcasts.get(db, callback_data.id)
        if here is not None and here.state is State.RUNNING:
            broadcasts.withdraw(db, here.id)
            broadcasts.end(db, here.id, State.STOPPED, broadcasts.tally(db, here))
        return progress(db, person.language, callback_data.id)

    await show(callback, store, now, work, stop, refused=_gone(person))


def progress(db: Db, language: str, id: int) -> Told | None:
    """How far a broadcast is, and what can still be done about it; None when there is none."""
    here = broadcasts.get(db, id)
    if here is None:
        return None
    tally = broadcasts.tally(db, here)
    facts = {"sent": tally.sent, "total": here.total}
    said = say(language, f"admin.broadcast.{here.state}", **facts)
    if tally.missed:
        said += "\n" + say(language, "admin.broadcast.missed", count=tally.missed)
    if here.state is not State.RUNNING:
        return said, ()
    refresh = admin_button(language, "refresh", Deed.PROGRESS, here.id)
    return said, [[refresh, admin_button(language, "stop", Deed.STOP, here.id)]]


async def send_on(
    job: Job,
    *,
    store: Store,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
    deployment: Deployment = OPEN,
    **_context: object,
) -> None:
    """The next few copies, or the end when all are out."""
    await store.write(_send_on, job, deployment, default_zone, now)
    work.nudge(SEND_ONCE, SEND, BROADCAST)


def _send_on(db: Db, job: Job, deployment: Deployment, default_zone: str, now: datetime) -> None:
    finish(db, job, now)
    here = broadcasts.get(db, job.payload["broadcast"])
    if here is None or here.state is not State.RUNNING:
        return
    if job.payload["after"] is None:
        _close(db, here, job, now)
        return
    after, audience = job.payload["after"], _audience(here, deployment)
    batch = people.reachable(db, audience, after=after, now=now, limit=BATCH)
    for number, person in enumerate(batch):
        _copy_for(db, here, person, now + number * PACE, default_zone, now)
    following = batch[-1].id if len(batch) == BATCH else None
    _go_on(db, here, after=following, due_at=now + len(batch) * PACE)
    _tell_how_far(db, here, after, now)


def _audience(here: Broadcast, deployment: Deployment) -> Audience:
    return Audience(here.created_at, here.person_id, deployment.audience)


def _copy_for(
    db: Db, here: Broadcast, person: Person, at: datetime, default_zone: str, now: datetime
) -> None:
    """Quietly, and not before the morning where it is night."""
    due_at = person.quiet.over(at, person.timezone or default_zone)
    messages.add(
        db,
        key=broadcasts.key_of(here.id, person.id),
        chat_id=person.chat_id,
        method="copyMessage",
        params={
            "from_chat_id": here.person_id,
            "message_id": here.message_id,
            "disable_notification": True,
        },
        now=now,
        due_at=due_at,
        until=due_at + LATEST,
        once=True,
    )


def _go_on(db: Db, here: Broadcast, *, after: int | None, due_at: datetime, look: int = 0) -> None:
    """What comes next: the people behind a number, or (None) a look whether all copies are out."""
    jobs.add(
        db,
        kind=BROADCAST,
        key=f"{here.id}:end:{look}" if after is None else f"{here.id}:{after}",
        payload={"broadcast": here.id, "after": after, "look": look},
        due_at=due_at,
        person_id=here.person_id,
    )


def _close(db: Db, here: Broadcast, job: Job, now: datetime) -> None:
    tally = broadcasts.tally(db, here)
    if tally.waiting or tally.in_hand:
        due_at = max(now + LOOK_AGAIN, tally.last_due or now)
        _go_on(db, here, after=None, due_at=due_at, look=job.payload["look"] + 1)
    else:
        missed = max(tally.missed, here.total - tally.sent)  # who left before their turn, too
        broadcasts.end(db, here.id, State.DONE, replace(tally, missed=missed))
    _tell_how_far(db, here, f"end-{job.payload['look']}", now)


def _tell_how_far(db: Db, here: Broadcast, step: object, now: datetime) -> None:
    """In the message that the operator confirmed."""
    operator = people.get(db, here.person_id)
    shown = progress(db, operator.language, here.id) if operator else None
    if operator is None or shown is None or here.shown_in is None:
        return
    said, rows = shown
    replies.edit(
        db,
        key=f"cast:{here.id}:{step}",
        chat_id=operator.chat_id,
        message=here.shown_in,
        said=said,
        now=now,
        rows=rows,
    )


def _gone(person: Person) -> str:
    return say(person.language, "admin.broadcast.gone")


async def _leave(state: FSMContext) -> None:
    if await state.get_state() == Composing.message:
        await state.clear()
