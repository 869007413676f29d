"""Polls and quizzes: who may ask what, how people vote, and how a poll ends."""

from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.clock import StandingClock
from bot.tryout.refusals import NotPossible
from bot.tryout.telegram import LocalTelegram

QUIZ: dict[str, Any] = {
    "question": "2 + 2?",
    "options": ["3", "4"],
    "type": "quiz",
    "correct_option_ids": [1],
    "is_anonymous": False,
}


async def ask(bot: Bot, chat: int, **changed: Any) -> Message:
    return await bot.send_poll(chat, **(QUIZ | changed))


async def test_a_quiz_tells_the_bot_who_chose_what(
    bot: Bot, telegram: LocalTelegram, anna: int, group: int
) -> None:
    sent = await ask(bot, group)
    telegram.vote(anna, sent.message_id, [1], group)
    updates = await bot.get_updates()
    assert updates[0].poll.options[1].voter_count == 1
    assert (updates[1].poll_answer.user.id, updates[1].poll_answer.option_ids) == (anna, [1])
    with pytest.raises(NotPossible, match="can't be changed"):
        telegram.vote(anna, sent.message_id, [0], group)


async def test_an_anonymous_poll_tells_numbers_only(
    bot: Bot, telegram: LocalTelegram, anna: int, group: int
) -> None:
    sent = await bot.send_poll(group, "Ready?", ["Yes", "No"])
    telegram.vote(anna, sent.message_id, [0], group)
    telegram.vote(anna, sent.message_id, [], group)
    updates = await bot.get_updates()
    assert [update.poll.total_voter_count for update in updates] == [1, 0]
    with pytest.raises(NotPossible, match="no vote to take back"):
        telegram.vote(anna, sent.message_id, [], group)


async def test_people_who_left_do_not_vote(
    bot: Bot, telegram: LocalTelegram, boris: int, group: int
) -> None:
    sent = await ask(bot, group)
    telegram.leave(boris, group)
    with pytest.raises(NotPossible, match="Join the group first"):
        telegram.vote(boris, sent.message_id, [1], group)


async def test_the_right_answer_can_be_given_the_old_way_and_the_new(bot: Bot, anna: int) -> None:
    new = (await ask(bot, anna)).poll
    old = (await ask(bot, anna, correct_option_ids=None, correct_option_id=1)).poll
    assert new.correct_option_ids == old.correct_option_ids == [1]
    several = (await ask(bot, anna, correct_option_ids=[0, 1], allows_multiple_answers=True)).poll
    assert several.correct_option_ids == [0, 1]


async def test_an_explanation_may_be_marked_up(bot: Bot, anna: int) -> None:
    sent = await ask(
        bot, anna, explanation="<b>Four</b>, always", explanation_parse_mode="HTML", question=" x "
    )
    assert (sent.poll.question, sent.poll.explanation) == ("x", "Four, always")
    assert sent.poll.explanation_entities[0].type == "bold"


async def test_a_stopped_poll_shows_its_results_and_stays_as_it_is(
    bot: Bot, telegram: LocalTelegram, anna: int, group: int
) -> None:
    again = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Again", callback_data="a")]]
    )
    sent = await ask(bot, group)
    telegram.vote(anna, sent.message_id, [0], group)
    stopped = await bot.stop_poll(group, sent.message_id, reply_markup=again)
    assert (stopped.is_closed, stopped.options[0].voter_count) == (True, 1)
    assert telegram.history(group)[-1].button("a")
    assert (await bot.get_updates())[-1].poll.is_closed
    with pytest.raises(NotPossible, match="closed"):
        telegram.vote(anna, sent.message_id, [1], group)
    with pytest.raises(TelegramBadRequest, match="poll has already been closed"):
        await bot.stop_poll(group, sent.message_id)


async def test_a_poll_ends_by_itself(
    bot: Bot, telegram: LocalTelegram, clock: StandingClock, anna: int, group: int
) -> None:
    sent = await ask(bot, group, open_period=3600)
    assert sent.poll.open_period == 3600
    telegram.advance(timedelta(minutes=59))
    telegram.vote(anna, sent.message_id, [1], group)
    clock.move(timedelta(minutes=1))
    with pytest.raises(NotPossible, match="closed"):
        telegram.vote(anna, sent.message_id, [1], group)
    updates = await bot.get_updates()
    assert [update.poll.is_closed for update in updates if update.poll] == [False, True]
    with pytest.raises(TelegramBadRequest, match="already been closed"):
        await bot.stop_poll(group, sent.message_id)


async def test_a_poll_may_end_at_an_instant(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    sent = await ask(bot, anna, close_date=telegram.unix_time + 60)
    telegram.advance(timedelta(minutes=1))
    updates = await bot.get_updates()
    assert (updates[-1].poll.id, updates[-1].poll.is_closed) == (sent.poll.id, True)


async def test_only_ones_own_polls_are_stopped(
    bot: Bot, telegram: LocalTelegram, anna: int, group: int
) -> None:
    sent = await ask(bot, group)
    forwarded = await bot.forward_message(anna, group, sent.message_id)
    words = await bot.send_message(group, "No poll")
    for chat, number, why in (
        (anna, forwarded.message_id, "poll can't be stopped"),
        (group, words.message_id, "message is not a poll"),
        (group, 9999, "message with poll to stop not found"),
    ):
        with pytest.raises(TelegramBadRequest, match=why):
            await bot.stop_poll(chat, number)


async def test_apps_see_names_unless_the_ballot_is_secret_or_the_results_are_hidden(
    bot: Bot, telegram: LocalTelegram, anna: int, group: int
) -> None:
    open_ballot = await ask(bot, group)
    secret = await ask(bot, group, is_anonymous=True)
    hidden = await ask(bot, group, hide_results_until_closes=True)
    for sent in (open_ballot, secret, hidden):
        telegram.vote(anna, sent.message_id, [1], group)
    polls = list(telegram.state.polls.values())
    assert [poll.seen()["voters"] for poll in polls] == [{str(anna): [1]}, {}, {}]
    assert [poll.seen()["results_hidden"] for poll in polls] == [False, False, True]
    await bot.stop_poll(group, hidden.message_id)
    assert polls[-1].seen()["voters"] == {str(anna): [1]}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"question": "  "}, "text must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": ["a"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["a", " "]}, "text must be non-empty"),
        ({"options": ["a", "a" * 101]}, "poll options length must not exceed 100"),
        ({"type": "riddle"}, "unsupported poll type specified"),
        ({"correct_option_ids": None}, "correct quiz option list must be non-empty"),
        ({"correct_option_ids": [1, 0]}, "correct quiz option list must be increasing"),
        ({"correct_option_ids": [0, 0]}, "correct quiz option list must be increasing"),
        ({"correct_option_ids": [2]}, "wrong quiz correct_option_id"),
        ({"explanation": "e" * 201}, "explanation is too long"),
        ({"explanation": "a\nb\nc\nd"}, "too many line feeds"),
        ({"open_period": 4}, "5 to 2628000 seconds"),
        ({"open_period": 2_628_001}, "5 to 2628000 seconds"),
    ],
)
async def test_polls_telegram_does_not_take(
    bot: Bot, anna: int, changed: dict[str, object], words: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=f"(?i){words}"):
        await ask(bot, anna, **changed)


async def test_lengths_are_counted_in_characters(bot: Bot, anna: int) -> None:
    sent = await ask(bot, anna, question="🦄" * 300, options=["🦄" * 100, "4"])
    assert len(sent.poll.options[0].text) == 100
