"""A PDF comes back as it was, with highlights exactly over the words that they speak of."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject

from coach.documents import DocumentError
from coach.documents import pdf as reader
from coach.documents.highlights import with_highlights
from coach.documents.marks import Highlight
from coach.documents.quads import quads
from coach.documents.traced import Place

AT = datetime(2026, 11, 21, 10, 5, tzinfo=UTC)

LINES = (
    "Dear team, I would like to recieve the data and to look",
    "after the models that you put into production. For two",
    "years I have worked with a rather large data-ware-",
    "house and with the people who use it every day.",
)


@pytest.fixture
def letter(pdf, lines) -> bytes:
    return pdf(lines(LINES), lines(["The second page says thier names twice."]))


@pytest.fixture
def rewritten(letter):
    """The letter after pypdf wrote it with a change to its first page."""

    def write(change=lambda page: None, **encryption) -> bytes:
        writer = PdfWriter(clone_from=BytesIO(letter))
        change(writer.pages[0])
        if encryption:
            writer.encrypt(**encryption)
        box = BytesIO()
        writer.write(box)
        return box.getvalue()

    return write


def correction(data: bytes, wrong: str) -> Highlight:
    text = reader.read(data).text
    start = text.index(wrong)
    return Highlight(start, start + len(wrong), wrong, f"{wrong} → other", correction=True)


def marked(data: bytes) -> list[tuple[str, str]]:
    """(the words under the highlight, what it says) of each highlight, as PDFium finds them."""
    found = []
    pages = pypdfium2.PdfDocument(data)
    for number, page in enumerate(PdfReader(BytesIO(data)).pages):
        for place in page.get("/Annots", []):
            one = place.get_object()
            if one["/Subtype"] == "/Highlight":
                corners = [float(value) for value in one["/QuadPoints"]]
                under = [
                    words(pages[number], corners[at : at + 8]) for at in range(0, len(corners), 8)
                ]
                found.append((" ".join(under), str(one["/Contents"])))
    return found


def words(page, corners) -> str:
    """The characters whose middle lies within a quad."""
    lefts, tops = corners[0::2], corners[1::2]
    said, text = "", page.get_textpage()
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        across, upwards = (left + right) / 2, (bottom + top) / 2
        inside = min(lefts) <= across <= max(lefts) and min(tops) <= upwards <= max(tops)
        if inside and right > left:
            said += text.get_text_range(index, 1)
    return said.strip()


def test_the_highlight_covers_the_word_and_its_note_says_what_is_right(letter) -> None:
    given_back = with_highlights(letter, [correction(letter, "recieve")], AT)
    assert given_back.left_out == 0
    assert marked(given_back.data) == [("recieve", "recieve → other")]
    annotation = PdfReader(BytesIO(given_back.data)).pages[0]["/Annots"][0]
    assert annotation["/T"] == "Sogood"
    assert annotation["/M"] == "D:20261121100500Z"


def test_the_file_stays_as_it_came_byte_for_byte(letter) -> None:
    given_back = with_highlights(letter, [correction(letter, "thier")], AT).data
    assert given_back.startswith(letter)
    assert reader.read(given_back) == reader.read(letter)


def test_a_passage_over_two_lines_has_a_box_on_each(letter) -> None:
    given_back = with_highlights(letter, [correction(letter, "to look after the models")], AT)
    ((under, _),) = marked(given_back.data)
    assert under == "to look after the models"
    assert len(PdfReader(BytesIO(given_back.data)).pages[0]["/Annots"][0]["/QuadPoints"]) == 16


def test_a_word_that_the_line_end_cuts_is_marked_in_both_parts(letter) -> None:
    text = reader.read(letter).text
    word = re.search(r"data-ware-?house", text)
    assert word
    given_back = with_highlights(letter, [correction(letter, word[0])], AT)
    ((under, _),) = marked(given_back.data)
    assert re.sub(r"[^a-z]", "", under) == "datawarehouse"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_passage_is_covered_exactly(letter, data) -> None:
    text = reader.read(letter).text
    bounds = [found.span() for found in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(bounds) - 1))
    last = data.draw(st.integers(first, min(first + 12, len(bounds) - 1)))
    start, end = bounds[first][0], bounds[last][1]
    wanted = Highlight(start, end, text[start:end], "said", correction=True)
    under = " ".join(said for said, _ in marked(with_highlights(letter, [wanted], AT).data))
    bare = re.compile(r"[^A-Za-z.,]")
    assert bare.sub("", under) == bare.sub("", text[start:end])


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_rotated_page_is_marked_where_the_word_stands(rewritten, angle) -> None:
    data = rewritten(lambda page: page.rotate(angle))
    given_back = with_highlights(data, [correction(data, "recieve")], AT)
    assert marked(given_back.data) == [("recieve", "recieve → other")]


@pytest.mark.parametrize(
    ("angle", "shift", "size"),
    [(90, (842, 0), (842, 595)), (180, (595, 842), (595, 842)), (270, (0, 595), (842, 595))],
)
def test_a_page_that_lies_on_its_side_and_is_turned_upright_is_marked_line_by_line(
    rewritten, angle, shift, size
) -> None:
    def turn(page) -> None:
        page.add_transformation(Transformation().rotate(angle).translate(*shift))
        page.mediabox = page.cropbox = RectangleObject((0, 0, *size))
        page.rotate(angle)

    data = rewritten(turn)
    passage = re.search(r"to look\s+after the models", reader.read(data).text)
    assert passage
    letter = Highlight(0, 0, "", "Too short.", correction=False)
    given_back = with_highlights(data, [correction(data, passage[0]), letter], AT)
    ((under, _),) = marked(given_back.data)
    assert under == "to look after the models"
    highlight, corner = PdfReader(BytesIO(given_back.data)).pages[0]["/Annots"]
    assert len(highlight["/QuadPoints"]) == 16
    assert all(0 < value < side for value, side in zip(corner["/Rect"], size * 2, strict=True))
    left, bottom = {90: (0, 0), 180: (595, 0), 270: (842, 595)}[angle]
    assert abs(corner["/Rect"][0] - left) < 50
    assert abs(corner["/Rect"][1] - bottom) < 50


def test_a_cropped_page_is_marked_where_the_word_stands(rewritten) -> None:
    def crop(page) -> None:
        page.cropbox = RectangleObject((50, 100, 500, 800))

    data = rewritten(crop)
    given_back = with_highlights(data, [correction(data, "recieve")], AT)
    assert marked(given_back.data) == [("recieve", "recieve → other")]


def test_words_that_run_up_the_page_are_one_line() -> None:
    upwards = [Place(0, n, (100, 200 + 6 * n, 112, 206 + 6 * n)) for n in range(5)]
    assert len(quads(upwards)) == 1


def test_protection_against_changes_does_not_keep_notes_out(rewritten) -> None:
    data = rewritten(user_password="", owner_password="mine", algorithm="RC4-128")
    given_back = with_highlights(data, [correction(data, "recieve")], AT)
    assert marked(given_back.data) == [("recieve", "recieve → other")]
    assert [note.name for note in given_back.notes] == ["unprotected"]


def test_others_annotations_stay(letter) -> None:
    once = with_highlights(letter, [correction(letter, "recieve")], AT).data
    twice = with_highlights(once, [correction(letter, "models")], AT).data
    assert [under for under, _ in marked(twice)] == ["recieve", "models"]


def test_findings_have_another_colour_and_the_whole_letter_a_note_in_the_corner(letter) -> None:
    wanted = [
        Highlight(0, 9, "Dear team", "Say who.", correction=False),
        Highlight(0, 0, "", "No proof.", correction=False),
        Highlight(0, 0, "", "Too short.", correction=False),
        correction(letter, "recieve"),
    ]
    given_back = with_highlights(letter, wanted, AT)
    notes = [one.get_object() for one in PdfReader(BytesIO(given_back.data)).pages[0]["/Annots"]]
    assert [one["/Subtype"] for one in notes] == ["/Highlight", "/Highlight", "/Text"]
    assert notes[0]["/C"] != notes[1]["/C"]
    assert notes[2]["/Contents"] == "No proof.\n\nToo short."
    assert given_back.left_out == 0


def test_a_correction_that_the_pages_do_not_say_is_counted(letter) -> None:
    stray = Highlight(0, 4, "Sear", "Sear → Dear", correction=True)
    given_back = with_highlights(letter, [stray], AT)
    assert given_back.left_out == 1
    assert marked(given_back.data) == []


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(DocumentError):
        with_highlights(b"%PDF-1.4 nothing", [], AT)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf isn't installed")
@pytest.mark.parametrize("packed", [False, True])
def test_qpdf_finds_nothing_to_complain_about(letter, packed, tmp_path) -> None:
    source, target = tmp_path / "source.pdf", tmp_path / "marked.pdf"
    source.write_bytes(letter)
    if packed:
        packing = ["qpdf", "--object-streams=generate", str(source), str(tmp_path / "packed.pdf")]
        subprocess.run(packing, check=True)
        letter = (tmp_path / "packed.pdf").read_bytes()
    wanted = [correction(letter, "recieve"), correction(letter, "thier")]
    target.write_bytes(with_highlights(letter, wanted, AT).data)
    checked = subprocess.run(["qpdf", "--check", str(target)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
