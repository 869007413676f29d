"""Fitted weights are taken from enough reviews only, and only when they predict better."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from coach.cards import Grade
from coach.fitting import ENOUGH, NotFitted, fit, log_loss, reviews
from coach.memory import WEIGHTS, Memory, Rating, chance, learn

START = date(2026, 1, 5)
FORGETFUL = tuple(weight / 4 for weight in WEIGHTS[:4]) + WEIGHTS[4:]
"""Somebody whose memory of a new card holds a quarter as long as most people's."""


def grade(card, day, rating=Rating.GOOD, hour=9):
    at = datetime.combine(day, time(hour), UTC)
    return Grade(card, rating, at, day)


def studied(weights, cards, seed=1):
    """What somebody with these weights would grade, in eight looks at each card."""
    draw, log = Random(seed), {}
    for card in (f"c{n}" for n in range(cards)):
        memory: Memory | None = None
        day, history = START + timedelta(draw.randrange(60)), []
        for _ in range(8):
            known = memory is None or draw.random() < chance(memory, day, weights)
            rating = Rating.GOOD if known else Rating.AGAIN
            history.append(grade(card, day, rating))
            memory = learn(memory, rating, day, weights)
            day += timedelta(draw.randrange(1, 9))
        log[card] = history
    return log


def refuse(items):
    raise AssertionError("nothing is to be fitted")


def test_only_grades_after_a_night_are_reviews():
    log = {
        "a": [grade("a", START), grade("a", START, hour=10), grade("a", START + timedelta(3))],
        "b": [grade("b", START), grade("b", START + timedelta(1))],
    }
    found = reviews(log)
    assert [review.item for review in found] == [((3, 0), (3, 1)), ((3, 0), (3, 0), (3, 3))]


def test_few_reviews_fit_nothing():
    log = studied(FORGETFUL, ENOUGH // 7 - 1)
    assert len(reviews(log)) < ENOUGH
    assert fit(log, refuse) is None


def test_better_weights_are_found_by_the_newest_fifth():
    log = studied(FORGETFUL, 160)
    found = fit(log, lambda items: FORGETFUL)
    assert found is not None
    assert found.weights == FORGETFUL
    assert found.after < found.before


def test_worse_weights_are_left():
    log = studied(WEIGHTS, 160)
    assert fit(log, lambda items: FORGETFUL) is None
    assert fit(log, lambda items: WEIGHTS) is None


def test_the_newest_fifth_is_never_shown_to_the_optimiser():
    log, shown = studied(WEIGHTS, 160), []
    fit(log, lambda items: shown.extend(items) or WEIGHTS)
    made = reviews(log)
    assert len(shown) == int(len(made) * 0.8)
    assert shown == [review.item for review in made[: len(shown)]]


@pytest.mark.parametrize("bad", [(), (float("nan"),) * 21, WEIGHTS[:19]])
def test_rubbish_is_no_fit(bad):
    with pytest.raises(NotFitted):
        fit(studied(WEIGHTS, 160), lambda items: bad)


def test_log_loss_rewards_chances_that_come_true():
    assert log_loss([(True, 1.0), (False, 0.0)]) == pytest.approx(0, abs=1e-9)
    assert log_loss([(True, 0.5)]) == pytest.approx(0.6931, abs=1e-4)
    assert log_loss([(True, 0.0)]) > 20
