"""The content decides what a file is; its name is only shown."""

import contextlib
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.documents import DocumentError, MediaType, Refusal, pasted, read
from coach.documents.content import OLE2, media_type, sniff
from coach.documents.document import LONGEST_NAME, safe_name
from coach.documents.errors import MAX_BYTES, MAX_CHARACTERS


def zip_of(*names: str) -> bytes:
    box = BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return box.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\n%PDF-1.7", MediaType.PDF),
        (zip_of("word/document.xml"), MediaType.DOCX),
        (zip_of("content.xml", "META-INF/manifest.xml"), MediaType.ODT),
        (zip_of("META-INF/container.xml"), MediaType.EPUB),
        (zip_of("Index/Document.iwa"), MediaType.PAGES),
        (zip_of("a.txt"), MediaType.ZIP),
        (OLE2 + "WordDocument".encode("utf-16-le"), MediaType.OLD_WORD),
        (b"{\\rtf1 hi}", MediaType.RTF),
        (b"\xef\xbb\xbf<!-- x --><!DOCTYPE html><p>hi", MediaType.HTML),
        (b"<?xml version='1.0'?><svg/>", MediaType.SVG),
        (b"\x89PNG\r\n\x1a\n", MediaType.IMAGE),
        (b"\xff\xd8\xff\xe0", MediaType.IMAGE),
        (b"RIFF1234WEBP", MediaType.IMAGE),
        (b"BM" + bytes(12) + b"\x28\0\0\0", MediaType.IMAGE),
        (zip_of("[Content_Types].xml", "xl/workbook.xml"), MediaType.OTHER),
        (zip_of("[Content_Types].xml", "word/document2.xml"), MediaType.DOCX),
        (b"<?xml version='1.0'?>\n<office:document xmlns:office='x'/>", MediaType.ODT),
        (b"<?xml version='1.0'?><w:wordDocument/>", MediaType.OTHER),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", MediaType.OTHER),
        (b"%!PS-Adobe-3.0", MediaType.OTHER),
        (b"Dear <b>team</b>", MediaType.PLAIN),
        (b"BMW Group, Munich", MediaType.PLAIN),
        (b"PKO Bank, Warsaw", MediaType.PLAIN),
        (b"I wrote a parser that looks for %PDF-1 at the start", MediaType.PLAIN),
        (b"<div align='center'>Ada</div>", MediaType.PLAIN),
    ],
)
def test_a_type_is_told_by_its_first_bytes(data: bytes, media_type: MediaType) -> None:
    assert sniff(data, "letter.png") is media_type


@pytest.mark.parametrize(
    ("name", "media_type"), [("letter.html", MediaType.HTML), ("letter.md", MediaType.MARKDOWN)]
)
def test_a_part_of_a_page_is_what_its_name_says(name: str, media_type: MediaType) -> None:
    assert sniff(b"<p align=center>Ada</p> builds", name) is media_type


def test_only_the_name_tells_markdown_from_text() -> None:
    assert sniff(b"# Hi", "letter.MD") is MediaType.MARKDOWN
    assert sniff(b"# Hi", "letter.txt") is MediaType.PLAIN


def test_a_lying_ending_is_no_error_but_told(pdf, lines) -> None:
    document = read(pdf(lines(["Dear team"])), "letter.docx")
    assert document.text == "Dear team"
    assert document.media_type == MediaType.PDF
    assert ".docx" in document.notes[0]
    assert "PDF" in document.notes[0]


@pytest.mark.parametrize("name", ["letter.txt", "letter", "notes.v2", "letter.log", ""])
def test_an_honest_or_unknown_ending_is_not_talked_about(name: str) -> None:
    assert read(b"Dear team", name).notes == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), Refusal.ENCRYPTED),
        (OLE2 + "WordDocument".encode("utf-16-le"), Refusal.OLD_WORD),
        (OLE2 + b"Workbook", Refusal.UNSUPPORTED),
        (zip_of("Index/Document.iwa"), Refusal.UNSUPPORTED),
        (b"\x89PNG\r\n\x1a\n", Refusal.UNSUPPORTED),
        (b"PK\x03\x04 cut", Refusal.BAD_FILE),
        (b"a" * (MAX_BYTES + 1), Refusal.TOO_BIG),
        (b"a" * (MAX_CHARACTERS + 1), Refusal.TOO_LONG),
        (("я" * 9 * MAX_CHARACTERS).encode(), Refusal.TOO_LONG),
        (bytes(range(1, 256)) * 2000, Refusal.NOT_TEXT),
    ],
)
def test_what_we_cannot_use_is_refused_with_its_code(data: bytes, code: Refusal) -> None:
    with pytest.raises(DocumentError) as refused:
        read(data, "letter")
    assert refused.value.code is code


def test_an_archive_of_thousands_of_members_is_refused() -> None:
    data = zip_of(*(f"a long name of a member {n}" for n in range(9_000)))
    with pytest.raises(DocumentError) as refused:
        read(data, "letter")
    assert refused.value.code is Refusal.TOO_BIG_UNPACKED


@given(st.integers(0, 400), st.binary(max_size=6), st.integers(0, 6))
def test_a_damaged_zip_is_read_or_refused(place: int, put: bytes, cut: int) -> None:
    box = BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w/>" * 20)
        archive.writestr("[Content_Types].xml", "<Types/>")
    whole = box.getvalue()
    with contextlib.suppress(DocumentError):
        read(whole[:place] + put + whole[place + cut :], "letter.docx")


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("code", Refusal)
def test_every_refusal_says_what_to_do_in_one_sentence(code: Refusal, language: str) -> None:
    sentence = DocumentError(code).sentence(language)
    assert ":" in sentence
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0


@pytest.mark.parametrize(
    ("data", "english", "russian"),
    [
        (zip_of("Index/Document.iwa"), "Export", "Экспортировать"),
        (zip_of("letter.txt"), "unpack", "распакуйте"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "Save as", "Сохранить как"),
        (b"<svg/>", "drawing", "рисунок"),
        (b'{"doc_id": "1a2b", "email": "ada@example.org"}', "Download", "Скачать"),
    ],
)
def test_a_file_that_needs_exporting_says_how(data: bytes, english: str, russian: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read(data, "letter")
    assert english in refused.value.sentence("en")
    assert russian in refused.value.sentence("ru")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("https://docs.google.com/document/d/1a2B3c/edit?usp=sharing", "Google Docs"),
        ("Here is my letter: docs.google.com/document/u/1/d/1a2B/edit Thanks!", "Google Docs"),
        ("https://drive.google.com/file/d/1a2B3c/view", "download"),
        ("[InternetShortcut]\nURL=https://1drv.ms/w/s!Aabc", "download"),
        ("Моё письмо: https://disk.yandex.ru/i/abc", "download"),
    ],
)
def test_a_link_in_a_letters_place_says_how_to_get_the_file(text: str, word: str) -> None:
    with pytest.raises(DocumentError) as refused:
        pasted(text)
    assert refused.value.code is Refusal.UNSUPPORTED
    assert word in refused.value.sentence("en")


@pytest.mark.parametrize(
    "text",
    [
        "https://jobs.example.org/engineer",
        "I wrote my thesis in Overleaf.",
        "Dear team, "
        + "I have built search for a library. " * 4
        + "https://docs.google.com/document/d/1",
    ],
)
def test_a_letter_may_hold_links(text: str) -> None:
    assert pasted(text).text == text


def test_the_longest_letter_is_still_read() -> None:
    assert len(pasted("a" * MAX_CHARACTERS).text) == MAX_CHARACTERS


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_an_empty_message_is_no_letter(text: str) -> None:
    with pytest.raises(DocumentError, match="empty"):
        pasted(text)


def test_invisible_characters_in_a_text_file_stay_and_are_told() -> None:
    document = read("De\u200bar te\u200cam, \U000e0049".encode(), "letter.txt")
    assert document.text == "De\u200bar te\u200cam, \U000e0049"
    assert "3 invisible" in document.notes[0]


def test_notes_are_said_in_the_readers_language() -> None:
    assert "невидим" in read("De\u200bar".encode(), "x.txt", language="ru").notes[0]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../../../etc/cron.d/x.txt", "x.txt"),
        ("C:\\Users\\ada\\letter.docx", "letter.docx"),
        ("a\x00b\n\u202ecod.txt", "abcod.txt"),
        ("..", "letter"),
        ("", "letter"),
        ("Письмо.pdf", "Письмо.pdf"),
    ],
)
def test_a_name_is_never_a_path(sent: str, shown: str) -> None:
    assert safe_name(sent) == shown


def test_a_long_name_keeps_its_ending() -> None:
    shown = safe_name("a" * 300 + ".docx")
    assert len(shown) == LONGEST_NAME
    assert shown.endswith(".docx")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"%PDF-1.4", "application/pdf"),
        (b"????ftypheic", "image/*"),
    ],
)
def test_a_picture_of_a_letter_is_named_by_what_was_sent(data, name) -> None:
    assert media_type(data, "image/*") == name
    assert media_type(data, "text/plain") == "text/plain"
