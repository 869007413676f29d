"""Habits, cards and where they come from."""

from collections.abc import Iterator

from storage.migrations.dialect import Dialect


def m0004_habits(d: Dialect) -> Iterator[str]:
    """Weekly habits, what was made of them, and the craftsman's plan. A week is named by its
    Monday; days are local dates as ISO writes them."""
    yield f"""
        CREATE TABLE habit_plans (
            person_id {d.integer} PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
            goal TEXT NOT NULL,
            minutes {d.integer} NOT NULL,
            moment TEXT NOT NULL,
            started_at {d.integer} NOT NULL
        ) {d.strict}"""
    yield f"""
        CREATE TABLE habit_weeks (
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            monday TEXT NOT NULL,
            habit_id TEXT,
            offered TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'done', 'skipped')),
            claimed_at {d.integer},
            created_at {d.integer} NOT NULL,
            PRIMARY KEY (person_id, monday)
        ) {d.strict}"""
    yield f"""
        CREATE TABLE proofs (
            id {d.id},
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            made_on TEXT NOT NULL,
            monday TEXT NOT NULL,
            habit_id TEXT,
            link TEXT,
            sentence TEXT NOT NULL,
            place TEXT NOT NULL,
            created_at {d.integer} NOT NULL,
            UNIQUE (person_id, place)
        ) {d.strict}"""
    yield "CREATE INDEX proofs_wall ON proofs (person_id, made_on, id)"
    yield f"""
        CREATE TABLE craft_answers (
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            quarter TEXT NOT NULL,
            craft TEXT NOT NULL,
            answer TEXT NOT NULL,
            answered_at {d.integer} NOT NULL,
            PRIMARY KEY (person_id, quarter, craft)
        ) {d.strict}"""


def m0005_offers(d: Dialect) -> Iterator[str]:
    """Cards as they are shown before any of them is kept."""
    yield f"""
        CREATE TABLE offers (
            id {d.id},
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            source TEXT NOT NULL,
            deck TEXT NOT NULL,
            content TEXT NOT NULL,
            replaces {d.integer},
            created_at {d.integer} NOT NULL,
            kept_at {d.integer},
            UNIQUE (person_id, key)
        ) {d.strict}"""


def m0007_cards(d: Dialect) -> Iterator[str]:
    """Notes, their cards, the log of grades, and how a person studies. Days are study days, as
    ordinals; the log names cards without leaning on them, because it outlives them."""
    yield f"""
        CREATE TABLE notes (
            id {d.id},
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            deck TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('basic', 'both', 'cloze')),
            front TEXT NOT NULL,
            back TEXT NOT NULL,
            tags TEXT NOT NULL,
            guid TEXT NOT NULL,
            source TEXT NOT NULL,
            created_at {d.integer} NOT NULL,
            changed_at {d.integer} NOT NULL,
            UNIQUE (person_id, guid)
        ) {d.strict}"""
    yield f"""
        CREATE TABLE cards (
            id {d.id},
            note_id {d.integer} NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            ordinal {d.integer} NOT NULL,
            suspended {d.integer} NOT NULL DEFAULT 0,
            leech {d.integer} NOT NULL DEFAULT 0,
            due_day {d.integer},
            memory_day {d.integer},
            interval {d.integer} NOT NULL DEFAULT 0,
            stability {d.real},
            difficulty {d.real},
            reps {d.integer} NOT NULL DEFAULT 0,
            lapses {d.integer} NOT NULL DEFAULT 0,
            UNIQUE (note_id, ordinal)
        ) {d.strict}"""
    yield "CREATE INDEX cards_person ON cards (person_id, id)"
    yield """
        CREATE INDEX cards_due ON cards (person_id, due_day, id)
        WHERE suspended = 0 AND due_day IS NOT NULL"""
    yield """
        CREATE INDEX cards_new ON cards (person_id, id) WHERE suspended = 0 AND due_day IS NULL"""
    yield f"""
        CREATE TABLE grades (
            id {d.id},
            card_id {d.integer} NOT NULL,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            rating {d.integer} NOT NULL CHECK (rating BETWEEN 1 AND 4),
            at {d.integer} NOT NULL,
            day {d.integer} NOT NULL,
            seconds {d.real},
            interval {d.integer},
            scheduler TEXT NOT NULL,
            session_id TEXT,
            position {d.integer},
            UNIQUE (session_id, position)
        ) {d.strict}"""
    yield "CREATE INDEX grades_day ON grades (person_id, day)"
    yield "CREATE INDEX grades_card ON grades (card_id, at)"
    yield f"""
        CREATE TABLE studies (
            person_id {d.integer} PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
            reviews {d.integer} NOT NULL,
            new {d.integer} NOT NULL,
            retention {d.real} NOT NULL,
            longest {d.integer} NOT NULL,
            light TEXT NOT NULL,
            weights TEXT,
            gathers_few {d.integer} NOT NULL,
            interview_on {d.integer},
            interview_since {d.integer},
            comeback {d.integer},
            skipped_day {d.integer},
            announced_day {d.integer}
        ) {d.strict}"""
    yield f"""
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            content TEXT NOT NULL,
            opened_at {d.integer} NOT NULL,
            ended_at {d.integer}
        ) {d.strict}"""
    yield "CREATE INDEX sessions_person ON sessions (person_id)"


def m0009_imports(d: Dialect) -> Iterator[str]:
    """Files of cards that were read and wait for a word, until they are kept."""
    yield f"""
        CREATE TABLE imports (
            id {d.id},
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            name TEXT NOT NULL,
            content {d.bytes} NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'over')),
            counts TEXT NOT NULL,
            created_at {d.integer} NOT NULL,
            UNIQUE (person_id, key)
        ) {d.strict}"""
