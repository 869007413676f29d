"""/cohort in private: one's cohorts, what is shared there, and a way out."""

from datetime import UTC, datetime

import pytest

from coach.cohorts import LARGEST, Membership, Sharing
from coach.reminders import Kind
from storage import cohorts, members, people, reminders
from storage.members import Profile

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
async def boris(dialog):
    person = dialog.telegram.add_person("Boris", "en", "boris").id
    dialog.telegram.start(person)
    await dialog.settle()
    return person


@pytest.fixture
async def group(dialog, anna, boris):
    chat = dialog.telegram.add_group("ML in autumn", [boris], [anna]).id
    await dialog.settle()
    await write(dialog, anna, "/cohort", chat)
    await press(dialog, anna, "Start cohort", chat)
    return chat


async def write(dialog, person, text, chat=None):
    dialog.telegram.send_text(person, text, chat)
    await dialog.settle()


async def press(dialog, person, label, chat=None):
    dialog.telegram.press_label(person, label, chat)
    await dialog.settle()


async def join(dialog, group, person, name, state=Membership.ACTIVE):
    cohort = await dialog.store.read(cohorts.at, group)

    def join(db):
        people.seen(db, id=person, language="en", now=dialog.clock.now())
        members.join(
            db,
            cohort_id=cohort.id,
            person_id=person,
            profile=Profile(name, "A demo"),
            state=state,
            from_week=1,
            now=dialog.clock.now(),
        )

    await dialog.store.write(join)
    return cohort


async def test_who_is_in_no_cohort_hears_how_to_come_into_one(dialog, boris):
    await write(dialog, boris, "/cohort")

    assert "You are in no cohort yet" in dialog.said(boris)[-1]
    assert "?startgroup=" in dialog.said(boris)[-1]


async def test_ones_own_week_row_and_goal_are_shown(dialog, anna, boris, group):
    await join(dialog, group, boris, "Boris")
    dialog.clock.move(MONDAY - dialog.clock.now())
    await dialog.tick()
    await write(dialog, boris, "/cohort")
    await press(dialog, boris, "ML in autumn")

    said = dialog.said(boris)[-1]
    assert "Week 1 of 6" in said
    assert "Your goal: A demo" in said


async def test_what_is_shared_can_be_changed_later(dialog, anna, boris, group):
    cohort = await join(dialog, group, boris, "Boris")
    await write(dialog, boris, "/cohort")
    for label in ("ML in autumn", "What I share", "Share my links"):
        await press(dialog, boris, label)

    member = await dialog.store.read(members.get, cohort.id, boris)
    assert member.profile.sharing is Sharing.LINK


async def test_leaving_is_asked_for_and_gives_the_place_to_who_waits_longest(
    dialog, anna, boris, group
):
    cohort = await join(dialog, group, boris, "Boris")
    for number in range(LARGEST - 2):
        await join(dialog, group, 9000 + number, f"M{number}")
    clara = dialog.telegram.add_person("Clara", "en", "clara").id
    dialog.telegram.start(clara)
    await join(dialog, group, clara, "Clara", Membership.WAITING)
    count = len(dialog.telegram.answers(group))
    await write(dialog, boris, "/cohort")
    for label in ("ML in autumn", "Leave"):
        await press(dialog, boris, label)
    assert (await dialog.store.read(members.get, cohort.id, boris)).state is Membership.ACTIVE
    await press(dialog, boris, "Leave this cohort")

    assert "You have left ML in autumn" in dialog.said(boris)[-1]
    assert (await dialog.store.read(members.get, cohort.id, clara)).state is Membership.ACTIVE
    assert "A place has come free: you are in ML in autumn" in dialog.said(clara)[-1]
    assert await dialog.store.read(reminders.plan_of, boris, Kind.FOLLOW_UP) is None
    assert await dialog.store.read(reminders.plan_of, clara, Kind.FOLLOW_UP)
    card = dialog.telegram.answers(group)[-1].text
    assert "Clara" in card
    assert "Boris" not in card
    assert len(dialog.telegram.answers(group)) == count


async def test_an_old_button_of_a_former_member_tells_nothing(dialog, anna, boris, group):
    cohort = await join(dialog, group, boris, "Boris")
    await write(dialog, boris, "/cohort")
    await dialog.store.write(members.leave, cohort.id, boris, dialog.clock.now())
    await press(dialog, boris, "ML in autumn")

    assert "isn't open to you" in dialog.said(boris)[-1]
