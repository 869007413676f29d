"""The local Telegram goes on after a stop, and after a kill."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.clock import StandingClock
from bot.tryout.saving import STATE_FILE, open_playground, save
from bot.tryout.server import serve
from bot.tryout.session import local_bot
from bot.tryout.telegram import LocalTelegram

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def again(folder: Path) -> LocalTelegram:
    return open_playground(folder, StandingClock(NOON))


async def test_everything_is_there_after_a_stop(tmp_path: Path) -> None:
    telegram = again(tmp_path)
    anna = next(iter(telegram.state.people))
    bot = local_bot(telegram)
    running = await serve(telegram, keep_in=tmp_path)
    telegram.start(anna)
    letter = telegram.send_file(anna, "letter.txt", b"Dear reader")
    button = InlineKeyboardButton(text="Yes", callback_data="yes")
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    await bot.send_message(anna, "Is it done?", reply_markup=markup)
    telegram.advance(timedelta(days=1))
    await running.close()

    later = again(tmp_path)
    assert later.now == NOON + timedelta(days=1)
    assert [m.body for m in later.history(anna)] == [m.body for m in telegram.history(anna)]
    assert later.file(letter.file_id) == b"Dear reader"
    assert later.state.queue.pending == telegram.state.queue.pending
    later.press_label(anna, "Yes")
    assert (await local_bot(later).get_updates())[-1].callback_query.data == "yes"
    assert later.send_text(anna, "on we go")[0].id == telegram.chat(anna).last_message_id + 1


def test_after_a_kill_no_number_is_used_twice(tmp_path: Path) -> None:
    telegram = again(tmp_path)
    anna = next(iter(telegram.state.people))
    telegram.start(anna)
    save(telegram, tmp_path)
    lost = telegram.send_text(anna, "this was not saved in time")[0]
    lost_update = telegram.state.queue.next_id

    later = again(tmp_path)
    assert later.send_text(anna, "hello")[0].id > lost.id
    assert later.state.queue.pending[-1]["update_id"] > lost_update


async def test_changes_are_saved_while_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = asyncio.Event()

    def save_and_say(telegram: LocalTelegram, folder: Path, *, closed: bool = False) -> None:
        save(telegram, folder, closed=closed)
        if "Clara" in (folder / STATE_FILE).read_text():
            saved.set()

    monkeypatch.setattr("bot.tryout.saving.save", save_and_say)
    telegram = again(tmp_path)
    running = await serve(telegram, keep_in=tmp_path)
    telegram.add_person("Clara")
    await asyncio.wait_for(saved.wait(), 60)
    await running.close()


def test_a_file_that_cannot_be_read_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_text("rubbish")
    assert len(again(tmp_path).state.people) == 2
    assert (tmp_path / "telegram.unreadable").read_text() == "rubbish"


async def test_an_empty_playground_answers_a_bot(tmp_path: Path) -> None:
    bot: Bot = local_bot(again(tmp_path))
    assert (await bot.get_me()).first_name == "Sogood"
