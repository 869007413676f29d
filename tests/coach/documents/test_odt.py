"""An ODT is read as it looks on the page."""

import zipfile
from io import BytesIO

import pytest

from coach.documents import DocumentError, MediaType, read

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "style")
)


def odt(body: str, styles: str = "", manifest: str = "<m/>") -> bytes:
    box = BytesIO()
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return box.getvalue()


def text_of(*args: str) -> str:
    return read(odt(*args), "letter.odt").text


def test_paragraphs_spans_and_blanks_are_read() -> None:
    body = (
        "<text:h>Hi</text:h>\n<text:p>I <text:span>mo</text:span>\n dels"
        "<text:tab/>a<text:s text:c='9'/>b<text:line-break/>c</text:p>"
    )
    assert text_of(body) == "Hi\n\nI mo dels\ta b\nc"


def test_bulleted_items_get_their_bullet() -> None:
    styles = '<text:list-style style:name="L"><text:list-level-style-bullet/></text:list-style>'
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    body = f'<text:list text:style-name="L">{item.format("one")}{item.format("two")}</text:list>'
    assert text_of(body, styles) == "• one\n• two"


def test_deleted_words_and_comments_are_out_and_told() -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:p>Keep<office:annotation><text:p>note</text:p></office:annotation> it</text:p>"
    )
    document = read(odt(body), "letter.odt")
    assert document.text == "Keep it"
    assert "tracked" in document.notes[0]


def test_a_frame_is_read_after_its_paragraph() -> None:
    assert text_of("<text:p>Host<x><text:p>BOX</text:p></x></text:p>") == "Host\n\nBOX"


def test_a_password_is_asked_away() -> None:
    with pytest.raises(DocumentError, match="encrypted"):
        read(odt("<text:p>x</text:p>", "", "<m><encryption-data/></m>"), "letter.odt")


def test_nothing_on_the_page_is_no_text() -> None:
    with pytest.raises(DocumentError, match="no_text"):
        read(odt("<text:p/>"), "letter.odt")


def test_its_type_is_told_by_its_content() -> None:
    document = read(odt("<text:p>x</text:p>"), "letter.docx")
    assert document.media_type == MediaType.ODT
    assert ".docx" in document.notes[0]


def test_a_flat_file_is_read_like_a_package() -> None:
    flat = (
        f"<?xml version='1.0'?><office:document {SPACES}><office:body><office:text>"
        "<text:p>Dear team</text:p></office:text></office:body></office:document>"
    )
    document = read(flat.encode(), "letter.fodt")
    assert (document.text, document.notes) == ("Dear team", ())


def test_a_table_of_numbers_is_no_letter() -> None:
    body = "<office:body><office:spreadsheet/></office:body>"
    flat = f"<office:document {SPACES}>{body}</office:document>"
    with pytest.raises(DocumentError, match="unsupported"):
        read(flat.encode(), "letter.fods")
