"""Wordings that take turns, because a sentence that comes every week is not read any more."""

from datetime import date

from coach.texts import LANGUAGES, catalogue
from coach.weeks import number


def variants(key: str) -> int:
    """How many wordings a text has: KEY.1, KEY.2, … in the catalogues."""
    texts = catalogue(LANGUAGES[0])
    return next(n for n in range(len(texts)) if f"{key}.{n + 1}" not in texts)


def wording(key: str, *, person_id: int, monday: date) -> str:
    """The key of this week's wording: none comes again before all others have been used, and two
    people in one week mostly read different ones."""
    return f"{key}.{(number(monday) + person_id) % variants(key) + 1}"
