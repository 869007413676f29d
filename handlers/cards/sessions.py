"""A session with cards: one message that asks, answers, takes the grade and asks the next.

Whatever a press does happens in one transaction: the session, the card, the log, what is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import blake2s

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from coach.cards import Card, Grade, intervals, on_button
from coach.memory import Rating
from coach.notes import Face
from coach.reminders import Kind
from coach.scheduling import Load, fuzz_range
from coach.sessions import (
    Answered,
    Button,
    Session,
    answer,
    days_away,
    finish,
    is_open,
    judge,
    show,
    start,
    tally,
    undo,
    without,
)
from coach.sessions import Press as Verdict
from coach.texts import say
from handlers.cards import batches
from handlers.cards.card_buttons import (
    RATED,
    CardButton,
    Press,
    answer_rows,
    end_rows,
    question_rows,
)
from handlers.cards.deck_buttons import leech_rows
from handlers.cards.faces import asked, told
from handlers.cards.sides import short
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, tell_below
from handlers.chat.presses import show as show_there
from handlers.chat.work import Work
from storage import Db, Store, cards, grades, messages, sessions, slots, studies
from storage.instants import to_ms
from storage.people import Person

router = Router(name="sessions")
router.callback_query.filter(F.message.chat.type == "private")


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person at their cards at one moment. `name` is what a session that begins now is called;
    `place` is the message that shows it, by its id or the key it is sent with."""

    db: Db
    person: Person
    now: datetime
    zone: str
    name: str
    place: int | str

    @property
    def day(self) -> date:
        """The study day of this moment."""
        return batches.day_of(self.person, self.now, self.zone)

    @property
    def language(self) -> str:
        return self.person.language


@router.callback_query(CardButton.filter())
async def pressed(
    callback: CallbackQuery,
    callback_data: CardButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """A button of a session; one of a session gone by opens today's."""

    def act(sitting: Sitting) -> Told | None:
        return press(sitting, callback_data)

    await sit(callback, store, person, now, work, default_zone, act)


async def sit(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    zone: str,
    act: Callable[[Sitting], Told | None],
) -> None:
    """Does what a press asks for and shows the session where the button was, or below, when that
    message says something else too."""
    message, below = callback.message, not is_alone(callback)
    assert message is not None
    place = f"press:{callback.id}" if below else message.message_id
    name = session_name(person.id, callback.id, now)

    def change(db: Db) -> Told | None:
        return act(Sitting(db, person, now, zone, name, place))

    await (tell_below if below else show_there)(callback, store, now, work, change)


def is_alone(callback: CallbackQuery) -> bool:
    """Whether the message with the button is about cards and nothing else."""
    message = callback.message
    if not isinstance(message, Message) or message.reply_markup is None:
        return False
    buttons = [button for row in message.reply_markup.inline_keyboard for button in row]
    return all((button.callback_data or "").startswith(OURS) for button in buttons)


OURS = ("card:", "cards:", "cardsat:", "comeback:", "deck:", "later:", "study:")
"""What the buttons that stand around cards begin with."""


def session_name(person_id: int, press_id: str, now: datetime) -> str:
    """A name that no other session has, made of the press that begins it."""
    made_of = f"{person_id}:{press_id}:{to_ms(now)}"
    return blake2s(made_of.encode(), digest_size=8).hexdigest()


def going_on(db: Db, person_id: int, day: date, now: datetime) -> Session | None:
    """The session that a person is in the middle of."""
    session = sessions.latest(db, person_id)
    return session if session and session.current and is_open(session, day, now) else None


def begin(sitting: Sitting) -> Told:
    """Today's session: the one that is open goes on here, or one is opened."""
    db, person = sitting.db, sitting.person
    slots.done(db, person.chat_id, Kind.SESSION, sitting.now)
    session = going_on(db, person.id, sitting.day, sitting.now)
    if session:
        _leave_word(sitting, session)
    else:
        today = batches.of_day(db, person.id, sitting.day)
        if not today.batch.cards:
            return "\n".join(nothing_left(db, person, sitting.now, sitting.zone)), ()
        session = start(sitting.name, today.batch.cards, day=sitting.day, now=sitting.now)
        sessions.begin(db, person.id, session, sitting.now)
    return _kept(sitting, replace(session, message=sitting.place, touched=sitting.now))


def press(sitting: Sitting, button: CardButton) -> Told | None:
    """What a button does and what is shown then; None when it has been pressed before."""
    session = sessions.latest(sitting.db, sitting.person.id)
    place = Button(button.session, button.position)
    verdict = judge(session, place, today=sitting.day, now=sitting.now)
    if session is None or verdict is Verdict.STALE:
        return begin(sitting)
    if verdict is Verdict.COUNTED:
        return None
    match button.press:
        case Press.SHOW:
            after = _revealed(sitting, session)
        case Press.UNDO:
            after = _undone(sitting, session)
        case Press.FINISH:
            after = finish(session, sitting.now) if session.current else None
        case _:
            after = _graded(sitting, session, RATED[button.press])
    return _kept(sitting, after) if after else None


def _revealed(sitting: Sitting, session: Session) -> Session | None:
    """The answer is shown, with the intervals of this moment."""
    if session.current is None or session.intervals:
        return None
    card = cards.get(sitting.db, sitting.person.id, session.current)
    if card is None or card.suspended:
        return session
    return show(session, _intervals(sitting, card), sitting.now)


def _intervals(sitting: Sitting, card: Card) -> dict[Rating, int]:
    wishes = studies.get(sitting.db, sitting.person.id).wishes
    ideal = intervals(card, day=sitting.day, wishes=replace(wishes, fuzz=False))
    load: dict[date, int] = {}
    for days in ideal.values():
        span = fuzz_range(days, wishes.longest)
        if len(span) > 1:
            load |= _load(sitting, span)
    if card.state and card.state.due in load:
        load[card.state.due] -= 1
    return intervals(card, day=sitting.day, wishes=wishes, load=load)


def _load(sitting: Sitting, span: range) -> Load:
    first, last = (sitting.day + timedelta(days) for days in (span[0], span[-1]))
    return cards.load_of_days(sitting.db, sitting.person.id, first, last)


def _graded(sitting: Sitting, session: Session, rating: Rating) -> Session | None:
    """The card and the log take the grade; a card that is gone by now takes none."""
    if session.current is None or session.intervals is None:
        return None
    db, person = sitting.db, sitting.person
    card = cards.get(db, person.id, session.current)
    if card is None or card.suspended:
        return session
    asked_at = session.asked or session.touched
    answered = answer(
        session,
        card,
        rating,
        at=sitting.now,
        day=sitting.day,
        wishes=studies.get(db, person.id).wishes,
        seconds=max(0.0, (sitting.now - asked_at).total_seconds()),
    )
    cards.save(db, person.id, answered.card)
    where = {"session_id": session.id, "position": session.position}
    grades.add(db, person_id=person.id, grade=answered.grade, **where)
    if answered.warn:
        _warn(sitting, answered)
    return answered.session


def _warn(sitting: Sitting, answered: Answered) -> None:
    """A card that has slipped away too often is set aside, and what to do with it is asked."""
    card, language = answered.card, sitting.language
    face = cards.shown(sitting.db, sitting.person.id, card.id)
    facts = {
        "front": short(face.question if face else ""),
        "lapses": card.state.lapses if card.state else 0,
    }
    replies.send(
        sitting.db,
        key=_warning(answered.grade),
        chat_id=sitting.person.chat_id,
        said=Said(say(language, "cards.leech.warn", **facts)),
        now=sitting.now,
        rows=leech_rows(language, int(card.id)),
    )


def _warning(grade: Grade) -> str:
    return f"leech:{grade.card}:{to_ms(grade.at)}"


def _undone(sitting: Sitting, session: Session) -> Session | None:
    """The last grade leaves the log, and the card is as it was before."""
    db, person = sitting.db, sitting.person
    undone = undo(session, sitting.now)
    if undone is None:
        return None
    now_is = cards.get(db, person.id, undone.card.id)
    if now_is and now_is.suspended and not undone.card.suspended:
        _take_back_warning(sitting, undone.grade)
    cards.save(db, person.id, undone.card)
    grades.take_back(db, person.id, session.id, undone.session.position)
    return undone.session


def _take_back_warning(sitting: Sitting, grade: Grade) -> None:
    replies.edit(
        sitting.db,
        key=f"{_warning(grade)}:undone",
        chat_id=sitting.person.chat_id,
        message=_warning(grade),
        said=say(sitting.language, "sessions.leech_undone"),
        now=sitting.now,
    )


def _kept(sitting: Sitting, session: Session) -> Told:
    """Keeps how the session stands, and shows it."""
    session = _without_the_gone(sitting, session)
    sessions.save(sitting.db, sitting.person.id, session)
    if session.current is None:
        slots.done(sitting.db, sitting.person.chat_id, Kind.SESSION, sitting.now)
        return _ended(sitting, session)
    face = cards.shown(sitting.db, sitting.person.id, session.current)
    assert face is not None, "what is gone was just left out"
    progress = say(
        sitting.language,
        "sessions.progress",
        number=session.position + 1,
        total=len(session.queue),
    )
    return _card(sitting, session, face, progress)


def _card(sitting: Sitting, session: Session, face: Face, progress: str) -> Told:
    language = sitting.language
    if session.intervals is None:
        return asked(face, progress), question_rows(language, session)
    return told(face, progress), answer_rows(language, session, _on_buttons(sitting, session))


def _on_buttons(sitting: Sitting, session: Session) -> Mapping[Rating, int]:
    """The days that the buttons say: an interview draws cards forward."""
    interview = studies.get(sitting.db, sitting.person.id).interview
    card = cards.get(sitting.db, sitting.person.id, session.current or "0")
    assert card is not None
    days = session.intervals or {}
    return {one: on_button(card, n, sitting.day, interview) for one, n in days.items()}


def _without_the_gone(sitting: Sitting, session: Session) -> Session:
    """Cards that were deleted or set aside in the meantime aren't asked."""
    while session.current is not None:
        card = cards.get(sitting.db, sitting.person.id, session.current)
        if card and not card.suspended:
            return session
        session = without(session, {session.current}, sitting.now)
    return session


def _leave_word(sitting: Sitting, session: Session) -> None:
    """The session goes on elsewhere: its old message says so and has no buttons any more."""
    old, place = session.message, sitting.place
    if old is None or place in (old, messages.message_id(sitting.db, str(old))):
        return
    replies.edit(
        sitting.db,
        key=f"moved:{session.id}:{place}",
        chat_id=sitting.person.chat_id,
        message=old,
        said=say(sitting.language, "sessions.moved"),
        now=sitting.now,
    )


def _ended(sitting: Sitting, session: Session) -> Told:
    """What the session came to; somebody who was away for long is welcomed back."""
    language, came_to = sitting.language, tally(session)
    title = "sessions.end.enough" if came_to.left else "sessions.end.done"
    said = Said(ours=True).line(say(language, title), Style.BOLD)
    if came_to.met:
        said.line(say(language, "sessions.end.met", count=came_to.met, known=came_to.known))
    last = grades.last_day(sitting.db, sitting.person.id, before=session.day)
    if came_to.met and (days := days_away(last, session.day)):
        said.line(say(language, "sessions.end.returned", count=days))
    if came_to.left:
        said.line(say(language, "sessions.end.left"))
    else:
        said.line(tomorrow(sitting.db, sitting.person, sitting.now, sitting.zone))
    return said, end_rows(language, session, more=bool(came_to.left))


def nothing_left(db: Db, person: Person, now: datetime, zone: str) -> list[str]:
    """Nothing is left today; what tomorrow brings, if it brings anything."""
    lines = [say(person.language, "sessions.nothing"), tomorrow(db, person, now, zone)]
    return [line for line in lines if line]


def tomorrow(db: Db, person: Person, now: datetime, zone: str) -> str:
    """How many cards the next day brings; "" when none."""
    day = batches.day_of(person, now, zone) + timedelta(days=1)
    count = len(batches.of_day(db, person.id, day).batch.cards)
    return say(person.language, "sessions.tomorrow", count=count) if count else ""
