"""Groups: what the bot sees with privacy mode on, members, topics, and becoming a supergroup."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import EphemeralMessageParameters

from bot.tryout.chats import Status
from bot.tryout.refusals import NotPossible
from bot.tryout.telegram import LocalTelegram


async def test_the_bot_sees_only_what_is_meant_for_it(
    bot: Bot, telegram: LocalTelegram, group: int, anna: int
) -> None:
    asked = await bot.send_message(group, "Did you do it?")
    telegram.send_text(anna, "not for you", group)
    telegram.send_text(anna, "/checkin", group)
    telegram.send_text(anna, "/checkin@sogood_bot", group)
    telegram.send_text(anna, "/checkin@another_bot", group)
    telegram.send_text(anna, "well, @Sogood_Bot, look", group)
    telegram.send_text(anna, "yes", group, reply_to=asked.message_id)
    telegram.send_file(anna, "a.txt", b"x", group)
    seen = [update.message.text for update in await bot.get_updates()]
    assert seen == ["/checkin", "/checkin@sogood_bot", "well, @Sogood_Bot, look", "yes"]


async def test_an_administrator_bot_sees_everything(
    bot: Bot, telegram: LocalTelegram, group: int, anna: int
) -> None:
    telegram.promote(telegram.state.bot.id, group)
    telegram.send_text(anna, "just talking", group)
    assert [u.event_type for u in await bot.get_updates()] == ["my_chat_member", "message"]


async def test_joining_and_leaving_are_told(
    bot: Bot, telegram: LocalTelegram, group: int, boris: int
) -> None:
    clara = telegram.add_person("Clara").id
    telegram.join(clara, group)
    telegram.leave(boris, group)
    joined, left = await bot.get_updates()
    assert joined.message.new_chat_members[0].id == clara
    assert left.message.left_chat_member.id == boris


async def test_chat_member_updates_are_for_administrators_who_ask(
    bot: Bot, telegram: LocalTelegram, group: int
) -> None:
    await bot.get_updates(allowed_updates=["chat_member"])
    telegram.join(telegram.add_person("Clara").id, group)
    assert await bot.get_updates() == []
    telegram.promote(telegram.state.bot.id, group)
    telegram.join(telegram.add_person("Dora").id, group)
    assert [u.chat_member.new_chat_member.status for u in await bot.get_updates()] == ["member"]


async def test_a_bot_that_was_thrown_out_may_not_write(
    bot: Bot, telegram: LocalTelegram, group: int, anna: int
) -> None:
    telegram.leave(telegram.state.bot.id, group, by=anna)
    change = (await bot.get_updates())[0].my_chat_member
    assert (change.old_chat_member.status, change.new_chat_member.status) == ("member", "kicked")
    with pytest.raises(TelegramForbiddenError, match="bot was kicked from the group chat"):
        await bot.send_message(group, "hello")


async def test_a_bot_that_left_is_no_member(bot: Bot, group: int) -> None:
    await bot.leave_chat(group)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the group chat"):
        await bot.send_message(group, "hello")


async def test_a_group_becomes_a_supergroup(
    bot: Bot, telegram: LocalTelegram, group: int, anna: int
) -> None:
    new = telegram.migrate(group)
    old_says, new_says = await bot.get_updates()
    assert (old_says.message.chat.id, old_says.message.migrate_to_chat_id) == (group, new.id)
    assert (new_says.message.chat.id, new_says.message.migrate_from_chat_id) == (new.id, group)
    with pytest.raises(TelegramMigrateToChat) as caught:
        await bot.send_message(group, "hello")
    assert caught.value.migrate_to_chat_id == new.id
    assert (await bot.send_message(new.id, "hello")).chat.type == "supergroup"
    with pytest.raises(NotPossible, match="became a supergroup"):
        telegram.send_text(anna, "hello", group)


async def test_an_anonymous_administrator_writes_as_the_group_and_presses_as_themselves(
    bot: Bot, telegram: LocalTelegram, group: int, anna: int
) -> None:
    telegram.promote(anna, group, Status.CREATOR, anonymous=True)
    telegram.send_text(anna, "/cohort", group)
    message = (await bot.get_updates())[0].message
    assert (message.from_user.id, message.sender_chat.id) == (1087968824, group)


async def test_who_is_in_a_group(
    bot: Bot, telegram: LocalTelegram, group: int, anna: int, boris: int
) -> None:
    admins = await bot.get_chat_administrators(group)
    assert [(one.user.id, one.status) for one in admins] == [(anna, "creator")]
    assert (await bot.get_chat_member(group, boris)).status == "member"
    assert await bot.get_chat_member_count(group) == 3
    telegram.leave(boris, group)
    assert (await bot.get_chat_member(group, boris)).status == "left"
    with pytest.raises(TelegramBadRequest, match="user not found"):
        await bot.get_chat_member(group, 5)
    with pytest.raises(TelegramBadRequest, match="no administrators in the private chat"):
        await bot.get_chat_administrators(anna)


async def test_an_answer_in_a_forum_stays_in_its_topic(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    forum = telegram.add_group("Forum", [anna], [anna], is_forum=True).id
    topic = telegram.add_topic(anna, forum, "Letters")
    telegram.send_text(anna, "/help", forum, thread=topic)
    message = (await bot.get_updates())[-1].message
    assert (message.message_thread_id, message.is_topic_message) == (topic, True)
    assert (await message.answer("here")).message_thread_id == topic
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(forum, "where", message_thread_id=999)


async def test_a_bot_with_rights_opens_and_closes_topics(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    forum = telegram.add_group("Forum", [anna], [anna], is_forum=True).id
    with pytest.raises(TelegramBadRequest, match="not enough rights"):
        await bot.create_forum_topic(forum, "Habits")
    telegram.promote(telegram.state.bot.id, forum)
    topic = await bot.create_forum_topic(forum, "Habits")
    await bot.close_forum_topic(forum, topic.message_thread_id)
    with pytest.raises(NotPossible, match="topic is closed"):
        telegram.send_text(anna, "too late", forum, thread=topic.message_thread_id)


async def test_an_ephemeral_message_is_seen_by_one(
    bot: Bot, telegram: LocalTelegram, group: int, anna: int, boris: int
) -> None:
    only_boris = EphemeralMessageParameters(receiver_user_id=boris)
    sent = await bot.send_message(group, "psst", ephemeral_message_parameters=only_boris)
    assert (sent.message_id, sent.ephemeral_message_id) == (0, 1)
    assert "psst" not in [message.text for message in telegram.history(group, anna)]
    assert "psst" in [message.text for message in telegram.history(group, boris)]
    await bot.edit_ephemeral_message_text(group, boris, 1, text="hush")
    assert telegram.history(group, boris)[-1].text == "hush"
    await bot.delete_ephemeral_message(group, boris, 1)
    assert telegram.history(group, boris) == telegram.history(group, anna)
