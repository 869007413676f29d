"""Reminders of a group, over the local Telegram: its topic, its moves, its end (rows 43, 44, 75).

What a cohort says, and to whom, is the cohort's; here a group has a plan and something to say.
"""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.tryout.chats import Status
from coach.reminders import Kind
from handlers.chat.formatting import Said
from handlers.reminders.reminders import Speech
from storage import chats, reminders, slots
from storage.slots import State

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture
def spoken(dialog):
    """The dialog, with something to say to groups."""
    dialog.group_speakers = {
        Kind.COHORT: lambda db, stored, now: Speech(Said("What did you learn this week?"))
    }
    return dialog


@pytest.fixture
async def plan(spoken):
    """Plans a group's Monday, 09:00 UTC."""

    async def plan(chat, thread=0):
        await spoken.store.write(
            reminders.set_plan,
            person_id=None,
            chat_id=chat,
            thread_id=thread,
            kind=Kind.COHORT,
            zone="UTC",
            at=time(9),
            weekdays={1},
            now=spoken.clock.now(),
        )

    return plan


@pytest.fixture
def at(spoken):
    """Goes to a Monday."""

    async def at(week):
        spoken.clock.move(MONDAY + week * WEEK - spoken.clock.now())
        await spoken.tick()

    return at


def heard(spoken, chat):
    """What a group was told, and in which topic."""
    return [
        (message.body.get("message_thread_id"), message.text)
        for message in spoken.telegram.answers(chat)
    ]


PROMPT = "What did you learn this week?"
NOTE = (
    "Our topic is closed, so I write here in General. "
    "Once an admin opens it again, I go back there."
)


@pytest.fixture
def forum(spoken, anna):
    return spoken.telegram.add_group("ML cohort", [anna], [anna], is_forum=True).id


async def test_row_75_what_was_planned_in_a_topic_goes_to_that_topic(spoken, plan, at, forum, anna):
    topic = spoken.telegram.add_topic(anna, forum, "Stand-ups")
    await plan(forum, topic)
    await at(0)
    await at(1)
    assert heard(spoken, forum) == [(topic, PROMPT)] * 2


async def test_row_75_a_closed_topics_messages_go_to_general_with_a_note_once(
    spoken, plan, at, forum, anna
):
    topic = spoken.telegram.add_topic(anna, forum, "Stand-ups")
    await plan(forum, topic)
    spoken.telegram.state.chats[forum].closed_topics.append(topic)
    await at(0)
    assert heard(spoken, forum) == [(None, PROMPT), (None, NOTE)]
    await at(1)
    assert heard(spoken, forum)[2:] == [(None, PROMPT)]
    spoken.telegram.state.chats[forum].closed_topics.clear()
    await at(2)
    assert heard(spoken, forum)[3:] == [(topic, PROMPT)]


async def test_row_75_an_answer_to_a_closed_topic_is_said_in_general_too(spoken, forum, anna):
    topic = spoken.telegram.add_topic(anna, forum, "Вопросы")
    spoken.telegram.send_text(anna, "/quiz", forum, thread=topic)
    spoken.telegram.state.chats[forum].closed_topics.append(topic)
    await spoken.settle()
    [poll, note] = spoken.telegram.answers(forum)
    assert "poll" in poll.body
    assert note.text == NOTE


async def test_row_75_a_topic_that_is_gone_is_noted_in_its_own_words(spoken, plan, at, forum):
    await plan(forum, 4711)
    await at(0)
    note = "Our topic is gone, so I write here in General from now on."
    assert heard(spoken, forum) == [(None, PROMPT), (None, note)]


async def test_row_43_a_group_that_moved_is_told_once_under_its_new_number(spoken, plan, at, anna):
    """We learn of the move from the refusal, not from the service message."""
    group = spoken.telegram.add_group("ML cohort", [anna], [anna]).id
    await plan(group)
    await spoken.settle()
    new = spoken.telegram.migrate(group).id
    spoken.telegram.state.queue.pending.clear()
    await at(0)
    assert heard(spoken, new) == [(None, PROMPT)]
    assert await spoken.store.read(slots.of_chat, group) == []
    await spoken.tick()
    [slot] = await spoken.store.read(slots.of_chat, new)
    assert slot.state in {State.CLAIMED, State.SENT}
    await at(1)
    assert heard(spoken, new) == [(None, PROMPT)] * 2


@pytest.mark.parametrize("told", [True, False], ids=["told", "found out"])
async def test_row_43_a_group_that_sent_us_away_is_not_written_to_again(
    spoken, plan, at, anna, told
):
    """Whether Telegram tells us or we find out by trying; the admins' word hangs on `lose`,
    which says only once that the group is lost (tests/storage/test_chats.py)."""
    group = spoken.telegram.add_group("ML cohort", [anna], [anna]).id
    await plan(group)
    await spoken.settle()
    spoken.telegram.leave(spoken.telegram.state.bot.id, group, by=anna)
    if not told:
        spoken.telegram.state.queue.pending.clear()
    await spoken.settle()
    await at(0)
    assert await spoken.store.read(chats.lost, group) == "kicked"
    calls = len(spoken.telegram.calls("sendMessage"))
    await at(1)
    await at(2)
    assert len(spoken.telegram.calls("sendMessage")) == calls
    stored = await spoken.store.read(slots.of_chat, group)
    assert {slot.state for slot in stored} == {State.SKIPPED}


async def test_row_43_a_group_that_brings_us_back_hears_the_next_one_and_no_backlog(
    spoken, plan, at, anna
):
    group = spoken.telegram.add_group("ML cohort", [anna], [anna]).id
    await plan(group)
    spoken.telegram.leave(spoken.telegram.state.bot.id, group, by=anna)
    await spoken.settle()
    await at(0)
    spoken.telegram.join(spoken.telegram.state.bot.id, group, by=anna)
    assert spoken.telegram.state.chats[group].status(spoken.telegram.state.bot.id) is Status.MEMBER
    await spoken.settle()
    await spoken.tick()
    assert heard(spoken, group) == []
    await at(1)
    assert heard(spoken, group) == [(None, PROMPT)]
