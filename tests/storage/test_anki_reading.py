"""Packages of Anki, old and new: their notes, their progress, and what becomes of hostile ones."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from coach.anki.contents import packed, unpacked
from coach.anki.errors import PackageError
from coach.memory import Rating
from coach.notes import NoteKind
from storage.anki.child import format_of, read_in_child
from storage.anki.reading import read
from tests.fakes.anki import BASIC, BOTH, CLOZE, DAY, Notes, collection, package, zipped

UTC = ZoneInfo("UTC")
HISTORY = [(20, 3, 3, 0), (17, 1, 1, 1), (16, 3, 16, 2)]


def deck():
    notes = Notes().note(BASIC, "<b>Recall</b>?", "TP / (TP + FN)", tags=" ml hard ", deck=2)
    notes.note(CLOZE, "{{c1::Precision}} and {{c3::recall::hint}}", "extra", ords=(0, 2))
    notes.note(BOTH, "Hund", "dog", ords=(0, 1))
    return notes.learnt(10, due=4, ivl=16, answers=HISTORY)


@pytest.mark.parametrize("new", [True, False])
def test_both_formats_give_the_same_notes(new):
    basic, cloze, both = read(package(deck(), new), UTC).notes
    assert (basic.kind, basic.front, basic.back) == (NoteKind.BASIC, "Recall?", "TP / (TP + FN)")
    assert (basic.tags, basic.deck, basic.guid) == (("ml", "hard"), "ML::Metrics", "g1")
    assert (cloze.kind, cloze.back) == (NoteKind.CLOZE, "extra")
    assert [card.ordinal for card in cloze.cards] == [0, 2]
    assert (both.kind, both.deck) == (NoteKind.BOTH, "")
    assert [card.ordinal for card in both.cards] == [0, 1]


@pytest.mark.parametrize("new", [True, False])
def test_progress_is_read_with_every_answer(new):
    [card] = read(package(deck(), new), UTC).notes[0].cards
    assert (card.due, card.interval) == (date(2026, 11, 25), 16)
    assert [answer.rating for answer in card.answers] == [Rating.GOOD, Rating.AGAIN, Rating.GOOD]
    first, second = (answer.at_ms for answer in card.answers[:2])
    assert second - first == 3 * DAY + 1
    assert card.answers[0].seconds == 5.2


def test_days_are_counted_in_the_zone_of_the_collection_or_else_of_the_person():
    far = package(deck(), also="UPDATE config SET val = x'2d373230'")  # 12 hours east of UTC
    assert read(far, UTC).notes[0].cards[0].due == date(2026, 11, 25)
    unsaid = package(deck(), also="DELETE FROM config; UPDATE col SET crt = crt + 57600")
    assert read(unsaid, UTC).notes[0].cards[0].due == date(2026, 11, 25)
    assert read(unsaid, ZoneInfo("Asia/Tokyo")).notes[0].cards[0].due == date(2026, 11, 26)


def test_answers_before_a_reset_and_those_that_nobody_gave_are_left_out():
    notes = Notes().note(BASIC, "q", "a")
    notes.learnt(10, due=1, ivl=1, answers=[(9, 3, 1, 0)])
    reset = "UPDATE revlog SET id = id, ease = 0, factor = 0, type = 4 WHERE id = {}"
    notes.learnt(10, due=1, ivl=1, answers=[(8, 0, 0, 4), (3, 3, 1, 0), (2, 3, 5, 5)])
    odd = package(notes, also=reset.format(notes.log[1][0]))
    [card] = read(odd, UTC).notes[0].cards
    assert [answer.at_ms for answer in card.answers] == [notes.log[2][0]]


def test_a_suspended_card_is_one_and_a_new_card_has_no_progress():
    notes = Notes().note(BASIC, "q", "a").note(BASIC, "p", "b")
    notes.learnt(10, due=1, ivl=1, answers=[], queue=-1)
    first, second = read(package(notes), UTC).notes
    assert first.cards[0].suspended
    assert second.cards[0].due is None


def test_scripts_pictures_and_sounds_stay_behind():
    notes = Notes().note(BASIC, "<script>alert(1)</script>q<img src=x onerror=y>", "[sound:a.mp3]a")
    notes.note(BASIC, "<img src=x>", "a").note(BASIC, "x" * 2000, "a")
    contents = read(package(notes), UTC)
    assert [(note.front, note.back) for note in contents.notes] == [("q", "a")]
    assert contents.left_out == {"empty": 1, "long": 1}


def test_cards_with_little_in_common_become_notes_of_their_own():
    sides = """'"qfmt": "{{Back}}"', '"qfmt": "Say {{Back}}"'"""
    other = f"UPDATE col SET models = replace(models, {sides})"
    notes = read(package(deck(), new=False, also=other), UTC).notes[2:]
    assert [(note.guid, note.front, note.back) for note in notes] == [
        ("g3", "Hund", "dog"),
        ("g3#1", "Say dog", "Hund"),
    ]


def test_contents_survive_being_packed():
    contents = read(package(deck()), UTC)
    assert unpacked(packed(contents)) == contents


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (package(deck()), "letter.docx", "package"),
        (package(deck(), new=False), "deck.apkg", "package"),
        (collection(deck()), "collection.anki21", "package"),
        (package(deck())[:700], "deck.apkg", "package"),
        (b"#separator:tab\na\tb", "notes.txt", "table"),
        (b"front,back\na,b", "cards.csv", "table"),
        (zipped({"word/document.xml": b"<w/>"}), "letter.docx", None),
        (b"Dear Sir,\n\nI am, as ever, yours,\nAnna", "letter.txt", None),
        (b"%PDF-1.7 a,b", "cards.csv", None),
    ],
)
def test_a_file_is_known_by_what_is_in_it(data, name, kind):
    assert format_of(data, name) == kind


ODD = {
    "view": "ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS SELECT * FROM n",
    "endless view": "DROP TABLE notes; CREATE VIEW notes AS WITH RECURSIVE r(id) AS (SELECT 1 "
    "UNION ALL SELECT id + 1 FROM r) SELECT id, id guid, 11 mid, '' tags, 'a' flds FROM r",
    "trigger": "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM cards; END",
    "no table": "DROP TABLE cards",
    "wrong columns": "ALTER TABLE notes RENAME COLUMN flds TO fields",
    "words for numbers": "UPDATE cards SET due = 'x', type = 2",
    "no collection": "DELETE FROM col",
    "far days": "UPDATE col SET crt = 9e18",
}


@pytest.mark.parametrize("also", ODD.values(), ids=ODD)
def test_an_odd_collection_is_refused_in_a_word(also):
    with pytest.raises(PackageError) as refused:
        read(package(deck(), also=also), UTC)
    assert refused.value.sentence("en") != refused.value.sentence("ru")


MENDED = {
    "nothing": "UPDATE notes SET flds = NULL WHERE id = 1",
    "a blob": "UPDATE notes SET flds = x'ff00fe' WHERE id = 1",
    "no type": "UPDATE notes SET mid = 99 WHERE id = 1",
}


@pytest.mark.parametrize("also", MENDED.values(), ids=MENDED)
def test_one_odd_note_spoils_no_others(also):
    contents = read(package(deck(), also=also), UTC)
    assert [note.guid for note in contents.notes] == ["g2", "g3"]
    assert contents.left_out == {"empty": 1}


def test_a_nul_in_a_word_is_not_seen():
    odd = "UPDATE notes SET flds = 'a' || char(0) || 'b' || char(31) || 'c' WHERE id = 1"
    assert read(package(deck(), also=odd), UTC).notes[0].front == "ab"


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (package(deck())[:700], "broken"),
        (zipped({"collection.anki21b": b"not zstd"}), "broken"),
        (zipped({"collection.anki2": b"SQLite format 3\x00" + bytes(9000)}), "broken"),
        (zipped({"media": b"{}"}), "no_collection"),
        (zipped({"../../collection.anki2": b""}), "no_collection"),
        (zipped({"collection.anki2": collection(Notes(), new=False)}), "no_cards"),
        (collection(deck())[:6000], "broken"),
    ],
)  # fmt: skip
async def test_what_is_no_package_is_refused(data, trouble):
    with pytest.raises(PackageError) as refused:
        await read_in_child(data, "package", "UTC")
    assert refused.value.trouble == trouble


async def test_a_bomb_is_not_unpacked():
    bomb = zipped({"collection.anki2": b"SQLite format 3\x00" + bytes(160 * 1024 * 1024)})
    with pytest.raises(PackageError, match="too_big_unpacked"):
        await read_in_child(bomb, "package", "UTC")


async def test_the_stub_of_a_new_package_is_no_card():
    stub = Notes().note(BASIC, "Please update to the latest Anki version, then import", "x")
    with pytest.raises(PackageError, match="old_stub"):
        await read_in_child(package(stub, new=False), "package", "UTC")


async def test_the_child_reads_what_we_read():
    assert await read_in_child(package(deck()), "package", "UTC") == read(package(deck()), UTC)


async def test_a_table_is_read_in_a_child_too():
    contents = await read_in_child(b"front,back,tags\nq,a,x y\n", "table", "UTC")
    assert [(note.front, note.tags) for note in contents.notes] == [("q", ("x", "y"))]
