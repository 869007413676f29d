"""Whose every row is: what `/export` gathers and `/forget` deletes."""

from collections.abc import Iterator

from storage import broadcasts
from storage.engine import Db, Row
from storage.messages import SEND, SEND_ONCE

MESSAGES = (SEND, SEND_ONCE)

OWNERS = {
    # A row goes before the row it leans on.
    "attachments": "person_id",
    "sent_messages": "person_id",
    "jobs": "person_id",
    "edits": "person_id",
    "rewrites": "person_id",
    "reviews": "person_id",
    "sources": "person_id",
    "versions": "person_id",
    "postings": "person_id",
    "letters": "person_id",
    "own_words": "person_id",
    "facts": "person_id",
    "sheets": "chat_id",  # and so do photos of pages
    "pieces": "chat_id",  # pieces come in private chats, whose number is the person's
    "conversations": "person_id",
    "model_calls": "person_id",
    "pauses": "person_id",
    "slots": "person_id",
    "plans": "person_id",
    "proofs": "person_id",
    "habit_weeks": "person_id",
    "habit_plans": "person_id",
    "craft_answers": "person_id",
    "offers": "person_id",
    "imports": "person_id",
    "sessions": "person_id",
    "studies": "person_id",
    "grades": "person_id",
    "cards": "person_id",
    "notes": "person_id",
    "readings": "person_id",
    "excerpts": "person_id",
    "pair_members": "person_id",
    "invitations": "person_id",
    "marks": "person_id",
    "members": "person_id",
    "broadcasts": "person_id",
    "people": "id",
}
"""Every table that holds something about a person, and the column that says about whom."""

IMPERSONAL = frozenset({"bookings", "cohorts", "pairs", "quizzes", "lost_groups", "forgotten"})
"""The tables that hold nothing about anybody. Beside them each engine keeps which steps it took."""


SUBJECTS = {
    "letters": (
        *("letters", "versions", "sources", "reviews", "edits", "rewrites"),
        *("postings", "facts", "own_words", "pieces", "sheets"),
    ),
    "cards": ("notes", "cards", "grades", "studies", "sessions", "offers", "imports"),
    "habits": ("habit_plans", "habit_weeks", "proofs", "craft_answers"),
    "cohorts": ("members", "marks", "pair_members", "excerpts", "readings", "invitations"),
    "reminders": ("plans", "slots", "pauses"),
    "you": ("people",),
    "work": (
        *("jobs", "attachments", "sent_messages", "conversations", "model_calls"),
        "broadcasts",
    ),
}
"""What those tables are about, as `/privacy` and docs/privacy.md tell it."""

FILES = {"attachments": "job_id", "sources": "version_id", "imports": "id"}
"""The tables whose rows hold a file, and the number of a row."""

JSON = {
    "jobs": ("payload",),
    "versions": ("notes",),
    "reviews": ("content",),
    "rewrites": ("questions", "earlier"),
    "conversations": ("data",),
    "habit_weeks": ("offered",),
    "offers": ("content",),
    "imports": ("counts",),
    "sessions": ("content",),
    "studies": ("light", "weights"),
}
"""The columns whose text is JSON."""


def export(db: Db, person_id: int) -> dict[str, list[Row]]:
    """Everything that is kept about a person, table by table, as it is kept; but nothing that
    others have written."""
    return {table: [*rows(db, table, person_id)] for table in OWNERS}


def rows(db: Db, table: str, person_id: int) -> Iterator[Row]:
    """A table's rows about a person, those with a file one at a time, and without what is about
    others: who reads a passage; a message on its way, which may name a cohort and stands in the
    chat as soon as it is out."""
    for row in _rows(db, table, person_id):
        if table == "jobs" and (row["kind"] in MESSAGES or _from_group(row)):
            yield row | {"payload": "{}"}
        elif table == "attachments":
            yield row | {"data": None}
        elif table == "excerpts":
            yield row | {"reader_id": None}
        else:
            yield row


def _rows(db: Db, table: str, person_id: int) -> Iterator[Row]:
    mine = f"FROM {table} WHERE {OWNERS[table]} = :id"
    number = FILES.get(table)
    if number is None:
        yield from db.query(f"SELECT * {mine}", id=person_id)
        return
    for found in db.query(f"SELECT {number} AS number {mine}", id=person_id):
        sql = f"SELECT * {mine} AND {number} = :number"
        yield from db.query(sql, id=person_id, number=found["number"])


def _from_group(row: Row) -> bool:
    """Whether a job is an update that may quote others."""
    return row["kind"] == "update" and '"type": "private"' not in row["payload"]


def forget(db: Db, person_id: int) -> int:
    """Deletes it all; how many rows that were. The bytes are gone from the disk after
    `Store.wipe`, and from the backups when those are thrown away."""
    broadcasts.withdraw_of(db, person_id)
    return sum(
        db.run(f"DELETE FROM {table} WHERE {owner} = :id", id=person_id)  # noqa: S608
        for table, owner in OWNERS.items()
    )
