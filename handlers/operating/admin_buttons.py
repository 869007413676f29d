"""The buttons of /admin: what each asks for, and about what."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.texts import say
from handlers.chat.replies import Button


class Deed(StrEnum):
    """What a button asks for."""

    HOME = "home"
    DEAD = "dead"
    RETRY = "retry"
    RETRY_ALL = "retry-all"
    DROP_ASK = "drop?"
    DROP = "drop"
    BUDGETS = "budgets"
    BROADCAST = "cast"
    SEND = "send"
    DISCARD = "discard"
    PROGRESS = "progress"
    STOP = "stop"


class AdminButton(CallbackData, prefix="admin"):
    """A deed; `id` is the job or the broadcast it is about, or how many dead letters to skip."""

    deed: Deed
    id: int = 0


def admin_button(language: str, name: str, deed: Deed, id: int = 0, **facts: object) -> Button:
    """A button with the text `admin.button.NAME`."""
    label = say(language, f"admin.button.{name}", **facts)
    return label, AdminButton(deed=deed, id=id).pack()
