"""What a letter's documents, decisions and readers need."""

from collections.abc import Iterator

from storage.migrations.dialect import Dialect


def m0012_steps(d: Dialect) -> Iterator[str]:
    """Which decision of its writer's was about an edit, so that the last can be taken back."""
    yield f"ALTER TABLE edits ADD COLUMN step {d.integer}"


def m0013_consent(d: Dialect) -> Iterator[str]:
    """Who would rather not have a model read their letters, and who lets it read names."""
    yield f"ALTER TABLE people ADD COLUMN model_declined_at {d.integer}"
    yield f"ALTER TABLE people ADD COLUMN unveiled_at {d.integer}"


def m0014_own_words(d: Dialect) -> Iterator[str]:
    """The words that people have called right."""
    yield f"""
        CREATE TABLE own_words (
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            word TEXT NOT NULL,
            step {d.integer} NOT NULL,
            created_at {d.integer} NOT NULL,
            PRIMARY KEY (person_id, word)
        ) {d.strict}"""


def m0015_sheets(d: Dialect) -> Iterator[str]:
    """Photos of a letter's pages that have come in and are not read yet."""
    yield f"""
        CREATE TABLE sheets (
            chat_id {d.integer} NOT NULL,
            message_id {d.integer} NOT NULL,
            album TEXT NOT NULL,
            file_id TEXT NOT NULL,
            name TEXT NOT NULL,
            created_at {d.integer} NOT NULL,
            PRIMARY KEY (chat_id, message_id)
        ) {d.strict}"""


def m0016_facts_and_rewrites(d: Dialect) -> Iterator[str]:
    """What people have confirmed about themselves, and the passages that they say anew: an edit
    may be such a rewrite, and covers the slips in its passage."""
    yield f"""
        CREATE TABLE facts (
            id {d.id},
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            question TEXT NOT NULL,
            answer TEXT NOT NULL,
            created_at {d.integer} NOT NULL,
            UNIQUE (person_id, key)
        ) {d.strict}"""
    yield f"""
        CREATE TABLE rewrites (
            id {d.id},
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            version_id {d.integer} NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
            key TEXT NOT NULL,
            start_at {d.integer} NOT NULL,
            end_at {d.integer} NOT NULL,
            advice TEXT NOT NULL,
            wish TEXT NOT NULL,
            replacement TEXT NOT NULL,
            why TEXT NOT NULL,
            questions TEXT NOT NULL,
            earlier TEXT NOT NULL,
            author TEXT NOT NULL,
            state TEXT NOT NULL,
            asked {d.integer} NOT NULL,
            tries {d.integer} NOT NULL,
            shown_in TEXT NOT NULL,
            created_at {d.integer} NOT NULL,
            UNIQUE (person_id, key)
        ) {d.strict}"""
    yield "CREATE INDEX rewrites_version ON rewrites (version_id)"
    yield f"ALTER TABLE edits ADD COLUMN rewrite {d.integer}"
    yield f"ALTER TABLE edits ADD COLUMN covered_by {d.integer}"


def m0017_postings(d: Dialect) -> Iterator[str]:
    """The postings that letters are held against; one without a letter waits for the next."""
    yield f"""
        CREATE TABLE postings (
            id {d.id},
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            letter_id {d.integer} UNIQUE REFERENCES letters (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            created_at {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX postings_person ON postings (person_id)"
