"""Wordings take turns."""

from datetime import date, timedelta

import pytest

from coach.texts import LANGUAGES, say
from coach.weeks import WEEK
from coach.wordings import variants, wording

MONDAY = date(2026, 11, 23)
ROTATED = ("habits.opening", "habits.last.done", "habits.last.returned", "habits.last.covered")


@pytest.mark.parametrize("key", ROTATED)
def test_no_wording_comes_again_before_all_others_were_used(key) -> None:
    keys = [
        wording(key, person_id=7, monday=MONDAY + place * WEEK) for place in range(variants(key))
    ]

    assert len(set(keys)) == variants(key) >= 4
    for language in LANGUAGES:
        facts = {"streak": "3 weeks", "reserves": "1 reserve"}
        assert len({say(language, each, **facts) for each in keys}) == len(keys)


def test_the_turn_of_the_year_repeats_no_wording() -> None:
    last = date(2026, 12, 28)

    assert wording("habits.opening", person_id=1, monday=last) != wording(
        "habits.opening", person_id=1, monday=last + timedelta(days=7)
    )
