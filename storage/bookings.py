"""What has left for Telegram in the last minutes, so that processes side by side keep to its limits
together. A chat is a number that only those who know the chat can find (bot/budgets.py)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.beside import beside
from storage.engine import Db
from storage.instants import from_ms, to_ms

KEPT = timedelta(minutes=2)
"""Longer than any of Telegram's limits looks back."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A call that another process booked."""

    id: int
    place: int
    cost: str
    at: datetime


@beside
def book(db: Db, *, owner: str, place: int, cost: str, at: datetime, seen: int) -> list[Booking]:
    """Books a call, unless others have booked calls that `owner` hasn't seen yet: those are
    returned, and nothing is booked. `seen` is the number of the last that it has."""
    db.alone_at("bookings")
    news = _news(db, owner, at - KEPT, seen)
    if not news:
        db.run("DELETE FROM bookings WHERE at < :before", before=to_ms(at - KEPT))
        db.run(
            "INSERT INTO bookings (owner, place, cost, at) VALUES (:owner, :place, :cost, :at)",
            owner=owner,
            place=place,
            cost=cost,
            at=to_ms(at),
        )
    return news


def _news(db: Db, owner: str, since: datetime, seen: int) -> list[Booking]:
    rows = db.query(
        """SELECT id, place, cost, at FROM bookings
           WHERE id > :seen AND at >= :since AND owner <> :owner ORDER BY id""",
        seen=seen,
        since=to_ms(since),
        owner=owner,
    )
    return [Booking(row["id"], row["place"], row["cost"], from_ms(row["at"])) for row in rows]
