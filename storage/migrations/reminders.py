"""Clocks, quiet hours, plans and slots."""

from collections.abc import Iterator

from storage.migrations.dialect import Dialect


def m0002_times(d: Dialect) -> Iterator[str]:
    """When a person may be reminded: their quiet hours as HH:MM, and the pause they are in."""
    yield "ALTER TABLE people ADD COLUMN quiet_from TEXT NOT NULL DEFAULT '22:00'"
    yield "ALTER TABLE people ADD COLUMN quiet_to TEXT NOT NULL DEFAULT '08:00'"
    yield f"ALTER TABLE people ADD COLUMN zone_asked_at {d.integer}"
    yield f"ALTER TABLE people ADD COLUMN paused_at {d.integer}"
    yield f"ALTER TABLE people ADD COLUMN paused_until {d.integer}"
    yield f"""
        CREATE TABLE pauses (
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            started_at {d.integer} NOT NULL,
            ended_at {d.integer} NOT NULL,
            PRIMARY KEY (person_id, started_at)
        ) {d.strict}"""


def m0003_reminders(d: Dialect) -> Iterator[str]:
    """Plans are wall clocks; a slot is one planned sending and happens once."""
    yield f"""
        CREATE TABLE plans (
            id {d.id},
            person_id {d.integer} REFERENCES people (id) ON DELETE CASCADE,
            chat_id {d.integer} NOT NULL,
            thread_id {d.integer} NOT NULL,
            kind TEXT NOT NULL,
            zone TEXT NOT NULL,
            weekdays TEXT NOT NULL,
            at_time TEXT NOT NULL,
            rhythm TEXT NOT NULL,
            in_quiet {d.integer} NOT NULL,
            served_at {d.integer} NOT NULL,
            due_at {d.integer} NOT NULL,
            UNIQUE (chat_id, thread_id, kind)
        ) {d.strict}"""
    yield "CREATE INDEX plans_due ON plans (due_at, id)"
    yield "CREATE INDEX plans_served ON plans (served_at)"
    yield "CREATE INDEX plans_person ON plans (person_id)"
    yield f"""
        CREATE TABLE slots (
            id {d.id},
            person_id {d.integer} REFERENCES people (id) ON DELETE CASCADE,
            chat_id {d.integer} NOT NULL,
            thread_id {d.integer} NOT NULL,
            kind TEXT NOT NULL,
            local_date TEXT NOT NULL,
            local_time TEXT NOT NULL,
            zone TEXT NOT NULL,
            in_quiet {d.integer} NOT NULL,
            due_at {d.integer} NOT NULL,
            fresh_until {d.integer} NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'sent', 'uncertain',
                'missed', 'skipped', 'done')),
            reason TEXT,
            look_at {d.integer},
            claimed_at {d.integer},
            message_key TEXT,
            rounds {d.integer} NOT NULL DEFAULT 0,
            answered_at {d.integer},
            UNIQUE (chat_id, thread_id, kind, local_date, local_time)
        ) {d.strict}"""
    yield "CREATE INDEX slots_waiting ON slots (look_at, id) WHERE state = 'waiting'"
    yield "CREATE INDEX slots_claimed ON slots (claimed_at, id) WHERE state = 'claimed'"
    yield "CREATE INDEX slots_due ON slots (due_at)"
    yield "CREATE INDEX slots_message ON slots (message_key) WHERE message_key IS NOT NULL"
    yield "CREATE INDEX slots_person ON slots (person_id)"


def m0008_lost_groups(d: Dialect) -> Iterator[str]:
    """Groups that are gone or have sent us away; people keep this beside their own names."""
    yield f"""
        CREATE TABLE lost_groups (
            chat_id {d.integer} PRIMARY KEY,
            reason TEXT NOT NULL,
            lost_at {d.integer} NOT NULL
        ) {d.strict}"""
