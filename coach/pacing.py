"""Pacing: how many new cards a day, so that all were met well before the interview.

New cards come first until 70 % of the days have passed, then the days fill with reviews. With
150 cards, 30 days and 10 a day recall on the day was 1.3 to 1.9 times what SM-2 reached that took
first what was due (`benchmarks scheduler`, three memory models).
"""

from datetime import date, timedelta
from math import ceil

from babel.dates import format_date

from coach.interviews import Interview
from coach.texts import say

FOR_NEW = 0.7
"""The share of the days in which new cards are met."""


def new_until(interview: Interview) -> date:
    """The first day on which no new card should be left."""
    days = (interview.on - interview.since).days
    return interview.since + timedelta(max(1, int(days * FOR_NEW)))


def new_today(waiting: int, today: date, interview: Interview) -> int:
    """How many of the cards never seen this morning come today; missed days are made up for.

    Cards left after their time are spread over the days that remain: a card met late is
    still remembered better on the day than one never met.
    """
    end = new_until(interview)
    last = end if today < end else interview.on
    return ceil(waiting / max(1, (last - today).days)) if today < interview.on else 0


def spoken(waiting: int, today: date, interview: Interview, language: str) -> str:
    """The pace in a sentence: how many new cards a day until when, and the last look."""
    end = new_until(interview)
    until = format_date(end if today < end else interview.on, "d MMMM", locale=language)
    new = new_today(waiting, today, interview)
    return say(language, "cards.interview.pace", count=new, until=until)
