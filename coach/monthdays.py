"""Days that come once a month or a year; a month without that day takes its last."""

from calendar import monthrange
from datetime import date


def in_month(year: int, month: int, day: int) -> date:
    """That day of a month, or the month's last: the 31st of February is the 28th or 29th."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def months_later(start: date, months: int) -> date:
    """The same day so many months later; from 31 January one month on is 28 February."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return in_month(year, month + 1, start.day)


def next_monthly(day: int, after: date) -> date:
    """The first time after `after` that the month has its `day`."""
    this = in_month(after.year, after.month, day)
    following = months_later(after.replace(day=1), 1)
    return this if this > after else in_month(following.year, following.month, day)


def next_yearly(month: int, day: int, after: date) -> date:
    """The first such day after `after`; 29 February is the 28th in the years that lack it."""
    this = in_month(after.year, month, day)
    return this if this > after else in_month(after.year + 1, month, day)
