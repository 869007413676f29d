"""What people's apps do before anything reaches the bot."""

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from hypothesis import given
from hypothesis import strategies as st

from bot.tryout import utf16
from bot.tryout.entities import found_in
from bot.tryout.files import Upload
from bot.tryout.refusals import NotPossible
from bot.tryout.splitting import LONGEST, split
from bot.tryout.telegram import LocalTelegram, playground

words = st.text(st.sampled_from("ab. \n😀я"), max_size=50).map(lambda part: part * 400)


@given(words)
def test_parts_fit_a_message_and_lose_only_white_space(text: str) -> None:
    parts = split(text)
    assert all(0 < utf16.length(part) <= LONGEST for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_long_text_is_cut_where_a_line_ends() -> None:
    first, second = "a" * 4000, "b" * 3000
    assert split(f"{first}\n{second}") == [first, second]


async def test_a_long_letter_arrives_in_several_messages(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    telegram.send_text(anna, "word " * 2000)
    texts = [update.message.text for update in await bot.get_updates()]
    assert len(texts) == 3
    assert " ".join(texts).split() == ["word"] * 2000


async def test_several_files_make_an_album_with_one_caption(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    files = [Upload("a.txt", b"a"), Upload("b.txt", b"b")]
    telegram.send_album(anna, files, caption="two letters")
    first, second = (update.message for update in await bot.get_updates())
    assert first.media_group_id == second.media_group_id is not None
    assert (first.caption, second.caption) == ("two letters", None)
    assert second.document.file_name == "b.txt"


async def test_start_carries_the_payload_of_a_link(
    bot: Bot, telegram: LocalTelegram, boris: int
) -> None:
    telegram.start(boris, "cohort_7")
    message = (await bot.get_updates())[-1].message
    assert message.text == "/start cohort_7"
    assert [(one.type, one.length) for one in message.entities] == [("bot_command", 6)]
    await bot.send_message(boris, "welcome")
    for payload in ("x" * 65, "no spaces"):
        with pytest.raises(NotPossible, match="at most 64"):
            telegram.start(boris, payload)


async def test_blocking_and_coming_back_are_told(
    bot: Bot, telegram: LocalTelegram, anna: int
) -> None:
    telegram.block(anna)
    with pytest.raises(NotPossible, match="restart it first"):
        telegram.send_text(anna, "hello")
    telegram.start(anna)
    blocked, unblocked, started = await bot.get_updates()
    assert blocked.my_chat_member.new_chat_member.status == "kicked"
    assert unblocked.my_chat_member.new_chat_member.status == "member"
    assert started.message.text == "/start"


async def test_nobody_presses_what_they_cannot_see(
    bot: Bot, telegram: LocalTelegram, anna: int, boris: int, group: int
) -> None:
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    asked = await bot.send_message(anna, "Sure?", reply_markup=markup)
    with pytest.raises(NotPossible, match="somebody else's"):
        telegram.press(boris, asked.message_id, "yes", anna)
    asked = await bot.send_message(group, "Sure?", reply_markup=markup)
    telegram.leave(boris, group)
    with pytest.raises(NotPossible, match="Join the group first"):
        telegram.press(boris, asked.message_id, "yes", group)


def test_nobody_writes_in_another_persons_chat(
    telegram: LocalTelegram, anna: int, boris: int, group: int
) -> None:
    with pytest.raises(NotPossible, match="somebody else's"):
        telegram.send_text(boris, "hi", anna)
    telegram.leave(boris, group)
    with pytest.raises(NotPossible, match="Join the group first"):
        telegram.send_text(boris, "hi", group)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start now", {"/start": "bot_command"}),
        ("see https://a.example/b?c=d.", {"https://a.example/b?c=d": "url"}),
        ("see github.com/me, please", {"github.com/me": "url"}),
        ("write to a.b@mail.example.org", {"a.b@mail.example.org": "email"}),
        ("😀 @anna_x and #ml2026", {"@anna_x": "mention", "#ml2026": "hashtag"}),
        ("either/or, 1/2, e.g. this", {}),
    ],
)
def test_entities_are_found_as_apps_find_them(text: str, kinds: dict[str, str]) -> None:
    found = {utf16.cut(text, one["offset"], one["length"]): one["type"] for one in found_in(text)}
    assert found == kinds


@given(st.text(st.sampled_from("/@#a.b:com 😀http")))
def test_found_entities_lie_within_the_text(text: str) -> None:
    for one in found_in(text):
        assert utf16.cut(text, one["offset"], one["length"])


async def test_the_menu_follows_scope_and_language(
    bot: Bot, telegram: LocalTelegram, anna: int, boris: int, group: int
) -> None:
    def menu(person: int, chat: int) -> list[str]:
        shown = telegram.commands(telegram.chat(chat), telegram.person(person))
        return [one["description"] for one in shown]

    def one(description: str) -> list[BotCommand]:
        return [BotCommand(command="help", description=description)]

    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands(one("default"))
    await bot.set_my_commands(one("private"), scope=private)
    await bot.set_my_commands(one("по-русски"), scope=private, language_code="ru")
    assert menu(anna, anna) == ["private"]
    assert menu(boris, boris) == ["по-русски"]
    assert menu(anna, group) == ["default"]
    await bot.set_my_commands(one("here"), scope=BotCommandScopeChat(chat_id=group))
    assert menu(anna, group) == ["here"]
    shown = await bot.get_my_commands(scope=private, language_code="ru")
    assert [command.description for command in shown] == ["по-русски"]
    for bad in (
        BotCommand(command="Help!", description="x"),
        BotCommand(command="a", description=""),
    ):
        with pytest.raises(Exception, match="BOT_COMMAND"):
            await bot.set_my_commands([bad])


def test_the_playground_has_two_people_and_their_group(clock: object) -> None:
    telegram = playground(clock)
    assert [one.language_code for one in telegram.state.people.values()] == ["en", "ru"]
    groups = [chat for chat in telegram.state.chats.values() if not chat.private]
    assert len(groups) == 1
    assert groups[0].present(telegram.state.bot.id)
