"""Checking in: by a button under the week, or in private; group_checkins.py has the rest.

A press or a message counts only for a member who takes part in that week; to everybody else it
changes nothing and says nothing about anybody.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from aiogram.types import CallbackQuery, Message

from coach.cohorts import Mark, Membership, Role
from coach.cohorts import State as Stage
from coach.proofs import Evidence, ProofError, read
from coach.reminders import Kind
from coach.texts import say
from coach.weeks import WEEK, closed, counts_for
from handlers.chat import replies
from handlers.chat.presses import Told, reply
from handlers.chat.work import Work
from handlers.cohorts.cohort_buttons import Say, WeekButton
from handlers.cohorts.cohort_weeks import reckoned, show_week, today_of
from handlers.habits.progress import TYPED_PROOF, put_up
from handlers.habits.weeks import weeks_of
from storage import Db, Store, cohorts, members, slots
from storage.cohorts import Cohort
from storage.members import Member
from storage.people import Person

router = Router(name="checkins")

PRIVATE = F.chat.type == "private"


class CheckingIn(StatesGroup):
    """What is asked for in private: something to look at; the data names cohort and week."""

    evidence = State()


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's part in a week that is still open."""

    here: Cohort
    member: Member
    week: int

    @property
    def monday(self) -> date:
        return self.here.calendar.monday(self.week)


@router.callback_query(WeekButton.filter(F.say.in_({Say.COMMIT, Say.AWAY, Say.DONE, Say.LINK})))
async def week_pressed(
    callback: CallbackQuery,
    callback_data: WeekButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """A promise, a proof, or a week off."""
    message = callback.message
    assert message is not None
    chat = None if message.chat.type == "private" else message.chat.id

    def act(db: Db) -> tuple[str, Seat | None]:
        seat = seat_of(db, person, callback_data, chat, now)
        if isinstance(seat, str):
            return say(person.language, f"weeks.{seat}", **_from(db, person, callback_data)), None
        told = say_it(db, seat, person, callback_data.say, now)
        show_week(db, seat.here, seat.week, now, callback.id)
        if callback_data.say in (Say.DONE, Say.LINK):
            _ask(db, seat, person, callback.id, now)
        return told, seat

    told, seat = await store.write(act)
    work.nudge("send")
    if seat and callback_data.say in (Say.DONE, Say.LINK):
        await _listen(state, person, seat)
    await callback.answer(told, show_alert=seat is None)


def seat_of(
    db: Db, person: Person, pressed: WeekButton, chat: int | None, now: datetime
) -> Seat | str:
    """Whose part it is and in which week; or the word for whoever has none. `chat` is the group
    the button stands in, None in private."""
    here = cohorts.get(db, pressed.cohort)
    member = members.get(db, pressed.cohort, person.id)
    if here is None or (chat is not None and chat != here.chat_id):
        return "stranger"
    if member is None or member.state is Membership.LEFT or member.role is Role.MENTOR:
        return "stranger"
    if member.state is Membership.WAITING:
        return "waiting"
    monday = here.calendar.monday(pressed.week)
    running = here.state in (Stage.FORMING, Stage.RUNNING)
    if not running or here.calendar.week(monday) is None or closed(monday, today_of(here, now)):
        return "closed"
    return Seat(here, member, pressed.week) if member.from_week <= pressed.week else "from_later"


def _from(db: Db, person: Person, pressed: WeekButton) -> dict[str, object]:
    member = members.get(db, pressed.cohort, person.id)
    return {"week": member.from_week} if member else {}


def say_it(db: Db, seat: Seat, person: Person, what: Say, now: datetime) -> str:
    """Does what was pressed; the word that only the presser sees."""
    who, monday = (seat.here.id, person.id), seat.monday
    mark = partial(members.mark, db, cohort_id=who[0], person_id=who[1], monday=monday, now=now)
    slots.answered(db, person.chat_id, Kind.FOLLOW_UP, now)
    match what:
        case Say.COMMIT:
            mark(mark=Mark.COMMITTED)
            said = "marked_already" if _is_done(db, seat, person) else "committed"
        case Say.AWAY if members.unmark(db, *who, monday, Mark.AWAY):
            said = "away_back"
        case Say.AWAY:
            said = "away_set" if mark(mark=Mark.AWAY) else "marked_already"
        case _:
            mark(mark=Mark.DONE)
            said = "marked"
    return say(person.language, f"weeks.{said}")


def _is_done(db: Db, seat: Seat, person: Person) -> bool:
    said = members.marks(db, seat.here.id, seat.monday).get(person.id)
    return said is not None and said.mark is Mark.DONE


def _ask(db: Db, seat: Seat, person: Person, cause: str, now: datetime) -> None:
    """Asks in private what can be looked at."""
    asked = say(person.language, "weeks.prove", title=seat.here.title)
    replies.send(db, key=f"prove:{cause}", chat_id=person.chat_id, said=asked, now=now)


async def _listen(state: FSMContext, person: Person, seat: Seat) -> None:
    """Their next message in private is the proof, wherever they pressed."""
    key = StorageKey(bot_id=state.key.bot_id, chat_id=person.chat_id, user_id=person.id)
    private = FSMContext(storage=state.storage, key=key)
    await private.set_state(CheckingIn.evidence)
    await private.set_data({"cohort": seat.here.id, "monday": seat.monday.isoformat()})


@router.message(
    PRIVATE,
    StateFilter(CheckingIn.evidence),
    F.text & ~F.text.startswith("/") & (F.text.len() <= TYPED_PROOF),
)
async def proof_sent(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """A link or a sentence; what is neither is asked for once more."""
    data = await state.get_data()
    try:
        evidence = read(message.text or "")
    except ProofError as problem:
        said = problem.sentence(person.language)
        await reply(message, store, now, work, lambda _db: (said, ()))
        return
    await state.clear()
    meant = date.fromisoformat(data["monday"])

    def take(db: Db) -> Told:
        here = cohorts.get(db, data["cohort"])
        member = members.get(db, data["cohort"], person.id)
        if here is None or member is None or member.state is not Membership.ACTIVE:
            return say(person.language, "weeks.stranger"), ()
        cause = _unnamed(message)
        return check_in(db, here, member, person, evidence, meant, now, cause, default_zone), ()

    await reply(message, store, now, work, take)


def check_in(
    db: Db,
    here: Cohort,
    member: Member,
    person: Person,
    evidence: Evidence,
    meant: date | None,
    now: datetime,
    cause: str,
    default_zone: str,
) -> str:
    """Counts a proof for the right week (row 73), puts it on the person's own wall, shows it in
    the group as far as they share it. What is said of it in private."""
    put_up(weeks_of(db, person, now, default_zone), evidence, meant)
    today = today_of(here, now)
    counted = counts_for(today, meant, last_is_open=_last_is_open(db, here, person, today))
    week = here.calendar.week(counted.monday)
    if week is None or week < member.from_week:
        return say(person.language, "weeks.no_week", title=here.title)
    _count(db, here, person, counted.monday, evidence, now)
    slots.done(db, person.chat_id, Kind.FOLLOW_UP, now)
    show_week(db, here, week, now, cause)
    word = "late" if counted.too_late else "last" if week != here.calendar.week(today) else "kept"
    said = say(person.language, f"weeks.{word}", week=week, title=here.title)
    return f"{said}\n{_row(db, here, member, person.language, today)}".strip()


def _last_is_open(db: Db, here: Cohort, person: Person, today: date) -> bool:
    """Whether the week before is one of the round's and nothing was shown in it."""
    week = here.calendar.week(today - WEEK)
    if week is None:
        return False
    said = members.marks(db, here.id, here.calendar.monday(week)).get(person.id)
    return said is None or said.mark is not Mark.DONE


def _count(
    db: Db, here: Cohort, person: Person, monday: date, evidence: Evidence, now: datetime
) -> None:
    """The week is done; one that was done without anything to look at gets it now."""
    shown = partial(
        members.mark,
        db,
        cohort_id=here.id,
        person_id=person.id,
        monday=monday,
        link=evidence.link,
        sentence=evidence.sentence,
    )
    if not shown(mark=Mark.DONE, now=now):
        members.show_link(
            db,
            cohort_id=here.id,
            person_id=person.id,
            monday=monday,
            link=evidence.link,
            sentence=evidence.sentence,
        )


def _row(db: Db, here: Cohort, member: Member, language: str, today: date) -> str:
    """The row of weeks here, from the second on."""
    row = reckoned(db, here, member, today)
    if row.streak < 2:
        return ""
    return say(
        language,
        "weeks.standing",
        streak=say(language, "progress.weeks", count=row.streak),
        reserves=say(language, "progress.reserves", count=row.reserves),
    )


@router.message(PRIVATE, Command("checkin"))
async def checkin_in_private(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """/checkin in private: for the one cohort that runs; of several the person chooses."""
    seats = await store.read(_seats, person, now)
    if len(seats) != 1:
        key = "prove_many" if seats else "none"
        rows = _choices(seats)
        said = say(person.language, f"weeks.{key}")
        await reply(message, store, now, work, lambda _db: (said, rows))
        return
    if not command.args:
        await _listen(state, person, seats[0])
        asked = say(person.language, "weeks.prove", title=seats[0].here.title)
        await reply(message, store, now, work, lambda _db: (asked, ()))
        return
    try:
        evidence = read(command.args)
    except ProofError as problem:
        refused = problem.sentence(person.language)
        await reply(message, store, now, work, lambda _db: (refused, ()))
        return

    def take(db: Db) -> Told:
        cause, seat = _unnamed(message), seats[0]
        told = check_in(
            db, seat.here, seat.member, person, evidence, None, now, cause, default_zone
        )
        return told, ()

    await reply(message, store, now, work, take)


def _unnamed(message: Message) -> str:
    """Tells a message in private from any other, in a key of the group's: the number of its chat
    is a person's."""
    place = f"{message.chat.id}:{message.message_id}:{message.date.timestamp()}"
    return hashlib.sha256(place.encode()).hexdigest()[:20]


def _seats(db: Db, person: Person, now: datetime) -> list[Seat]:
    """The cohorts that a person can check in with now."""
    found = list[Seat]()
    for here in cohorts.of_person(db, person.id):
        member, week = members.get(db, here.id, person.id), here.calendar.week_at(now)
        if member is None or week is None or here.state is not Stage.RUNNING:
            continue
        if member.state is Membership.ACTIVE and member.from_week <= week:
            found.append(Seat(here, member, week))
    return found


def _choices(seats: Sequence[Seat]) -> replies.Rows:
    return [
        [
            (
                seat.here.title[:40],
                WeekButton(cohort=seat.here.id, say=Say.LINK, week=seat.week).pack(),
            )
        ]
        for seat in seats
    ]
