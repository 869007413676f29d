"""Whatever is added, claimed, lost, put off or given up in any order: the queue keeps its promises.

The machine plays against a plain list of jobs that follows the docstring of storage/jobs.py.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    multiple,
    rule,
    run_state_machine_as_test,
)

from storage import jobs

LEASE = timedelta(seconds=15)
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class Expected:
    key: str
    lane: str | None
    ready_at: datetime
    state: str = "waiting"
    attempts: int = 0
    owner: str | None = None

    def open(self):
        return self.state in ("waiting", "claimed")


class Queue(RuleBasedStateMachine):
    claims = Bundle("claims")

    def __init__(self, db):
        super().__init__()
        db.run("DELETE FROM jobs")
        self.db = db
        self.now = START
        self.expected: list[Expected] = []

    @rule(key=st.integers(0, 30), lane=st.sampled_from([None, "1", "2"]), wait=st.integers(-5, 30))
    def add(self, key, lane, wait):
        due_at = self.now + timedelta(seconds=wait)
        new = all(job.key != str(key) for job in self.expected)
        added = jobs.add(self.db, kind="k", key=str(key), payload={}, due_at=due_at, lane=lane)
        assert added == new
        if new:
            self.expected.append(Expected(str(key), lane, due_at))

    @rule(target=claims, owner=st.sampled_from("ab"), limit=st.integers(1, 4))
    def claim(self, owner, limit):
        allowed = [job for job in self.expected if self.claimable(job)]
        allowed.sort(key=lambda job: job.ready_at)
        found = jobs.claim(self.db, kind="k", owner=owner, now=self.now, lease=LEASE, limit=limit)
        assert {job.key for job in found} == {job.key for job in allowed[:limit]}
        for job in allowed[:limit]:
            job.state, job.owner, job.ready_at = "claimed", owner, self.now + LEASE
            job.attempts += 1
        lanes = [job.lane for job in found if job.lane]
        assert len(lanes) == len(set(lanes))
        return multiple(*found)

    @rule(
        job=consumes(claims),
        wait=st.integers(0, 20),
        end=st.sampled_from(["done", "later", "dead"]),
    )
    def end(self, job, wait, end):
        [expected] = [other for other in self.expected if other.key == job.key]
        held = (expected.state, expected.owner, expected.attempts)
        mine = held == ("claimed", job.owner, job.attempts)
        due_at = self.now + timedelta(seconds=wait)
        if end == "done":
            changed = jobs.done(self.db, job, self.now)
        elif end == "later":
            changed = jobs.postpone(self.db, job, due_at=due_at)
        else:
            changed = jobs.bury(self.db, job, error="x", now=self.now)
        assert changed == mine
        if mine:
            expected.state = "waiting" if end == "later" else end
            expected.owner, expected.ready_at = None, due_at

    @rule(owner=st.sampled_from("ab"))
    def renew(self, owner):
        held = [job for job in self.expected if job.state == "claimed" and job.owner == owner]
        assert jobs.renew(self.db, owner=owner, now=self.now, lease=LEASE) == len(held)
        for job in held:
            job.ready_at = self.now + LEASE

    @rule(seconds=st.integers(1, 20))
    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)

    def claimable(self, job):
        if not job.open() or job.ready_at > self.now:
            return False
        return job.lane is None or not any(self.holds_up(other, job) for other in self.expected)

    def holds_up(self, other, job):
        if other is job or other.lane != job.lane or not other.open():
            return False
        at_work = other.state == "claimed" and other.ready_at > self.now
        older = self.expected.index(other) < self.expected.index(job)
        return at_work or (older and (other.attempts > 0 or other.ready_at <= self.now))


def test_the_queue_keeps_its_promises(db, engine):
    enough = settings(
        max_examples=60 if engine == "sqlite" else 20, stateful_step_count=40, deadline=None
    )
    run_state_machine_as_test(lambda: Queue(db), settings=enough)
