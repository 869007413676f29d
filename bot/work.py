"""The workers: each claims due jobs of one kind, has them handled, and says how they ended."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.clock import Clock
from bot.logs import working_on
from handlers.chat.work import LeaseLost
from storage import Db, Store, StoreUnavailable, jobs
from storage.beside import beside
from storage.jobs import Job

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=15)
"""How long a claim holds without being renewed: so long a crashed process keeps others waiting."""

RETRIES = (timedelta(seconds=1), timedelta(seconds=4), timedelta(seconds=16))
"""How long a job that failed waits for another try; after the last it is given up."""

STORE_PAUSE = timedelta(seconds=2)
"""How long to wait when the store is busy or its disk is full, which its watch says
(bot/watched.py)."""

FALLBACK_POLL = timedelta(seconds=5)
"""What another process committed is seen after this at the latest; our own wakes us at once."""

TIME_LIMIT = timedelta(minutes=5)
"""A handler that takes longer hangs; a lease would be renewed for ever."""

MOST_ATTEMPTS = 20
"""A job claimed so often took the process down with it each time."""

UPDATE = "update"
"""The kind of what comes in; its key is the number that Telegram gave it."""

Act = Callable[[Db], object]
"""What ends a job, to be done in one transaction."""

Handle = Callable[[Job], Awaitable[Act | None]]
"""Does a job. Returns how it ends; None marks it done, unless the handler has done so itself."""


class Later(Exception):
    """Raised by a handler that must not go on before `due_at`; it isn't a failure."""

    def __init__(self, due_at: datetime, reason: str) -> None:
        super().__init__(reason)
        self.due_at = due_at
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Taken:
    """Jobs that are ours now; whether more are due that a lane or the limit held back; when the
    next one will be; and since when the leases are renewed, if they were."""

    jobs: Sequence[Job]
    more: bool
    next_due: datetime | None
    renewed_at: datetime | None


class Claims:
    """What this process has claimed, under one name, and the leases that keep it."""

    def __init__(self, owner: str, lease: timedelta = LEASE) -> None:
        self.owner = owner
        self.lease = lease
        self._renewed_at: datetime | None = None

    async def take(self, store: Store, kind: str, now: datetime, limit: int) -> Taken:
        """Claims due jobs. Raises StoreUnavailable."""
        taken = await store.write(self._take, kind, now, limit)
        self._renewed_at = taken.renewed_at or self._renewed_at
        return taken

    @beside
    def _take(self, db: Db, kind: str, now: datetime, limit: int) -> Taken:
        """A clock that was moved lets leases run out between two renewals: they are renewed
        first, or we would claim what we have in hand."""
        renewed_at = None
        if self._renewed_at is None or now >= self.renew_at(now):
            jobs.renew(db, owner=self.owner, now=now, lease=self.lease)
            renewed_at = now
        claimed = jobs.claim(
            db, kind=kind, owner=self.owner, now=now, lease=self.lease, limit=limit
        )
        first_open, later = jobs.outlook(db, kind, now)
        more = first_open is not None and first_open <= now
        return Taken(claimed, more, later, renewed_at)

    async def renew(self, store: Store, now: datetime) -> None:
        """Puts off the end of every lease. Raises StoreUnavailable."""
        await store.write(jobs.renew, owner=self.owner, now=now, lease=self.lease)
        self._renewed_at = now

    def renew_at(self, now: datetime) -> datetime:
        """When the leases want to be renewed next."""
        return (self._renewed_at or now) + self.lease / 3


class Worker:
    """Works off one kind of job: at most `concurrency` at a time, a lane in its order.

    Everything that happens to a job is in the store before the next step is taken, so that a
    process may die anywhere. `on_dead` is done in the transaction that gives a job up.
    """

    def __init__(
        self,
        store: Store,
        claims: Claims,
        clock: Clock,
        *,
        kind: str,
        handle: Handle,
        concurrency: int = 16,
        most_attempts: int | None = MOST_ATTEMPTS,
        on_dead: Callable[[Db, Job], object] | None = None,
    ) -> None:
        self.kind = kind
        self._store = store
        self._claims = claims
        self._clock = clock
        self._handle = handle
        self._concurrency = concurrency
        self._most_attempts = most_attempts
        self._on_dead = on_dead
        self._wake = asyncio.Event()
        self._idle = asyncio.Event()
        self._in_hand: set[asyncio.Task[None]] = set()
        self._more = False
        self._stopping = False

    def nudge(self) -> None:
        """There may be something to do: look now."""
        self._wake.set()

    async def run(self) -> None:
        """Works until told to stop; what is in hand then goes on."""
        while not self._stopping:
            self._wake.clear()
            until = await self._take()
            await self._clock.wait(self._wake, until)

    async def work_off(self, within: timedelta) -> None:
        """Goes on until nothing is due and nothing in hand, or until the time is over."""
        self._idle.clear()
        self.nudge()
        with suppress(TimeoutError):
            async with asyncio.timeout(within.total_seconds()):
                await self._idle.wait()

    def stop(self) -> None:
        """Claims nothing more."""
        self._stopping = True
        self.nudge()

    async def finish(self, within: timedelta) -> int:
        """Waits for what is in hand; lets go of what takes longer. How many were let go."""
        if not self._in_hand:
            return 0
        _, late = await asyncio.wait(self._in_hand, timeout=within.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return len(late)

    async def _take(self) -> datetime:
        """Claims what there is room for and starts it. Returns when to look again."""
        now = self._clock.now()
        room = self._concurrency - len(self._in_hand)
        if room <= 0:
            return now + FALLBACK_POLL
        try:
            taken = await self._claims.take(self._store, self.kind, now, room)
        except StoreUnavailable:
            return now + STORE_PAUSE
        self._more = taken.more
        for job in taken.jobs:
            self._begin(job)
        if not self._in_hand:
            self._idle.set()
        return min(taken.next_due or now + FALLBACK_POLL, now + FALLBACK_POLL)

    def _begin(self, job: Job) -> None:
        task = asyncio.create_task(self._work(job))
        self._in_hand.add(task)
        task.add_done_callback(self._put_down)

    def _put_down(self, task: asyncio.Task[None]) -> None:
        """There is room again, and the job's lane may go on. Claiming is worth it when something
        was held back, and for several jobs at once."""
        self._in_hand.discard(task)
        room = self._concurrency - len(self._in_hand)
        if self._more and room * 4 >= self._concurrency:
            self.nudge()
        if not self._in_hand and not self._more:
            self._idle.set()

    async def _work(self, job: Job) -> None:
        request = origin_of(job)
        jobs.ORIGIN.set(request)  # in this task alone
        with working_on(f"{self.kind} {job.id}", request):
            log.debug("in hand (%d)", job.attempts)
            await self._end(job, await self._outcome(job))

    async def _outcome(self, job: Job) -> Act | None:
        """Has the job handled; how it ends. None: it isn't ours any more."""
        if self._most_attempts is not None and job.attempts > self._most_attempts:
            return self._given_up(job, "too_many_attempts")
        try:
            async with asyncio.timeout(TIME_LIMIT.total_seconds()):
                act = await self._handle(job)
        except LeaseLost:
            await self._let_go(job)
            return None
        except Later as wait:
            return _postponed(job, wait.due_at, wait.reason)
        except StoreUnavailable as problem:
            return _postponed(job, self._clock.now() + STORE_PAUSE, problem.code)
        except Exception as error:
            if await self._deleted(job):
                return await self._let_go(job)
            return self._failed(job, error)
        return act or partial(_done, job=job, now=self._clock.now())

    async def _deleted(self, job: Job) -> bool:
        """Whether the job is gone from the store: its person was forgotten while it was in hand,
        and what it leans on has gone with them."""
        with suppress(StoreUnavailable):
            return not await self._store.read(jobs.exists, job.id)
        return False

    async def _let_go(self, job: Job) -> None:
        """The job isn't ours to end any more; whether that is worth a line."""
        if not await self._deleted(job):
            log.warning("somebody else has taken this over")

    def _failed(self, job: Job, error: Exception) -> Act:
        reason = type(error).__name__
        if job.attempts > len(RETRIES):
            log.error("given up after %d attempts", job.attempts, exc_info=error)
            return self._given_up(job, reason)
        log.warning("failed, will be tried again (%d)", job.attempts, exc_info=error)
        return _postponed(job, self._clock.now() + RETRIES[job.attempts - 1], reason)

    def _given_up(self, job: Job, reason: str) -> Act:
        now = self._clock.now()

        def bury(db: Db) -> None:
            if jobs.bury(db, job, error=reason, now=now) and self._on_dead:
                self._on_dead(db, job)

        return bury

    async def _end(self, job: Job, act: Act | None) -> None:
        """Writes how a job ended. When even that fails, only the job itself is put aside."""
        try:
            await self._write(act)
        except LeaseLost:
            log.warning("somebody else has taken this over")
        except Exception as error:
            log.exception("the end of this job can't be written")
            now, reason = self._clock.now(), type(error).__name__
            await self._write(partial(jobs.bury, job=job, error=reason, now=now))

    async def _write(self, act: Act | None) -> None:
        """As long as the store can't take it, the job stays in hand."""
        while act is not None:
            try:
                await self._store.write(act)
            except StoreUnavailable:
                await self._clock.sleep(STORE_PAUSE)
            else:
                return


class Workers:
    """The workers of this process: what handlers get as `work`."""

    def __init__(self, store: Store, claims: Claims, clock: Clock) -> None:
        self._store = store
        self._claims = claims
        self._clock = clock
        self._by_kind: dict[str, Worker] = {}

    def add(self, kind: str, handle: Handle, **options: Any) -> Worker:
        """A worker for a kind of job; the options are those of Worker."""
        worker = Worker(self._store, self._claims, self._clock, kind=kind, handle=handle, **options)
        self._by_kind[kind] = worker
        return worker

    def takes(self, kind: str) -> bool:
        """Whether this process does jobs of a kind."""
        return kind in self._by_kind

    def nudge(self, *kinds: str) -> None:
        """Wakes the workers of these kinds of jobs: something was committed for them."""
        for kind in kinds:
            if worker := self._by_kind.get(kind):
                worker.nudge()

    async def run(self) -> None:
        """Works until `drain`; then returns."""
        keeping = asyncio.create_task(self._keep_leases())
        try:
            async with asyncio.TaskGroup() as group:
                for worker in self._by_kind.values():
                    group.create_task(worker.run())
        finally:
            keeping.cancel()
            with suppress(asyncio.CancelledError):
                await keeping

    async def drain(self, within: timedelta, *, last: str) -> None:
        """Stops claiming, finishes what is in hand, gives back the rest. The worker of the kind
        `last` goes on until the others have ended: it sends what they had to say."""
        others = [worker for kind, worker in self._by_kind.items() if kind != last]
        for worker in others:
            worker.stop()
        await asyncio.gather(*(worker.finish(within * 0.7) for worker in others))
        if sender := self._by_kind.get(last):
            await sender.work_off(within * 0.15)
            sender.stop()
            await sender.finish(within * 0.15)
        await self._store.write(jobs.release, owner=self._claims.owner)

    async def _keep_leases(self) -> None:
        while True:
            await self._clock.sleep_until(self._claims.renew_at(self._clock.now()))
            try:
                await self._claims.renew(self._store, self._clock.now())
            except StoreUnavailable:
                await self._clock.sleep(STORE_PAUSE)


def origin_of(job: Job) -> str:
    """What all has in common that an update, or a job of the clock, brought about."""
    return job.origin or f"{job.kind} {job.key if job.kind == UPDATE else job.id}"


@beside
def _done(db: Db, job: Job, now: datetime) -> None:
    """False from `done` means that the handler ended the job itself, or lost it."""
    jobs.done(db, job, now)


def _postponed(job: Job, due_at: datetime, reason: str) -> Act:
    return partial(jobs.postpone, job=job, due_at=due_at, error=reason)
