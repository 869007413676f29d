"""What Telegram takes from the bot and what it refuses, in its own words."""

import json

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    MessageEntity,
    ReplyParameters,
    WebAppInfo,
)

from bot.tryout.api import answer
from bot.tryout.files import Upload
from bot.tryout.telegram import LocalTelegram

PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d494844520000000200000003080600000000000000")


def keyboard(**button: object) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text="Press", **button)]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_a_person_who_has_not_started_cannot_be_written_to(bot: Bot, boris: int) -> None:
    with pytest.raises(TelegramForbiddenError, match="bot can't initiate conversation"):
        await bot.send_message(boris, "hello")


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    with pytest.raises(TelegramBadRequest, match="Bad Request: chat not found"):
        await bot.send_message(5, "hello")


async def test_who_blocked_or_left_telegram_gets_nothing(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    telegram.block(anna)
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await bot.send_message(anna, "hello")
    telegram.block(anna, False)
    await bot.send_message(anna, "hello")
    telegram.deactivate(anna)
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(anna, "hello")


async def test_length_is_counted_in_utf16_units(bot: Bot, anna: int) -> None:
    await bot.send_message(anna, "😀" * 2048)
    with pytest.raises(TelegramBadRequest, match="message is too long"):
        await bot.send_message(anna, "😀" * 2048 + "x")


async def test_length_is_counted_after_parsing(bot: Bot, anna: int) -> None:
    sent = await bot.send_message(anna, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert len(sent.text) == 4096


@pytest.mark.parametrize("text", ["", "  \n "])
async def test_an_empty_text_is_refused(bot: Bot, anna: int, text: str) -> None:
    with pytest.raises(TelegramBadRequest, match=r"text is empty|must be non-empty"):
        await bot.send_message(anna, text)


@pytest.mark.parametrize(
    ("offset", "length", "words"),
    [
        (0, 9, "entity beginning at UTF-16 offset 0 ends after the end of the text"),
        (9, 1, "entity begins after the end of the text at UTF-16 offset 9"),
        (1, 1, "entity begins in a middle of a UTF-16 symbol"),
        (0, 1, "ends in a middle of a UTF-16 symbol"),
        (-1, 1, "receive an entity with incorrect offset"),
    ],
)
async def test_entities_lie_on_whole_characters_of_the_text(
    bot: Bot, anna: int, offset: int, length: int, words: str
) -> None:
    entity = MessageEntity(type="bold", offset=offset, length=length)
    with pytest.raises(TelegramBadRequest, match=words):
        await bot.send_message(anna, "😀 you", entities=[entity])


async def test_entities_nest_but_do_not_cross(bot: Bot, anna: int) -> None:
    def bold_and_italic(start: int, length: int) -> list[MessageEntity]:
        return [
            MessageEntity(type="bold", offset=0, length=6),
            MessageEntity(type="italic", offset=start, length=length),
        ]

    await bot.send_message(anna, "hello world", entities=bold_and_italic(3, 3))
    with pytest.raises(TelegramBadRequest, match="beginning at UTF-16 offset 3 ends after"):
        await bot.send_message(anna, "hello world", entities=bold_and_italic(3, 5))


async def test_more_than_a_hundred_entities_are_refused(bot: Bot, anna: int) -> None:
    many = [MessageEntity(type="bold", offset=2 * n, length=1) for n in range(101)]
    await bot.send_message(anna, "ab" * 101, entities=many[:100])
    with pytest.raises(TelegramBadRequest, match="too many entities"):
        await bot.send_message(anna, "ab" * 101, entities=many)


async def test_white_space_around_a_text_goes_and_its_entities_move(bot: Bot, anna: int) -> None:
    entity = MessageEntity(type="bold", offset=2, length=5)
    sent = await bot.send_message(anna, "  hello  ", entities=[entity])
    assert (sent.text, sent.entities[0].offset, sent.entities[0].length) == ("hello", 0, 5)


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ({"callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        ({"copy_text": CopyTextButton(text="x" * 257)}, "BUTTON_COPY_TEXT_INVALID"),
        ({"url": "nonsense"}, "Wrong HTTP URL"),
        ({"web_app": WebAppInfo(url="http://a.example")}, "Only HTTPS links are allowed"),
        ({}, "Text buttons are unallowed in the inline keyboard"),
        ({"callback_data": "x", "style": "pink"}, "Invalid button style"),
    ],
)
async def test_buttons_telegram_does_not_take(
    bot: Bot, anna: int, button: dict[str, object], words: str
) -> None:
    with pytest.raises(TelegramBadRequest, match=words):
        await bot.send_message(anna, "hello", reply_markup=keyboard(**button))


async def test_buttons_telegram_takes(bot: Bot, anna: int) -> None:
    for button in (
        {"callback_data": "x" * 64},
        {"copy_text": CopyTextButton(text="x" * 256)},
        {"url": "https://a.example/b"},
        {"web_app": WebAppInfo(url="https://a.example")},
        {"callback_data": "x", "style": "danger"},
    ):
        sent = await bot.send_message(anna, "hello", reply_markup=keyboard(**button))
        assert sent.reply_markup.inline_keyboard[0][0].text == "Press"


async def test_web_apps_open_from_private_chats_only(bot: Bot, group: int) -> None:
    button = keyboard(web_app=WebAppInfo(url="https://a.example"))
    with pytest.raises(TelegramBadRequest, match="BUTTON_TYPE_INVALID"):
        await bot.send_message(group, "hello", reply_markup=button)


async def test_an_answer_needs_its_message(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    said = telegram.send_text(anna, "question")[0]
    sent = await bot.send_message(
        anna, "answer", reply_parameters=ReplyParameters(message_id=said.id)
    )
    assert sent.reply_to_message.text == "question"
    telegram.delete(anna, said.id)
    gone = ReplyParameters(message_id=said.id)
    with pytest.raises(TelegramBadRequest, match="message to be replied not found"):
        await bot.send_message(anna, "answer", reply_parameters=gone)
    gone = ReplyParameters(message_id=said.id, allow_sending_without_reply=True)
    assert (await bot.send_message(anna, "answer", reply_parameters=gone)).reply_to_message is None


async def test_a_caption_is_shorter_than_a_text(bot: Bot, anna: int) -> None:
    file = BufferedInputFile(b"words", "a.txt")
    await bot.send_document(anna, file, caption="x" * 1024)
    with pytest.raises(TelegramBadRequest, match="message caption is too long"):
        await bot.send_document(anna, file, caption="x" * 1025)


async def test_a_file_comes_back_as_it_went_over_http(distant_bot: Bot, anna: int) -> None:
    data = bytes(range(256)) * 100
    sent = await distant_bot.send_document(anna, BufferedInputFile(data, "Письмо.pdf"))
    assert (sent.document.file_name, sent.document.mime_type) == ("Письмо.pdf", "application/pdf")
    file = await distant_bot.get_file(sent.document.file_id)
    assert (await distant_bot.download_file(file.file_path)).read() == data
    again = await distant_bot.send_document(anna, sent.document.file_id)
    assert again.document.file_id == sent.document.file_id


async def test_a_file_over_20_mb_cannot_be_fetched(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    sent = telegram.send_file(anna, "big.pdf", b"x" * 20_000_001)
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(sent.file_id)


async def test_a_bot_cannot_send_more_than_50_mb(telegram: LocalTelegram, anna: int) -> None:
    sent = {"chat_id": str(anna), "document": Upload("big", bytes(50_000_001))}
    given = await answer(telegram, telegram.token, "sendDocument", sent)
    assert (given.status, json.loads(given.text or "")["description"]) == (
        413,
        "Request Entity Too Large",
    )


async def test_a_photo_must_be_a_picture(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    sent = await bot.send_photo(anna, BufferedInputFile(PIXEL, "a.png"))
    assert (sent.photo[-1].width, sent.photo[-1].height) == (2, 3)
    assert telegram.file(telegram.answers(anna)[-1].file_id) == PIXEL
    with pytest.raises(TelegramBadRequest, match="IMAGE_PROCESS_FAILED"):
        await bot.send_photo(anna, BufferedInputFile(b"no picture", "a.png"))


async def test_an_album_holds_two_to_ten(bot: Bot, anna: int) -> None:
    media = [InputMediaDocument(media=BufferedInputFile(b"%d" % n, f"{n}.txt")) for n in range(2)]
    sent = await bot.send_media_group(anna, media)
    assert len({message.media_group_id for message in sent}) == 1
    with pytest.raises(TelegramBadRequest, match="wrong number of media"):
        await bot.send_media_group(anna, media[:1])


@pytest.mark.parametrize(
    ("method", "sent", "words"),
    [
        ("sendMessage", {"text": "hi"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": "1"}, "message text is empty"),
        ("sendMessage", {"chat_id": "1", "text": "hi", "txet": "hi"}, 'parameter "txet"'),
        ("sendDocument", {"chat_id": "1"}, "there is no document in the request"),
        ("editMessageText", {"chat_id": "1", "text": "x"}, "message identifier is not specified"),
        ("sendMessageDraft", {"chat_id": "1"}, 'parameter "draft_id" is required'),
        ("sendMessage", {"chat_id": "1", "text": "x", "reply_markup": "{"}, "keyboard markup JSON"),
        ("sendMessage", {"chat_id": "1", "text": "x", "entities": '[{"type":"bold"}]'}, "offset"),
        (
            "sendMessage",
            {"chat_id": "1", "text": "x", "reply_markup": '{"inline_keyboard":[[{"txt":"x"}]]}'},
            'Can\'t find field "text"',
        ),
        ("getUpdates", {"offset": "soon"}, 'parameter "offset" must be a valid Integer'),
    ],
)
async def test_missing_wrong_and_unknown_parameters_are_refused(
    telegram: LocalTelegram, method: str, sent: dict[str, str], words: str
) -> None:
    given = await answer(telegram, telegram.token, method, sent)
    assert given.status == 400
    assert words in json.loads(given.text or "")["description"]
