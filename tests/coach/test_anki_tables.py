"""Tables of cards: Anki's headers, other people's CSV, and ours, which both read."""

import pytest

from coach.anki.contents import PackedNote
from coach.anki.errors import PackageError
from coach.anki.tables import is_table, read, written
from coach.notes import NoteKind

NOTES = (
    PackedNote(NoteKind.BASIC, 'a, "b"\nc', "<d> & e", ("x", "y"), "ML::t", "cc-1"),
    PackedNote(NoteKind.BOTH, "Hund", "dog", (), "", "cc-2"),
    PackedNote(NoteKind.CLOZE, "{{c1::a}} b", "", (), "", "cc-3"),
)


def sides(data):
    return [(note.front, note.back) for note in read(data).notes]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_we_write_is_what_we_read(language):
    assert read(written(NOTES, language)).notes == NOTES


def test_anki_s_own_text_is_read_by_its_headers():
    data = (
        b"#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
        b"#tags column:6\nG,1\tBasic (and reversed card)\tDeutsch\t<b>Hund</b>\tdog<br>cat\ta b\n"
    )
    [note] = read(data).notes
    assert note == PackedNote(NoteKind.BOTH, "Hund", "dog\ncat", ("a", "b"), "Deutsch", "G,1")


@pytest.mark.parametrize(
    "data",
    [
        b"front,back\nHund,dog\n",
        b"back;front\ndog;Hund\n",
        b"Hund\tdog\n",
        b"\xef\xbb\xbfHund|dog\r\n",
        'Вопрос,Ответ\n"Hund","dog"\n'.encode("cp1251"),
        "Hund,dog\n".encode("utf-16"),
    ],
)
def test_columns_are_found_however_they_are_parted(data):
    assert sides(data) == [("Hund", "dog")]


def test_a_sentence_with_gaps_needs_no_second_side():
    [note] = read(b"#separator:Comma\n{{c1::Paris}} is a city,\n").notes
    assert note.kind is NoteKind.CLOZE


def test_a_row_without_an_answer_is_counted():
    contents = read(b"a,b\nc,\n")
    assert (len(contents.notes), contents.left_out) == (1, {"empty": 1})


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"Dear Sir,\nI am fine.\nBye\n", "no_table"),
        (b"", "broken"),
        (b"\x00\x01\x02\x03" * 50, "broken"),
        (b'#separator:comma\na,"' + b"x" * 200_000, "broken"),
        (b"#separator:comma\n", "no_cards"),
        (b"a,b\n" * 20_002, "too_many"),
    ],
)
def test_what_is_no_table_is_refused(data, trouble):
    with pytest.raises(PackageError) as refused:
        read(data)
    assert refused.value.trouble == trouble


@pytest.mark.parametrize(
    ("data", "name", "meant"),
    [
        (b"front,back\na,b", "cards.csv", True),
        (b"front,back\na,b", "letter.txt", False),
        (b"#notetype:Basic\na\tb", "notes.txt", True),
        (b"2019\tAcme\n2021\tGlobex\n2024\tInitech\n", "cv.txt", False),
        (b"a\tb\nc\td\ne\tf\n", "words.tsv", True),
        (b"Dear Sir,\n\nyours,\nAnna", "letter.csv", False),
        (b"# My letter\n\nDear Sir,", "letter.md", False),
        (b"Name:\tAnna\nI am fine.\n\tYours", "letter.txt", False),
    ],
)
def test_a_letter_is_no_table_and_a_table_no_letter(data, name, meant):
    assert is_table(data, name) is meant
