"""The people API, which the chat page and tests use over HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup

from bot.tryout.server import Running
from bot.tryout.telegram import LocalTelegram


class Page:
    """What a page asks."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address = address
        self.session = session

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.address}/try/{path}") as response:
            return await response.json()

    async def post(self, path: str, wish: Any, status: int = 200) -> Any:
        async with self.session.post(f"{self.address}/try/{path}", json=wish) as response:
            assert response.status == status, await response.text()
            return await response.json()


@pytest.fixture
async def page(running: Running) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(running.address, session)


async def test_the_state_shows_people_and_chats(page: Page, anna: int, group: int) -> None:
    state = await page.get("state")
    assert [person["first_name"] for person in state["people"]] == ["Anna", "Борис"]
    chats = {chat["id"]: chat for chat in state["chats"]}
    assert chats[group]["title"] == "ML cohort"
    assert chats[anna]["last"]["text"] == "/start"
    assert state["movable"]


async def test_writing_pressing_and_reading(page: Page, bot: Bot, anna: int) -> None:
    sent = await page.post("send", {"person": anna, "chat": anna, "text": "hello"})
    assert sent["messages"][0]["text"] == "hello"
    row = [
        InlineKeyboardButton(text="Yes", callback_data="yes"),
        InlineKeyboardButton(text="Look", url="https://a.example"),
    ]
    markup = InlineKeyboardMarkup(inline_keyboard=[row])
    asked = await bot.send_message(anna, "Sure?", reply_markup=markup)
    where = {"person": anna, "chat": anna, "message_id": asked.message_id}
    assert "callback_query_id" in await page.post("press", where | {"data": "yes"})
    assert await page.post("press", where | {"row": 0, "col": 1}) == {"url": "https://a.example"}
    await page.post("press", where | {"data": "gone"}, status=400)
    await page.post("press", where | {"row": 5, "col": 0}, status=404)
    shown = await page.get(f"chats/{anna}/messages?as={anna}")
    assert shown["messages"][-1]["keyboard"]["inline_keyboard"][0][0]["text"] == "Yes"


async def test_uploading_and_downloading(
    page: Page, telegram: LocalTelegram, bot: Bot, anna: int
) -> None:
    fields = {"person": str(anna), "chat": str(anna), "caption": "mine"}
    form = aiohttp.FormData(fields, quote_fields=False)
    form.add_field("file", b"Dear reader", filename="Письмо.txt", content_type="text/plain")
    async with page.session.post(f"{page.address}/try/upload", data=form) as response:
        message = (await response.json())["messages"][0]
    assert (message["caption"], message["document"]["file_name"]) == ("mine", "Письмо.txt")
    html = await bot.send_document(anna, BufferedInputFile(b"<script>", "x.html"))
    async with page.session.get(f"{page.address}/try/file/{html.document.file_id}") as response:
        assert await response.read() == b"<script>"
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"].startswith("attachment")


async def test_everything_a_page_can_ask_for(page: Page, bot: Bot, anna: int, boris: int) -> None:
    made = await page.post("people", {"first_name": "Clara", "language_code": "de"})
    clara = made["person"]["id"]
    wish = {"title": "New", "members": [anna, clara], "admins": [anna]}
    chat = (await page.post("groups", wish))["chat"]["id"]
    await page.post("join", {"person": boris, "chat": chat})
    await page.post("leave", {"person": boris, "chat": chat})
    await page.post("promote", {"person": clara, "chat": chat, "status": "administrator"})
    new = (await page.post("migrate", {"chat": chat}))["chat"]["id"]
    assert new != chat
    sent = (await page.post("send", {"person": anna, "chat": new, "text": "/hi"}))["messages"][0]
    where = {"person": anna, "chat": new, "message_id": sent["message_id"]}
    await page.post("edit", where | {"text": "/ho"})
    await page.post("react", where | {"emoji": "👍"})
    await page.post("delete", where)
    await page.post("block", {"person": anna, "blocked": True})
    await page.post("start", {"person": anna, "payload": "x"})
    await bot.send_message_draft(anna, draft_id=3, text="Th", can_stop=True)
    await page.post("stop", {"person": anna, "chat": anna, "draft_id": 3})
    poll = await bot.send_poll(anna, "2 + 2?", ["3", "4"])
    await page.post(
        "vote", {"person": anna, "chat": anna, "message_id": poll.message_id, "options": [1]}
    )
    shown = await page.get(f"chats/{anna}/messages?as={anna}")
    assert shown["messages"][-1]["voted"] == [1]
    forum = await page.post("groups", wish | {"is_forum": True})
    await page.post("topics", {"person": anna, "chat": forum["chat"]["id"], "name": "Letters"})
    before = (await page.get("clock"))["now"]
    assert (await page.post("clock", {"advance_seconds": 3600}))["now"] > before
    await page.post("clock", {"advance_seconds": -1}, status=400)
    await page.post("faults", [{"kind": "server_error", "method": "getMe"}])
    assert [call["method"] for call in (await page.get("calls?since=1"))["calls"]] == ["sendPoll"]


async def test_what_cannot_be_done_is_said_in_a_sentence(page: Page, anna: int) -> None:
    wrong = {"person": anna, "chat": anna, "text": "  "}
    assert await page.post("send", wrong, 400) == {"error": "An empty message can't be sent."}
    wrong = {"person": 5, "chat": anna, "text": "hi"}
    assert await page.post("send", wrong, 404) == {"error": "There is no such person."}
    assert "person" in (await page.post("send", {"chat": anna}, 400))["error"]


async def _events(page: Page, since: int, count: int) -> list[tuple[int, str, Any]]:
    found: list[tuple[int, str, Any]] = []
    event: dict[str, str] = {}
    async with (
        asyncio.timeout(60),
        page.session.get(f"{page.address}/try/events?since={since}") as response,
    ):
        async for line in response.content:
            name, _, value = line.decode().rstrip("\n").partition(": ")
            if name:
                event[name] = value
            elif "data" in event:
                found.append((int(event["id"]), event["event"], json.loads(event["data"])))
                event = {}
            if len(found) == count:
                break
    return found


async def test_events_are_numbered_and_can_be_caught_up(
    page: Page, telegram: LocalTelegram, bot: Bot, anna: int
) -> None:
    seq = telegram.events.seq
    telegram.send_text(anna, "one")
    following = asyncio.create_task(_events(page, seq, 3))
    await asyncio.sleep(0)
    await bot.send_chat_action(anna, "typing")
    await bot.send_message(anna, "two")
    live = await following
    assert [kind for _, kind, _ in live] == ["message", "action", "message"]
    assert [number for number, _, _ in live] == [seq + 1, seq + 2, seq + 3]
    assert live[2][2]["message"]["text"] == "two"
    assert await _events(page, seq + 1, 2) == live[1:]


async def test_a_page_from_another_life_is_told_to_load_anew(page: Page, anna: int) -> None:
    assert [kind for _, kind, _ in await _events(page, 10**6, 1)] == ["reset"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_other_pages_are_kept_out(page: Page, anna: int, headers: dict[str, str]) -> None:
    wish = {"person": anna, "chat": anna, "text": "forged"}
    address = f"{page.address}/try/send"
    async with page.session.post(address, json=wish, headers=headers) as response:
        assert response.status == 403


async def test_a_link_elsewhere_may_open_the_page_and_nothing_else(page: Page) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    for path, status in (("/", 200), ("/try/state", 403)):
        async with page.session.get(page.address + path, headers=headers) as response:
            assert response.status == status


async def test_the_pages_own_requests_pass(page: Page) -> None:
    headers = {"Origin": page.address, "Sec-Fetch-Site": "same-origin"}
    async with page.session.get(f"{page.address}/try/state", headers=headers) as response:
        assert response.status == 200
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_closing_lets_go_of_everybody_who_waits(
    telegram: LocalTelegram, distant_bot: Bot, page: Page, running: Running
) -> None:
    polling = asyncio.create_task(distant_bot.get_updates(timeout=50))
    await telegram.until(lambda: telegram.calls("getUpdates"))
    async with asyncio.timeout(60):
        await running.close()
        assert await polling == []
