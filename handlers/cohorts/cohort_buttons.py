"""The buttons of cohorts in a group and in private: what they carry back."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.texts import say
from handlers.chat.replies import Button


class SetUp(StrEnum):
    """A field of the set-up card, or what is done with the whole."""

    CARD = "card"
    START = "start"
    WEEKS = "weeks"
    WEEKDAY = "day"
    AT = "at"
    ZONE = "zone"
    LANGUAGE = "lang"
    BEGIN = "begin"
    DROP = "drop"


class SetUpButton(CallbackData, prefix="cs", sep="|"):
    """A button of the set-up; without a `value` it asks for the field, with one it answers."""

    cohort: int
    field: SetUp
    value: str = ""


class Say(StrEnum):
    """What somebody says to the group's week by pressing."""

    JOIN = "join"
    COMMIT = "yes"
    DONE = "done"
    AWAY = "away"
    LINK = "link"


class WeekButton(CallbackData, prefix="cw"):
    """A button under a cohort's message in its group; `week` is the number of the week it was
    shown in, 0 for none."""

    cohort: int
    say: Say
    week: int = 0


class Choice(StrEnum):
    """What a button of the private side chooses."""

    JOIN = "join"
    NAME = "name"
    LINKS = "links"
    SWAPS = "swaps"
    MENTORS = "mentors"
    MOMENT = "moment"
    SKIP = "skip"
    SHOW = "show"
    LIST = "list"
    CHANGE = "change"
    LEAVE = "leave"
    LEAVE_SURELY = "gone"
    NEW_ROUND = "round"
    LOOK_AFTER = "lead"


class MemberButton(CallbackData, prefix="cm"):
    """A button of somebody's own place in a cohort."""

    cohort: int
    choice: Choice
    value: str = ""


class Organise(StrEnum):
    """What an organiser does."""

    OVERVIEW = "all"
    INVITE = "invite"
    REVOKE = "revoke"
    WEEKDAY = "day"
    AT = "at"
    ZONE = "zone"
    LANGUAGE = "lang"
    ROLES = "roles"
    ROLE = "role"
    TABLE = "csv"
    PAUSE = "pause"
    RESUME = "go"
    END_ASK = "end?"
    END = "end"


class OrganiserButton(CallbackData, prefix="co"):
    """A button of an organiser's view; without a `value` it asks, with one it answers."""

    cohort: int
    deed: Organise
    value: str = ""


def set_up_button(label: str, cohort: int, field: SetUp, value: str = "") -> Button:
    return label, SetUpButton(cohort=cohort, field=field, value=value).pack()


def week_button(language: str, cohort: int, what: Say, week: int = 0) -> Button:
    """A button with the text `cohorts.button.NAME`."""
    label = say(language, f"cohorts.button.{what.name.lower()}")
    return label, WeekButton(cohort=cohort, say=what, week=week).pack()


def member_button(language: str, name: str, cohort: int, choice: Choice, value: str = "") -> Button:
    """A button with the text `cohorts.button.NAME`."""
    label = say(language, f"cohorts.button.{name}")
    return label, MemberButton(cohort=cohort, choice=choice, value=value).pack()
