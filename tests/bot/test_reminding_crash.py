"""Kill -9 in a storm of reminders: nobody is told twice, and what is in doubt is marked.

The whole storm, 5,000 slots and 20 kills, is `python -m benchmarks storm`.
"""

import pytest

from benchmarks.storm import storm

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]

IN_FLIGHT = 10
"""How many may have been marked and not yet sent when a process dies."""


async def test_kills_in_a_storm_double_nothing_and_lose_only_what_was_on_its_way():
    outcome = await storm(400, kills=2)
    print(outcome)
    assert set(outcome.told) <= {0, 1}
    missing = outcome.told.get(0, 0)
    assert missing <= outcome.unsure <= outcome.kills * IN_FLIGHT
