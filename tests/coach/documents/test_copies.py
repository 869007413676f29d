"""Which copies a letter has, and what is in each of them."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from coach.documents import (
    Basis,
    Copy,
    MediaType,
    Original,
    Wishes,
    copies_of,
    docx,
    make_copy,
    read,
)
from coach.documents.archive import Package
from coach.documents.docx import W
from coach.documents.headings import headings
from coach.documents.marks import correction
from coach.letters import Criterion, Edit, EditKind, Finding, Severity

AT = datetime(2026, 11, 21, 10, 5, tzinfo=UTC)
TEXT = "Dear team,\n\nI recieve the the data of thier pumps with Shap."


def edit(wrong: str, right: str, **more) -> Edit:
    start = TEXT.index(wrong)
    return Edit(start, start + len(wrong), wrong, right, EditKind.SPELLING, 0.9, **more)


ACCEPTED = edit("recieve", "receive", reason="A common slip.")
OPEN = edit("thier", "their")
ASKED = edit("Shap", "SHAP", ask=True)
FINDING = Finding(
    "x", Severity.MAJOR, Criterion.EVIDENCE, 0, 9, "Dear team", "Nobody is named.", "Name them."
)
WISHES = Wishes([ACCEPTED], [ASKED, OPEN], [FINDING], "en")


def original(media_type: MediaType, source: bytes | None = None, name="letter.odt") -> Original:
    return Original(name, media_type, TEXT, "en", None, source)


def tags(data: bytes, tag: str) -> list:
    return list(docx.main_part(Package(data)).iter(W + tag))


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        (MediaType.PLAIN, ["text"]),
        (MediaType.MARKDOWN, ["text"]),
        (MediaType.DOCX, ["tracked", "clean"]),
        (MediaType.PDF, ["tracked", "clean", "text"]),
        (MediaType.ODT, ["tracked", "clean", "text"]),
        ("image/png", ["tracked", "clean", "text"]),
    ],
)
def test_the_copies_to_choose_from(media_type, expected) -> None:
    assert list(copies_of(media_type)) == expected


async def test_an_open_document_comes_back_as_a_word_document_with_tracked_changes() -> None:
    made = await make_copy(original(MediaType.ODT, b"odt"), Copy.TRACKED, WISHES, at=AT)
    assert (made.filename, made.left_out, made.basis) == ("letter-tracked.docx", 0, Basis.TEXT)
    assert len(tags(made.data, "ins")) == len(tags(made.data, "del")) == 3
    comments = Package(made.data).part("word/comments.xml").decode()
    assert "Nobody is named." in comments
    assert "Only you can know: is it “SHAP”?" in comments


async def test_a_clean_copy_has_what_is_accepted_and_no_trace() -> None:
    made = await make_copy(original(MediaType.HTML, b"html"), Copy.CLEAN, WISHES, at=AT)
    assert made.filename == "letter-corrected.docx"
    assert docx.read(made.data).text == TEXT.replace("recieve", "receive")
    assert not tags(made.data, "ins")
    assert "word/comments.xml" not in Package(made.data)


async def test_a_pdf_comes_back_as_itself_with_every_edit_and_finding(pdf, lines) -> None:
    source = pdf(lines(TEXT.split("\n")[:1]), lines(TEXT.split("\n")[2:]))
    text = read(source, "letter.pdf").text
    moved = [
        Edit(at := text.index(one.wrong), at + len(one.wrong), *_rest(one))
        for one in (ACCEPTED, ASKED, OPEN)
    ]
    wishes = Wishes(moved[:1], moved[1:], [FINDING], "en")
    letter = Original("my letter.pdf", MediaType.PDF, text, "en", None, source)
    made = await make_copy(letter, Copy.TRACKED, wishes, at=AT)
    assert (made.filename, made.left_out) == ("my letter-highlighted.pdf", 0)
    notes = [
        str(place.get_object()["/Contents"])
        for page in PdfReader(BytesIO(made.data)).pages
        for place in page["/Annots"]
    ]
    assert sorted(notes) == [
        "Nobody is named.\nName them.",
        "Only you can know: is it “SHAP”?",
        "recieve → receive\nA common slip.",
        "thier → their",
    ]


def _rest(one: Edit) -> tuple:
    return one.wrong, one.right, one.kind, one.confidence, one.ask, one.reason


async def test_a_heading_that_the_file_names_stays_a_heading() -> None:
    page = b"<!DOCTYPE html><html><body><h2>Dear <b>team,</b></h2><p>I</p></body></html>"
    made = await make_copy(original(MediaType.HTML, page), Copy.CLEAN, WISHES, at=AT)
    assert [style.get(W + "val") for style in tags(made.data, "pStyle")] == ["Heading2"]


def test_headings_of_an_open_document_have_their_level() -> None:
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = f'<c xmlns:t="{text}"><t:h t:outline-level="2">My <t:s/> work</t:h><t:p>I</t:p></c>'
    assert headings(zipped({"content.xml": content}), MediaType.ODT) == {"My work": 2}


def test_what_cannot_be_read_has_no_headings() -> None:
    assert headings(b"PK", MediaType.ODT) == headings(b"x", MediaType.RTF) == {}


def zipped(parts: dict[str, str]) -> bytes:
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return box.getvalue()


async def test_a_pdf_cannot_be_clean_so_its_text_is_a_word_document() -> None:
    made = await make_copy(original(MediaType.PDF, b"%PDF"), Copy.CLEAN, WISHES, at=AT)
    assert (made.filename, made.basis) == ("letter-corrected.docx", Basis.TEXT)


async def test_when_the_file_is_gone_the_text_is_marked_instead() -> None:
    made = await make_copy(original(MediaType.DOCX), Copy.TRACKED, WISHES, at=AT)
    assert made.basis is Basis.GONE
    assert len(tags(made.data, "ins")) == 3


@pytest.mark.parametrize("media_type", [MediaType.DOCX, MediaType.PDF])
async def test_when_the_file_cannot_be_changed_the_text_is_marked_instead(media_type) -> None:
    made = await make_copy(original(media_type, b"broken"), Copy.TRACKED, WISHES, at=AT)
    assert made.basis is Basis.REFUSED
    assert made.filename == "letter-tracked.docx"


async def test_a_text_file_keeps_its_kind() -> None:
    made = await make_copy(
        original(MediaType.MARKDOWN, TEXT.encode(), "letter.md"), Copy.TEXT, WISHES, at=AT
    )
    assert made.filename == "letter-corrected.md"
    assert made.data.decode() == TEXT.replace("recieve", "receive")


@pytest.mark.parametrize(
    ("start", "end", "right", "said"),
    [
        (5, 5, ",", "Sadly → Sadly,"),
        (0, 0, "So ", "Sadly → So Sadly"),
        (6, 13, "", "Delete “recieve”"),
        (6, 13, "receive", "recieve → receive"),
    ],
)
def test_a_note_shows_what_becomes_what(start, end, right, said) -> None:
    text = "Sadly recieve"
    one = Edit(start, end, text[start:end], right, EditKind.SPELLING, 1.0)
    mark = correction(one, text, "en")
    assert mark.said == said
    assert text[mark.start : mark.end] == mark.quote
    assert mark.quote
