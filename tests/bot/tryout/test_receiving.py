"""How the bot gets updates, over real HTTP."""

import asyncio

import aiohttp
import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiohttp import web

from bot.tryout.server import Running
from bot.tryout.telegram import LocalTelegram


async def test_an_update_comes_again_until_a_later_offset_confirms_it(
    distant_bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    telegram.send_text(anna, "one")
    telegram.send_text(anna, "two")
    first = await distant_bot.get_updates()
    again = await distant_bot.get_updates()
    assert [u.message.text for u in first] == [u.message.text for u in again] == ["one", "two"]
    after = await distant_bot.get_updates(offset=first[0].update_id + 1)
    assert [u.message.text for u in after] == ["two"]
    assert await distant_bot.get_updates(offset=first[1].update_id + 1) == []


async def test_a_limit_gives_the_oldest_and_a_negative_offset_the_newest(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    for word in ("one", "two", "three"):
        telegram.send_text(anna, word)
    assert [u.message.text for u in await bot.get_updates(limit=2)] == ["one", "two"]
    assert [u.message.text for u in await bot.get_updates(offset=-1)] == ["three"]
    assert [u.message.text for u in await bot.get_updates()] == ["three"]


async def test_an_offset_beyond_the_next_update_confirms_nothing(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    telegram.send_text(anna, "one")
    beyond = telegram.state.queue.next_id + 1
    assert [u.message.text for u in await bot.get_updates(offset=beyond)] == ["one"]


async def test_a_long_poll_wakes_when_somebody_writes(
    distant_bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    waiting = asyncio.create_task(distant_bot.get_updates(timeout=50))
    await telegram.until(lambda: telegram.calls("getUpdates"))
    telegram.send_text(anna, "hello")
    updates = await asyncio.wait_for(waiting, 60)
    assert [u.message.text for u in updates] == ["hello"]


async def test_a_second_poller_ends_the_first(
    distant_bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    first = asyncio.create_task(distant_bot.get_updates(timeout=50))
    await telegram.until(lambda: telegram.calls("getUpdates"))
    second = asyncio.create_task(distant_bot.get_updates(timeout=50))
    with pytest.raises(TelegramConflictError, match="terminated by other getUpdates request"):
        await first
    telegram.send_text(anna, "hello")
    assert len(await second) == 1


async def test_polling_and_a_webhook_exclude_each_other(bot: Bot, anna: int) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=50))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(TelegramConflictError, match="terminated by setWebhook request"):
        await polling
    with pytest.raises(TelegramConflictError, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == []


async def test_kinds_that_were_not_asked_for_do_not_come(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    sent = await bot.send_message(anna, "hi")
    telegram.react(anna, sent.message_id, "👍")
    assert await bot.get_updates() == []
    await bot.get_updates(allowed_updates=["message_reaction"])
    telegram.react(anna, sent.message_id, "🔥")
    telegram.send_text(anna, "a message is not wanted now")
    updates = await bot.get_updates()
    assert [u.message_reaction.new_reaction[0].emoji for u in updates] == ["🔥"]


class Hook:
    """A bot's webhook that answers as it is told."""

    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.got: list[int] = []
        self.secrets: list[str | None] = []
        self.done = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        self.got.append((await request.json())["update_id"])
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        status = self.answers.pop(0)
        if not self.answers:
            self.done.set()
        return web.Response(status=status)


async def _listen(hook: Hook) -> tuple[web.AppRunner, str]:
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"


async def test_a_webhook_gets_an_update_again_until_it_answers_200(
    distant_bot: Bot, telegram: LocalTelegram, anna: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.tryout.webhook.FIRST_PAUSE_SECONDS", 0.001)
    hook = Hook(500, 503, 200)
    runner, address = await _listen(hook)
    try:
        await distant_bot.set_webhook(address, secret_token="s3cret")
        telegram.send_text(anna, "hello")
        await asyncio.wait_for(hook.done.wait(), 60)
        await telegram.until(lambda: not telegram.state.queue.pending)
    finally:
        await runner.cleanup()
    assert len(set(hook.got)) == 1
    assert hook.secrets == ["s3cret"] * 3
    info = await distant_bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
    assert info.pending_update_count == 0


async def test_a_webhook_needs_https_and_a_plain_secret(bot: Bot) -> None:
    with pytest.raises(Exception, match="An HTTPS URL must be provided for webhook"):
        await bot.set_webhook("http://example.org")
    with pytest.raises(Exception, match="secret token contains unallowed characters"):
        await bot.set_webhook("https://example.org", secret_token="no spaces")


async def test_a_wrong_token_and_an_unknown_method_are_refused(running: Running) -> None:
    async with aiohttp.ClientSession() as session:
        token = running.telegram.token
        for path, status, words in (
            ("bot1:x/getMe", 401, "Unauthorized"),
            ("botrubbish/getMe", 401, "Unauthorized: invalid token specified"),
            (f"bot{token}/getTheMoon", 404, "Not Found: method not found"),
        ):
            async with session.get(f"{running.address}/{path}") as response:
                body = await response.json()
            assert (response.status, body["error_code"]) == (status, status)
            assert (body["ok"], body["description"]) == (False, words)


async def test_parameters_come_as_query_form_multipart_or_json(
    running: Running, telegram: LocalTelegram, anna: int
) -> None:
    address = f"{running.address}/bot{telegram.token}/SENDMESSAGE"
    sent = {"chat_id": str(anna), "text": "hi"}
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData(sent, default_to_multipart=True)
        for how in ({"params": sent}, {"data": sent}, {"data": form}, {"json": sent}):
            async with session.post(address, **how) as response:
                assert (await response.json())["ok"]
    assert [message.text for message in telegram.answers(anna)] == ["hi"] * 4
