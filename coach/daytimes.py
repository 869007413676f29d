"""A time of day as people type it: "9", "09.00", "9am", "21h", "noon", "9 утра"."""

import re
import unicodedata
from datetime import time

from coach.texts import say

_NAMED = {
    "noon": time(12),
    "midday": time(12),
    "midnight": time(0),
    "полдень": time(12),
    "полночь": time(0),
}

_TIME = re.compile(
    r"""(?:(?:at|around|в|во|к)\s+)?
        (?P<hour>\d{1,2})
        (?:\s*(?:[:.,٫]|h|ч|час|часа|часов|\s)?\s*(?P<minute>\d{2})(?:\s*(?:min|мин|минут)\.?)?)?
        (?:\s*(?:h|hrs?|hours?|o'?clock|uhr|ч|час|часа|часов)\.?)?
        (?:\s*(?:
            (?P<am>a\.?\s?m\.?) | (?P<pm>p\.?\s?m\.?)
            | (?P<morning>in\ the\ morning|утра)
            | (?P<day>noon|in\ the\ afternoon|дня)
            | (?P<evening>in\ the\ evening|вечера)
            | (?P<night>midnight|at\ night|ночи)
        ))?""",
    re.VERBOSE,
)

_ANY_HOUR = {hour: hour % 24 for hour in range(25)}

_HOURS = {
    "am": {12: 0} | {hour: hour for hour in range(12)},
    "pm": {hour: hour if hour >= 12 else hour + 12 for hour in range(1, 24)},
    "morning": {hour: hour for hour in range(1, 12)},
    "day": {12: 12} | {hour: hour + 12 for hour in range(1, 7)} | {h: h for h in range(13, 19)},
    "evening": {hour: hour + 12 for hour in range(4, 12)} | {h: h for h in range(16, 24)},
    "night": {12: 0}
    | {hour: hour for hour in range(6)}
    | {hour: hour + 12 for hour in range(8, 12)}
    | {hour: hour for hour in range(20, 24)},
}
"""What an hour means beside a part of the day; an hour that isn't there would be a guess."""


class DaytimeError(ValueError):
    """What was typed is no time of day. The sentence brings an example."""

    def sentence(self, language: str) -> str:
        """What the person reads."""
        return say(language, "times.daytime.wrong")


def parse(text: str) -> time:
    """The time of day, to the minute. Digits of every script are read; "24:00" is midnight.

    Raises DaytimeError for anything else, "25:00", "9:75" and "13 утра" among them.
    """
    typed = _plain(text)
    if typed in _NAMED:
        return _NAMED[typed]
    found = _TIME.fullmatch(typed)
    if found is None:
        raise DaytimeError
    part = next((name for name in _HOURS if found[name]), None)
    return _time(int(found["hour"]), int(found["minute"] or 0), part)


def _plain(text: str) -> str:
    """Small letters and Latin digits, whatever the keyboard gave."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    latin = (str(unicodedata.decimal(each)) if each.isdecimal() else each for each in folded)
    return " ".join("".join(latin).split())


def _time(hour: int, minute: int, part: str | None) -> time:
    meant = _HOURS.get(part or "", _ANY_HOUR).get(hour)
    if meant is None or minute > 59 or (hour == 24 and minute):
        raise DaytimeError
    return time(meant, minute)
