"""How a call travels to Telegram: as the JSON that was stored, or as a form with a file."""

import json

import pytest
from aiogram.types import BufferedInputFile
from aiohttp import FormData, JsonPayload

from bot.delivery import _call
from bot.telegram import Session, telegram_bot
from bot.tryout.server import serve
from bot.tryout.telegram import TOKEN, LocalTelegram

BUTTON = {"text": "Keep", "callback_data": "keep:1"}
PARAMS = {
    "text": "Zażółć — 🙂",
    "entities": [{"type": "bold", "offset": 0, "length": 6}],
    "reply_markup": {"inline_keyboard": [[BUTTON]]},
    "disable_notification": False,
    "message_thread_id": None,
}


@pytest.fixture
async def bot():
    bot = telegram_bot(TOKEN, "https://telegram.example")
    yield bot
    await bot.session.close()


def body(bot, params):
    assert isinstance(bot.session, Session)
    return bot.session.build_form_data(bot, _call("sendMessage", 7, params))


async def test_what_was_stored_leaves_as_json_without_what_is_not_given(bot):
    sent = body(bot, PARAMS)

    assert isinstance(sent, JsonPayload)
    told = json.loads(sent.decode())
    assert told.pop("link_preview_options") == {"is_disabled": True}
    assert told.pop("chat_id") == 7
    assert told == {name: value for name, value in PARAMS.items() if value is not None}


async def test_a_file_travels_in_a_form(bot):
    sent = body(bot, {"document": BufferedInputFile(b"abc", "letter.txt")})

    assert isinstance(sent, FormData)
    assert sent.is_multipart


async def test_telegram_shows_what_was_sent(clock):
    server = await serve(LocalTelegram(clock))
    bot = telegram_bot(server.telegram.token, server.address)
    person = server.telegram.add_person("Anna").id
    server.telegram.start(person)
    await bot(_call("sendMessage", person, PARAMS))
    await bot(_call("sendDocument", person, {"document": BufferedInputFile(b"abc", "a.txt")}))
    await bot.session.close()
    await server.close()

    said, file = server.telegram.answers(person)
    assert said.text == PARAMS["text"]
    assert said.keyboard["inline_keyboard"] == [[BUTTON]]
    assert file.body["document"]["file_name"] == "a.txt"
