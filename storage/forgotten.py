"""Who was forgotten: a mark that nobody can read, so that a backup which is put back forgets them
again. It keeps nobody from coming back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import scrypt

from storage import people, privacy
from storage.engine import Db
from storage.instants import from_ms, to_ms

COST = 2**12
"""Rounds of scrypt: 10 ms a try. Ten thousand people are compared in two minutes; to find one
among all numbers that Telegram can give (2^52) would take a million years."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody who was forgotten at an instant."""

    mark: str
    salt: str
    at: datetime


def add(db: Db, person_id: int, *, salt: str, now: datetime) -> None:
    """Marks somebody. `salt` is random; one that is in use already is used instead, so that a
    person needs to be compared once only."""
    used = db.one("SELECT salt FROM forgotten LIMIT 1")
    salt = used["salt"] if used else salt
    _keep(db, Mark(_mark(person_id, salt), salt, now))


def marks(db: Db) -> list[Mark]:
    """Everybody's."""
    rows = db.query("SELECT * FROM forgotten ORDER BY forgotten_at")
    return [Mark(row["mark"], row["salt"], from_ms(row["forgotten_at"])) for row in rows]


def carry(db: Db, known: Iterable[Mark]) -> int:
    """Brings marks into a database from before, and forgets again whoever they mean. Somebody
    who came back after that stays. How many were forgotten."""
    known = list(known)
    for one in known:
        _keep(db, one)
    gone_at = {one.mark: one.at for one in known}
    salts = {one.salt for one in known}
    found = 0
    for row in db.query("SELECT id FROM people") if known else ():
        person = people.get(db, row["id"])
        since = [gone_at.get(_mark(row["id"], salt)) for salt in salts]
        if person and any(at and person.created_at <= at for at in since):
            privacy.forget(db, person.id)
            found += 1
    return found


def purge(db: Db, before: datetime) -> int:
    """Forgets marks that no backup can need any more; how many there were."""
    return db.run("DELETE FROM forgotten WHERE forgotten_at < :before", before=to_ms(before))


def _mark(person_id: int, salt: str) -> str:
    return scrypt(str(person_id).encode(), salt=salt.encode(), n=COST, r=8, p=1, dklen=16).hex()


def _keep(db: Db, mark: Mark) -> None:
    db.run(
        """INSERT INTO forgotten (mark, salt, forgotten_at) VALUES (:mark, :salt, :at)
           ON CONFLICT (mark) DO UPDATE SET forgotten_at = excluded.forgotten_at""",
        mark=mark.mark,
        salt=mark.salt,
        at=to_ms(mark.at),
    )
