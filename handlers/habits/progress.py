"""/progress: the wall of proofs, how a proof gets onto it, and how it is taken along."""

from datetime import date, datetime

from aiogram import F, Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from babel.dates import format_date

from coach import walls
from coach import weeks as coach_weeks
from coach.documents.links import instead_of_a_letter
from coach.proofs import Evidence, Proof, ProofError, is_mostly_link, read
from coach.reminders import Kind
from coach.texts import say
from coach.weeks import Counted, monday_of
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import reply, show, tell_below
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from handlers.habits.habit_buttons import Look, NudgeButton, Press, WallButton, wall_button
from handlers.habits.weeks import Weeks, weeks_of
from storage import Db, Store, habits, proofs, slots
from storage.people import Person

router = Router(name="progress")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

ON_A_PAGE = 8
"""Proofs that are shown at once."""

TYPED_PROOF = 600
"""Characters: a longer message is no proof, even while one is awaited, but perhaps a letter."""


class Proving(StatesGroup):
    """The dialog about a proof; its data may name the week that it was asked for."""

    evidence = State()


@router.message(Command("progress"))
async def progress(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """How the weeks stand, and the newest proofs."""

    def look(db: Db) -> tuple[Said, Rows]:
        return wall(weeks_of(db, person, now, default_zone))

    await reply(message, store, now, work, look)


@router.callback_query(WallButton.filter(F.look == Look.PAGE))
async def turn_page(
    callback: CallbackQuery,
    callback_data: WallButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """Older or newer proofs in the same place."""

    def look(db: Db) -> tuple[Said, Rows]:
        return wall(weeks_of(db, person, now, default_zone), callback_data.number)

    await show(callback, store, now, work, look)


@router.callback_query(WallButton.filter(F.look.in_({Look.MARKDOWN, Look.CV})))
async def export(
    callback: CallbackQuery,
    callback_data: WallButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """The whole wall as a file: a page, or lines for a CV."""
    message = callback.message
    assert message is not None
    kind = "markdown" if callback_data.look is Look.MARKDOWN else "cv"

    def send(db: Db) -> None:
        mine = proofs.wall(db, person.id)
        write = walls.markdown if kind == "markdown" else walls.cv_lines
        replies.send_file(
            db,
            key=f"wall:{callback.id}",
            chat_id=message.chat.id,
            filename="proofs.md" if kind == "markdown" else "cv-lines.txt",
            data=write(person.language, mine).encode(),
            caption=say(person.language, f"progress.export.{kind}_caption"),
            now=now,
        )

    await store.write(send)
    work.nudge("send")
    await callback.answer()


@router.callback_query(NudgeButton.filter(F.press == Press.DONE))
async def done(
    callback: CallbackQuery,
    callback_data: NudgeButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The habit is done: where can it be seen? The next message is the proof."""

    def ask(db: Db) -> tuple[str, Rows]:
        slots.answered(db, person.chat_id, Kind.NUDGE, now)
        habits.claim(db, person.id, callback_data.monday, now)
        return say(person.language, "habits.nudge.prove"), _not_now(person.language)

    await state.set_state(Proving.evidence)
    await state.set_data({"monday": callback_data.week})
    await tell_below(callback, store, now, work, ask)


@router.callback_query(WallButton.filter(F.look == Look.ADD))
async def add_asked(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """A proof of any week."""
    await state.set_state(Proving.evidence)
    said = say(person.language, "progress.add_ask")
    await tell_below(callback, store, now, work, lambda _db: (said, _not_now(person.language)))


@router.callback_query(WallButton.filter(F.look == Look.NOT_NOW))
async def not_now(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The proof can wait."""
    await state.clear()
    said = say(person.language, "progress.not_now")
    await show(callback, store, now, work, lambda _db: (said, ()))


@router.message(
    StateFilter(Proving.evidence), F.text & ~F.text.startswith("/"), F.text.len() <= TYPED_PROOF
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
    asked_for = (await state.get_data()).get("monday")
    meant = date.fromisoformat(asked_for) if asked_for else None
    try:
        evidence = read(message.text or "")
    except ProofError as problem:
        said = problem.sentence(person.language)
        await reply(message, store, now, work, lambda _db: (said, _not_now(person.language)))
        return

    def take(db: Db) -> tuple[Said | str, Rows]:
        return put_up(weeks_of(db, person, now, default_zone), evidence, meant)

    await state.clear()
    await reply(message, store, now, work, take)


@router.message(F.text, ~F.text.startswith("/"), F.text.func(is_mostly_link))
async def link_sent(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """A link with hardly a word beside it is no letter, but may lead to one; or it may be
    something they made."""
    hint = instead_of_a_letter(message.text or "")
    export = say(person.language, f"documents.export.{hint}") if hint else ""
    rows = [[wall_button(person.language, "wall_it", Look.WALL_IT), *_not_now(person.language)[0]]]
    await store.write(
        replies.send,
        key=f"answer:{message.chat.id}:{message.message_id}",
        chat_id=message.chat.id,
        said=f"{export}\n\n{say(person.language, 'progress.wall_it')}".strip(),
        now=now,
        rows=rows,
        reply_to=message.message_id,
    )
    work.nudge("send")


@router.callback_query(WallButton.filter(F.look == Look.WALL_IT))
async def wall_it(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """The link that was asked about goes onto the wall."""
    question = callback.message
    link = question.reply_to_message if isinstance(question, Message) else None
    text = link.text if link else None

    def take(db: Db) -> tuple[Said | str, Rows]:
        try:
            evidence = read(text or "")
        except ProofError as problem:
            return problem.sentence(person.language), ()
        return put_up(weeks_of(db, person, now, default_zone), evidence, None)

    await show(callback, store, now, work, take)


@router.callback_query(WallButton.filter(F.look == Look.TAKE_BACK))
async def take_back(
    callback: CallbackQuery,
    callback_data: WallButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
) -> None:
    """A proof that was sent by mistake leaves; its week is open again when it was the only one."""

    def remove(db: Db) -> tuple[str, Rows]:
        if proofs.get(db, person.id, callback_data.number) is None:
            return say(person.language, "progress.gone"), ()
        monday = proofs.take_back(db, person.id, callback_data.number)
        if monday:
            weeks_of(db, person, now, default_zone).settle(monday, coach_weeks.State.OPEN)
        return say(person.language, "progress.taken_back"), ()

    await show(callback, store, now, work, remove)


def put_up(mine: Weeks, evidence: Evidence, meant: date | None) -> tuple[Said | str, Rows]:
    """Puts a proof on the wall, counts its week, and says both; the same thing twice is once."""
    language, person_id = mine.person.language, mine.person.id
    counted = mine.counting(meant)
    week = habits.week(mine.db, person_id, counted.monday)
    proof = proofs.add(
        mine.db,
        person_id=person_id,
        evidence=evidence,
        made_on=mine.today,
        monday=counted.monday,
        habit_id=week.habit_id if week else None,
        now=mine.now,
    )
    if proof is None:
        return _double(mine, evidence), ()
    was_done = week is not None and week.state is coach_weeks.State.DONE
    mine.settle(counted.monday, coach_weeks.State.DONE)
    slots.done(mine.db, mine.person.chat_id, Kind.NUDGE, mine.now)
    said = Said().line(say(language, "progress.kept", words=walls.in_words(language, proof)))
    _counted(said.line(), mine, counted, was_done=was_done)
    return said, [[wall_button(language, "take_back", Look.TAKE_BACK, proof.id)]]


def _double(mine: Weeks, evidence: Evidence) -> str:
    before = proofs.double(mine.db, mine.person.id, evidence)
    day = before.made_on if before else mine.today
    return say(mine.person.language, "progress.double", date=_day(mine.person.language, day))


def _counted(said: Said, mine: Weeks, counted: Counted, *, was_done: bool) -> None:
    """Which week it counts for, the return when it is one, and the row of weeks."""
    language, account = mine.person.language, mine.account()
    if counted.too_late:
        said.line(say(language, "progress.counted.late"))
    elif counted.monday < monday_of(mine.today):
        said.line(say(language, "progress.counted.last"))
    said.line(say(language, f"progress.counted.{'more' if was_done else 'this'}"))
    if account.returned and not was_done:
        said.line(say(language, "progress.counted.returned"), Style.BOLD)
    said.add(walls.standing(language, account, 0)[0])


def wall(mine: Weeks, page: int = 0) -> tuple[Said, Rows]:
    """How the weeks stand in words, and one page of the wall, the newest first."""
    language, every = mine.person.language, proofs.wall(mine.db, mine.person.id)
    page = min(max(page, 0), max(0, (len(every) - 1) // ON_A_PAGE))
    said = Said().line(say(language, "progress.title"), Style.BOLD)
    if not every:
        said.line(say(language, "progress.none"))
        return said, [[wall_button(language, "add", Look.ADD)], *_pictures(language)]
    for line in walls.standing(language, mine.account(), len(every)):
        said.line(line)
    first = page * ON_A_PAGE
    shown = every[first : first + ON_A_PAGE]
    said.line()
    for proof in shown:
        _row(said, language, proof)
    if len(every) > ON_A_PAGE:
        numbers = {"first": first + 1, "last": first + len(shown), "total": len(every)}
        said.line().add(say(language, "progress.page", **numbers), Style.ITALIC)
    return said, _wall_rows(language, page, last=first + len(shown) >= len(every))


def _row(said: Said, language: str, proof: Proof) -> None:
    words = walls.in_words(language, proof)
    said.line(say(language, "progress.row", date=_day(language, proof.made_on), words=words))


def _wall_rows(language: str, page: int, *, last: bool) -> Rows:
    turns = []
    if page:
        turns.append(wall_button(language, "newer", Look.PAGE, page - 1))
    if not last:
        turns.append(wall_button(language, "older", Look.PAGE, page + 1))
    return [
        turns,
        [wall_button(language, "add", Look.ADD)],
        *_pictures(language),
        [
            wall_button(language, "markdown", Look.MARKDOWN),
            wall_button(language, "cv", Look.CV),
        ],
    ]


def _pictures(language: str) -> Rows:
    """The month, the memory, the letters and the week's card, as pictures."""
    return [
        [
            wall_button(language, "month", Look.MONTH),
            wall_button(language, "memory", Look.MEMORY),
        ],
        [
            wall_button(language, "letters", Look.LETTERS),
            wall_button(language, "week", Look.WEEK),
        ],
    ]


def _not_now(language: str) -> Rows:
    return [[wall_button(language, "not_now", Look.NOT_NOW)]]


def _day(language: str, day: date) -> str:
    """A date as it is read: "3 May 2026"."""
    return format_date(day, "d MMM y", locale=language)
