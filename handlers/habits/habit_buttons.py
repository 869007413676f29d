"""The buttons of habits, proofs and the craftsman's plan: their labels and what they carry."""

from datetime import date
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.texts import say
from handlers.chat.replies import Button


class Press(StrEnum):
    """What a button under a nudge asks for."""

    DONE = "done"
    ANOTHER = "other"
    SKIP = "skip"
    KEEP = "keep"
    SMALLER = "less"
    MONTHLY = "month"
    WEEKLY = "week"


class NudgeButton(CallbackData, prefix="nudge"):
    """A button under a nudge: the week it speaks of, and the slot that brought it (0: none)."""

    press: Press
    week: str
    slot: int = 0

    @property
    def monday(self) -> date:
        """The Monday that names the week."""
        return date.fromisoformat(self.week)


class Step(StrEnum):
    """What a button of the set-up answers, or leads to."""

    GOAL = "goal"
    MINUTES = "min"
    MOMENT = "moment"
    DAY = "day"
    TIME = "time"
    NOW = "now"
    STOP = "stop"


class SetUpButton(CallbackData, prefix="habit"):
    """A button of the set-up; without a `value` it asks, with one it answers."""

    step: Step
    value: str = ""


class Look(StrEnum):
    """What a button at the wall of proofs asks for; `number` is a page, a proof, a month, a letter
    or a week, as each look counts them."""

    PAGE = "page"
    ADD = "add"
    MARKDOWN = "md"
    CV = "cv"
    TAKE_BACK = "back"
    WALL_IT = "wall"
    NOT_NOW = "no"
    MONTH = "month"
    MEMORY = "memory"
    LETTERS = "letters"
    WEEK = "week"


class WallButton(CallbackData, prefix="wall"):
    """A button at the wall of proofs."""

    look: Look
    number: int = 0


class CraftButton(CallbackData, prefix="craft"):
    """Asks a question of the craftsman's plan, by its name, or ends it; "" shows the plan."""

    craft: str = ""


def nudge_button(language: str, name: str, press: Press, monday: date, slot: int = 0) -> Button:
    """A button with the text `habits.button.NAME`."""
    data = NudgeButton(press=press, week=monday.isoformat(), slot=slot).pack()
    return say(language, f"habits.button.{name}"), data


def set_up_button(label: str, step: Step, value: str = "") -> Button:
    """A button of the set-up with a label of its own."""
    return label, SetUpButton(step=step, value=value).pack()


def wall_button(language: str, name: str, look: Look, number: int = 0) -> Button:
    """A button with the text `progress.button.NAME`."""
    data = WallButton(look=look, number=number).pack()
    return say(language, f"progress.button.{name}"), data


def craft_button(label: str, craft: str = "") -> Button:
    """A button of the craftsman's plan with a label of its own."""
    return label, CraftButton(craft=craft).pack()


def month_button(label: str, number: int) -> Button:
    """A button that draws the month of that number, 0 being this one (see months.py)."""
    return label, WallButton(look=Look.MONTH, number=number).pack()
