"""/quiz in a group: who may ask, what is asked, and what is known of the votes."""

from datetime import timedelta

import pytest

from coach.quizzes import question
from coach.texts import say
from handlers.cohorts.quizzes import as_poll, ask
from storage import quizzes

WEEK = timedelta(days=7)


@pytest.fixture
def boris(telegram):
    return telegram.add_person("Борис", "ru", "boris").id


@pytest.fixture
def group(telegram, anna, boris):
    return telegram.add_group("ML cohort", [anna, boris], [anna]).id


async def write(dialog, person, text, chat, thread=None):
    dialog.telegram.send_text(person, text, chat, thread=thread)
    await dialog.settle()


def polls(dialog, chat):
    return [message for message in dialog.telegram.answers(chat) if "poll" in message.body]


async def today(dialog, chat):
    return await dialog.store.read(quizzes.of_day, chat, dialog.clock.now().date())


async def test_an_admin_asks_a_question(dialog, anna, group):
    await write(dialog, anna, "/quiz@sogood_bot", group)
    [message] = polls(dialog, group)
    poll = message.body["poll"]
    assert (poll["type"], poll["is_anonymous"], poll["open_period"]) == ("quiz", True, 86_400)
    assert len(poll["options"]) == 4


async def test_others_are_told_who_may(dialog, boris, group):
    await write(dialog, boris, "/quiz", group)
    assert dialog.said(group) == [say("ru", "quizzes.admins")]
    assert polls(dialog, group) == []


async def test_a_former_admin_may_not(dialog, telegram, anna, boris, group):
    telegram.promote(boris, group)
    telegram.promote(boris, group, "member")
    await write(dialog, boris, "/quiz", group)
    assert polls(dialog, group) == []


async def test_an_admin_may_who_writes_in_the_groups_name(dialog, telegram, anna, group):
    telegram.promote(anna, group, "creator", anonymous=True)
    await write(dialog, anna, "/quiz", group)
    assert len(polls(dialog, group)) == 1


async def test_there_is_one_a_day_whoever_asks(dialog, telegram, anna, boris, group):
    telegram.promote(boris, group)
    await write(dialog, anna, "/quiz", group)
    await dialog.later(timedelta(minutes=5))
    await write(dialog, boris, "/quiz metrics", group)
    [message] = polls(dialog, group)
    answer = dialog.telegram.answers(group)[-1]
    assert answer.text == say("ru", "quizzes.already")
    assert answer.body["reply_to_message"]["message_id"] == message.id
    await dialog.later(timedelta(days=1))
    await write(dialog, anna, "/quiz", group)
    first, second = polls(dialog, group)
    assert first.body["poll"]["question"] != second.body["poll"]["question"]


async def test_a_command_that_is_heard_twice_asks_once_and_says_nothing(
    dialog, telegram, anna, group
):
    telegram.send_text(anna, "/quiz", group)
    telegram.fault("duplicate_update")
    await dialog.settle()
    assert len(telegram.answers(group)) == 1


async def test_votes_are_counted_and_nobody_is_named(dialog, telegram, anna, boris, group):
    await write(dialog, anna, "/quiz", group)
    [message] = polls(dialog, group)
    correct = (await today(dialog, group)).correct
    telegram.vote(anna, message.id, [correct], group)
    telegram.vote(boris, message.id, [(correct + 1) % 4], group)
    await dialog.settle()
    quiz = await today(dialog, group)
    assert (quiz.voters, quiz.knew, quiz.closed) == (2, 1, False)
    telegram.advance(timedelta(days=1))
    await dialog.settle()
    quiz = await dialog.store.read(quizzes.of_day, group, quiz.day)
    assert (quiz.voters, quiz.knew, quiz.closed) == (2, 1, True)


async def test_votes_in_a_poll_that_is_not_ours_are_nothing_to_us(dialog, anna, group):
    sent = await dialog.bot.send_poll(group, "Lunch?", ["Yes", "No"])
    dialog.telegram.vote(anna, sent.message_id, [0], group)
    await dialog.settle()
    assert await today(dialog, group) is None


async def test_an_explanation_says_more_than_the_answer():
    said = as_poll(question("prec", chat_id=-1001), -1001, None)
    assert said["explanation"] == "Precision = TP / (TP + FP)"
    assert "explanation" not in as_poll(question("overfit", chat_id=-1001), -1001, None)


async def test_a_topic_can_be_named(dialog, anna, group):
    await write(dialog, anna, "/quiz statistics", group)
    quiz = await today(dialog, group)
    assert quiz.card in {"pval", "ci", "power", "bayes", "clt", "abpeek"}


async def test_an_unknown_topic_shows_those_there_are(dialog, anna, group):
    await write(dialog, anna, "/quiz " + "x" * 3000, group)
    [said] = dialog.said(group)
    assert "Metrics, ML basics" in said
    assert len(said) < 400
    assert polls(dialog, group) == []


async def test_a_quiz_stays_in_its_topic_of_a_forum(dialog, telegram, anna, boris):
    forum = telegram.add_group("Forum", [anna, boris], [anna], is_forum=True).id
    thread = telegram.add_topic(anna, forum, "Quiz")
    await write(dialog, boris, "/quiz", forum, thread)
    await write(dialog, anna, "/quiz", forum, thread)
    threads = [one.body.get("message_thread_id") for one in telegram.answers(forum)]
    assert threads == [thread, thread]


async def test_in_private_one_learns_where(dialog, anna):
    await write(dialog, anna, "/quiz", anna)
    assert dialog.said(anna)[-1] == say("en", "quizzes.private")


async def test_a_group_keeps_its_quizzes_when_it_becomes_a_supergroup(
    dialog, telegram, anna, group
):
    await write(dialog, anna, "/quiz", group)
    new = telegram.migrate(group).id
    await dialog.settle()
    await dialog.later(timedelta(minutes=5))
    await write(dialog, anna, "/quiz", new)
    assert polls(dialog, new) == []
    assert await today(dialog, new) is not None


async def test_the_weekly_quiz_needs_no_command(dialog, group):
    now = dialog.clock.now()
    for week in range(3):
        day = (now + week * WEEK).date()
        assert await dialog.store.write(ask, group, None, day, now)
        assert await dialog.store.write(ask, group, None, day, now) is None
    await dialog.settle()
    assert len({message.body["poll"]["question"] for message in polls(dialog, group)}) == 3
