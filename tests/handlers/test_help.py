"""/help and the menu name every command there is, and none that there isn't."""

import re

import pytest
from aiogram.filters import Command, CommandStart

from coach.texts import LANGUAGES, say
from handlers.commands import GROUP, GROUP_ADMINS, PRIVATE
from handlers.start import TOPICS


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
