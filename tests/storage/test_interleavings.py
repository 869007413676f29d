"""Transactions of three processes on PostgreSQL, interleaved in any way: never are two jobs of a
lane in hand, and never a younger one before an older one that was due for everybody."""

from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from storage import jobs
from storage.engines import engine_of
from tests.fakes import postgres

pytestmark = pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or "")

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LEASE = timedelta(hours=1)
SKEW = timedelta(seconds=3)
"""How far the clocks of the machines are from each other."""

PROCESSES = st.integers(0, 2)


class Process:
    """A connection in the middle of a transaction, and what it has in hand since the last."""

    def __init__(self, number, connection):
        self.owner = f"p{number}"
        self.now = NOW + (number - 1) * SKEW
        self.connection = connection
        self.begin()

    def begin(self):
        self.connection.begin(beside=True)
        self.claimed, self.ended = [], []


class Interleaved(RuleBasedStateMachine):
    def __init__(self, connections, outside):
        super().__init__()
        self.outside = outside
        outside.run("DELETE FROM jobs")
        self.processes = [Process(*one) for one in enumerate(connections)]
        self.in_hand = {process.owner: [] for process in self.processes}
        self.added = 0

    @rule(
        who=PROCESSES,
        lane=st.sampled_from("112"),
        wait=st.sampled_from([-4, -1, 1]),
        at_once=st.booleans(),
    )
    def add(self, who, lane, wait, at_once):
        self.added += 1
        due_at = NOW + timedelta(seconds=wait)
        db = self.processes[who].connection.db
        assert jobs.add(db, kind="k", key=str(self.added), payload={}, due_at=due_at, lane=lane)
        if at_once:
            self.commit(who)

    @rule(who=PROCESSES, limit=st.integers(1, 2))
    def claim(self, who, limit):
        process = self.processes[who]
        before = self.seen_by_all()
        claimed = jobs.claim(
            process.connection.db,
            kind="k",
            owner=process.owner,
            now=process.now,
            lease=LEASE,
            limit=limit,
        )
        for job in claimed:
            older = [row["id"] for row in before if row["lane"] == job.lane and row["id"] < job.id]
            assert set(older) <= {one.id for one in process.ended}, "an older one was passed over"
        process.claimed += claimed

    def seen_by_all(self):
        """What is committed, open and due by the clock that is most behind."""
        return self.outside.query(
            """SELECT id, lane FROM jobs WHERE finished_at IS NULL
               AND (attempts > 0 OR due_at <= :now)""",
            now=int((NOW - SKEW).timestamp() * 1000),
        )

    @rule(who=PROCESSES, done=st.booleans())
    def end(self, who, done):
        process = self.processes[who]
        if held := self.in_hand[process.owner]:
            job = held.pop(0)
            db = process.connection.db
            if done:
                assert jobs.done(db, job, NOW)
                process.ended.append(job)
            else:
                assert jobs.postpone(db, job, due_at=NOW)

    @rule(who=PROCESSES)
    def commit(self, who):
        process = self.processes[who]
        process.connection.commit()
        self.in_hand[process.owner] += process.claimed
        process.begin()

    @invariant()
    def one_of_a_lane_is_in_hand(self):
        twice = self.outside.query(
            "SELECT lane FROM jobs WHERE state = 'claimed' GROUP BY lane HAVING count(*) > 1"
        )
        assert twice == []

    def teardown(self):
        for process in self.processes:
            process.connection.roll_back()


def test_whatever_the_order_of_their_steps_lanes_are_kept(postgres_tables):
    with ExitStack() as opened:
        engine = engine_of(postgres_tables.url)
        *connections, outside = [opened.enter_context(closing(engine.writer())) for _ in range(4)]
        run_state_machine_as_test(
            lambda: Interleaved(connections, outside.db),
            settings=settings(max_examples=40, stateful_step_count=30, deadline=None),
        )
    postgres_tables.empty()
