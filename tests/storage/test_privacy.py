"""Nothing about a person can be kept without being found again."""

from datetime import time
from random import Random

import pytest

from coach.additions import Written
from coach.cards import Grade
from coach.cohorts import Calendar, Mark, Membership
from coach.crafts import Craft
from coach.facts import Fact
from coach.habits import Goal
from coach.letters import Rewrite
from coach.memory import Rating
from coach.notes import NoteKind
from coach.offers import Offered
from coach.proofs import Evidence
from coach.reminders import Kind, next_slot
from coach.sessions import start
from coach.weeks import monday_of
from storage import (
    broadcasts,
    cards,
    cohorts,
    conversations,
    crafts,
    facts,
    grades,
    habits,
    imports,
    invitations,
    jobs,
    members,
    messages,
    notes,
    offers,
    own_words,
    people,
    pieces,
    postings,
    privacy,
    proofs,
    reminders,
    reviews,
    rewrites,
    sessions,
    sheets,
    slots,
    spending,
    studies,
)
from storage.members import Profile
from storage.notes import NewNote
from storage.sqlite import SqliteDb

MARKER = "Zanzibarite-4711"
STEPS_TAKEN = {"_sqlite_migrations", "_migrations"}


def tables(db):
    """Every table, on either engine."""
    if isinstance(db, SqliteDb):
        rows = db.query("SELECT name FROM sqlite_master WHERE type = 'table'")
    else:
        rows = db.query("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
    return {row["name"] for row in rows if not row["name"].startswith("sqlite_")}


def columns(db, table):
    if isinstance(db, SqliteDb):
        rows = db.query("SELECT name FROM pragma_table_info(:table)", table=table)
    else:
        rows = db.query(
            """SELECT column_name AS name FROM information_schema.columns
               WHERE table_schema = 'public' AND table_name = :table""",
            table=table,
        )
    return {row["name"] for row in rows}


async def test_every_table_says_whose_its_rows_are(store):
    found = await store.read(tables)
    assert found - STEPS_TAKEN == privacy.OWNERS.keys() | privacy.IMPERSONAL
    for table, owner in privacy.OWNERS.items():
        assert owner in await store.read(columns, table)


async def test_every_table_that_names_a_chat_moves_with_it(store):
    with_chat = {
        table for table in await store.read(tables) if "chat_id" in await store.read(columns, table)
    }
    assert with_chat == set(messages.CHATS)


def live(db, person_id, now, add_letter, review):
    """A person with a row in every table."""
    people.seen(db, id=person_id, language="en", now=now)
    people.start_pause(db, person_id, now=now, until=None)
    people.end_pause(db, person_id, now)
    broadcasts.draft(db, person_id=person_id, message_id=5, total=2, now=now)
    version = add_letter(
        db, person_id, f"from:{person_id}", text=MARKER * 400, source=MARKER.encode() * 400
    )
    reviews.save(db, version_id=version.id, review=review, now=now)
    rewrites.begin(
        db,
        key="k",
        person_id=person_id,
        version_id=version.id,
        rewrite=Rewrite(MARKER, 0, 1, MARKER, MARKER),
        advice=MARKER,
        shown_in="1",
        now=now,
    )
    file = messages.Attachment("document", "a.txt", MARKER.encode())
    lane = str(person_id)
    jobs.add(db, kind="update", key=f"u{lane}", payload={"t": MARKER}, due_at=now, lane=lane)
    add_message(db, person_id, f"sent{person_id}", now, None)
    add_message(db, person_id, f"out{person_id}", now, file)
    job = jobs.claim(db, kind="send", owner="x", now=now, lease=now - now, limit=9)[-1]
    messages.sent(db, job, chat_id=person_id, message_id=5, now=now)
    pieces.add(db, chat_id=person_id, message_id=1, text=MARKER, now=now)
    page = {"album": "7", "file_id": MARKER, "name": "page.jpg"}
    sheets.add(db, chat_id=person_id, message_id=2, **page, now=now)
    plan = reminders.set_plan(
        db, person_id=person_id, chat_id=person_id, kind=Kind.NUDGE, zone="UTC", at=time(9), now=now
    )
    slots.add(db, next_slot(plan, now), person_id=person_id, zone="UTC")
    work_in_the_open(db, person_id, now)
    study(db, person_id, now)
    learn_together(db, person_id, now)
    conversations.set_state(db, f"c{lane}", MARKER, now=now, person_id=person_id)
    spending.add(db, spending.ModelCall(person_id, "p", "1", "m", "ok", 1, 0, 1, now, now - now))


def work_in_the_open(db, person_id, now):
    """A weekly habit, a proof and a craftsman's plan."""
    monday = monday_of(now.date())
    habits.begin(db, person_id=person_id, goal=Goal.SKILL, minutes=30, now=now)
    habits.propose(db, person_id=person_id, monday=monday, habit_id=MARKER, now=now)
    proofs.add(
        db,
        person_id=person_id,
        evidence=Evidence(None, MARKER),
        made_on=now.date(),
        monday=monday,
        habit_id=MARKER,
        now=now,
    )
    crafts.answer(
        db, person_id=person_id, quarter="2026-Q4", craft=Craft.GOOD, answer=MARKER, now=now
    )
    card = Offered(Written(NoteKind.BASIC, MARKER, MARKER))
    offers.add(db, person_id=person_id, key="k", source="added", cards=(card,), now=now)
    postings.keep(db, person_id=person_id, letter_id=None, name=MARKER, text=MARKER, now=now)
    own_words.add(db, person_id, MARKER, step=1, now=now)
    facts.add(db, person_id=person_id, key="k", fact=Fact(MARKER, MARKER), now=now)
    imports.add(
        db, person_id=person_id, key="k", name="a.csv", content=MARKER.encode() * 400, now=now
    )


def study(db, person_id, now):
    """A note with its card, an answer, wishes, and a session that is open."""
    note = NewNote(NoteKind.BASIC, MARKER, MARKER)
    notes.add(db, person_id=person_id, notes=[note], now=now)
    [card] = cards.new(db, person_id, 1)
    grades.add(db, person_id=person_id, grade=Grade(card.id, Rating.GOOD, now, now.date()))
    studies.change(db, person_id, gathers_few=True)
    session = start(f"s{person_id}", [card], day=now.date(), now=now)
    sessions.begin(db, person_id, session, now)


def learn_together(db, person_id, now):
    """A place in a cohort, what was said of a week, a pair, and a passage that was read."""
    group = cohorts.found(
        db,
        chat_id=-person_id,
        thread_id=0,
        title="ML",
        language="en",
        calendar=Calendar(monday_of(now.date()), 6, "UTC", 1, time(9)),
        now=now,
    )
    place = {"cohort_id": group.id, "person_id": person_id, "now": now}
    members.join(db, profile=Profile(MARKER, MARKER), state=Membership.ACTIVE, from_week=1, **place)
    members.mark(db, monday=now.date(), mark=Mark.DONE, sentence=MARKER, **place)
    invitations.invite(db, token=str(person_id), **place)
    [pair] = db.query(
        """INSERT INTO pairs (cohort_id, monday, created_at) VALUES (:id, '2026-11-16', 0)
           RETURNING id""",
        id=group.id,
    )
    mine = {"pair": pair["id"], "id": person_id}
    db.run("INSERT INTO pair_members (pair_id, person_id) VALUES (:pair, :id)", **mine)
    [excerpt] = db.query(
        """INSERT INTO excerpts (pair_id, person_id, text) VALUES (:pair, :id, :text)
           RETURNING id""",
        text=MARKER,
        **mine,
    )
    db.run(
        """INSERT INTO readings (excerpt_id, person_id, question, answer, created_at)
           VALUES (:excerpt, :id, 1, :text, 0)""",
        excerpt=excerpt["id"],
        id=person_id,
        text=MARKER,
    )


def add_message(db, chat_id, key, now, attachment):
    messages.add(
        db,
        key=key,
        chat_id=chat_id,
        method="sendMessage",
        params={"text": MARKER},
        now=now,
        attachment=attachment,
    )


def test_forgetting_one_person_leaves_nothing_of_them_and_all_of_the_other(
    db, now, add_letter, review
):
    live(db, 7, now, add_letter, review)
    before = privacy.export(db, 7)
    live(db, 8, now, add_letter, review)
    other = privacy.export(db, 8)
    assert privacy.forget(db, 7) == sum(map(len, before.values()))
    assert not any(privacy.export(db, 7).values())
    assert privacy.export(db, 8) == other


def test_an_export_holds_a_row_of_every_table(db, now, add_letter, review):
    live(db, 7, now, add_letter, review)
    assert all(privacy.export(db, 7).values())


@pytest.mark.sqlite
async def test_what_was_forgotten_is_not_in_the_file_any_more(store, now, add_letter, review):
    await store.write(live, 7, now, add_letter, review)
    assert MARKER.encode() in on_disk(store)
    await store.write(privacy.forget, 7)
    await store.checkpoint()
    assert MARKER.encode() not in on_disk(store)


@pytest.mark.sqlite
async def test_not_even_what_moved_from_page_to_page_is_left(store, now):
    """SQLite overwrites what is deleted, but not the copies that a split of a page left."""
    chance = Random(3)
    crowd = [chance.randrange(5 * 10**9, 9 * 10**9) for _ in range(100)]
    for turn in range(4):
        await store.write(crowd_in, crowd, turn, now)
    for person in crowd[::2]:
        await store.write(privacy.forget, person)
    assert await store.wipe()  # after a mere checkpoint SQLite 3.40 leaves two of the fifty

    held = on_disk(store)
    assert not [person for person in crowd[::2] if person.to_bytes(6, "big") in held]
    assert all(person.to_bytes(6, "big") in held for person in crowd[1::2])


def crowd_in(db, crowd, turn, now):
    for person in crowd:
        people.seen(db, id=person, language="en", now=now)
        for number in range(4):
            key, lane = f"{person}-{turn}-{number}", str(person)
            jobs.add(db, kind="review", key=key, payload={}, due_at=now, lane=lane)


def on_disk(store):
    return b"".join(
        file.read_bytes()
        for file in store.path.parent.iterdir()
        if file.name.startswith(store.path.name)
    )
