"""The buttons of /letters: a page of letters, one of them, its versions, and its end."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.texts import say
from handlers.chat.replies import Button


class ShelfStep(StrEnum):
    """What such a button does."""

    PAGE = "page"
    LETTER = "letter"
    OPEN = "open"
    ORIGINAL = "file"
    RENAME = "name"
    DELETE = "del"
    DELETE_YES = "yes"


class ShelfButton(CallbackData, prefix="shelf"):
    """A button of /letters: `id` is a letter's or, to open or download, a version's; `page` is
    the page of letters, or of the letter's versions, counted from 0."""

    step: ShelfStep
    id: int = 0
    page: int = 0


def shelf_button(
    language: str, name: str, step: ShelfStep, id: int = 0, page: int = 0, **facts: object
) -> Button:
    """A button with the text `versions.button.NAME`."""
    data = ShelfButton(step=step, id=id, page=page).pack()
    return say(language, f"versions.button.{name}", **facts), data


def open_button(language: str, version: int) -> Button:
    """Shows again what was said of a version."""
    return shelf_button(language, "open", ShelfStep.OPEN, version)


def all_letters(language: str) -> Button:
    """Back to the first page."""
    return shelf_button(language, "all", ShelfStep.PAGE)
