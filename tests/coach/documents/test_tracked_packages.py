"""Odd packages come back as plain Word documents, or one sentence says why not."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from coach.documents import MAX_BYTES, DocumentError, give_back, tracked
from coach.documents.docx import STRICT, TRANSITIONAL, W, read
from coach.documents.tracked import Change, GivenBack, Remark
from coach.letters import Edit, EditKind
from coach.texts import say
from tests.fakes.word import MAIN, formatted, of_others, ours, parts_of, text_of, zipped

AT = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
SAMPLES = Path(__file__).with_name("samples")
MARK = Remark(0, 4, "Hm")
TYPES = "[Content_Types].xml"
MACRO_MAIN = b"application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.fixture
def parts() -> dict[str, bytes]:
    return parts_of((SAMPLES / "libreoffice.docx").read_bytes())


def recieved(text: str) -> Change:
    start = text.index("recieve")
    return Change(start, start + 7, "recieve", "receive")


def given(parts: dict[str, bytes]) -> tuple[GivenBack, GivenBack]:
    source = zipped(parts)
    change = recieved(text_of(source))
    marked = tracked.with_tracked_changes(source, [change], [MARK], AT)
    return marked, tracked.clean_copy(source, [change])


def test_macros_go_and_a_plain_document_with_changes_and_comments_remains(parts) -> None:
    vba = (
        b'<Override PartName="/word/vbaData.xml" '
        b'ContentType="application/vnd.ms-word.vbaData+xml"/>'
    )
    keys = (
        b'<Override PartName="/word/customizations.xml" '
        b'ContentType="application/vnd.ms-word.keyMapCustomizations+xml"/>'
    )
    parts[TYPES] = parts[TYPES].replace(PLAIN_MAIN, MACRO_MAIN)
    parts[TYPES] = parts[TYPES].replace(b"</Types>", vba + keys + b"</Types>")
    relation = (
        b'<Relationship Id="m1" Target="vbaProject.bin" '
        b'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/>'
    )
    rels = "word/_rels/document.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", relation + b"</Relationships>")
    macros = ("word/vbaProject.bin", "word/vbaData.xml", "word/customizations.xml")
    for one in given(parts | dict.fromkeys(macros, b"Sub AutoOpen()")):
        left = parts_of(one.data)
        assert one.left_out == 0
        assert not set(macros) & set(left)
        assert PLAIN_MAIN in left[TYPES]
        assert not any(b"vba" in content or b"macroEnabled" in content for content in left.values())
    comments = parts_of(given(parts)[0].data)
    assert b"comments.xml" in comments[TYPES]
    assert b"comments" in comments[rels]


def test_a_signature_that_no_longer_holds_goes_and_that_is_said(parts) -> None:
    origin = (
        b'<Relationship Id="s1" Target="_xmlsignatures/origin.sigs" Type="http://schemas.openxmlformats'
        b'.org/package/2006/relationships/digital-signature/origin"/>'
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"</Relationships>", origin + b"</Relationships>"
    )
    for one in given(
        parts | {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<S/>"}
    ):
        left = parts_of(one.data)
        assert not any("signature" in name for name in left)
        assert b"signature" not in left["_rels/.rels"]
        assert [note.name for note in one.notes] == ["signature_dropped"]
        assert one.notes[0].sentence("ru") == say("ru", "documents.note.signature_dropped")
    assert given(parts)[0].notes == ()


def test_the_main_part_may_have_another_name(parts) -> None:
    moved = {
        name.replace("document.xml", "document2.xml"): content.replace(
            b"document.xml", b"document2.xml"
        )
        for name, content in parts.items()
    }
    marked, clean = given(moved)
    assert marked.left_out == clean.left_out == 0
    assert "word/document.xml" not in parts_of(marked.data)
    assert "receive" in text_of(marked.data)
    assert b'Target="comments.xml"' in parts_of(marked.data)["word/_rels/document2.xml.rels"]


def test_the_strict_dialect_stays_strict(parts) -> None:
    strict = parts | {
        name: content.replace(TRANSITIONAL, STRICT)
        for name, content in parts.items()
        if name.startswith("word/") and name.endswith(".xml")
    }
    for one in given(strict):
        left = parts_of(one.data)
        assert STRICT in left[MAIN]
        assert not any(TRANSITIONAL in content for content in left.values())
        assert text_of(one.data) == text_of(given(parts)[1].data)


def test_parts_in_utf_16_are_read_and_changed(parts) -> None:
    wide = parts[MAIN].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    for one in given(parts | {MAIN: wide.encode("utf-16")}):
        assert one.left_out == 0
        assert text_of(one.data) == text_of(given(parts)[1].data)


def test_a_document_without_styles_or_announcements_is_changed_too(parts) -> None:
    bare = {name: parts[name] for name in (MAIN, "_rels/.rels")}
    marked, _ = given(bare)
    assert marked.left_out == 0
    assert b"comments+xml" in parts_of(marked.data)[TYPES]


def test_what_leads_out_of_the_document_is_left_behind(parts) -> None:
    names = ("../evil.txt", "/etc/evil", "word\\..\\evil")
    for one in given(parts | dict.fromkeys(names, b"x")):
        assert set(parts_of(one.data)) - set(parts) <= {"word/comments.xml"}


def test_other_peoples_work_stays_and_a_comment_says_what_could_not_be_put_in() -> None:
    source = (SAMPLES / "odd.docx").read_bytes()
    text = text_of(source)
    changes = [
        Change(text.index(wrong), text.index(wrong) + len(wrong), wrong, right)
        for wrong, right in (("newer", "new"), ("Ada", "Eve"), ("words in", "wordings in"))
    ]
    marked = tracked.with_tracked_changes(source, changes, [], AT)
    comments = etree.fromstring(parts_of(marked.data)["word/comments.xml"])
    said = ["".join(one.itertext()) for one in comments if one.get(W + "author") == "Sogood"]
    assert marked.left_out == 2
    assert said == ["newer → new", "Ada → Eve"]
    assert of_others(marked.data) == of_others(source)
    assert len({one.get(W + "id") for one in comments}) == len(comments) == 3


def test_no_comment_stands_inside_a_text_box() -> None:
    source = (SAMPLES / "odd.docx").read_bytes()
    start = text_of(source).index("Boxed")
    marked = tracked.with_tracked_changes(source, [], [Remark(start, start + 5, "Hm")], AT)
    tree = etree.fromstring(parts_of(marked.data)[MAIN])
    boxes = list(tree.iter(W + "txbxContent"))
    assert boxes
    assert not [one for box in boxes for one in box.iter(W + "commentReference")]
    assert len(list(tree.iter(W + "commentReference"))) == 2


@pytest.mark.parametrize(
    ("wrong", "right", "deleted", "inserted"),
    [
        ("recieve your newsletter", "receive your newsletter", ["recieve"], ["receive"]),
        ("page, please", "page please", [","], []),
        ("applie for the", "apply to the", ["applie for"], ["apply to"]),
        ("newsletter", "newslatter", ["e"], ["a"]),
        ("late trains", "late, slow trains", [], [", slow"]),
    ],
)
def test_a_reader_sees_whole_changed_words(wrong, right, deleted, inserted) -> None:
    source = (SAMPLES / "libreoffice.docx").read_bytes()
    start = text_of(source).index(wrong)
    change = Change(start, start + len(wrong), wrong, right)
    tree = etree.fromstring(
        parts_of(tracked.with_tracked_changes(source, [change], [], AT).data)[MAIN]
    )
    assert ["".join(one.itertext()) for one in ours(tree, "del")] == deleted
    assert ["".join(one.itertext()) for one in ours(tree, "ins")] == inserted


def test_a_comma_after_a_link_stands_outside_of_it() -> None:
    source = (SAMPLES / "libreoffice.docx").read_bytes()
    end = text_of(source).index("my page") + len("my page")
    clean = tracked.clean_copy(source, [Change(end, end, "", ", indeed")])
    home = [homes for sign, _, homes in formatted(clean.data) if "hyperlink" in homes]
    assert len(home) == len("my page")


async def test_a_file_that_is_too_big_is_refused_before_a_child_is_asked() -> None:
    with pytest.raises(DocumentError) as refused:
        await give_back(b"PK" + bytes(MAX_BYTES), [], at=AT)
    assert refused.value.code == "too_big"


async def test_a_big_letter_with_pictures_comes_back_whole(parts) -> None:
    box = BytesIO(zipped(parts))
    picture = bytes(range(256)) * 4096 * 8
    with zipfile.ZipFile(box, "a") as archive:
        archive.writestr("word/media/image1.png", picture)
    source = box.getvalue()
    change = recieved(read(source).text)
    edit = Edit(change.start, change.end, change.wrong, change.right, EditKind.SPELLING, 1.0)
    back = await give_back(source, [edit], at=AT)
    assert parts_of(back.data)["word/media/image1.png"] == picture
    assert back.left_out == 0
