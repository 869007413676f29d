"""Whatever is sent, the local Telegram answers in Telegram's way and never breaks."""

import asyncio
import json
from datetime import UTC, datetime
from io import BytesIO

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import StandingClock
from bot.tryout.api import answer
from bot.tryout.files import Upload
from bot.tryout.methods.table import METHODS
from bot.tryout.server import Running
from bot.tryout.telegram import LocalTelegram

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANSWERS = {200, 400, 401, 403, 404, 409, 413, 429}

leaves = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from([100_001, -1_002, "100001", "attach://file", "HTML", "bold", "quiz"])
    | st.text(max_size=8)
)
names = st.sampled_from(
    [
        *("text", "type", "offset", "length", "url", "caption", "media", "emoji", "message_id"),
        *("inline_keyboard", "keyboard", "callback_data", "web_app", "copy_text"),
        *("command", "description", "chat_id", "user_id", "receiver_user_id"),
    ]
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
sent_values = values | values.map(json.dumps) | st.builds(Upload, st.text(max_size=5), st.binary())


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    name = draw(st.sampled_from(sorted(METHODS)))
    method = METHODS[name]
    fields = sorted({*method.needs, *method.takes} - {"timeout"})
    needed = dict.fromkeys(method.needs, sent_values)
    sent = draw(st.fixed_dictionaries(needed))
    if fields:
        sent |= draw(st.dictionaries(st.sampled_from(fields), sent_values, max_size=3))
    if "chat_id" in fields and draw(st.booleans()):
        sent["chat_id"] = draw(st.sampled_from([100_001, "100001", -1_002]))
    return name, sent


@settings(max_examples=60, deadline=None)
@given(st.lists(calls(), min_size=1, max_size=5))
def test_no_call_breaks_it(several: list[tuple[str, dict[str, object]]]) -> None:
    telegram = LocalTelegram(StandingClock(NOON))
    anna = telegram.add_person("Anna").id
    telegram.start(anna)
    telegram.add_group("Group", [anna], [anna])

    async def play() -> list[int]:
        return [
            (await answer(telegram, telegram.token, name, sent)).status for name, sent in several
        ]

    assert set(asyncio.run(play())) <= ANSWERS


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/json", b"\xff"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"no parts"),
        ("application/x-www-form-urlencoded", b"chat_id=%ff&text=%00"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    running: Running, content_type: str, body: bytes
) -> None:
    address = f"{running.address}/bot{running.telegram.token}/sendMessage"
    headers = {"Content-Type": content_type}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as response,
    ):
        assert (response.status, (await response.json())["ok"]) == (400, False)


@pytest.mark.parametrize("size", [50_000_001, 70_000_000])
async def test_too_large_a_file_is_refused_over_http(
    running: Running, anna: int, size: int
) -> None:
    form = aiohttp.FormData({"chat_id": str(anna)})
    form.add_field("document", BytesIO(bytes(size)), filename="big")
    address = f"{running.address}/bot{running.telegram.token}/sendDocument"
    async with aiohttp.ClientSession() as session, session.post(address, data=form) as response:
        assert (response.status, (await response.json())["error_code"]) == (413, 413)
