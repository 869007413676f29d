"""The buttons that say which letter a version belongs to."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.texts import say
from handlers.chat.replies import Button


class VersionStep(StrEnum):
    """What such a button does."""

    APART = "apart"
    JOIN = "join"
    PICK = "pick"
    LEAVE = "leave"
    READ = "read"


class VersionButton(CallbackData, prefix="v"):
    """A button of one version; `letter` is the one that it is to belong to."""

    version: int
    step: VersionStep
    letter: int = 0


def version_button(
    language: str, name: str, step: VersionStep, version: int, **facts: object
) -> Button:
    """A button with the text `versions.button.NAME`."""
    data = VersionButton(version=version, step=step).pack()
    return say(language, f"versions.button.{name}", **facts), data


def apart_button(language: str, version: int) -> Button:
    """It is no next version."""
    return version_button(language, "apart", VersionStep.APART, version)


def join_button(language: str, version: int, letter: int, title: str) -> Button:
    """It is the next version of that letter."""
    data = VersionButton(version=version, step=VersionStep.JOIN, letter=letter).pack()
    return say(language, "versions.button.join", title=title), data
