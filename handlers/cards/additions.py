"""Where a person's own cards come from: /add, lines such as `Q :: A`, any message, a letter."""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.additions import Reading, are_cards, from_message, read
from coach.letters import PlanCard
from coach.offers import offered
from coach.plans import plan
from coach.texts import say
from handlers.cards.deck_buttons import Choice, offer_button
from handlers.cards.keeping import ask_after_first, keep_now
from handlers.cards.offers import MAY_BE_CARD, Changing, listed
from handlers.cards.plan_cards import from_plan
from handlers.cards.sides import say_unread
from handlers.chat import replies
from handlers.chat.formatting import Said
from handlers.chat.presses import reply
from handlers.chat.replies import Rows
from handlers.chat.work import ModelFacts, Work
from handlers.reviews.buttons import Press, ReviewButton
from handlers.reviews.edits import Desk, at_desk
from handlers.reviews.second_looks import CARDS, queue
from storage import Db, Store, offers
from storage.offers import Offer
from storage.people import Person
from storage.reviews import EditState

router = Router(name="additions")
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")


class Adding(StatesGroup):
    """/add alone: the next message is cards."""

    cards = State()


@router.message(Command("add"))
async def add(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Keeps the cards behind the command, or a card of the message it answers; alone it tells how
    to write one."""
    await state.clear()
    asked = command.args or ""
    if message.reply_to_message is not None and (text := answered_text(message)):
        await take(message, from_message(text, asked), store, person, now, work, state)
    elif asked:
        await take(message, read(asked), store, person, now, work, state)
    else:
        key = "no_text" if message.reply_to_message else "ask"
        await state.set_state(Adding.cards)
        said = say(person.language, f"additions.{key}").strip()
        await reply(message, store, now, work, lambda _db: (said, ()))


@router.message(StateFilter(Adding.cards), MAY_BE_CARD)
async def cards_sent(
    message: Message, store: Store, person: Person, now: datetime, work: Work, state: FSMContext
) -> None:
    """What follows a bare /add was asked for, too."""
    await take(message, read(message.text or ""), store, person, now, work, state)


@router.message(StateFilter(None), F.text & ~F.text.startswith("/"), F.text.func(are_cards))
async def cards_met(
    message: Message, store: Store, person: Person, now: datetime, work: Work
) -> None:
    """Lines that are clearly cards need no command, but nobody said that they are to be kept."""

    def offer(db: Db) -> tuple[Said, Rows]:
        return listed(person.language, _offer(db, message, read(message.text or ""), person, now))

    await reply(message, store, now, work, offer)


@router.callback_query(ReviewButton.filter(F.press == Press.CARDS))
async def make_cards(
    callback: CallbackQuery,
    callback_data: ReviewButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    model: ModelFacts,
) -> None:
    """The cards that this letter gives: its slips, claims, abbreviations."""

    def make(desk: Desk) -> str:
        cards = from_plan(_plan_cards(desk))
        if not cards:
            return say(person.language, "additions.none_in_letter")
        offer = offers.add(
            desk.db,
            person_id=person.id,
            key=f"review:{desk.review.id}",
            source="review",
            cards=cards,
            now=now,
        )
        said, rows = listed(person.language, offer)
        message = f"cards:{desk.press}"
        replies.send(desk.db, key=message, chat_id=desk.chat_id, said=said, now=now, rows=rows)
        if model.on and person.model_agreed_at is not None and not offer.kept:
            queue(desk.db, CARDS, desk.review, message, now, offer=offer.id)
        return say(person.language, "additions.in_letter")

    await at_desk(callback, callback_data, store, person, now, work, make)
    work.nudge(CARDS)


def _plan_cards(desk: Desk) -> tuple[PlanCard, ...]:
    """The cards of a letter as its writer has decided: what was skipped is no slip, and a
    question that was accepted is one."""
    edits = [
        replace(stored.edit, ask=stored.edit.ask and stored.state is EditState.OPEN)
        for stored in desk.edits
        if stored.state is not EditState.SKIPPED
    ]
    review, text, language = desk.review.review, desk.version.text, desk.person.language
    made = plan(
        text, edits=edits, findings=review.findings, coverage=review.coverage, language=language
    )
    return made.cards


def answered_text(message: Message) -> str:
    """The text that a message answers: the part that was quoted, else all of it."""
    if message.quote is not None:
        return message.quote.text
    answered = message.reply_to_message
    return (answered.text or answered.caption or "") if answered else ""


async def take(
    message: Message,
    reading: Reading,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Keeps what was read; asks for what is missing, and says what could not be read."""
    language = person.language
    if reading.cards and not reading.cards[0].front:
        offer = await store.write(_offer, message, reading, person, now)
        await state.set_state(Changing.front)
        await state.set_data({"offer": offer.id, "number": 0})
        await reply(message, store, now, work, lambda _db: _ask_front(language, offer))
        return
    await state.set_state(None if reading.cards else Adding.cards)

    def keep(db: Db) -> tuple[Said, Rows]:
        unread = say_unread(language, reading.unread) if reading.unread else Said()
        if not reading.cards:
            return unread.line().line(say(language, "additions.example")), ()
        said, rows = keep_now(db, _offer(db, message, reading, person, now), person, now)
        return said.join(unread), rows

    await reply(message, store, now, work, keep, lambda db: ask_after_first(db, person, now))


def _offer(db: Db, message: Message, reading: Reading, person: Person, now: datetime) -> Offer:
    return offers.add(
        db,
        person_id=person.id,
        key=f"message:{message.chat.id}:{message.message_id}",
        source="added",
        cards=offered(reading.cards),
        now=now,
    )


def _ask_front(language: str, offer: Offer) -> tuple[Said, Rows]:
    said = Said().line(say(language, "additions.ask_front")).line()
    said.add(offer.cards[0].card.back)
    return said, [[offer_button(language, "not_now", Choice.NOT_NOW, offer.id)]]
