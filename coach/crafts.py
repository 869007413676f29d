"""The craftsman's plan: five questions answered once a quarter, and the look back at its end."""

from datetime import date, timedelta
from enum import StrEnum


class Craft(StrEnum):
    """The five habits of a craftsman, in the order in which they are asked about."""

    MARKET = "market"
    CAPITAL = "capital"
    GOOD = "good"
    STRETCH = "stretch"
    PATIENCE = "patience"


HABIT_OF = {
    Craft.MARKET: "craft-1-market",
    Craft.CAPITAL: "craft-2-capital",
    Craft.GOOD: "craft-3-good",
    Craft.STRETCH: "craft-4-stretch",
    Craft.PATIENCE: "craft-5-patience",
}
"""The habit of the catalogue behind each question."""

LONGEST_ANSWER = 400
"""Characters that are kept of an answer; the plan is to be read again at a glance."""


def following(craft: Craft) -> Craft | None:
    """The question after one; None after the last."""
    every = list(Craft)
    return next(iter(every[every.index(craft) + 1 :]), None)


def quarter(day: date) -> str:
    """The quarter of a day, as in "2026-Q4"; it sorts by time."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def planned(day: date) -> str:
    """The quarter that a plan written on `day` is for: in its last two weeks, the next one."""
    return quarter(day + timedelta(days=13))


def is_look_back(day: date) -> bool:
    """Whether a day is the last Sunday of its quarter."""
    return day.isoweekday() == 7 and quarter(day + timedelta(days=7)) != quarter(day)
