"""Faults on order, flood control, and the journal that shows both."""

import asyncio
from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientError

from bot.clock import StandingClock
from bot.tryout.limits import Limits
from bot.tryout.telegram import LocalTelegram


async def test_too_many_requests_on_order(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    telegram.fault("too_many", "sendMessage", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(TelegramRetryAfter) as caught:
            await bot.send_message(anna, "hello")
        assert caught.value.retry_after == 7
    await bot.send_message(anna, "hello")
    assert [call.status for call in telegram.calls("sendMessage")] == [429, 429, 200]


async def test_a_server_error_loses_the_call(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    telegram.fault("server_error", status=502)
    with pytest.raises(TelegramServerError, match="Bad Gateway"):
        await bot.send_message(anna, "hello")
    assert telegram.answers(anna) == []


async def test_a_dropped_connection_loses_the_call_or_only_its_answer(
    distant_bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    telegram.fault("dropped", "sendMessage")
    with pytest.raises(TelegramNetworkError):
        await distant_bot.send_message(anna, "one")
    assert telegram.answers(anna) == []
    telegram.fault("answer_lost", "sendMessage")
    with pytest.raises(TelegramNetworkError):
        await distant_bot.send_message(anna, "two")
    assert [message.text for message in telegram.answers(anna)] == ["two"]


@pytest.mark.parametrize("kind", ["dropped", "server_error"])
async def test_a_download_fails_over_http_and_in_process_alike(
    bot: Bot, distant_bot: Bot, telegram: LocalTelegram, anna: int, kind: str
) -> None:
    telegram.send_file(anna, "a.txt", b"Dear reader")
    for one in (bot, distant_bot):
        file = await one.get_file((await one.get_updates())[0].message.document.file_id)
        telegram.fault(kind, "download", times=2)  # aiohttp asks again when a GET is dropped
        with pytest.raises(ClientError):
            await one.download_file(file.file_path)
        telegram.faults.clear()
        assert (await one.download_file(file.file_path)).read() == b"Dear reader"


async def test_an_update_comes_twice_on_order(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    telegram.send_text(anna, "hello")
    first = await bot.get_updates()
    telegram.fault("duplicate_update")
    again = await bot.get_updates(offset=first[0].update_id + 1)
    assert [update.update_id for update in again] == [first[0].update_id]
    assert await bot.get_updates(offset=first[0].update_id + 1) == []


async def test_rubbish_instead_of_json(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    telegram.fault("wrong_json", "getMe")
    with pytest.raises(ClientDecodeError):
        await bot.get_me()


async def test_a_held_call_goes_on_when_it_is_let_go(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    telegram.fault("held", "sendMessage")
    sending = asyncio.create_task(bot.send_message(anna, "hello"))
    await telegram.until(lambda: telegram.calls("sendMessage"))
    assert telegram.answers(anna) == []
    telegram.faults.release()
    assert (await sending).text == "hello"


async def test_a_chat_takes_a_burst_of_three_then_one_a_second(
    bot: Bot, telegram: LocalTelegram, anna: int, clock: StandingClock
) -> None:
    telegram.limits = Limits()
    for _ in range(3):
        await bot.send_message(anna, "hello")
        clock.move(timedelta(seconds=0.1))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(anna, "hello")
    assert caught.value.retry_after == 3
    clock.move(timedelta(seconds=3))
    await bot.send_message(anna, "hello")


async def test_edits_are_not_counted_in_a_chats_own_rate(
    bot: Bot, telegram: LocalTelegram, anna: int, clock: StandingClock
) -> None:
    telegram.limits = Limits()
    message = await bot.send_message(anna, "hello")
    for word in ("one", "two", "three"):
        await bot.edit_message_text(word, chat_id=anna, message_id=message.message_id)
    clock.move(timedelta(seconds=1))
    await bot.send_message(anna, "and on")


async def test_a_group_takes_twenty_a_minute(
    bot: Bot, telegram: LocalTelegram, group: int, clock: StandingClock
) -> None:
    telegram.limits = Limits()
    for _ in range(20):
        await bot.send_message(group, "hello")
        clock.move(timedelta(seconds=1))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.send_message(group, "hello")
    assert caught.value.retry_after == 40


async def test_a_bot_sends_thirty_a_second(
    bot: Bot, telegram: LocalTelegram, clock: StandingClock
) -> None:
    telegram.limits = Limits()
    people = [telegram.add_person(f"P{number}").id for number in range(31)]
    for person in people:
        telegram.start(person)
    for person in people[:30]:
        await bot.send_message(person, "hello")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(people[30], "hello")
    await bot.send_chat_action(people[30], "typing")
    clock.move(timedelta(seconds=1))
    await bot.send_message(people[30], "hello")
