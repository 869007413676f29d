"""A fake server, and models that ask it, for every test of the model's door."""

import pytest

from bot.model import Model
from tests.fakes.model_door import KEY, LATE, Book, HastyClock
from tests.fakes.openai_server import FakeModel


@pytest.fixture
async def fake():
    async with FakeModel() as fake:
        yield fake


@pytest.fixture
def book():
    return Book()


@pytest.fixture
def hasty():
    return HastyClock()


@pytest.fixture
async def model_at(book, hasty):
    """`model_at(url, timeout=…, first_token_timeout=…)`; closed after the test."""
    made = []

    def make(url, **limits):
        given = {"timeout": LATE, "first_token_timeout": LATE, **limits}
        made.append(Model(url, KEY, "tiny", clock=hasty, ledger=book, **given))
        return made[-1]

    yield make
    for model in made:
        await model.close()
