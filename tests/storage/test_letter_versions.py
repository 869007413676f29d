"""Versions change hands between letters, and a letter goes without leaving a byte."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.additions import Written
from coach.letters import Kind, Rewrite
from coach.notes import NoteKind
from coach.offers import Offered
from storage import deletions, jobs, letters, messages, offers, people, privacy, reviews, rewrites

MARKER = "Zanzibarite-4711"


@pytest.fixture(autouse=True)
def known(db, now):
    people.seen(db, id=7, language="en", now=now)
    people.seen(db, id=8, language="en", now=now)


def move(db, version, letter_id, now):
    facts = {"title": "Its own", "kind": Kind.MOTIVATION_LETTER, "now": now}
    return letters.move(db, version, letter_id=letter_id, **facts)


def numbers(db, letter_id):
    return [(one.id, one.number) for one in letters.of_letter(db, letter_id)][::-1]


def test_a_version_that_is_a_letter_of_its_own_leaves_no_hole(db, add_letter, review, now):
    one = add_letter(db, source_key="a")
    two = add_letter(db, source_key="b", letter_id=one.letter_id, now=now + timedelta(days=1))
    three = add_letter(db, source_key="c", letter_id=one.letter_id)
    said = reviews.save(db, version_id=two.id, review=review, now=now)

    moved = move(db, two, None, now)

    assert numbers(db, one.letter_id) == [(one.id, 1), (three.id, 2)]
    assert numbers(db, moved.letter_id) == [(two.id, 1)]
    assert (moved.kind, letters.get(db, moved.letter_id, 7).title) == (
        Kind.MOTIVATION_LETTER,
        "Its own",
    )
    assert letters.get(db, moved.letter_id, 7).created_at == two.created_at
    assert reviews.latest(db, two.id) == said


def test_a_letter_without_versions_vanishes_and_what_was_said_stays(db, add_letter, review, now):
    one, other = add_letter(db, source_key="a"), add_letter(db, source_key="b")
    said = reviews.save(db, version_id=other.id, review=review, now=now)

    moved = move(db, other, one.letter_id, now)

    assert (moved.letter_id, moved.number, moved.kind) == (one.letter_id, 2, Kind.COVER_LETTER)
    assert letters.get(db, other.letter_id, 7) is None
    assert letters.count(db, 7) == 1
    assert reviews.latest(db, other.id) == said
    assert letters.source(db, other.id)
    assert letters.before(db, moved) == one


def test_an_earlier_text_takes_its_place_before_a_later_one(db, add_letter, now):
    early, late = add_letter(db, source_key="a"), add_letter(db, source_key="b", now=now)
    move(db, early, late.letter_id, now)
    assert numbers(db, late.letter_id) == [(early.id, 1), (late.id, 2)]


def test_nobody_moves_a_version_into_the_letter_of_another(db, add_letter, now):
    mine, theirs = add_letter(db, source_key="a"), add_letter(db, 8, "b")
    with pytest.raises(LookupError):
        move(db, mine, theirs.letter_id, now)
    assert numbers(db, mine.letter_id) == [(mine.id, 1)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(steps=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=12), n=st.uuids())
def test_numbers_have_no_holes_whatever_is_moved(db, add_letter, now, steps, n):
    versions = [add_letter(db, source_key=f"{n}:{number}").id for number in range(5)]
    for which, where in steps:
        version = letters.version(db, versions[which])
        target = letters.version(db, versions[where]).letter_id if where < 5 else None
        move(db, version, target, now)
    mine = {letters.version(db, id).letter_id for id in versions}
    for letter in mine:
        counted = [number for _, number in numbers(db, letter)]
        assert counted == list(range(1, len(counted) + 1))
    assert letters.count(db, 7) == len({one.id for one in letters.of_person(db, 7, 999)})


def test_the_newest_text_of_each_letter_is_found(db, add_letter):
    one = add_letter(db, source_key="a")
    two = add_letter(db, source_key="b", letter_id=one.letter_id, text="newer")
    other = add_letter(db, source_key="c", text="another")
    assert [version.id for version in letters.newest_of_each(db, 7)] == [other.id, two.id]
    assert letters.newest_of_each(db, 8) == []


def test_the_same_text_is_found_and_takes_the_newer_file(db, add_letter):
    added = add_letter(db, text="word for word")
    found = letters.with_text(db, 7, "word for word")
    assert found == added
    assert letters.with_text(db, 8, "word for word") is None

    letters.keep_file(
        db, found, name="new.docx", media_type="docx", encoding=None, source=b"in a new coat"
    )

    assert letters.version(db, added.id).name == "new.docx"
    assert letters.source(db, added.id) == b"in a new coat"


def test_pages_of_letters_and_another_title(db, add_letter):
    added = [add_letter(db, source_key=str(number)) for number in range(5)]
    page = letters.of_person(db, 7, 2, 2)
    assert [letter.id for letter in page] == [added[2].letter_id, added[1].letter_id]
    letters.rename(db, added[0].letter_id, "Nordwind")
    assert letters.get(db, added[0].letter_id, 7).title == "Nordwind"
    assert letters.get(db, added[0].letter_id, 8) is None


def live(db, add_letter, review, now):
    """A letter with all that may come of it; its last version's id."""
    people.seen(db, id=7, language="en", now=now)
    first = add_letter(db, 7, "v1", text=MARKER * 400, source=MARKER.encode() * 400, name=MARKER)
    version = add_letter(db, 7, "v2", letter_id=first.letter_id, text=MARKER * 300)
    said = reviews.save(db, version_id=version.id, review=review, now=now)
    jobs.add(db, kind="review", key="1", payload={"version": version.id}, person_id=7, due_at=now)
    anew = Rewrite(MARKER, 0, 9, MARKER, MARKER, (MARKER,))
    rewrites.begin(
        db,
        key="1",
        person_id=7,
        version_id=version.id,
        rewrite=anew,
        advice=MARKER,
        shown_in="1",
        now=now,
    )
    jobs.add(db, kind="rewrite", key="1", payload={"version": version.id}, person_id=7, due_at=now)
    for kind in ("critique", "copy"):
        jobs.add(db, kind=kind, key="1", payload={"review": said.id}, person_id=7, due_at=now)
    file = messages.Attachment("document", "a.txt", MARKER.encode() * 400)
    for key, attachment in ((f"review:{said.id}", None), ("download:1", file)):
        messages.add(
            db,
            key=key,
            chat_id=7,
            method="sendMessage",
            params={"text": MARKER},
            now=now,
            attachment=attachment,
        )
    offers.add(db, person_id=7, key=f"review:{said.id}", source="review", cards=cards(), now=now)
    return version


def cards():
    return (Offered(Written(NoteKind.BASIC, MARKER, MARKER)),)


@pytest.mark.sqlite
async def test_no_byte_of_a_deleted_letter_is_left_on_the_disk(store, now, add_letter, review):
    version = await store.write(live, add_letter, review, now)
    assert MARKER.encode() in on_disk(store)

    assert await store.write(deletions.delete_letter, version.letter_id, 7)
    await store.checkpoint()

    assert MARKER.encode() not in on_disk(store)


def test_only_that_letter_goes(db, add_letter, review, now):
    gone = live(db, add_letter, review, now)
    other = add_letter(db, source_key="other", text="another")
    kept = reviews.save(db, version_id=other.id, review=review, now=now)
    waiting = {"kind": "review", "due_at": now, "person_id": 7}
    jobs.add(db, key="2", payload={"version": other.id}, **waiting)
    messages.add(db, key="session:1", chat_id=7, method="sendMessage", params={}, now=now)
    theirs = add_letter(db, 8, "theirs")

    assert deletions.delete_letter(db, gone.letter_id, 7)

    left = privacy.export(db, 7)
    assert [row["id"] for row in left["versions"]] == [other.id]
    assert [row["id"] for row in left["reviews"]] == [kept.id]
    assert {(job["kind"], job["key"]) for job in left["jobs"]} == {
        ("review", "2"),
        ("send", "session:1"),
    }
    assert not left["offers"]
    assert not left["attachments"]
    assert letters.version(db, theirs.id) == theirs


def test_what_could_not_be_sent_or_handled_goes_too(db, add_letter, review, now):
    gone = live(db, add_letter, review, now)
    messages.add(db, key="x:1", chat_id=7, method="sendMessage", params={"text": MARKER}, now=now)
    update = {"message": {"text": MARKER}}
    jobs.add(db, kind="update", key="9", payload=update, due_at=now, lane="7")
    db.run("UPDATE jobs SET state = 'dead', finished_at = 0 WHERE key IN ('x:1', '9')")

    deletions.delete_letter(db, gone.letter_id, 7)

    assert not privacy.export(db, 7)["jobs"]


def test_what_a_worker_holds_is_left_to_it(db, add_letter, review, now):
    gone = live(db, add_letter, review, now)
    [held] = jobs.claim(db, kind="review", owner="x", now=now, lease=timedelta(minutes=1), limit=1)
    deletions.delete_letter(db, gone.letter_id, 7)
    with pytest.raises(LookupError):
        reviews.save(db, version_id=gone.id, review=review, now=now)
    assert jobs.done(db, held, now)


def test_nobody_deletes_the_letter_of_another_and_nothing_goes_twice(db, add_letter):
    mine = add_letter(db)
    assert not deletions.delete_letter(db, mine.letter_id, 8)
    assert letters.version(db, mine.id) == mine
    assert deletions.delete_letter(db, mine.letter_id, 7)
    assert not deletions.delete_letter(db, mine.letter_id, 7)


def on_disk(store):
    return b"".join(
        file.read_bytes()
        for file in store.path.parent.iterdir()
        if file.name.startswith(store.path.name)
    )
