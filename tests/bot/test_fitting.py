"""The optional optimiser: the same model as ours, and its panics are one exception.

Skipped without the extra `fit`, except for what must hold without it.
"""

from datetime import date, timedelta
from random import Random

import pytest

from bot import fitting
from bot.terminal.fit import fit_all
from bot.terminal.stops import Stop
from coach.fitting import NotFitted
from coach.memory import WEIGHTS, Rating, learn

START = date(2026, 1, 5)
NEEDS_IT = pytest.mark.skipif(not fitting.installed(), reason='needs pip install "sogood[fit]"')


def histories(count):
    draw = Random(7)
    for _ in range(count):
        yield [
            (draw.randint(1, 4), 0 if at == 0 else draw.choice([0, 1, 2, 5, 13, 34, 89]))
            for at in range(draw.randint(1, 12))
        ]


@NEEDS_IT
def test_both_engines_remember_alike():
    from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

    engine = FSRS(list(WEIGHTS))
    for history in histories(300):
        memory, day = None, START
        for rating, gap in history:
            day += timedelta(gap)
            memory = learn(memory, Rating(rating), day)
        theirs = engine.memory_state(FSRSItem([FSRSReview(*grade) for grade in history]))
        assert theirs.stability == pytest.approx(memory.stability, rel=1e-4)
        assert theirs.difficulty == pytest.approx(memory.difficulty, rel=1e-4)


@NEEDS_IT
def test_weights_are_found():
    items = [tuple(history) for history in histories(2000) if sum(gap for _, gap in history)]
    found = fitting.optimise([item for item in items if item[-1][1]])
    assert len(found) == len(WEIGHTS)
    assert found != WEIGHTS


@NEEDS_IT
@pytest.mark.parametrize("item", [(), ((9, 0), (9, 1)), ((3, 0), (3, 2**40))])
def test_what_the_engine_cannot_do_is_one_exception(item):
    with pytest.raises(NotFitted):
        fitting.optimise([item] * 100)


def test_without_the_extra_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setattr(fitting, "installed", lambda: False)
    with pytest.raises(Stop, match=r'pip install "sogood\[fit\]"'):
        fit_all()
