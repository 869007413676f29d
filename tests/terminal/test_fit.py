"""`fit` asks those who have enough, keeps what is better, and tells numbers only."""

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot import fitting
from bot.terminal.fit import fit_all
from coach.cards import Grade
from coach.fitting import NotFitted
from coach.memory import WEIGHTS, Rating
from storage import Store, grades, people, studies

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ANNA, BORIS = 7, 8
GLOOMY = tuple(weight / 4 for weight in WEIGHTS[:4]) + WEIGHTS[4:]


def study(db, person, cards):
    """Somebody who forgets four reviews in five."""
    people.seen(db, id=person, language="en", now=NOW)
    draw = Random(person)
    for card in range(cards):
        for look in range(8):
            at = NOW - timedelta(days=100 - card % 30 - 9 * look)
            rating = Rating.GOOD if look == 0 or draw.random() < 0.2 else Rating.AGAIN
            grades.add(db, person_id=person, grade=Grade(str(card), rating, at, at.date()))


@pytest.fixture
async def url(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(fitting, "installed", lambda: True)
    store = await Store.open(url, now=NOW)
    await store.write(study, BORIS, 3)
    await store.close()
    return url


async def with_anna(url):
    store = await Store.open(url, now=NOW)
    await store.write(study, ANNA, 160)
    await store.close()


async def weights(url, person):
    store = await Store.open(url, now=NOW)
    found = await store.read(studies.get, person)
    await store.close()
    return found.wishes.weights


async def run(capsys):
    assert await asyncio.to_thread(fit_all) == 0
    return capsys.readouterr().out.strip()


async def test_few_grades_change_nothing(url, capsys):
    assert await run(capsys) == "Nobody has 1,000 grades yet; the default weights stay."


async def test_better_weights_are_kept_for_that_person(url, capsys, monkeypatch):
    await with_anna(url)
    monkeypatch.setattr(fitting, "optimise", lambda items: GLOOMY)
    said = await run(capsys)
    assert said.startswith("People with 1,000 grades: 1, predicted better: 1 (log loss 0.")
    assert await weights(url, ANNA) == GLOOMY
    assert await weights(url, BORIS) == WEIGHTS


async def test_an_optimiser_that_gives_up_changes_nothing(url, capsys, monkeypatch):
    def give_up(items):
        raise NotFitted

    await with_anna(url)
    monkeypatch.setattr(fitting, "optimise", give_up)
    assert await run(capsys) == "People with 1,000 grades: 1, predicted better: 0, not fitted: 1."
    assert await weights(url, ANNA) == WEIGHTS
