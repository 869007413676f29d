"""What a press in a session takes of our time, with 100,000 cards in the database: those of a
thousand people, and all of one person; and how long it takes to reckon 100,000 cards from their
logs.

A press is an update that goes through the dispatcher: the transaction is durable and the button
answered when it ends. Sending the edit is Telegram's time and another worker's.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.methods import GetUpdates

from benchmarks import folder_on_disk, show
from bot.clock import StandingClock
from bot.conversations import Conversations
from bot.tryout.session import local_bot
from bot.tryout.telegram import LocalTelegram
from coach.batches import Limits
from coach.cards import Card, Grade, State, rebuild
from coach.interviews import Interview
from coach.memory import Memory, Rating
from coach.notes import NoteKind
from coach.scheduling import Wishes
from handlers.cards.card_buttons import CardButton, CardsButton, Press, Wish
from handlers.chat.work import ModelFacts
from handlers.routers import build_router
from storage import Db, Store, cards, notes, people, sessions, studies
from storage.notes import NewNote

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
CARDS = 100_000
OWNERS = (1000, 1)
PRESSES = 200
STARTS = 100
WARM_UP = 5
SPREAD = 60
"""Days over which cards fall due: one in so many is due today."""
BUSY, BUSY_SPREAD = 1000, 3
"""The cards of the one who is watched among many, a third of them due, so that none runs out."""
GRADES = 8
GOAL_MS = 50


def main() -> None:
    """Prints p50 and p99 of the presses, and the seconds of the reckoning."""
    asyncio.run(presses())
    reckoning()


async def presses() -> None:
    dispatcher = Dispatcher()
    dispatcher.include_router(build_router())
    rows: list[Sequence[object]] = []
    for owners in OWNERS:
        async with desk(dispatcher, owners) as one:
            rows.append((f"answer and grade, {whose(owners)}", *figures(await one.answers())))
            rows.append((f"start, {whose(owners)}", *figures(await one.starts())))
            if owners == 1:
                await one.wish(interview=Interview(TODAY + timedelta(30), TODAY))
                rows.append(("start, before an interview", *figures(await one.starts())))
                one.clock.move(timedelta(days=SPREAD))
                await one.wish(interview=None)
                rows.append(("start, all due after long absence", *figures(await one.starts())))
    show(f"a press with {CARDS:,} cards, ms (goal: p99 ≤ {GOAL_MS})", ("press", "p50", "p99"), rows)


def whose(owners: int) -> str:
    return "all of one person" if owners == 1 else f"of {owners:,} people"


def figures(milliseconds: Sequence[float]) -> list[str]:
    ordered = sorted(milliseconds)
    return [f"{ordered[ceil(len(ordered) * part) - 1]:.1f}" for part in (0.5, 0.99)]


class Desk:
    """A bot without workers: updates are fed one by one, and timed."""

    def __init__(self, store: Store, dispatcher: Dispatcher) -> None:
        self.clock = StandingClock(NOW)
        self.telegram = LocalTelegram(self.clock)
        self.bot: Bot = local_bot(self.telegram)
        self.store, self.dispatcher = store, dispatcher
        self.person = self.telegram.add_person("Anna").id
        self._offset = 0

    async def answers(self) -> list[float]:
        """`Show answer` and a grade, card after card."""
        await self.press(CardsButton(wish=Wish.START).pack())
        taken = list[float]()
        while len(taken) < PRESSES:
            session = await self.store.read(sessions.latest, self.person)
            assert session
            assert session.current, "cards have run out"
            for press in (Press.SHOW, Press.GOOD):
                place = {"session": session.id, "position": session.position}
                taken.append(await self.press(CardButton(press=press, **place).pack()))
        return taken

    async def starts(self) -> list[float]:
        """`Start` where no session is open, and cards are left for one."""
        await self.wish(limits=Limits(reviews=PRESSES, new=0))
        taken = list[float]()
        for _ in range(WARM_UP + STARTS):
            session = await self.store.read(sessions.latest, self.person)
            assert session
            place = {"session": session.id, "position": session.position}
            await self.press(CardButton(press=Press.FINISH, **place).pack())
            taken.append(await self.press(CardsButton(wish=Wish.START).pack()))
            opened = await self.store.read(sessions.latest, self.person)
            assert opened
            assert opened.current, "nothing was left to start"
        return taken[WARM_UP:]

    async def wish(self, **changes: Any) -> None:
        """How the person studies from now on."""
        await self.store.write(studies.change, self.person, **changes)

    async def press(self, data: str) -> float:
        """Milliseconds from the update to the answered button."""
        self.clock.move(timedelta(seconds=5))
        self.telegram.press(self.person, self.message, data, stale=True)
        [update] = await self.bot(GetUpdates(offset=self._offset, timeout=0))
        self._offset = update.update_id + 1
        begun = time.perf_counter()
        await self.dispatcher.feed_update(
            self.bot,
            update,
            now=self.clock.now(),
            store=self.store,
            clock=self.clock,
            work=_Deaf(),
            model=ModelFacts(),
        )
        return (time.perf_counter() - begun) * 1000

    async def open(self) -> None:
        """A message to press on, and every update so far taken."""
        self.telegram.start(self.person)
        sent = await self.bot.send_message(self.person, "Your cards")
        self.message = sent.message_id
        for update in await self.bot(GetUpdates(offset=0, timeout=0)):
            self._offset = update.update_id + 1


class _Deaf:
    def nudge(self, *kinds: str) -> None:
        """Nobody is to be woken."""


@asynccontextmanager
async def desk(dispatcher: Dispatcher, owners: int) -> AsyncIterator[Desk]:
    with folder_on_disk() as folder:
        store = await Store.open(f"sqlite:///{folder}/cards.db", now=NOW)
        try:
            one = Desk(store, dispatcher)
            dispatcher.fsm.storage = Conversations(store, one.clock)
            mine = (CARDS, SPREAD) if owners == 1 else (BUSY, BUSY_SPREAD)
            await store.write(fill, one.person, *mine)
            for other in range(1, owners):
                await store.write(fill, one.person + other, (CARDS - BUSY) // (owners - 1), SPREAD)
            await one.open()
            yield one
        finally:
            await store.close()


def fill(db: Db, person: int, count: int, spread: int) -> None:
    """A person whose cards fall due over `spread` days, with room to learn many a day."""
    people.seen(db, id=person, language="en", now=NOW)
    studies.change(db, person, limits=Limits(reviews=100, new=0))
    kept = [NewNote(NoteKind.BASIC, f"question {n}", f"answer {n}") for n in range(count)]
    notes.add(db, person_id=person, notes=kept, now=NOW)
    for number, card in enumerate(cards.of_person(db, person)):
        seen = TODAY - timedelta(spread - 1 - number % spread)
        state = State(Memory(10.0 + number % 50, 5.0, seen), spread - 1, 4, 0)
        cards.save(db, person, Card(card.id, card.note, state))


def reckoning() -> None:
    """Every state anew from its log."""
    log = [
        Grade("1", Rating.GOOD, NOW, date.fromordinal(TODAY.toordinal() + n * 9), None, 9)
        for n in range(GRADES)
    ]
    wishes = Wishes()
    begun = time.perf_counter()
    for _ in range(CARDS):
        rebuild(log, wishes)
    seconds = time.perf_counter() - begun
    print(f"{CARDS:,} cards with {GRADES} grades each, reckoned from their logs: {seconds:.1f} s")


if __name__ == "__main__":
    main()
