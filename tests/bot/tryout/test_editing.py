"""Editing, deleting, answering presses, reacting and pinning."""

from datetime import timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
)

from bot.clock import StandingClock
from bot.tryout.refusals import Missing, NotPossible
from bot.tryout.telegram import LocalTelegram


def buttons(*names: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=name.title(), callback_data=name) for name in names]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def test_an_edit_must_change_something(bot: Bot, anna: int) -> None:
    sent = await bot.send_message(anna, "one", reply_markup=buttons("a"))
    with pytest.raises(TelegramBadRequest, match="message is not modified: specified new message"):
        await bot.edit_message_text(
            "one", chat_id=anna, message_id=sent.message_id, reply_markup=buttons("a")
        )
    edited = await bot.edit_message_text("one", chat_id=anna, message_id=sent.message_id)
    assert edited.reply_markup is None
    assert edited.edit_date is not None
    with pytest.raises(TelegramBadRequest, match="message is not modified"):
        await bot.edit_message_text("one", chat_id=anna, message_id=sent.message_id)


async def test_only_the_bots_own_messages_can_be_edited(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    theirs = telegram.send_text(anna, "mine")[0]
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("yours", chat_id=anna, message_id=theirs.id)
    with pytest.raises(TelegramBadRequest, match="message to edit not found"):
        await bot.edit_message_text("nobody's", chat_id=anna, message_id=999)


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(bot: Bot, anna: int) -> None:
    markup = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Yes")]])
    sent = await bot.send_message(anna, "Sure?", reply_markup=markup)
    with pytest.raises(TelegramBadRequest, match="message can't be edited"):
        await bot.edit_message_text("Really?", chat_id=anna, message_id=sent.message_id)


async def test_what_waits_for_the_bot_keeps_its_words_when_the_message_is_edited(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    said = telegram.send_text(anna, "frist")[0]
    telegram.edit(anna, said.id, "first")
    updates = await bot.get_updates()
    assert [updates[0].message.text, updates[1].edited_message.text] == ["frist", "first"]


async def test_a_press_is_answered_once(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    await bot.send_message(anna, "choose", reply_markup=buttons("yes", "no"))
    pressed = telegram.press_label(anna, "Yes")
    assert pressed.answer is None
    query = (await bot.get_updates())[0].callback_query
    assert (query.data, query.from_user.id, query.message.text) == ("yes", anna, "choose")
    assert await query.answer("Thanks", show_alert=True)
    assert (pressed.answer, pressed.alert) == ("Thanks", True)
    with pytest.raises(TelegramBadRequest, match="query is too old and response timeout expired"):
        await query.answer("Thanks again")


async def test_a_press_cannot_be_answered_late(
    bot: Bot, telegram: LocalTelegram, anna: int, clock: StandingClock
) -> None:
    await bot.send_message(anna, "choose", reply_markup=buttons("yes"))
    pressed = telegram.press_label(anna, "Yes")
    clock.move(timedelta(minutes=2))
    with pytest.raises(TelegramBadRequest, match="query is too old"):
        await bot.answer_callback_query(pressed.id)


async def test_a_button_that_is_gone_can_only_be_pressed_by_an_app_that_is_behind(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    sent = await bot.send_message(anna, "choose", reply_markup=buttons("yes"))
    await bot.edit_message_reply_markup(chat_id=anna, message_id=sent.message_id)
    with pytest.raises(NotPossible, match="not there any more"):
        telegram.press(anna, sent.message_id, "yes")
    telegram.press(anna, sent.message_id, "yes", stale=True)
    assert (await bot.get_updates())[0].callback_query.data == "yes"


async def test_deleting(bot: Bot, telegram: LocalTelegram, anna: int, clock: StandingClock) -> None:
    sent = await bot.send_message(anna, "one")
    assert await bot.delete_message(anna, sent.message_id)
    with pytest.raises(TelegramBadRequest, match="message to delete not found"):
        await bot.delete_message(anna, sent.message_id)
    old = await bot.send_message(anna, "two")
    clock.move(timedelta(hours=49))
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(anna, old.message_id)


async def test_a_bot_deletes_other_peoples_messages_only_as_an_administrator(
    bot: Bot, telegram: LocalTelegram, group: int, anna: int
) -> None:
    said = telegram.send_text(anna, "/help", group)[0]
    with pytest.raises(TelegramBadRequest, match="message can't be deleted"):
        await bot.delete_message(group, said.id)
    telegram.promote(telegram.state.bot.id, group)
    assert await bot.delete_message(group, said.id)


async def test_a_reaction_is_one_known_emoji(bot: Bot, telegram: LocalTelegram, anna: int) -> None:
    said = telegram.send_text(anna, "done")[0]
    await bot.set_message_reaction(anna, said.id, [ReactionTypeEmoji(emoji="👍")])
    assert said.reaction_counts() == [{"emoji": "👍", "people": [telegram.state.bot.id]}]
    with pytest.raises(TelegramBadRequest, match="REACTION_INVALID"):
        await bot.set_message_reaction(anna, said.id, [ReactionTypeEmoji(emoji="🥑")])
    with pytest.raises(TelegramBadRequest, match="message to react not found"):
        await bot.set_message_reaction(anna, 999, [ReactionTypeEmoji(emoji="👍")])


async def test_pinning_in_a_group_needs_rights(
    bot: Bot, telegram: LocalTelegram, group: int
) -> None:
    sent = await bot.send_message(group, "rules")
    with pytest.raises(TelegramBadRequest, match="not enough rights to manage pinned messages"):
        await bot.pin_chat_message(group, sent.message_id)
    telegram.promote(telegram.state.bot.id, group)
    await bot.pin_chat_message(group, sent.message_id)
    assert (await bot.get_chat(group)).pinned_message.text == "rules"


async def test_a_persons_own_message_only(
    bot: Bot, telegram: LocalTelegram, anna: int, boris: int, group: int
) -> None:
    said = telegram.send_text(anna, "/help", group)[0]
    with pytest.raises(NotPossible, match="Only your own messages"):
        telegram.edit(boris, said.id, "no", group)
    with pytest.raises(Missing):
        telegram.edit(anna, 999, "no", group)
