"""Of the processes that share a store one polls; another takes over when it dies."""

import pytest

from storage import StoreUnavailable
from tests.fakes import postgres


async def test_one_has_the_turn_until_it_lets_go(store):
    first, second = store.turn_to_poll(), store.turn_to_poll()
    assert first.ours()
    assert first.ours()
    assert not second.ours()
    first.let_go()
    assert second.ours()
    assert not first.ours()
    first.let_go()
    second.let_go()


@pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or "")
def test_a_turn_ends_with_the_connection_and_its_holder_notices(postgres_tables):
    from storage.engines import engine_of

    engine = engine_of(postgres_tables.url)
    first, second = engine.turn_to_poll(), engine.turn_to_poll()
    assert first.ours()
    postgres_tables.cut_off()
    with pytest.raises(StoreUnavailable):
        first.ours()
    assert second.ours()
    assert not first.ours()
    first.let_go()
    second.let_go()
