"""What a person has confirmed about themselves: the list behind /settings, and what joins it."""

from datetime import datetime
from enum import StrEnum

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.facts import LONGEST_FACT, Fact
from coach.passages import beginning
from coach.texts import say
from handlers.chat import presses
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told
from handlers.chat.replies import Button, Rows
from handlers.chat.work import Work
from handlers.reviews.answers import shortened
from storage import Db, Store, facts
from storage.people import Person

router = Router(name="facts")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

SHOWN = 20
"""Facts at a time, so that they fit into a message with their questions."""

LONGEST_TYPED = 1000
"""Characters; a longer text is a letter."""


class FactStep(StrEnum):
    """What a button of the list asks for."""

    LIST = "list"
    DELETE = "delete"
    ADD = "add"


class FactButton(CallbackData, prefix="fact"):
    """A button of the list; `id` is the fact's."""

    step: FactStep
    id: int = 0


class Telling(StatesGroup):
    """A fact is being typed."""

    fact = State()


def facts_button(language: str) -> Button:
    """Opens the list."""
    return _button(language, "list", FactStep.LIST)


@router.callback_query(FactButton.filter())
async def listed(
    callback: CallbackQuery,
    callback_data: FactButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The facts, each on a button that deletes it; or the question for another one."""
    step = callback_data.step
    if step is FactStep.ADD:
        await state.set_state(Telling.fact)
    elif await state.get_state() == Telling.fact.state:
        await state.clear()

    def change(db: Db) -> Told:
        if step is FactStep.ADD:
            back = _button(person.language, "back", FactStep.LIST)
            return say(person.language, "facts.ask"), [[back]]
        if step is FactStep.DELETE:
            facts.remove(db, person.id, callback_data.id)
        return list_answer(db, person)

    await presses.show(callback, store, now, work, change)


@router.message(
    StateFilter(Telling.fact), F.text & ~F.text.startswith("/"), F.text.len() <= LONGEST_TYPED
)
async def typed(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """A fact; then the list with it."""
    words, language = " ".join((message.text or "").split()), person.language
    if not words:
        raise SkipHandler
    if len(words) > LONGEST_FACT:
        too_long = say(language, "facts.too_long")
        await presses.reply(message, store, now, work, lambda _db: (too_long, ()))
        return
    key = f"{message.chat.id}:{message.message_id}"

    def keep(db: Db) -> Told:
        kept = facts.add(db, person_id=person.id, key=key, fact=Fact(words), now=now)
        said, rows = list_answer(db, person)
        note = Said().line(say(language, f"facts.{'kept' if kept else 'full'}")).line()
        return note.join(said), rows

    await presses.reply(message, store, now, work, keep)
    await state.clear()


def list_answer(db: Db, person: Person) -> tuple[Said, Rows]:
    """Every fact with what was asked, the newest last."""
    language, kept = person.language, facts.listed(db, person.id)
    add = [_button(language, "add", FactStep.ADD)]
    if not kept:
        rewrite = say(language, "rewrites.button.open")
        return Said(say(language, "facts.none", rewrite=rewrite)), [add]
    said = Said().line(say(language, "facts.title"), Style.BOLD)
    said.line(say(language, "facts.about"), Style.ITALIC)
    for number, stored in enumerate(kept[:SHOWN], start=1):
        said.line()
        if stored.fact.question:
            said.line(shortened(stored.fact.question, 120), Style.ITALIC)
        answer = shortened(stored.fact.answer, 120)
        said.line(say(language, "facts.item", number=number, answer=answer))
    if len(kept) > SHOWN:
        said.line().line(say(language, "facts.more", count=len(kept) - SHOWN))
    rows = [
        [(f"✕ {beginning(one.fact.answer)}", FactButton(step=FactStep.DELETE, id=one.id).pack())]
        for one in kept[:SHOWN]
    ]
    return said, [*rows, add]


def _button(language: str, name: str, step: FactStep) -> Button:
    return say(language, f"facts.button.{name}"), FactButton(step=step).pack()
