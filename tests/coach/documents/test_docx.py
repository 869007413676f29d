"""A Word document is read as it looks on the page."""

import zipfile
from io import BytesIO

import pytest

from coach.documents import DocumentError, read
from coach.documents import docx as word

BOX = "<w:txbxContent>{}</w:txbxContent>"


def text_of(data: bytes) -> str:
    return word.read(data).text


def test_paragraphs_stand_apart(docx, p) -> None:
    assert text_of(docx(p("Dear team,") + p("I build models."))) == "Dear team,\n\nI build models."


def test_blank_paragraphs_are_the_writers_own_spacing(docx, p) -> None:
    address = p("Ada") + p("1 Road") + p("") + p("Dear team,") + p("") + p("Bye")
    assert text_of(docx(address)) == "Ada\n1 Road\n\nDear team,\n\nBye"


def test_a_word_split_over_runs_is_one_word(docx, p, r) -> None:
    assert text_of(docx(p(r("mo", "<w:b/>"), r("dels")))) == "models"


def test_tables_are_read_cell_by_cell_however_deep(docx, p) -> None:
    body = p("inner")
    for _ in range(60):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    assert text_of(docx(p("before") + body + p("after"))) == "before\n\ninner\n\nafter"


def test_insertions_are_in_and_deletions_are_out_and_told(docx, p, r) -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2">{r("new")}</w:ins>'
    reading = word.read(docx(p(r("Keep "), gone, new)))
    assert reading.text == "Keep new"
    assert [note.name for note in reading.notes] == ["tracked"]


def test_a_deleted_paragraph_end_joins_the_next(docx, p) -> None:
    deleted = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert text_of(docx(p("one ", properties=deleted) + p("two"))) == "one two"


def test_a_text_box_is_read_once_after_its_paragraph(docx, p, r) -> None:
    box = BOX.format(p("BOX"))
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert text_of(docx(p(r("Host"), f"<w:r>{both}</w:r>") + p("Next"))) == "Host\n\nBOX\n\nNext"


def test_content_controls_are_read(docx, p) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('chosen')}</w:sdtContent></w:sdt>"
    assert text_of(docx(control)) == "chosen"


def test_hidden_words_are_left_out_and_told(docx, p, r) -> None:
    reading = word.read(docx(p(r("Seen"), r(" unseen", "<w:vanish/>"))))
    assert reading.text == "Seen"
    assert [note.name for note in reading.notes] == ["hidden_text"]


def test_invisible_characters_are_taken_out_and_counted(docx, p) -> None:
    reading = word.read(docx(p("Dear\u200b te\u202eam")))
    assert reading.text == "Dear team"
    assert reading.notes[0].facts == {"count": 2}


@pytest.mark.parametrize("by_style", [False, True])
def test_a_bulleted_paragraph_gets_its_bullet(docx, p, by_style: bool) -> None:
    numbered = '<w:numPr><w:numId w:val="7"/></w:numPr>'
    numbering = (
        '<w:abstractNum w:abstractNumId="3"><w:lvl><w:numFmt w:val="bullet"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
    )
    styles = f'<w:style w:styleId="L"><w:pPr>{numbered}</w:pPr></w:style>'
    own = '<w:pStyle w:val="L"/>' if by_style else numbered
    items = p("one", properties=own) + p("two", properties=own)
    data = docx(p("List:") + items, numbering=numbering, styles=styles)
    assert text_of(data) == "List:\n\n• one\n• two"


def test_a_tab_and_a_line_break_stay(docx) -> None:
    said = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
    assert text_of(docx(said)) == "a\tb\nc"


@pytest.mark.parametrize("body", ["", "<w:p/>", "<w:p><w:r><w:t> </w:t></w:r></w:p>"])
def test_a_document_without_words_has_no_text(docx, body: str) -> None:
    with pytest.raises(DocumentError, match="no_text"):
        read(docx(body), "letter.docx")


def test_an_entity_bomb_is_refused(docx, p) -> None:
    bomb = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(DocumentError, match="bad_file"):
        read(replaced(docx(p("x")), bomb.encode()), "letter.docx")


def test_a_part_that_unpacks_to_more_than_a_letter_is_refused(docx, p) -> None:
    with pytest.raises(DocumentError, match="too_big_unpacked"):
        read(replaced(docx(p("x")), b" " * (11 * 1024 * 1024)), "letter.docx")


def test_a_truncated_file_is_damaged(docx, p) -> None:
    with pytest.raises(DocumentError, match="bad_file"):
        read(docx(p("x"))[:-30], "letter.docx")


def replaced(data: bytes, document: bytes) -> bytes:
    """The package with another main part."""
    box = BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in zipfile.ZipFile(BytesIO(data)).namelist():
            archive.writestr(name, document if name == "word/document.xml" else b"<Types/>")
    return box.getvalue()
