"""Drafts that stream and can be stopped."""

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot.clock import StandingClock
from bot.tryout.refusals import Missing
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
