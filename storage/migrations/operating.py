"""The steps for whoever runs the bot: messages to everybody, and what each job came of."""

from collections.abc import Iterator

from storage.migrations.dialect import Dialect


def m0019_broadcasts(d: Dialect) -> Iterator[str]:
    """Messages from the operator to everybody. `message_id` is the original in the operator's own
    chat, `shown_in` the message that tells how far it is; `sent` and `missed` are kept at the end,
    because the jobs that tell it before are forgotten."""
    yield f"""
        CREATE TABLE broadcasts (
            id {d.id},
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            message_id {d.integer} NOT NULL,
            shown_in {d.integer},
            state TEXT NOT NULL CHECK (state IN ('draft', 'running', 'stopped', 'done')),
            total {d.integer} NOT NULL,
            sent {d.integer} NOT NULL DEFAULT 0,
            missed {d.integer} NOT NULL DEFAULT 0,
            created_at {d.integer} NOT NULL
        ) {d.strict}"""


def m0021_origins(_d: Dialect) -> Iterator[str]:
    """What a job came of: one word that its log lines share with those of the update or the job it
    began with."""
    yield "ALTER TABLE jobs ADD COLUMN origin TEXT"


def m0022_bookings(d: Dialect) -> Iterator[str]:
    """What processes side by side have sent in the last minutes."""
    yield f"""
        CREATE TABLE bookings (
            id {d.id},
            owner TEXT NOT NULL,
            place {d.integer} NOT NULL,
            cost TEXT NOT NULL,
            at {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX bookings_at ON bookings (at)"
