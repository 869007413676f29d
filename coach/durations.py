"""How long something took or has been waiting, in words."""

from datetime import timedelta

from babel.dates import format_timedelta

from coach.texts import speakable


def told(language: str, duration: timedelta) -> str:
    """The length in its largest unit, such as "3 hr" or "3 ч"; less than nothing is nothing."""
    duration = max(duration, timedelta(0))
    return format_timedelta(
        duration, granularity="second", format="short", locale=speakable(language)
    )
