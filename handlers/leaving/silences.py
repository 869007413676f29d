"""People who have said nothing for as long as the operator keeps them: warned, a month later
forgotten."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date

from coach.texts import say
from coach.wallclock import local
from handlers.chat import replies
from handlers.chat.wiping import wipe
from handlers.chat.work import Keeping, Work
from handlers.leaving.forgetting import Choice, forget, forget_button
from storage import Db, Store, people
from storage.people import Person

log = logging.getLogger(__name__)

MONTH = timedelta(days=30)
"""Between the warning and the end."""

AT_ONCE = 20
"""People in one tick, so that nobody waits for the others; the next tick goes on."""


async def tick(
    now: datetime,
    *,
    store: Store,
    work: Work,
    keeping: Keeping,
    token: Callable[[], str],
    default_zone: str = "UTC",
    **_: Any,
) -> None:
    """Nothing at all unless the operator has set RETENTION_DAYS."""
    if not keeping.silence:
        return
    before = now - timedelta(days=keeping.silence)
    if await store.write(_warn, before, now, default_zone):
        work.nudge("send")
    gone = await store.read(people.silent_since_warned, before, now - MONTH, AT_ONCE)
    for person in gone:
        await store.write(_forget, person, now, token())
    if gone:
        log.info("forgotten after long silence: %d", len(gone))
        await wipe(store, now, work)
        work.nudge("send")


def _warn(db: Db, before: datetime, now: datetime, default_zone: str) -> int:
    """Whoever can't be written to counts as warned. How many those were."""
    silent = people.silent(db, before, AT_ONCE)
    for person in silent:
        people.warn(db, person.id, now)
        if person.inactive_reason is None:
            _say(db, person, now, person.timezone or default_zone)
    return len(silent)


def _say(db: Db, person: Person, now: datetime, zone: str) -> None:
    language = person.language
    since, then = (
        format_date(local(moment, zone).date(), "d MMMM yyyy", locale=language)
        for moment in (person.seen_at, now + MONTH)
    )
    replies.send(
        db,
        key=f"silent:{person.id}:{now.date()}",
        chat_id=person.chat_id,
        said=say(language, "forgetting.silent", since=since, then=then),
        now=now,
        rows=[[forget_button(language, Choice.KEEP)], [forget_button(language, Choice.EXPORT)]],
    )


def _forget(db: Db, person: Person, now: datetime, salt: str) -> None:
    """Unless they have spoken a moment ago. The texts of others in their chat stay under the
    hand of those who gave them: a week after that they are gone anyway."""
    still = people.get(db, person.id)
    if still and still.seen_at == person.seen_at:
        forget(db, person, now, salt)
