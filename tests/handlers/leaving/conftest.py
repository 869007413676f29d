"""Somebody who has done everything that can be done here, among others who stay."""

from datetime import UTC, date, datetime

import pytest

from bot.inbox import keep
from bot.tryout import world
from coach.facts import Fact
from coach.habits import Goal
from storage import facts, habits
from tests.handlers.peers.steps import TUESDAY, at, come_in, give, newcomer, press, write

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

NUMBER = 7_912_345_678
"""As large as Telegram's are by now, so that no other number looks like it by chance."""

NAME, SURNAME, CALLED = "Zelmira", "Quuxfield", "zquux_4711"
LETTER = f"""Dear Professor Quokkaberg,

in my last year as a lamplighter in Zanzibarville I built the lanternoscope, which predicts lamps.
I recieve the alerts myself, and it cut the number of dark streets from 40 to 12 in one winter.

I would like to help with your telescopes, and I learn quickly from the people around me.

Kind regards,
{NAME} {SURNAME}
"""
OTHER_LETTER = """Dear hiring team at Nordwind,

I am applying for the junior role. For two years I have cleaned sensor data at a small company,
and last spring I built the barometrograph, which predicts which pumps fail.
It cut unplanned stops by a third in one season, and the mechanics now plan their week with it.

Kind regards,
Boris
"""
POSTING = "You bring:\n- two years of marmaladesmithing\n- a driving licence for velocipedists\n"
WORDS = f"""{NAME} {SURNAME} {CALLED} Quokkaberg lamplighter Zanzibarville lanternoscope recieve
marmaladesmith velocipedist photosynthograph chlorophyllion spectrohelio example.org/zelmira
brachistochrone xylophonist""".split()
"""Of the person's texts and names, what stands nowhere else."""


@pytest.fixture
async def boris(dialog):
    return await newcomer(dialog, "Boris")


@pytest.fixture
async def zelmira(dialog, monkeypatch):
    monkeypatch.setattr(world, "FIRST_PERSON_ID", NUMBER - len(dialog.telegram.state.people))
    person = dialog.telegram.add_person(NAME, "en", CALLED).id
    dialog.telegram.start(person)
    await dialog.settle()
    assert person == NUMBER
    return person


@pytest.fixture
async def group(dialog, boris, zelmira):
    """Boris leads; both read letters in pairs."""
    chat = dialog.telegram.add_group("ML in autumn", [zelmira], [boris]).id
    await dialog.settle()
    dialog.telegram.send_text(boris, "/cohort", chat)
    await dialog.settle()
    dialog.telegram.press_label(boris, "Start cohort", chat)
    await dialog.settle()
    await come_in(dialog, chat, boris, "Boris")
    await come_in(dialog, chat, zelmira, NAME)
    return chat


@pytest.fixture
async def lived(dialog, group, zelmira, boris):
    """Letters, a posting, cards, a habit, a week in the cohort, a passage given and one got."""
    await write(dialog, zelmira, LETTER)
    await press(dialog, zelmira, "Apply all")
    await write(dialog, zelmira, f"/posting {POSTING}")
    dialog.telegram.send_file(zelmira, f"{NAME}.txt", LETTER.replace("help", "assist").encode())
    await dialog.settle()
    await write(dialog, zelmira, "/add photosynthograph :: chlorophyllion")
    await press(dialog, zelmira, "09:00")
    await write(dialog, zelmira, "/cards")
    await press(dialog, zelmira, "Start")
    await press(dialog, zelmira, "Show answer")
    await press(dialog, zelmira, "Good")
    await dialog.store.write(believe, zelmira, dialog.clock.now())
    await write(dialog, boris, OTHER_LETTER)
    await at(dialog, MONDAY)
    await write(dialog, zelmira, "/checkin https://example.org/zelmira a xylophonist")
    await at(dialog, TUESDAY)
    for person in (zelmira, boris):
        await give(dialog, person)
    await press(dialog, boris, "Answer")
    for answer in ("The brachistochrone.", "Nothing.", "None."):
        await write(dialog, boris, answer)
    await press(dialog, zelmira, "Answer")
    await write(dialog, zelmira, "All of it, said the xylophonist.")
    await write(dialog, zelmira, "/letter")
    return zelmira


def believe(db, person, now):
    """A fact, a habit, and an update that waits to be handled."""
    sender = {"id": person, "first_name": NAME, "username": CALLED}
    keep(db, [{"update_id": 4711, "edited_message": {"from": sender, "text": LETTER}}], now)
    facts.add(db, person_id=person, key="k", fact=Fact("What?", "a spectrohelioscope"), now=now)
    habits.begin(db, person_id=person, goal=Goal.SKILL, minutes=30, now=now)
    habits.propose(db, person_id=person, monday=date(2026, 11, 23), habit_id="write", now=now)
