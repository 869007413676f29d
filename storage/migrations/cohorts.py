"""Groups: quizzes, cohorts, letters that members read for each other."""

from collections.abc import Iterator

from storage.migrations.dialect import Dialect


def m0006_quizzes(d: Dialect) -> Iterator[str]:
    """Quizzes in groups, one a day, with how many answered and how many knew it: nobody's answer is
    kept. A poll is known by an id of its own, which comes back when it is sent."""
    yield f"""
        CREATE TABLE quizzes (
            id {d.id},
            chat_id {d.integer} NOT NULL,
            thread_id {d.integer},
            on_day TEXT NOT NULL,
            card TEXT NOT NULL,
            correct {d.integer} NOT NULL,
            voters {d.integer} NOT NULL DEFAULT 0,
            knew {d.integer} NOT NULL DEFAULT 0,
            closed {d.integer} NOT NULL DEFAULT 0,
            created_at {d.integer} NOT NULL,
            UNIQUE (chat_id, on_day)
        ) {d.strict}"""
    yield "ALTER TABLE sent_messages ADD COLUMN poll_id TEXT"
    yield "CREATE INDEX sent_messages_poll ON sent_messages (poll_id) WHERE poll_id IS NOT NULL"


def m0010_cohorts(d: Dialect) -> Iterator[str]:
    """Groups that learn together: who is in, what of a week they have said, who reads whom. A
    cohort has its own number, because a group's changes when it grows; days are local dates."""
    yield from _cohorts(d)
    yield from _peer_review(d)


def m0011_peer_review(d: Dialect) -> Iterator[str]:
    """Who was given a passage, and which pairs ended because somebody reported the other."""
    yield f"ALTER TABLE pairs ADD COLUMN reported {d.integer} NOT NULL DEFAULT 0"
    yield f"""
        ALTER TABLE excerpts ADD COLUMN reader_id {d.integer}
            REFERENCES people (id) ON DELETE SET NULL"""
    yield "CREATE INDEX excerpts_reader ON excerpts (reader_id) WHERE reader_id IS NOT NULL"


def _cohorts(d: Dialect) -> Iterator[str]:
    yield f"""
        CREATE TABLE cohorts (
            id {d.id},
            chat_id {d.integer} NOT NULL,
            thread_id {d.integer} NOT NULL,
            title TEXT NOT NULL,
            language TEXT NOT NULL,
            zone TEXT NOT NULL,
            weekday {d.integer} NOT NULL,
            at_time TEXT NOT NULL,
            weeks {d.integer} NOT NULL,
            starts_on TEXT NOT NULL,
            round {d.integer} NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('draft', 'forming', 'running', 'paused',
                'done')),
            created_at {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE UNIQUE INDEX cohorts_place ON cohorts (chat_id, thread_id) WHERE state <> 'done'"
    yield f"""
        CREATE TABLE members (
            cohort_id {d.integer} NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            role TEXT NOT NULL CHECK (role IN ('member', 'organiser', 'mentor')),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'active', 'left')),
            name TEXT NOT NULL,
            goal TEXT NOT NULL,
            moment TEXT NOT NULL,
            habit_id TEXT,
            sharing TEXT NOT NULL CHECK (sharing IN ('done', 'link')),
            swaps {d.integer} NOT NULL,
            mentored {d.integer} NOT NULL,
            from_week {d.integer} NOT NULL,
            joined_at {d.integer} NOT NULL,
            left_at {d.integer},
            PRIMARY KEY (cohort_id, person_id)
        ) {d.strict}"""
    yield "CREATE INDEX members_person ON members (person_id)"
    yield f"""
        CREATE TABLE marks (
            cohort_id {d.integer} NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            monday TEXT NOT NULL,
            mark TEXT NOT NULL CHECK (mark IN ('committed', 'done', 'away')),
            link TEXT,
            sentence TEXT NOT NULL,
            marked_at {d.integer} NOT NULL,
            PRIMARY KEY (cohort_id, monday, person_id)
        ) {d.strict}"""
    yield "CREATE INDEX marks_person ON marks (person_id)"
    yield f"""
        CREATE TABLE invitations (
            token_hash TEXT PRIMARY KEY,
            cohort_id {d.integer} NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            expires_at {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX invitations_cohort ON invitations (cohort_id)"
    yield "CREATE INDEX invitations_person ON invitations (person_id)"


def _peer_review(d: Dialect) -> Iterator[str]:
    yield f"""
        CREATE TABLE pairs (
            id {d.id},
            cohort_id {d.integer} NOT NULL REFERENCES cohorts (id) ON DELETE CASCADE,
            monday TEXT NOT NULL,
            ended_at {d.integer},
            created_at {d.integer} NOT NULL
        ) {d.strict}"""
    yield "CREATE INDEX pairs_week ON pairs (cohort_id, monday)"
    yield f"""
        CREATE TABLE pair_members (
            pair_id {d.integer} NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            PRIMARY KEY (pair_id, person_id)
        ) {d.strict}"""
    yield "CREATE INDEX pair_members_person ON pair_members (person_id)"
    yield f"""
        CREATE TABLE excerpts (
            id {d.id},
            pair_id {d.integer} NOT NULL REFERENCES pairs (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            given_at {d.integer},
            gone_at {d.integer},
            UNIQUE (pair_id, person_id)
        ) {d.strict}"""
    yield "CREATE INDEX excerpts_person ON excerpts (person_id)"
    yield f"""
        CREATE TABLE readings (
            excerpt_id {d.integer} NOT NULL REFERENCES excerpts (id) ON DELETE CASCADE,
            person_id {d.integer} NOT NULL REFERENCES people (id) ON DELETE CASCADE,
            question {d.integer} NOT NULL,
            answer TEXT NOT NULL,
            created_at {d.integer} NOT NULL,
            PRIMARY KEY (excerpt_id, person_id, question)
        ) {d.strict}"""
    yield "CREATE INDEX readings_person ON readings (person_id)"
