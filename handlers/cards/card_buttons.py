"""The buttons of /cards and of a session: their labels and what they carry."""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from coach.memory import Rating
from coach.sessions import Session
from coach.texts import say
from handlers.chat.replies import Button, Rows


class Press(StrEnum):
    """What a button of a session asks for."""

    SHOW = "show"
    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"
    UNDO = "undo"
    FINISH = "end"


RATED = {
    Press.AGAIN: Rating.AGAIN,
    Press.HARD: Rating.HARD,
    Press.GOOD: Rating.GOOD,
    Press.EASY: Rating.EASY,
}
"""The presses that grade a card."""


class CardButton(CallbackData, prefix="card"):
    """A button of a session, and the place in it where it was shown."""

    press: Press
    session: str
    position: int


class Wish(StrEnum):
    """What a button outside a session asks for."""

    START = "start"
    SKIP = "skip"


class CardsButton(CallbackData, prefix="cards"):
    """Starts the day's session, or leaves it out."""

    wish: Wish


class TimeButton(CallbackData, prefix="cardsat"):
    """When the day's cards are announced, as HHMM; "" asks, `OWN` lets it be typed, `NEVER`
    takes the reminder away."""

    at: str = ""


OWN, NEVER = "own", "never"


def cards_button(language: str, name: str, wish: Wish) -> Button:
    """A button with the text `sessions.button.NAME`."""
    return say(language, f"sessions.button.{name}"), CardsButton(wish=wish).pack()


def time_button(label: str, at: time | str = "") -> Button:
    """A time to be reminded at, or a way to one."""
    return label, TimeButton(at=at if isinstance(at, str) else f"{at:%H%M}").pack()


def question_rows(language: str, session: Session) -> Rows:
    """Under a question."""
    return [[_button(language, session, Press.SHOW)], _way_out(language, session)]


def answer_rows(language: str, session: Session, days: Mapping[Rating, int]) -> Rows:
    """Under an answer: the grades, each with the days until the card comes back."""
    again, hard, good, easy = (
        _graded(language, session, press, days[rating]) for press, rating in RATED.items()
    )
    return [[again, hard], [good, easy], _way_out(language, session)]


def end_rows(language: str, session: Session, *, more: bool) -> Rows:
    """Under what a session came to."""
    undo = [_button(language, session, Press.UNDO)] if session.steps else []
    return [undo, [cards_button(language, "go_on", Wish.START)] if more else []]


def _way_out(language: str, session: Session) -> list[Button]:
    undo = [_button(language, session, Press.UNDO)] if session.steps else []
    return [*undo, _button(language, session, Press.FINISH)]


def _graded(language: str, session: Session, press: Press, days: int) -> Button:
    label, data = _button(language, session, press)
    return say(language, "sessions.graded", grade=label, days=days), data


def _button(language: str, session: Session, press: Press) -> Button:
    data = CardButton(press=press, session=session.id, position=session.position).pack()
    return say(language, f"sessions.button.{press}"), data
