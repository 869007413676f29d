"""Sunday's digest, the quiz of the week, and the end of a round with everybody's own summary."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.cohorts import Membership, Role, Sharing, State
from coach.pictures import DrawingError
from coach.reminders import Kind
from coach.texts import say
from storage import cohorts, members, reminders
from storage.members import Profile

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
PNG = b"\x89PNG\r\n"
PULL = "https://github.com/psf/requests/pull/12"


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
    dialog.telegram.send_text(anna, "/cohort", chat)
    await dialog.settle()
    for label in ("6 weeks", "4 weeks", "Start cohort"):
        dialog.telegram.press_label(anna, label, chat)
        await dialog.settle()
    cohort = await dialog.store.read(cohorts.at, chat)
    await dialog.store.write(
        members.join,
        cohort_id=cohort.id,
        person_id=boris,
        profile=Profile("Boris", sharing=Sharing.LINK),
        state=Membership.ACTIVE,
        from_week=1,
        now=dialog.clock.now(),
    )
    return chat


async def at(dialog, when):
    dialog.clock.move(when - dialog.clock.now())
    await dialog.tick()


async def write(dialog, person, text, chat=None):
    dialog.telegram.send_text(person, text, chat)
    await dialog.settle()


def said(dialog, group, word):
    return [one for one in dialog.telegram.answers(group) if word in one.text]


async def through(dialog, first, last):
    """Lets every hour of some days come."""
    moment = first
    while moment <= last:
        await at(dialog, moment)
        moment += timedelta(hours=3)


async def test_on_sunday_the_week_is_drawn_and_said_once(dialog, anna, boris, group):
    await at(dialog, MONDAY)
    await write(dialog, boris, f"/checkin {PULL}", group)
    await at(dialog, SUNDAY)
    await at(dialog, SUNDAY + timedelta(minutes=1))

    [digest] = said(dialog, group, "week 1 of 4")
    assert dialog.telegram.file(digest.file_id).startswith(PNG)
    assert f"• Boris: {PULL}" in digest.text
    assert "1 of 2 showed something this week." in digest.text
    assert "1 was quiet this week: the door is open." in digest.text
    assert "Anna" not in digest.text


async def test_without_a_picture_the_words_are_said(dialog, anna, group):
    async def broken(svg):
        raise DrawingError

    dialog.context["draw"] = broken
    await at(dialog, MONDAY)
    await at(dialog, SUNDAY)

    [digest] = said(dialog, group, "week 1 of 4")
    assert "photo" not in digest.body
    assert "A quiet week." in digest.text


async def test_the_digest_can_be_asked_for(dialog, anna, boris, group):
    await write(dialog, anna, "/digest", group)
    assert "No cohort's week is running here." in dialog.telegram.answers(group)[-1].text

    await at(dialog, MONDAY + DAY)
    await write(dialog, boris, "/digest", group)
    assert "week 1 of 4" in dialog.telegram.answers(group)[-1].text


async def test_without_a_cohort_the_digest_is_refused_in_the_words_of_whoever_asked(dialog, anna):
    boris = dialog.telegram.add_person("Борис", "ru", "boris").id
    chat = dialog.telegram.add_group("Осень", [boris], [anna]).id
    await dialog.settle()

    await write(dialog, boris, "/digest", chat)

    assert dialog.telegram.answers(chat)[-1].text == say("ru", "digests.no_week")


async def test_the_quiz_comes_on_thursday_and_its_result_in_the_digest(dialog, anna, boris, group):
    await at(dialog, MONDAY)
    await at(dialog, MONDAY + 3 * DAY)
    [poll] = [one for one in dialog.telegram.answers(group) if "poll" in one.body]
    dialog.telegram.vote(anna, poll.id, poll.body["poll"]["correct_option_ids"], group)
    dialog.telegram.vote(
        boris, poll.id, [(poll.body["poll"]["correct_option_ids"][0] + 1) % 4], group
    )
    await dialog.settle()
    await at(dialog, SUNDAY)

    [digest] = said(dialog, group, "week 1 of 4")
    assert "Quiz of the week: 1 of 2 knew it." in digest.text


async def test_a_group_gets_at_most_one_new_message_a_day(dialog, anna, boris, group):
    await through(dialog, MONDAY - DAY, MONDAY + 2 * WEEK)

    days = [one.body["date"] // 86400 for one in dialog.telegram.answers(group)[1:]]
    assert len(days) == len(set(days))
    assert len(days) >= 6, "questions, quizzes and digests of two weeks"


def summary_marks(dialog, person):
    """How the words of somebody's summary are marked; a link in code could not be followed."""
    told = [one for one in dialog.telegram.answers(person) if "this round is over" in one.text]
    return told[-1].body.get("entities", [])


async def test_a_round_ends_with_everybodys_own_summary_and_can_begin_anew(
    dialog, anna, boris, group
):
    cohort = await dialog.store.read(cohorts.at, group)
    await at(dialog, MONDAY)
    await write(dialog, boris, f"/checkin {PULL}", group)
    await at(dialog, MONDAY + 4 * WEEK)
    assert (await dialog.store.read(cohorts.get, cohort.id)).state is State.RUNNING
    await at(dialog, MONDAY + 4 * WEEK + 3 * DAY)

    assert (await dialog.store.read(cohorts.get, cohort.id)).state is State.DONE
    [mine] = [one for one in dialog.said(boris) if "this round is over" in one]
    assert mine.startswith("ML in autumn: 4 weeks, and this round is over.")
    assert "You showed something in 1 of 4 weeks." in mine
    assert "Pull request" in mine
    [annas] = [one for one in dialog.said(anna) if "this round is over" in one]
    assert f"• Boris: {PULL}" in annas
    assert "You showed something" not in annas, "nothing shown is nothing to count"
    assert not [one for one in summary_marks(dialog, anna) if one["type"] == "code"]
    assert "This round is over." in said(dialog, group, "weeks from")[0].text
    for kind in (Kind.COHORT, Kind.DIGEST):
        assert await dialog.store.read(reminders.plan_of, group, kind) is None

    dialog.telegram.press_label(anna, "New round")
    await dialog.settle()
    again = await dialog.store.read(cohorts.at, group)
    assert (again.id, again.round, again.state) == (cohort.id, 2, State.FORMING)
    assert "ML in autumn: a new round begins on" in dialog.said(anna)[-1]
    assert "2 in: Anna, Boris" in dialog.telegram.answers(group)[-1].text
    assert await dialog.store.read(reminders.plan_of, group, Kind.COHORT)


async def test_only_an_organiser_begins_a_new_round(dialog, anna, boris, group):
    cohort = await dialog.store.read(cohorts.at, group)
    await at(dialog, MONDAY)
    await at(dialog, MONDAY + 4 * WEEK + 3 * DAY)
    await dialog.store.write(members.set_role, cohort.id, anna, Role.MEMBER)
    dialog.telegram.press_label(anna, "New round")
    await dialog.settle()

    assert await dialog.store.read(cohorts.at, group) is None
    assert "isn't open to you" in dialog.said(anna)[-1]
