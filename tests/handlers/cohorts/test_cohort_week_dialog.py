"""A cohort's week: asked once, shown by edits, checked in to by a press, a link or in private."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.cohorts import Membership, Role, Sharing, State
from handlers.cohorts.cohort_plans import plan_follow_up
from storage import cohorts, members, people, proofs
from storage.members import Profile

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PULL = "https://github.com/psf/requests/pull/12"


@pytest.fixture
async def group(dialog, anna):
    """A running cohort of Anna (organiser), Boris (shares links) and Clara."""
    others = {}
    for name in ("Boris", "Clara", "Dan"):
        others[name] = dialog.telegram.add_person(name, "en", name.lower()).id
        dialog.telegram.start(others[name])
    chat = dialog.telegram.add_group("ML in autumn", [*others.values()], [anna]).id
    await dialog.settle()
    dialog.telegram.send_text(anna, "/cohort", chat)
    await dialog.settle()
    dialog.telegram.press_label(anna, "Start cohort", chat)
    await dialog.settle()
    cohort = await dialog.store.read(cohorts.at, chat)

    def join(db):
        for name in ("Boris", "Clara"):
            sharing = Sharing.LINK if name == "Boris" else Sharing.DONE
            members.join(
                db,
                cohort_id=cohort.id,
                person_id=others[name],
                profile=Profile(name, "a secret goal", sharing=sharing),
                state=Membership.ACTIVE,
                from_week=1,
                now=dialog.clock.now(),
            )

    await dialog.store.write(join)
    return chat


async def at(dialog, when):
    dialog.clock.move(when - dialog.clock.now())
    await dialog.tick()


async def press(dialog, person, label, chat=None):
    pressed = dialog.telegram.press_label(person, label, chat)
    await dialog.settle()
    return pressed


async def write(dialog, person, text, chat=None, **more):
    dialog.telegram.send_text(person, text, chat, **more)
    await dialog.settle()


def week(dialog, group):
    return next(one for one in reversed(dialog.telegram.answers(group)) if "Week " in one.text)


def others(dialog, name):
    return next(one.id for one in dialog.telegram.state.people.values() if one.first_name == name)


async def marks(dialog, group):
    cohort = await dialog.store.read(cohorts.at, group)
    return await dialog.store.read(members.marks, cohort.id, MONDAY.date())


async def test_the_week_is_asked_once_and_the_round_begins(dialog, anna, group):
    before = len(dialog.telegram.answers(group))
    await at(dialog, MONDAY)
    await at(dialog, MONDAY + timedelta(minutes=1))

    assert len(dialog.telegram.answers(group)) == before + 1
    assert "Week 1 of 6" in week(dialog, group).text
    assert "0 of 3 in" in week(dialog, group).text
    assert (await dialog.store.read(cohorts.at, group)).state is State.RUNNING


async def test_nothing_is_asked_before_the_round_begins(dialog, anna, group):
    await at(dialog, MONDAY - DAY)

    assert not [one for one in dialog.telegram.answers(group) if "Week 1" in one.text]


async def test_a_promise_and_a_proof_are_shown_by_edits(dialog, anna, group):
    await at(dialog, MONDAY)
    boris, clara = others(dialog, "Boris"), others(dialog, "Clara")
    count = len(dialog.telegram.answers(group))

    assert "Noted" in (await press(dialog, boris, "I commit", group)).answer
    await press(dialog, clara, "Done", group)
    await write(dialog, clara, f"Mended the docs {PULL}")

    said = week(dialog, group).text
    assert "✓ Clara\n" in said
    assert "Promised: Boris" in said
    assert "2 of 3 in" in said
    assert PULL not in said, "Clara keeps her links to herself"
    assert "secret goal" not in said
    assert len(dialog.telegram.answers(group)) == count
    assert "Counted for week 1 of ML in autumn." in dialog.said(clara)[-1]
    assert (await marks(dialog, group))[clara].link == PULL
    [proof] = await dialog.store.read(proofs.wall, clara)
    assert proof.link == PULL


async def test_an_answer_with_a_link_is_a_check_in_and_gets_a_thumb(dialog, anna, group):
    await at(dialog, MONDAY)
    boris = others(dialog, "Boris")
    await write(dialog, boris, f"here: {PULL}", group, reply_to=week(dialog, group).id)

    assert f"✓ Boris: {PULL}" in week(dialog, group).text
    assert dialog.telegram.history(group)[-1].reactions


async def test_talk_below_the_message_is_the_groups_own(dialog, anna, group):
    await at(dialog, MONDAY)
    count = len(dialog.telegram.answers(group))
    await write(
        dialog, others(dialog, "Boris"), "I had a hard week", group, reply_to=week(dialog, group).id
    )

    assert len(dialog.telegram.answers(group)) == count
    assert await marks(dialog, group) == {}


async def test_the_same_link_stands_there_once_and_counts_for_both(dialog, anna, group):
    await at(dialog, MONDAY)
    boris, clara = others(dialog, "Boris"), others(dialog, "Clara")
    cohort = await dialog.store.read(cohorts.at, group)
    await dialog.store.write(
        members.change, cohort.id, clara, Profile("Clara", sharing=Sharing.LINK)
    )
    for person in (boris, clara):
        await write(dialog, person, f"/checkin {PULL}", group)

    said = week(dialog, group).text
    assert said.count(PULL) == 1
    assert "✓ Clara" in said


async def test_away_is_a_number_and_can_be_taken_back(dialog, anna, group):
    await at(dialog, MONDAY)
    boris = others(dialog, "Boris")
    assert "Enjoy" in (await press(dialog, boris, "Away this week", group)).answer
    assert "1 away" in week(dialog, group).text
    assert "Boris" not in week(dialog, group).text

    assert "back" in (await press(dialog, boris, "Away this week", group)).answer
    assert "away" not in week(dialog, group).text
    await write(dialog, boris, "/away", group)
    assert "1 away" in week(dialog, group).text


@pytest.mark.parametrize("command", ["/away", "/checkin", "/checkin https://example.org/proof"])
async def test_where_no_week_is_running_the_commands_say_so(dialog, anna, command):
    empty = dialog.telegram.add_group("Lunch", [], [anna]).id
    await dialog.settle()
    await write(dialog, anna, command, empty)

    assert dialog.said(empty)[-1] == "No cohort's week is running here."


async def test_row_70_a_pause_is_shown_as_away(dialog, anna, group):
    clara = others(dialog, "Clara")
    await dialog.store.write(
        people.start_pause, clara, now=dialog.clock.now(), until=MONDAY + 9 * DAY
    )
    await at(dialog, MONDAY)

    assert "1 away" in week(dialog, group).text
    assert "Clara" not in week(dialog, group).text


@pytest.mark.parametrize("label", ["I commit", "Done", "Away this week", "My link"])
async def test_a_stranger_changes_nothing_and_learns_nothing(dialog, anna, group, label):
    await at(dialog, MONDAY)
    before, dan = week(dialog, group).text, others(dialog, "Dan")
    pressed = await press(dialog, dan, label, group)

    assert pressed.alert
    assert "members of the cohort" in pressed.answer
    assert week(dialog, group).text == before
    await write(dialog, dan, f"look {PULL}", group, reply_to=week(dialog, group).id)
    assert week(dialog, group).text == before
    assert await marks(dialog, group) == {}


async def test_a_former_member_is_a_stranger(dialog, anna, group):
    await at(dialog, MONDAY)
    boris = others(dialog, "Boris")
    cohort = await dialog.store.read(cohorts.at, group)
    await dialog.store.write(members.leave, cohort.id, boris, dialog.clock.now())

    assert "members of the cohort" in (await press(dialog, boris, "Done", group)).answer
    assert await marks(dialog, group) == {}


async def test_a_mentor_is_asked_nothing(dialog, anna, group):
    cohort = await dialog.store.read(cohorts.at, group)
    await dialog.store.write(members.set_role, cohort.id, others(dialog, "Boris"), Role.MENTOR)
    await at(dialog, MONDAY)

    assert "0 of 2 in" in week(dialog, group).text
    await press(dialog, others(dialog, "Boris"), "Done", group)
    assert await marks(dialog, group) == {}


async def test_row_73_a_late_link_counts_for_last_week_on_its_grace_day_and_then_for_the_new(
    dialog, anna, group
):
    boris, clara = others(dialog, "Boris"), others(dialog, "Clara")
    await at(dialog, MONDAY)
    await press(dialog, boris, "My link", group)
    await press(dialog, clara, "My link", group)
    await at(dialog, MONDAY + 7 * DAY + timedelta(hours=14))
    await write(dialog, boris, PULL)
    assert "Counted for last week" in dialog.said(boris)[-1]

    await at(dialog, MONDAY + 8 * DAY)
    await write(dialog, clara, f"{PULL}0")
    assert "it counts for week 2" in dialog.said(clara)[-1]
    cohort = await dialog.store.read(cohorts.at, group)
    second = await dialog.store.read(members.marks, cohort.id, (MONDAY + 7 * DAY).date())
    assert list(second) == [clara]


async def test_an_old_weeks_button_says_that_the_week_is_over(dialog, anna, group):
    await at(dialog, MONDAY)
    old = week(dialog, group)
    await at(dialog, MONDAY + 7 * DAY)
    await at(dialog, MONDAY + 9 * DAY)
    data = old.keyboard["inline_keyboard"][0][1]["callback_data"]
    pressed = dialog.telegram.press(others(dialog, "Boris"), old, data, group)
    await dialog.settle()

    assert "That week is over" in pressed.answer
    assert await marks(dialog, group) == {}


async def test_row_76_who_is_missing_is_asked_once_in_private_by_their_own_clock(
    dialog, anna, group
):
    boris, clara = others(dialog, "Boris"), others(dialog, "Clara")

    cohort = await dialog.store.read(cohorts.at, group)
    tokyo = {boris: "Asia/Tokyo", clara: "America/New_York"}

    def plan(db):
        for person, zone in tokyo.items():
            people.set_timezone(db, person, zone)
            plan_follow_up(db, cohort, people.get(db, person), dialog.clock.now())

    await dialog.store.write(plan)
    await at(dialog, MONDAY)
    await press(dialog, anna, "Done", group)
    saturday = MONDAY.replace(hour=0) + 5 * DAY
    asked = {}
    for hour in range(48):
        await at(dialog, saturday + timedelta(hours=hour))
        for person in (anna, boris, clara):
            said = [one for one in dialog.said(person) if "is there something to show" in one]
            if said and person not in asked:
                asked[person] = dialog.clock.now()
            assert len(said) <= 1

    assert asked == {
        boris: saturday + timedelta(hours=9),
        clara: saturday + timedelta(hours=23),
    }
    await press(dialog, boris, "Away this week")
    assert "1 away" in week(dialog, group).text


async def test_of_several_cohorts_the_person_chooses(dialog, anna, group):
    chat = dialog.telegram.add_group("Papers", [], [anna]).id
    await write(dialog, anna, "/cohort", chat)
    await press(dialog, anna, "Start cohort", chat)
    await at(dialog, MONDAY)
    await write(dialog, anna, "/checkin")
    assert "For which of your cohorts?" in dialog.said(anna)[-1]

    await press(dialog, anna, "Papers", anna)
    await write(dialog, anna, PULL)
    assert "Counted for week 1 of Papers." in dialog.said(anna)[-1]


async def test_the_row_of_weeks_is_told_from_the_second_on(dialog, anna, group):
    boris = others(dialog, "Boris")
    for number in range(3):
        await at(dialog, MONDAY + 7 * number * DAY)
        await write(dialog, boris, f"/checkin {PULL}{number}")

    assert "In a row here: 3 weeks. In hand: 2 reserves." in dialog.said(boris)[-1]


async def test_who_returns_is_greeted_in_the_week(dialog, anna, group):
    boris = others(dialog, "Boris")
    await at(dialog, MONDAY)
    await write(dialog, boris, f"/checkin {PULL}")
    await at(dialog, MONDAY + 7 * DAY)
    await at(dialog, MONDAY + 14 * DAY)
    await at(dialog, MONDAY + 15 * DAY)
    await write(dialog, boris, f"/checkin {PULL}9")

    assert "✓ Boris is back" in week(dialog, group).text
