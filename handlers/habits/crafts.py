"""The craftsman's plan: five questions a quarter, each with Skip, and the look back at its end."""

from datetime import date, datetime

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from babel.dates import format_date

from coach.crafts import LONGEST_ANSWER, Craft, following, is_look_back, planned, quarter
from coach.texts import say
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import reply, show, tell_below
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from handlers.habits.habit_buttons import CraftButton, craft_button
from handlers.habits.weeks import weeks_of
from storage import Db, Store, crafts
from storage.people import Person

router = Router(name="crafts")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


class Planning(StatesGroup):
    """Which question of the plan is open; it stands in the data."""

    answer = State()


END = "end"
"""What stands in a button behind the last question."""


@router.callback_query(CraftButton.filter())
async def craft_pressed(
    callback: CallbackQuery,
    callback_data: CraftButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """The plan, or one of its questions; Skip leads to the next."""
    craft = callback_data.craft
    await listen_for(state, craft if craft in set(Craft) else None)

    def look(db: Db) -> tuple[Said, Rows]:
        name = planned(weeks_of(db, person, now, default_zone).today)
        if craft in set(Craft):
            return question(person.language, Craft(craft))
        return finished(db, person, name) if craft == END else overview(db, person, name)

    put = tell_below if craft == Craft.MARKET else show  # what was written last stays in sight
    await put(callback, store, now, work, look)


@router.message(
    StateFilter(Planning.answer),
    F.text & ~F.text.startswith("/"),
    F.text.len() <= 2 * LONGEST_ANSWER,
)
async def answered(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    default_zone: str = "UTC",
) -> None:
    """An answer in a sentence or two, then the next question."""
    words = (message.text or "").strip()
    craft = Craft((await state.get_data()).get("craft", Craft.MARKET))
    if len(words) > LONGEST_ANSWER:
        said = say(person.language, "habits.craft.too_long")
        await reply(message, store, now, work, lambda _db: (said, ()))
        return
    next_one = following(craft)

    def keep(db: Db) -> tuple[Said, Rows]:
        name = planned(weeks_of(db, person, now, default_zone).today)
        crafts.answer(db, person_id=person.id, quarter=name, craft=craft, answer=words, now=now)
        if next_one:
            return question(person.language, next_one)
        return finished(db, person, name)

    await listen_for(state, next_one)
    await reply(message, store, now, work, keep)


async def listen_for(state: FSMContext, craft: str | None) -> None:
    """The question that a typed answer belongs to."""
    await state.clear()
    if craft:
        await state.set_state(Planning.answer)
        await state.set_data({"craft": craft})


def overview(db: Db, person: Person, name: str) -> tuple[Said, Rows]:
    """What was answered for a quarter, and where to begin."""
    language, given = person.language, crafts.answers(db, person.id, name)
    said = Said().line(
        say(language, "habits.craft.title", quarter=quarter_words(language, name)), Style.BOLD
    )
    said.line(say(language, "habits.craft.intro")).line()
    _answers(said, language, given)
    begin = say(language, f"habits.craft.button.{'anew' if given else 'begin'}")
    return said, [[craft_button(begin, Craft.MARKET)]]


def quarter_words(language: str, name: str) -> str:
    """A quarter as it is read: "1st quarter 2027"."""
    year, number = name.split("-Q")
    return format_date(date(int(year), 3 * int(number), 1), "QQQQ y", locale=language)


def question(language: str, craft: Craft) -> tuple[Said, Rows]:
    """One of the five, with Skip."""
    position = list(Craft).index(craft) + 1
    name = say(language, f"habits.craft.{craft}")
    said = Said().line(
        say(language, "habits.craft.progress", position=position, name=name), Style.BOLD
    )
    said.line(say(language, f"habits.craft.{craft}_ask"))
    next_one = following(craft) or END
    return said, [[craft_button(say(language, "habits.button.skip"), next_one)]]


def finished(db: Db, person: Person, name: str) -> tuple[Said, Rows]:
    """The plan as it was written, or the word that nothing is lost."""
    language, given = person.language, crafts.answers(db, person.id, name)
    if not given:
        return Said(say(language, "habits.craft.nothing")), ()
    said = (
        Said()
        .line(
            say(language, "habits.craft.title", quarter=quarter_words(language, name)), Style.BOLD
        )
        .line()
    )
    _answers(said, language, given)
    return said.line().add(say(language, "habits.craft.finished"), Style.ITALIC), ()


def look_back(db: Db, person: Person, day: date) -> tuple[Said, Rows] | None:
    """On the last Sunday of a quarter: what was written at its beginning, and the next plan."""
    given = crafts.answers(db, person.id, quarter(day)) if is_look_back(day) else {}
    if not given:
        return None
    language = person.language
    said = Said().line(say(language, "habits.craft.look_back"), Style.BOLD).line()
    _answers(said, language, given)
    said.line().add(say(language, "habits.craft.look_back_ask"))
    return said, [[craft_button(say(language, "habits.craft.button.next"), Craft.MARKET)]]


def _answers(said: Said, language: str, given: dict[Craft, str]) -> None:
    for craft, words in given.items():
        said.add(say(language, f"habits.craft.{craft}"), Style.BOLD).line(f": {words}")
