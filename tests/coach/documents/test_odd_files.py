"""Files of odd kinds are read as far as they can be, or refused by a sentence that helps."""

import io

import pytest
from PIL import Image, ImageDraw

from coach.documents import DocumentError, Refusal, child, photos, plain, read, scans
from coach.documents.document import MediaType
from coach.documents.pages import Line
from tests.fakes.files import column, docx_of, para, pdf_of

SAID = "Dear hiring team, I am applying for the junior role."
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40)
MAIL = b"From: ada@example.org\r\nSubject: Application\r\nMIME-Version: 1.0\r\n\r\n" + SAID.encode()
ALT_CHUNK = (
    '<w:altChunk r:id="rId1" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
)
PLEASE_WAIT = (
    "Please wait...",
    "If this message is not eventually replaced by the proper contents",
)


def refused(data: bytes, name: str = "letter") -> DocumentError:
    with pytest.raises(DocumentError) as problem:
        read(data, name)
    return problem.value


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (HEIC, "HEIC"),
        (b"\0\0\0\x0cjP  \r\n", "JPG"),
        (b"8BPS\0\1", "JPG"),
        (b"\0\0\0\x18ftypisom", "PDF"),
        (b"\x1f\x8b\x08", "unpack"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\0", "unpack"),
        (b"7z\xbc\xaf\x27\x1c", "unpack"),
        (MAIL, "e-mail"),
        (b"From ada Mon Jan  5 10:00:00 2026\n" + MAIL, "e-mail"),
        (pdf_of(column(PLEASE_WAIT)), "Adobe Reader"),
    ],
)
def test_what_cannot_be_read_is_told_how_to_send(data: bytes, word: str) -> None:
    problem = refused(data)
    assert problem.code == Refusal.UNSUPPORTED
    assert word in problem.sentence("en")
    assert problem.sentence("ru") != problem.sentence("en")


def test_a_drawing_in_the_name_of_a_photo_is_told_apart_from_one_in_its_own() -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    assert refused(drawing, "photo.png").code == Refusal.WRONG_EXTENSION
    assert refused(drawing, "drawing.svg").code == Refusal.UNSUPPORTED
    assert "SVG" in refused(drawing, "photo.png").sentence("en")


def test_a_page_in_the_wrapping_of_word_is_no_scan() -> None:
    problem = refused(docx_of(ALT_CHUNK))
    assert problem.code == Refusal.NO_TEXT
    assert "save it again as DOCX" in problem.sentence("en")
    assert read(docx_of(para(SAID) + ALT_CHUNK), "letter.docx").text == SAID


@pytest.mark.parametrize("head", ["From: Ada\nTo: the team\n\n", "Subject: the junior role\n\n"])
def test_a_letter_with_an_address_on_top_is_no_saved_mail(head: str) -> None:
    assert read((head + SAID).encode(), "letter.txt").text == head + SAID


RUSSIAN = "Здравствуйте! Меня зовут Ия, я учу Python и статистику. Мне 34 года."


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (RUSSIAN.encode() + b"\xd0", RUSSIAN + "\ufffd", "utf-8"),
        (("«Ия» – " + SAID).encode() + b" caf\xe9", f"«Ия» – {SAID} caf\ufffd", "utf-8"),
        (b"\xff\xfe" + SAID.encode("utf-16-le") + b"x", SAID + "\ufffd", "utf-16-le bom"),
    ],
)
def test_a_few_spoilt_bytes_do_not_spoil_the_text(data: bytes, text: str, encoding: str) -> None:
    reading = plain.decode(data)
    assert (reading.text, reading.encoding) == (text, encoding)


def test_more_spoilt_characters_are_no_text() -> None:
    with pytest.raises(DocumentError) as problem:
        plain.decode(b"\xff\xfe" + "Dear team".encode("utf-16-le") + b"\0\xd8" * 9)
    assert problem.value.code == Refusal.NOT_TEXT


async def test_half_a_character_never_leaves_the_child() -> None:
    document = await child.read_in_child(rb"{\rtf1\ansi \u-10179? " + SAID.encode() + b"}", "a.rtf")
    assert document.text.encode()
    assert SAID in document.text


def as_bytes(picture: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(("letters", "outside"), [((255, 255, 255), 0), ((0, 0, 0), 255)])
def test_letters_on_nothing_get_a_ground_that_they_stand_out_from(
    letters: tuple[int, int, int], outside: int
) -> None:
    picture = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((40, 40, 160, 60), fill=(*letters, 255))
    opened = photos.opened(as_bytes(picture, "PNG"))
    assert opened.getpixel((5, 5)) == outside
    assert opened.getpixel((100, 50)) == letters[0]


def scanned_pdf(stamp: str, side: int) -> bytes:
    """A page of A4 with a picture of so many points and a line of text."""
    picture = b"\xff" * 64
    shown = f"q {side} 0 0 {side} 0 0 cm /I Do Q BT /F 9 Tf 60 20 Td ({stamp}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources"
        b" << /XObject << /I 5 0 R >> /Font << /F << /Type /Font /Subtype /Type1"
        b" /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(shown) + shown + b"\nendstream",
        b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Length 64 >>\nstream\n" + picture + b"\nendstream",
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size 6 >>\n%%EOF\n"


def test_a_scanner_stamp_on_a_picture_is_no_letter() -> None:
    assert refused(scanned_pdf("Scanned with CamScanner", 800)).code == Refusal.NO_TEXT


def test_a_short_text_beside_a_small_picture_is_a_letter() -> None:
    assert read(scanned_pdf("Scanned with CamScanner", 90), "a.pdf").media_type == MediaType.PDF
    assert read(scanned_pdf("Dear team, " * 12, 800), "a.pdf").text.startswith("Dear team")


def line(text: str, bottom: float) -> Line:
    return Line(0, text, 60, bottom, 60 + 6 * len(text), bottom + 11)


@pytest.mark.parametrize(
    "stamp",
    ["Scanned with CamScanner", "Scanned by TapScanner", "Отсканировано с помощью CamScanner"],
)
def test_a_stamp_in_the_picture_is_left_out(stamp: str) -> None:
    assert scans.reading_of([[line(SAID, 700), line(stamp, 30)]]).text == SAID


def test_a_word_that_a_drawing_looks_like_is_no_letter() -> None:
    with pytest.raises(DocumentError) as problem:
        scans.reading_of([[line("N", 500)]])
    assert problem.value.code == Refusal.NO_TEXT
