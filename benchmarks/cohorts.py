"""A thousand cohorts of twelve whose week begins at the same minute, and whose members all check in
within the hour after: what leaves in the busiest second and minute, and when it is over.

Time is given: the clock moves on to whatever is waited for. What is measured in real seconds is
the work of this machine.
"""

import asyncio
import random
import time as real_time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from benchmarks import folder_on_disk, show
from bot.clock import StandingClock
from bot.delivery import Delivery
from bot.metrics import Metrics
from bot.tryout.limits import Limits
from bot.tryout.session import local_bot
from bot.tryout.telegram import LocalTelegram
from coach.cohorts import Calendar, Mark, Membership, State
from handlers.cohorts.cohort_plans import plan_group
from handlers.cohorts.cohort_weeks import show_week
from handlers.reminders.reminders import tick
from handlers.routers import GROUP_SPEAKERS, SPEAKERS
from storage import Db, Store, cohorts, jobs, members, messages, people
from storage.members import Profile

COHORTS, MEMBERS = 1_000, 12
MONDAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR, SECOND, MINUTE = timedelta(hours=1), timedelta(seconds=1), timedelta(minutes=1)
AT_ONCE = 200
"""Check-ins that are written in one go before the sender looks again."""


class HurriedClock(StandingClock):
    """A clock that lets nobody wait: it moves on to what is waited for."""

    async def wait(self, wake: asyncio.Event, until: datetime | None = None) -> None:
        await asyncio.sleep(0)
        if until is not None and until > self.now():
            self.move(until - self.now())


class Workless:
    """Nobody has to be woken: what is due is looked for."""

    def nudge(self, *kinds: str) -> None:
        """Heard."""


def main() -> None:
    """Prints the table."""
    rows = asyncio.run(_hour())
    show("A thousand cohorts of twelve, one hour", ("what", "measured", "bound"), rows)


async def _hour() -> list[tuple[str, object, object]]:
    clock = HurriedClock(NINE - HOUR)
    telegram = LocalTelegram(clock, limits=Limits())
    with folder_on_disk() as folder:
        store = await Store.open(f"sqlite:///{folder}/bot.db", now=clock.now())
        try:
            groups = _groups(telegram)
            found = await store.write(_founded, groups, clock.now())
            return await _measured(store, telegram, clock, found)
        finally:
            await store.close()


def _groups(telegram: LocalTelegram) -> list[int]:
    owner = telegram.add_person("Organiser").id
    telegram.start(owner)
    groups = [
        telegram.add_group(f"Cohort {number}", [], [owner], supergroup=True).id
        for number in range(COHORTS)
    ]
    telegram.state.queue.pending.clear()
    return groups


def _founded(db: Db, groups: Sequence[int], now: datetime) -> list[int]:
    """Every group has a cohort of twelve that begins this Monday at nine."""
    found = list[int]()
    calendar = Calendar(MONDAY, 6, "UTC", 1, time(9))
    for number, chat in enumerate(groups):
        here = cohorts.found(
            db,
            chat_id=chat,
            thread_id=0,
            title=f"Cohort {number}",
            language="en",
            calendar=calendar,
            now=now,
        )
        assert here
        cohorts.set_state(db, here.id, State.FORMING, before=State.DRAFT)
        plan_group(db, here, now)
        for place in range(MEMBERS):
            person = 10_000_000 + number * MEMBERS + place
            people.seen(db, id=person, language="en", now=now)
            members.join(
                db,
                cohort_id=here.id,
                person_id=person,
                profile=Profile(f"Member {place}"),
                state=Membership.ACTIVE,
                from_week=1,
                now=now,
            )
        found.append(here.id)
    return found


async def _measured(
    store: Store, telegram: LocalTelegram, clock: HurriedClock, found: Sequence[int]
) -> list[tuple[str, object, object]]:
    delivery = Delivery(store, local_bot(telegram), clock, Metrics())
    clock.move(NINE - clock.now())
    begun = real_time.perf_counter()
    await tick(
        clock.now(),
        store=store,
        work=Workless(),
        speakers=SPEAKERS,
        group_speakers=GROUP_SPEAKERS,
    )
    ticked = real_time.perf_counter() - begun
    await _send(store, delivery, clock)
    asked_at = clock.now()
    checked = await _check_in(store, delivery, clock, found)
    over_at = clock.now()
    real = real_time.perf_counter() - begun
    calls = [(call.chat_id or 0, call.at) for call in telegram.calls() if call.status == 200]
    times = sorted(at for _, at in calls)
    asked = len(telegram.calls("sendMessage"))
    return [
        ("groups asked", asked, COHORTS),
        ("check-ins shown", checked, COHORTS * MEMBERS),
        ("refused for being too many", _refused(telegram), 0),
        ("most calls in a second", _most(times, SECOND), 30),
        ("most calls in a minute", _most(times, MINUTE), 1_500),
        ("most calls in a minute to one group", _most_to_one(calls), 20),
        ("seconds until every group is asked", (asked_at - NINE).seconds, 60),
        ("minutes until the last check-in is shown", (over_at - NINE) // MINUTE, "60 + 1"),
        ("real seconds: the tick, all of it", f"{ticked:.2f}, {real:.0f}", "—"),
    ]


async def _check_in(
    store: Store, delivery: Delivery, clock: HurriedClock, found: Sequence[int]
) -> int:
    """Every member presses Done at some moment of the hour."""
    chance = random.Random(5)
    presses = sorted(
        (chance.uniform(60, 3600), cohort, number * MEMBERS + place)
        for number, cohort in enumerate(found)
        for place in range(MEMBERS)
    )
    for first in range(0, len(presses), AT_ONCE):
        some = presses[first : first + AT_ONCE]
        at = NINE + timedelta(seconds=some[-1][0])
        if at > clock.now():
            clock.move(at - clock.now())
        await store.write(_pressed, some, clock.now())
        await _send(store, delivery, clock)
    return len(presses)


def _pressed(db: Db, presses: Sequence[tuple[float, int, int]], now: datetime) -> None:
    for _, cohort, person in presses:
        here = cohorts.get(db, cohort)
        assert here
        members.mark(
            db,
            cohort_id=cohort,
            person_id=10_000_000 + person,
            monday=MONDAY,
            mark=Mark.DONE,
            now=now,
        )
        show_week(db, here, 1, now, f"press:{person}")


async def _send(store: Store, delivery: Delivery, clock: HurriedClock) -> None:
    """Everything that waits leaves; time passes as its turn comes."""

    async def deliver(job: jobs.Job) -> None:
        await store.write(await delivery.deliver(job))

    for kind in (messages.SEND_ONCE, messages.SEND):
        while claimed := await _claim(store, clock, kind):
            await asyncio.gather(*map(deliver, claimed))


async def _claim(store: Store, clock: HurriedClock, kind: str) -> list[jobs.Job]:
    claimed = await store.write(
        jobs.claim,
        kind=kind,
        owner="bench",
        now=clock.now(),
        lease=timedelta(seconds=15),
        limit=64,
    )
    if claimed:
        return claimed
    due = await store.read(jobs.next_due, kind)
    if due is None:
        return []
    clock.move(max(due - clock.now(), timedelta(milliseconds=1)))
    return await _claim(store, clock, kind)


def _refused(telegram: LocalTelegram) -> int:
    return sum(call.status == 429 for call in telegram.calls())


def _most(times: Sequence[datetime], span: timedelta) -> int:
    """How many of the instants, in order, lie within any such span."""
    most = first = 0
    for last, instant in enumerate(times):
        while instant - times[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


def _most_to_one(calls: Sequence[tuple[int, datetime]]) -> int:
    by_chat: dict[int, list[datetime]] = defaultdict(list)
    for chat, at in calls:
        by_chat[chat].append(at)
    return max(_most(sorted(times), MINUTE) for times in by_chat.values())


if __name__ == "__main__":
    main()
