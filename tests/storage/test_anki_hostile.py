"""Files made to harm: each ends soon, in one sentence or in the notes that are honest in it.

They go the way of an upload, through the child process and its limits.
"""

import os
import random
import time
import zipfile
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import zstandard

from coach.anki.errors import PackageError, Trouble
from coach.anki.tables import is_table
from coach.notes import GAP
from coach.texts import LANGUAGES
from storage.anki.child import format_of, read_in_child
from storage.anki.reading import read
from tests.fakes.anki import BASIC, CLOZE, Notes, collection, package, zipped


def deck():
    return Notes().note(BASIC, "Recall?", "TP / (TP + FN)").note(BASIC, "Loss?", "y − ŷ")


async def outcome(data, kind="package") -> Trouble | list[str]:
    """Why a file is refused, or the questions that were found in it."""
    try:
        contents = await read_in_child(data, kind, "Europe/Berlin")
    except PackageError as problem:
        return problem.trouble
    return [note.front for note in contents.notes]


async def refusal(data, kind="package") -> Trouble:
    """Why a file is refused; the sentence is there in every language, and one it is."""
    with pytest.raises(PackageError) as refused:
        await read_in_child(data, kind, "Europe/Berlin")
    for language in LANGUAGES:
        sentence = refused.value.sentence(language)
        assert sentence.count("\n") == 0
        assert sentence.endswith(".")
    return refused.value.trouble


def zstd_bomb():
    """Four gigabytes of nothing in some 400 KB."""
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    piece = packer.compress(b"SQLite format 3\x00")
    nothing = bytes(16 * 1024 * 1024)
    packed = b"".join([piece, *(packer.compress(nothing) for _ in range(12)), packer.flush()])
    return zipped({"collection.anki21b": packed * 20})


def lying_zip():
    """A directory that says that the collection is small."""
    data = bytearray(zipped({"collection.anki2": b"SQLite format 3\x00" + bytes(200_000_000)}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def locked():
    data = bytearray(package(deck(), new=False))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        data[at + flags] |= 1
    return bytes(data)


def strange_members():
    """Names that lead out of a folder, a name twice, a medium that is a link."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../../../tmp/evil", "x")
        archive.writestr("/etc/passwd", "x")
        archive.writestr("collection.anki2", collection(deck(), new=False))
        link = zipfile.ZipInfo("0")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/shadow")
        archive.writestr("media", '{"0": "../../evil"}')
    return target.getvalue()


async def test_a_zstd_bomb_is_not_unpacked():
    assert await refusal(zstd_bomb()) in {Trouble.TOO_BIG_UNPACKED, Trouble.BROKEN}


async def test_a_directory_that_lies_does_not_help():
    assert await refusal(lying_zip()) in {Trouble.TOO_BIG_UNPACKED, Trouble.BROKEN}


async def test_a_locked_package_is_told_from_a_broken_one():
    assert await refusal(locked()) is Trouble.ENCRYPTED


async def test_names_in_a_package_lead_nowhere():
    assert await outcome(strange_members()) == ["Recall?", "Loss?"]


async def test_neither_a_picture_nor_nothing_is_a_package():
    for data in (b"", b"\x89PNG\r\n", b"PK\x03\x04", os.urandom(5000)):
        assert await refusal(data) is Trouble.BROKEN
    assert format_of(b"", "deck.apkg") == "package"


NOTES = "id integer PRIMARY KEY, guid text, mid integer, tags text"
ODD = {
    "a column that computes itself": f"DROP TABLE notes; CREATE TABLE notes ({NOTES}, "
    "flds text AS (hex(zeroblob(400000000)))); INSERT INTO notes VALUES (1, 'g', 11, '')",
    "a view beside": "CREATE VIEW v AS SELECT load_extension('/tmp/evil.so')",
    "a view for the log": "DROP TABLE revlog; CREATE VIEW revlog AS WITH RECURSIVE r(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT i id, i cid, 3 ease, 1 ivl, 1 time, 1 type, "
    "1 factor FROM r",
    "a full-text table": "DROP TABLE notes; CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, "
    "tags, flds); INSERT INTO notes VALUES (1, 'g', 11, '', 'q' || char(31) || 'a')",
    "no log": "DROP TABLE revlog",
    "no note types": "DROP TABLE notetypes; CREATE TABLE notetypes (id integer)",
    "text for a day": "UPDATE col SET crt = 'tomorrow'",
    "infinite days": "UPDATE cards SET type = 2, due = 9e999",
    "an endless number": "UPDATE col SET crt = 9223372036854775807",
}


@pytest.mark.parametrize("also", ODD.values(), ids=ODD)
async def test_an_odd_database_is_refused_in_a_word(also):
    assert await refusal(package(deck(), also=also)) is Trouble.BROKEN


SWOLLEN = {
    "a field of 25 MB": "UPDATE notes SET flds = hex(zeroblob(12500000)) WHERE id = 1",
    "a guid of 5 MB": "UPDATE notes SET guid = hex(zeroblob(2500000)) WHERE id = 1",
    "a million fields": "UPDATE notes SET flds = replace(hex(zeroblob(45000)), '0', char(31)) "
    "WHERE id = 1",
}


@pytest.mark.parametrize("also", SWOLLEN.values(), ids=SWOLLEN)
async def test_a_swollen_note_stays_behind_or_spoils_the_file(also):
    assert await outcome(package(deck(), also=also)) in (Trouble.BROKEN, ["Loss?"])


async def test_a_template_that_swells_a_thousandfold_leaves_its_notes_behind():
    many = "replace(hex(zeroblob(10000)), '00', '{{Front}}')"
    grown = f"UPDATE col SET models = replace(models, '{{{{Front}}}}', {many})"
    notes = Notes().note(BASIC, "x" * 90_000, "a")
    data = package(notes, new=False, also=grown)
    assert await outcome(data) == []


async def test_gaps_that_never_close_take_no_time():
    begun = time.process_time()
    assert not list(GAP.finditer("{{c1::" * 250))
    assert time.process_time() - begun < 1
    notes = deck().note(CLOZE, "{{c1::" * 250, "")
    assert await outcome(package(notes)) == ["Recall?", "Loss?"]


@pytest.mark.parametrize("new", [True, False])
async def test_a_file_cut_off_anywhere_is_refused(new):
    whole = package(deck(), new)
    for part in (0.1, 0.5, 0.9, 0.99):
        assert await refusal(whole[: int(len(whole) * part)]) is Trouble.BROKEN


def test_bytes_changed_at_random_never_bring_more_than_a_word():
    """Seeded; the child would survive a crash, but there should be none to survive."""
    chance = random.Random(20261121)
    whole = collection(deck())
    refused = 0
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(16, len(data))] = chance.randrange(256)
        try:
            read(bytes(data), ZoneInfo("UTC"))
        except PackageError:
            refused += 1
    assert refused


def test_noise_called_a_table_is_told_quickly():
    noise = bytes(random.Random(1).choices(range(0x80, 0x100), k=2_000_000))
    begun = time.process_time()
    assert not is_table(noise, "cards.csv")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "data",
    [
        b'#separator:comma\n"never closed' + b"x" * 300_000,
        b"#separator:comma\n#deck column:999\n" + b"," * 300_000,
        b"#separator:\n" + b"\x00" * 5000,
        b"#separator:tab\n#html:true\n" + b"<!--" * 2000 + b"\t" + b"</" * 2000,
    ],
    ids=["open quote", "only columns", "nothing", "broken markup"],
)
async def test_an_odd_table_is_refused_in_a_word_or_empty(data):
    assert await outcome(data, "table") in (*Trouble, [])


async def test_scripts_come_as_words_and_formulas_as_they_are():
    data = b"#separator:tab\n#html:true\n<svg onload=x>q</svg>word<script>x</script>\t=1+1\n"
    [note] = (await read_in_child(data, "table", "UTC")).notes
    assert (note.front, note.back) == ("word", "=1+1")
