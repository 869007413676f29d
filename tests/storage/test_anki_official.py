"""Anki itself takes our packages and we take Anki's. Optional: the official `anki` package is AGPL
and never a dependency, so it is installed into a throw-away environment to run these tests:

    python -m venv /tmp/official && /tmp/official/bin/pip install anki
    PYTHONPATH=$(echo /tmp/official/lib/python*/site-packages) make unit ARGS="-k anki_official"
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach.anki import tables
from coach.anki.contents import PackedNote
from coach.cards import grade, intervals
from coach.memory import Rating
from coach.notes import NoteKind
from coach.scheduling import Wishes
from coach.studydays import study_day
from storage import cards, grades, notes, people
from storage.anki import reading, writing
from storage.notes import NewNote

pytest.importorskip("anki", reason="the official anki package is AGPL and not installed")

from anki import import_export_pb2 as wire
from anki.collection import Collection
from anki.lang import set_lang

ANNA = 7
UTC_ZONE = ZoneInfo("UTC")
NOTES = (
    NewNote(NoteKind.BASIC, "Precision <&>?", "TP /  (TP + FP)\nof all that was called", ("ml",)),
    NewNote(NoteKind.BOTH, "der Apfel", "яблоко 🍏", deck="Deutsch::A1", source="anki"),
    NewNote(NoteKind.CLOZE, "{{c1::Recall}} is {{c2::TP / (TP + FN)::who was there}}", "see also"),
)


@pytest.fixture
def anki(tmp_path):
    """An empty collection of Anki's own."""
    set_lang("en_US")
    collection = Collection(str(tmp_path / "collection.anki2"))
    yield collection
    collection.close()


@pytest.fixture
def learnt(db):
    """Anna's notes; the first was answered 20 and 17 days ago, Anki's clock being the real one."""
    now = datetime.now(UTC)
    people.seen(db, id=ANNA, language="en", now=now)
    ids = notes.add(db, person_id=ANNA, notes=NOTES, now=now - timedelta(days=30)).ids
    [card] = cards.of_note(db, ANNA, ids[0])
    wishes = Wishes()
    for ago in (20, 17):
        at = now - timedelta(days=ago)
        day = study_day(at, UTC_ZONE)
        days = intervals(card, day=day, wishes=wishes)[Rating.GOOD]
        done = grade(card, Rating.GOOD, interval=days, at=at, day=day, wishes=wishes, seconds=4.5)
        card = done.card
        cards.save(db, ANNA, card)
        grades.add(db, person_id=ANNA, grade=done.grade)
    return card


def taken(anki, data, tmp_path, name="ours.apkg"):
    """What Anki's log says of an import."""
    path = tmp_path / name
    path.write_bytes(data)
    options = wire.ImportAnkiPackageOptions(
        with_scheduling=True, update_notes=wire.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER
    )
    request = wire.ImportAnkiPackageRequest(package_path=str(path), options=options)
    return anki.import_anki_package(request).log


def ours(db):
    return writing.package(db, ANNA, zone=UTC_ZONE, now=datetime.now(UTC))


def test_anki_takes_our_package_with_progress(db, anki, learnt, tmp_path):
    log = taken(anki, ours(db), tmp_path)
    assert (len(log.new), len(log.updated), len(log.duplicate)) == (3, 0, 0)
    said, is_ok = anki.fix_integrity()
    assert is_ok, said
    assert anki.card_count() == 5
    [known] = [anki.get_card(id) for id in anki.find_cards("is:review")]
    assert (known.type, known.ivl, known.reps) == (2, learnt.state.interval, 2)
    today = study_day(datetime.now(UTC), UTC_ZONE)
    assert known.due - anki.sched.today == (learnt.state.due - today).days
    logged = anki.db.all("SELECT ease, ivl, time, type FROM revlog ORDER BY id")
    assert [(ease, time, kind) for ease, _, time, kind in logged] == [(3, 4500, 0), (3, 4500, 1)]
    decks = {deck.name for deck in anki.decks.all_names_and_ids()}
    assert {"Sogood", "Deutsch::A1"} <= decks


def test_anki_takes_it_only_once_and_a_changed_note_as_that_note(db, anki, learnt, tmp_path):
    taken(anki, ours(db), tmp_path)
    again = taken(anki, ours(db), tmp_path)
    assert (len(again.new), len(again.updated), len(again.duplicate)) == (0, 0, 3)

    note = notes.by_guid(db, ANNA, NOTES[0].name)
    soon = datetime.now(UTC) + timedelta(seconds=5)
    notes.change(db, note.id, ANNA, "Precision?", note.back, soon)
    changed = taken(anki, ours(db), tmp_path)
    assert (len(changed.new), len(changed.updated)) == (0, 1)
    assert anki.card_count() == 5


@pytest.fixture
def russian_anki(tmp_path):
    set_lang("ru_RU")
    collection = Collection(str(tmp_path / "russian.anki2"))
    yield collection
    collection.close()


@pytest.mark.parametrize(("which", "language"), [("anki", "en"), ("russian_anki", "ru")])
def test_anki_takes_our_table(request, which, language, tmp_path):
    anki = request.getfixturevalue(which)
    path = tmp_path / "cards.csv"
    packed = [
        PackedNote(note.kind, note.front, note.back, note.tags, note.deck, note.name)
        for note in NOTES
    ]
    path.write_bytes(tables.written(packed, language))
    metadata = anki.get_csv_metadata(str(path), None)
    log = anki.import_csv(wire.ImportCsvRequest(path=str(path), metadata=metadata)).log
    assert len(log.new) == 3
    assert anki.card_count() == 5


@pytest.mark.parametrize("legacy", [True, False], ids=["anki2", "anki21b"])
def test_what_came_from_us_comes_back_with_progress(db, anki, learnt, tmp_path, legacy):
    taken(anki, ours(db), tmp_path)
    path = tmp_path / "theirs.apkg"
    options = wire.ExportAnkiPackageOptions(with_scheduling=True, legacy=legacy)
    anki.export_anki_package(out_path=str(path), options=options, limit=None)

    contents = reading.read(path.read_bytes(), UTC_ZONE)
    found = {note.guid: note for note in contents.notes}
    for note in NOTES:
        back = found[note.name]
        assert (back.kind, back.front, back.back) == (note.kind, note.front, note.back)
    assert found[NOTES[0].name].tags == ("ml",)
    [known] = found[NOTES[0].name].cards
    assert (known.due, known.interval) == (learnt.state.due, learnt.state.interval)
    assert [answer.rating for answer in known.answers] == [Rating.GOOD, Rating.GOOD]
    assert [round(answer.seconds, 1) for answer in known.answers] == [4.5, 4.5]
    assert not found[NOTES[1].name].met


@pytest.mark.parametrize("legacy", [True, False], ids=["anki2", "anki21b"])
def test_a_whole_collection_is_read(anki, tmp_path, legacy):
    basic = anki.models.by_name("Basic")
    note = anki.new_note(basic)
    note["Front"], note["Back"] = "<b>Front</b><script>alert(1)</script>", "Back [sound:a.mp3]"
    anki.add_note(note, anki.decks.id("A::B"))
    anki.decks.select(anki.decks.id("A::B"))
    card = anki.sched.getCard()
    card.start_timer()
    anki.sched.answerCard(card, 4)
    path = tmp_path / "all.colpkg"
    anki.export_collection_package(str(path), include_media=False, legacy=legacy)
    anki.reopen()

    [read] = reading.read(path.read_bytes(), UTC_ZONE).notes
    assert (read.front, read.back, read.deck) == ("Front", "Back", "A::B")
    assert [answer.rating for answer in read.cards[0].answers] == [Rating.EASY]
    assert read.cards[0].due > study_day(datetime.now(UTC), UTC_ZONE)
