"""/help and the menu name every command there is, and none that there isn't."""

import re

import pytest
from aiogram.filters import Command, CommandStart

from coach.texts import LANGUAGES, say
from handlers.chat.commands import GROUP, GROUP_ADMINS, PRIVATE, introduce, show_menu
from handlers.people.start import TOPICS


def of(dispatcher) -> set[str]:
    """Every command that a router listens to."""
    return {
        str(command)
        for router in dispatcher.chain_tail
        for handler in router.message.handlers
        for one in handler.filters or ()
        if isinstance(one.callback, Command) and not isinstance(one.callback, CommandStart)
        for command in one.callback.commands
    }


def named(text: str) -> set[str]:
    return set(re.findall(r"(?<!\w)/([a-z]+)", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command_there_is(dispatcher, language) -> None:
    private = named("\n".join(say(language, f"start.help.{topic}") for topic in ("first", *TOPICS)))
    group = named(say(language, "start.help_group", link=""))

    assert len(of(dispatcher)) > 20
    assert private == {*PRIVATE, "start"}
    assert group | {"help"} == set(GROUP_ADMINS)
    assert set(GROUP) == set(GROUP_ADMINS) - {"quiz"}
    assert of(dispatcher) - (private | group) == {"admin"}  # for whoever runs the bot
    assert (private | group) - of(dispatcher) == {"start"} - of(dispatcher)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_profile_says_what_the_bot_is_for_in_what_telegram_takes(dialog, language):
    for _ in range(2):
        await introduce(dialog.bot)
    about = await dialog.bot.get_my_description(language)
    short = await dialog.bot.get_my_short_description(language)
    assert about.description == say(language, "start.profile.about").strip()
    assert short.short_description == say(language, "start.profile.short")


@pytest.mark.parametrize(("code", "language"), [("", "en"), ("en", "en"), ("ru", "ru")])
async def test_the_menu_goes_by_the_kind_of_chat_and_the_language(dialog, code, language):
    await show_menu(dialog.bot)
    menus = dialog.telegram.state.menus
    kinds = {"all_private_chats": PRIVATE, "all_group_chats": GROUP}
    for kind, names in (kinds | {"all_chat_administrators": GROUP_ADMINS}).items():
        shown = menus[f"{kind}|{code}"]
        assert [one["command"] for one in shown] == list(names)
        described = say(language, f"start.commands.{names[0]}")
        assert shown[0]["description"] == described
