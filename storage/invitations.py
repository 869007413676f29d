"""Invitations into cohorts: what a link may open, until when, and no longer when it is revoked.

Only the hash of a token is kept, so that nobody who reads the database can walk in.
"""

from datetime import datetime, timedelta
from hashlib import sha256

from storage.engine import Db
from storage.instants import to_ms

LASTS = timedelta(days=14)
"""How long an invitation opens the door."""


def invite(db: Db, *, token: str, cohort_id: int, person_id: int, now: datetime) -> None:
    """Lets whoever has the token in, on behalf of a person; `token` has 128 random bits."""
    db.run(
        """INSERT INTO invitations (token_hash, cohort_id, person_id, expires_at)
           VALUES (:hash, :cohort_id, :person_id, :expires_at) ON CONFLICT DO NOTHING""",
        hash=_hash(token),
        cohort_id=cohort_id,
        person_id=person_id,
        expires_at=to_ms(now + LASTS),
    )


def cohort_of(db: Db, token: str, now: datetime) -> int | None:
    """The cohort that a token opens; None for one that never was, has expired or was revoked."""
    row = db.one(
        "SELECT cohort_id FROM invitations WHERE token_hash = :hash AND expires_at > :now",
        hash=_hash(token),
        now=to_ms(now),
    )
    return row["cohort_id"] if row else None


def revoke(db: Db, cohort_id: int) -> int:
    """All links to a cohort are dead from now on; how many there were."""
    return db.run("DELETE FROM invitations WHERE cohort_id = :id", id=cohort_id)


def purge(db: Db, now: datetime) -> int:
    """Forgets what has expired."""
    return db.run("DELETE FROM invitations WHERE expires_at <= :now", now=to_ms(now))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
