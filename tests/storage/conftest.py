"""A store of its own for every test, and a clock that stands still."""

from datetime import UTC, datetime

import pytest

from storage import Store

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def now():
    return NOW


@pytest.fixture
async def store():
    store = await Store.open("sqlite://", now=NOW)
    yield store
    await store.close()
