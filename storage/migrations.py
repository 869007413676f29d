"""The tables, as numbered steps. Add at the end; what has been released is never edited.

A step is a function of the dialect that yields its statements, so that both engines take the same
steps. Every table that holds something about a person has a `person_id` (storage/privacy.py).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """The few words in which the engines differ when a table is made."""

    id: str  # a number that is never given twice: an old button must not find a new letter
    integer: str
    real: str
    bytes: str
    strict: str


SQLITE = Dialect(
    id="INTEGER PRIMARY KEY AUTOINCREMENT",
    integer="INTEGER",
    real="REAL",
    bytes="BLOB",
    strict="STRICT",
)

Step = Callable[[Dialect], Iterator[str]]


def m0001_first_tables(d: Dialect) -> Iterator[str]:
    """People, the queue, what was sent, letters and what was said about them."""
    yield from _people(d)
    yield from _jobs(d)
    yield from _letters(d)
    yield from _reviews(d)
    yield from _chats(d)


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


def m0008_lost_groups(d: Dialect) -> Iterator[str]:
    """Groups that are gone or have sent us away; people keep this beside their own names."""
    yield f"""
        CREATE TABLE lost_groups (
            chat_id {d.integer} PRIMARY KEY,
            reason TEXT NOT NULL,
            lost_at {d.integer} NOT NULL
        ) {d.strict}"""


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


STEPS: tuple[Step, ...] = (
    m0001_first_tables,
    m0002_times,
    m0003_reminders,
    m0004_habits,
    m0005_offers,
    m0006_quizzes,
    m0007_cards,
    m0008_lost_groups,
    m0009_imports,
    m0010_cohorts,
    m0011_peer_review,
    m0012_steps,
    m0013_consent,
    m0014_own_words,
    m0015_sheets,
)


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
