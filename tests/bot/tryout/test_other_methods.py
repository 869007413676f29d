"""Copies, pins, invitations, bans, names and menus."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import MenuButtonWebApp, WebAppInfo

from bot.tryout.api import answer
from bot.tryout.refusals import NotPossible
from bot.tryout.telegram import LocalTelegram


async def test_a_copy_has_no_author_and_a_forward_names_one(
    bot: Bot, telegram: LocalTelegram, anna: int, group: int
) -> None:
    said = telegram.send_text(anna, "my letter")[0]
    await bot.copy_message(group, anna, said.id)
    forwarded = await bot.forward_message(group, anna, said.id)
    assert [message.text for message in telegram.answers(group)] == ["my letter"] * 2
    assert forwarded.forward_origin.sender_user.id == anna
    with pytest.raises(TelegramBadRequest, match="message to copy not found"):
        await bot.copy_message(group, anna, 999)


async def test_the_newest_pin_goes_first(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    for text in ("one", "two"):
        sent = await bot.send_message(anna, text)
        await bot.pin_chat_message(anna, sent.message_id)
    await bot.unpin_chat_message(anna)
    assert (await bot.get_chat(anna)).pinned_message.text == "one"
    await bot.unpin_all_chat_messages(anna)
    with pytest.raises(TelegramBadRequest, match="message to unpin not found"):
        await bot.unpin_chat_message(anna)


async def test_a_bot_invites_and_bans_only_as_an_administrator(
    bot: Bot, telegram: LocalTelegram, group: int, anna: int, boris: int
) -> None:
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await bot.ban_chat_member(group, boris)
    telegram.promote(telegram.state.bot.id, group)
    assert (await bot.create_chat_invite_link(group)).invite_link.startswith("https://t.me/+")
    await bot.ban_chat_member(group, boris)
    with pytest.raises(NotPossible, match="Join the group first"):
        telegram.send_text(boris, "hello?", group)
    assert (await bot.get_chat_member(group, boris)).status == "kicked"
    await bot.unban_chat_member(group, boris)
    assert (await bot.get_chat_member(group, boris)).status == "left"
    with pytest.raises(TelegramBadRequest, match="user is an administrator of the chat"):
        await bot.ban_chat_member(group, anna)


async def test_names_and_descriptions_have_languages(bot: Bot) -> None:
    assert (await bot.get_my_name()).name == "Sogood"
    await bot.set_my_description("A coach")
    await bot.set_my_description("Тренер", language_code="ru")
    assert (await bot.get_my_description()).description == "A coach"
    assert (await bot.get_my_description(language_code="ru")).description == "Тренер"
    assert (await bot.get_my_description(language_code="de")).description == "A coach"
    with pytest.raises(TelegramBadRequest, match="short description is too long"):
        await bot.set_my_short_description("x" * 121)


async def test_the_menu_button_of_one_chat(bot: Bot, anna: int) -> None:
    assert (await bot.get_chat_menu_button(chat_id=anna)).type == "commands"
    button = MenuButtonWebApp(text="Open", web_app=WebAppInfo(url="https://a.example"))
    await bot.set_chat_menu_button(chat_id=anna, menu_button=button)
    assert (await bot.get_chat_menu_button(chat_id=anna)).text == "Open"
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_numbers_may_be_numbers_or_text_and_yes_has_several_names(
    telegram: LocalTelegram, anna: int
) -> None:
    for chat in (anna, str(anna)):
        for quiet in (True, "True", "yes", 1):
            sent = {"chat_id": chat, "text": "hi", "disable_notification": quiet}
            assert (await answer(telegram, telegram.token, "sendMessage", sent)).status == 200
