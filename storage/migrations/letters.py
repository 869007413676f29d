"""The first tables: people, the queue, what was sent, letters and what was said about them."""

from collections.abc import Iterator

from storage.migrations.dialect import Dialect


def m0001_first_tables(d: Dialect) -> Iterator[str]:
    """People, the queue, what was sent, letters and what was said about them."""
    yield from _people(d)
    yield from _jobs(d)
    yield from _letters(d)
    yield from _reviews(d)
    yield from _chats(d)


def _people(d: Dialect) -> Iterator[str]:
    yield f"""
        CREATE TABLE people (
            id {d.integer} PRIMARY KEY,
            chat_id {d.integer} NOT NULL,
            language TEXT NOT NULL,
            timezone TEXT,
            created_at {d.integer} NOT NULL,
            seen_at {d.integer} NOT NULL,
            inactive_reason TEXT,
            inactive_at {d.integer},
            model_agreed_at {d.integer}
        ) {d.strict}"""
    yield "CREATE INDEX people_chat ON people (chat_id)"


def _jobs(d: Dialect) -> Iterator[str]:
    """A job is open until `finished_at`; `ready_at` is when it may be claimed: its due time while
    it waits, the end of the lease while it is claimed. Who claims looks at open rows only, so that
    a claim costs what is due and not what has ever been done; who counts reads indexes alone."""
    yield f"""
        CREATE TABLE jobs (
            id {d.id},
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            lane TEXT,
            person_id {d.integer},
            state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'done', 'dead')),
            due_at {d.integer} NOT NULL,
            ready_at {d.integer} NOT NULL,
            attempts {d.integer} NOT NULL DEFAULT 0,
            owner TEXT,
            payload TEXT NOT NULL,
            error TEXT,
            created_at {d.integer} NOT NULL,
            finished_at {d.integer},
            UNIQUE (kind, key)
        ) {d.strict}"""
    # SQLite reads a row to make sure of `finished_at` unless the index holds it, too.
    yield """
        CREATE INDEX jobs_ready ON jobs (kind, ready_at, id, state, finished_at)
        WHERE finished_at IS NULL"""
    yield "CREATE INDEX jobs_lane ON jobs (kind, lane, id) WHERE finished_at IS NULL"
    yield "CREATE INDEX jobs_claimed ON jobs (kind, lane) WHERE state = 'claimed'"
    yield """
        CREATE INDEX jobs_finished ON jobs (state, finished_at, kind)
        WHERE finished_at IS NOT NULL"""
    yield "CREATE INDEX jobs_person ON jobs (person_id) WHERE person_id IS NOT NULL"
    yield f"""
        CREATE TABLE attachments (
            job_id {d.integer} PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
            person_id {d.integer},
            field TEXT NOT NULL,
            filename TEXT NOT NULL,
            data {d.bytes} NOT NULL
        ) {d.strict}"""
    yield f"""
        CREATE TABLE sent_messages (
            key TEXT PRIMARY KEY,
            person_id {d.integer},
            chat_id {d.integer} NOT NULL,
            message_id {d.integer} NOT NULL,
            sent_at {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX sent_messages_chat ON sent_messages (chat_id, message_id)"


def _letters(d: Dialect) -> Iterator[str]:
    yield f"""
        CREATE TABLE letters (
            id {d.id},
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            chat_id {d.integer} NOT NULL,
            title TEXT NOT NULL,
            kind TEXT NOT NULL,
            created_at {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX letters_person ON letters (person_id, id)"
    yield f"""
        CREATE TABLE versions (
            id {d.id},
            letter_id {d.integer} NOT NULL REFERENCES letters (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            number {d.integer} NOT NULL,
            source_key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            language TEXT NOT NULL,
            encoding TEXT,
            notes TEXT NOT NULL,
            text TEXT NOT NULL,
            text_sha256 TEXT NOT NULL,
            created_at {d.integer} NOT NULL,
            UNIQUE (letter_id, number)
        ) {d.strict}"""
    yield "CREATE INDEX versions_person ON versions (person_id, id)"
    yield f"""
        CREATE TABLE sources (
            version_id {d.integer} PRIMARY KEY REFERENCES versions (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            data {d.bytes} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX sources_person ON sources (person_id)"


def _reviews(d: Dialect) -> Iterator[str]:
    yield f"""
        CREATE TABLE reviews (
            id {d.id},
            version_id {d.integer} NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            engine TEXT NOT NULL,
            content TEXT NOT NULL,
            created_at {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX reviews_version ON reviews (version_id, id)"
    yield "CREATE INDEX reviews_person ON reviews (person_id)"
    yield f"""
        CREATE TABLE edits (
            review_id {d.integer} NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
            number {d.integer} NOT NULL,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            start_at {d.integer} NOT NULL,
            end_at {d.integer} NOT NULL,
            wrong_text TEXT NOT NULL,
            right_text TEXT NOT NULL,
            kind TEXT NOT NULL,
            source TEXT NOT NULL,
            confidence {d.real} NOT NULL,
            ask {d.integer} NOT NULL,
            reason TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'skipped')),
            decided_at {d.integer},
            PRIMARY KEY (review_id, number)
        ) {d.strict}"""
    yield "CREATE INDEX edits_person ON edits (person_id)"


def _chats(d: Dialect) -> Iterator[str]:
    """What is remembered of a conversation, and what asking the model has cost."""
    yield f"""
        CREATE TABLE pieces (
            chat_id {d.integer} NOT NULL,
            message_id {d.integer} NOT NULL,
            text TEXT NOT NULL,
            created_at {d.integer} NOT NULL,
            PRIMARY KEY (chat_id, message_id)
        ) {d.strict}"""
    yield f"""
        CREATE TABLE conversations (
            key TEXT PRIMARY KEY,
            person_id {d.integer},
            state TEXT,
            data TEXT NOT NULL,
            updated_at {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX conversations_person ON conversations (person_id)"
    yield f"""
        CREATE TABLE model_calls (
            id {d.id},
            person_id {d.integer},
            prompt TEXT NOT NULL,
            version TEXT NOT NULL,
            model TEXT NOT NULL,
            outcome TEXT NOT NULL,
            prompt_tokens {d.integer} NOT NULL,
            cached_tokens {d.integer} NOT NULL,
            completion_tokens {d.integer} NOT NULL,
            started_at {d.integer} NOT NULL,
            milliseconds {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX model_calls_person ON model_calls (person_id, started_at)"


def m0018_forgotten(d: Dialect) -> Iterator[str]:
    """Who was forgotten, unreadable, so that a backup which is put back forgets them again."""
    yield f"""
        CREATE TABLE forgotten (
            mark TEXT PRIMARY KEY,
            salt TEXT NOT NULL,
            forgotten_at {d.integer} NOT NULL
        ) {d.strict}"""


def m0020_silence(d: Dialect) -> Iterator[str]:
    """Who has been silent for long, and when they were told what will happen."""
    yield f"ALTER TABLE people ADD COLUMN warned_at {d.integer}"
    yield "CREATE INDEX people_seen ON people (seen_at, id)"
