"""Drafts that stream and can be stopped; polls and quizzes."""

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot.clock import StandingClock
from bot.tryout.refusals import Missing, NotPossible
from bot.tryout.telegram import LocalTelegram


async def test_a_draft_grows_until_a_message_takes_its_place(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    for text in ("", "Your", "Your letter"):
        await bot.send_message_draft(anna, draft_id=7, text=text)
    assert [draft.text for draft in telegram.drafts(anna)] == ["Your letter"]
    await bot.send_message(anna, "Your letter is good.")
    assert telegram.drafts(anna) == []


async def test_a_draft_fades_after_half_a_minute(
    bot: Bot, telegram: LocalTelegram, anna: int, clock: StandingClock
) -> None:
    await bot.send_message_draft(anna, draft_id=7, text="Your")
    clock.move(timedelta(seconds=31))
    assert telegram.drafts(anna) == []


async def test_stop_tells_the_bot_and_ends_the_draft(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    await bot.send_message_draft(anna, draft_id=7, text="Your", can_stop=True)
    telegram.stop(anna, 7)
    stopped = (await bot.get_updates())[0].stopped_message_generation
    assert (stopped.draft_id, stopped.chat.id) == (7, anna)
    await bot.send_message_draft(anna, draft_id=7, text="Your letter", can_stop=True)
    assert telegram.drafts(anna) == []
    with pytest.raises(Missing):
        telegram.stop(anna, 7)


async def test_a_draft_kept_on_stop_stays_to_be_read(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    await bot.send_message_draft(anna, draft_id=7, text="Your", can_stop=True, keep_on_stop=True)
    telegram.stop(anna, 7)
    assert [draft.text for draft in telegram.drafts(anna)] == ["Your"]


async def test_a_draft_without_a_stop_button_cannot_be_stopped(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    await bot.send_message_draft(anna, draft_id=7, text="Your")
    with pytest.raises(Missing, match="nothing to stop"):
        telegram.stop(anna, 7)


async def test_drafts_are_for_private_chats_numbered_and_no_longer_than_a_message(
    bot: Bot, anna: int, group: int
) -> None:
    with pytest.raises(TelegramBadRequest, match="only to private chats"):
        await bot.send_message_draft(group, draft_id=7, text="Your")
    with pytest.raises(TelegramBadRequest, match="draft_id must be non-zero"):
        await bot.send_message_draft(anna, draft_id=0, text="Your")
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message_draft(anna, draft_id=7, text="x" * 4097)


async def test_a_quiz_tells_the_bot_who_chose_what(
    bot: Bot, telegram: LocalTelegram, anna: int, group: int
) -> None:
    sent = await bot.send_poll(
        group, "2 + 2?", ["3", "4"], type="quiz", correct_option_ids=[1], is_anonymous=False
    )
    telegram.vote(anna, sent.message_id, [1], group)
    updates = await bot.get_updates()
    assert updates[0].poll.options[1].voter_count == 1
    assert (updates[1].poll_answer.user.id, updates[1].poll_answer.option_ids) == (anna, [1])
    with pytest.raises(NotPossible, match="can't be changed"):
        telegram.vote(anna, sent.message_id, [0], group)
    assert (await bot.stop_poll(group, sent.message_id)).is_closed
    with pytest.raises(TelegramBadRequest, match="poll has already been closed"):
        await bot.stop_poll(group, sent.message_id)


@pytest.mark.parametrize(
    ("poll", "words"),
    [
        ({"question": "x" * 301, "options": ["a"]}, "question length"),
        ({"question": "x", "options": ["a"] * 13}, "more than 12 options"),
        ({"question": "x", "options": ["a" * 101]}, "options length"),
        ({"question": "x", "options": ["a"], "explanation": "e" * 201}, "explanation is too long"),
        ({"question": "x", "options": ["a"], "type": "quiz"}, "correct option must be specified"),
        (
            {"question": "x", "options": ["a"], "type": "quiz", "correct_option_ids": [1]},
            "Invalid correct option",
        ),
    ],
)
async def test_polls_telegram_does_not_take(
    bot: Bot, anna: int, poll: dict[str, object], words: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=f"(?i){words}"):
        await bot.send_poll(anna, **poll)
