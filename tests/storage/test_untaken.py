"""What is due, and what is due for long while nobody takes anything of its kind."""

from datetime import timedelta

from storage import jobs
from storage.untaken import PATIENCE, due, untaken


async def test_only_what_is_due_for_long_and_in_nobodys_hand_is_untaken(store, now):
    late = now - PATIENCE - timedelta(seconds=1)
    for kind, due_at in (("a", late), ("b", late), ("c", now), ("d", now + timedelta(hours=1))):
        for key in ("1", "2"):
            await store.write(jobs.add, kind=kind, key=key, payload={}, due_at=due_at)
    lease = timedelta(seconds=15)
    await store.write(jobs.claim, kind="b", owner="me", now=now, lease=lease, limit=1)

    assert await store.read(due, now) == ["a", "b", "c"]
    assert await store.read(untaken, now) == {"a": late}
    later = now + lease + timedelta(seconds=1)
    assert set(await store.read(untaken, later)) == {"a", "b"}
