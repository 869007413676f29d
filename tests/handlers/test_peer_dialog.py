"""Letters are read in pairs: in private, without names, for a week, and the group hears nothing."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from coach.cohorts import Mark, Membership, Role
from handlers import pairs as handlers_pairs
from handlers.peer_buttons import PairButton, Read, ReadButton, Step
from storage import cohorts, excerpts, members, pairs, people
from storage.members import Profile

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WORDS = """lanternoscope quokkaberg zanzibarville ivanova lamplighter""".split()
LETTER = """Dear Professor Quokkaberg,

in my last year as a lamplighter in Zanzibarville I built the lanternoscope, which predicts lamps.

I would like to help with your telescopes, and I learn quickly from the people around me.

Kind regards,
Anna Ivanova
"""
CLOSED = "Nothing to do here any more"


async def newcomer(dialog, name):
    person = dialog.telegram.add_person(name, "en", name.lower()).id
    dialog.telegram.start(person)
    await dialog.settle()
    return person


@pytest.fixture
async def boris(dialog):
    return await newcomer(dialog, "Boris")


@pytest.fixture
async def clara(dialog):
    return await newcomer(dialog, "Clara")


@pytest.fixture
async def group(dialog, anna, boris):
    """Anna leads; she and Boris read letters in pairs."""
    chat = dialog.telegram.add_group("ML in autumn", [boris], [anna]).id
    await dialog.settle()
    dialog.telegram.send_text(anna, "/cohort", chat)
    await dialog.settle()
    dialog.telegram.press_label(anna, "Start cohort", chat)
    await dialog.settle()
    for person, name in ((anna, "Anna"), (boris, "Boris")):
        await come_in(dialog, chat, person, name)
    return chat


async def come_in(dialog, group, person, name, *, swaps=True, **changes):
    cohort = await dialog.store.read(cohorts.at, group)
    await dialog.store.write(
        members.join,
        cohort_id=cohort.id,
        person_id=person,
        profile=Profile(name, swaps=swaps),
        state=Membership.ACTIVE,
        from_week=1,
        now=dialog.clock.now(),
        **changes,
    )


async def at(dialog, when):
    dialog.clock.move(when - dialog.clock.now())
    await dialog.tick()


async def write(dialog, person, text):
    dialog.telegram.send_text(person, text)
    await dialog.settle()


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed


async def forge(dialog, person, data):
    """A press with data of one's own making, on the newest message."""
    pressed = dialog.telegram.press(
        person, dialog.telegram.answers(person)[-1], data.pack(), stale=True
    )
    await dialog.settle()
    return pressed


def newest(dialog, person):
    return dialog.said(person)[-1]


async def the_cohort(dialog, group):
    return await dialog.store.read(cohorts.at, group)


async def pairs_of(dialog, group):
    cohort = await the_cohort(dialog, group)
    return await dialog.store.read(pairs.of_cohort, cohort.id)


@pytest.fixture
async def paired(dialog, group, anna):
    """Anna has a letter, and it is Tuesday."""
    await write(dialog, anna, LETTER)
    await at(dialog, TUESDAY)
    [pair] = await pairs_of(dialog, group)
    return pair


async def look_at_all_of_it(dialog, anna):
    await press(dialog, anna, "Choose a letter")
    await press(dialog, anna, " · 20 Nov")
    await press(dialog, anna, "All of it")
    return newest(dialog, anna)


async def give(dialog, anna):
    await look_at_all_of_it(dialog, anna)
    return await press(dialog, anna, "Give it to")


def excerpt_shown(dialog, boris):
    return next(
        one for one in dialog.telegram.answers(boris) if "gives you this to read" in one.text
    )


async def test_on_tuesday_each_hears_in_private_who_reads_with_whom(dialog, group, anna, boris):
    before = len(dialog.telegram.answers(group))
    await at(dialog, TUESDAY)
    await at(dialog, TUESDAY + timedelta(minutes=1))

    [pair] = await pairs_of(dialog, group)
    assert pair.members == tuple(sorted((anna, boris)))
    assert "you and Boris read each other (ML in autumn)" in newest(dialog, anna)
    assert "you and Anna read each other" in newest(dialog, boris)
    assert len([one for one in dialog.said(boris) if "read each other" in one]) == 1
    assert not any("read" in one.text for one in dialog.telegram.answers(group)[before:])


async def test_a_letter_is_seen_without_names_given_and_answered(dialog, paired, anna, boris):
    shown = await look_at_all_of_it(dialog, anna)
    assert "Boris would read this:" in shown
    for word in WORDS[1:4]:
        assert word not in shown.lower()
    assert not any("lanternoscope" in one for one in dialog.said(boris)), "nothing has left"

    await press(dialog, anna, "Give it to Boris")
    assert "Boris has it." in newest(dialog, anna)
    got = excerpt_shown(dialog, boris)
    assert "Anna gives you this to read. It is gone on 1 December." in got.text
    assert "the lanternoscope, which predicts lamps" in got.text
    assert got.body["has_protected_content"]

    await press(dialog, boris, "Answer")
    assert "1/3 · What is clear?" in newest(dialog, boris)
    await write(dialog, boris, "What you built.")
    await press(dialog, boris, "Skip")
    assert "3/3 · One line to cut?" in newest(dialog, boris)
    await write(dialog, boris, "The last one.")

    assert "Thank you. Anna gets your answers now." in newest(dialog, boris)
    told = newest(dialog, anna)
    assert "Boris has read your passage." in told
    assert "What is clear?\nWhat you built." in told
    assert "One line to cut?\nThe last one." in told
    assert "vague" not in told
