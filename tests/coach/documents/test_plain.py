"""Text files come as people's programs wrote them, and go back the same way."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.documents import DocumentError, corrected, plain, read
from coach.letters import Edit, EditKind

LETTERS = {
    "cp1252": "Zoë’s café – a “small” place… I’ve built its menu über Nacht. Señor, ¿qué tal?",
    "mac_roman": "Zoë’s café – a “small” place… I’ve built its menu über Nacht. Señor, ¿qué tal?",
    "cp1251": "Здравствуйте! Меня зовут Ия, я учу Python и статистику. Мне 34 года.",
    "koi8_r": "Здравствуйте! Меня зовут Ия, я учу Python и статистику. Мне 34 года.",
    "cp866": "Здравствуйте! Меня зовут Ия, я учу Python и статистику. Мне 34 года.",
    "mac_cyrillic": "Здравствуйте! Меня зовут Ия, я учу Python и статистику. Мне 34 года.",
    "cp1250": "Vážený pane, jmenuji se Jiří a hledám práci. Žluťoučký kůň. Chciałbym zgłosić się.",
}

MARKED = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
]

written = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), min_size=1
).filter(str.strip)


@pytest.mark.parametrize("codec", LETTERS)
def test_an_eight_bit_letter_is_read_as_it_was_written(codec: str) -> None:
    reading = plain.decode(LETTERS[codec].encode(codec))
    assert reading.text == LETTERS[codec]
    assert plain.encode(reading.text, reading.encoding) == LETTERS[codec].encode(codec)


@pytest.mark.parametrize(("mark", "codec"), MARKED)
@given(written)
def test_a_byte_order_mark_decides_and_comes_back(mark: bytes, codec: str, text: str) -> None:
    data = mark + text.encode(codec)
    reading = plain.decode(data)
    assert reading.text == text
    assert plain.encode(reading.text, reading.encoding) == data


@given(written)
def test_utf8_is_read_as_utf8(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert plain.decode(text.encode()).text == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["Dear team, I am applying.", "Привет! Мне 34 года, и я учусь."])
def test_utf16_without_a_mark_is_known_by_its_nuls(codec: str, text: str) -> None:
    reading = plain.decode(text.encode(codec))
    assert (reading.text, reading.encoding) == (text, codec)


@given(st.binary(max_size=400))
def test_whatever_comes_is_read_back_byte_for_byte_or_refused(data: bytes) -> None:
    try:
        reading = plain.decode(data)
    except DocumentError:
        return
    assert plain.encode(reading.text, reading.encoding) == data


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", codecs.BOM_UTF8, "\u200b\ufeff ".encode()])
def test_a_file_without_words_is_empty(data: bytes) -> None:
    with pytest.raises(DocumentError, match="empty"):
        read(data, "letter.txt")


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x00" * 900, b"\x01\x02\x03abc" * 50])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(DocumentError, match="not_text"):
        read(data, "letter.txt")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_corrected_copy_keeps_encoding_mark_and_line_ends(newline: str, encoding: str) -> None:
    before = f"Dear team,{newline}I have an “idea” of teh café.{newline}"
    document = read(before.encode(encoding), "letter.txt")
    place = document.text.index("teh")
    edit = Edit(place, place + 3, "teh", "the", EditKind.SPELLING, 1.0)
    copy = corrected(document.text, [edit], document.encoding)
    assert copy == before.replace("teh", "the").encode(encoding)


def test_a_new_line_takes_the_line_ends_of_the_file() -> None:
    edit = Edit(1, 2, " ", "\n", EditKind.STYLE, 1.0)
    assert corrected("a b\r\nc", [edit], "utf-8") == b"a\r\nb\r\nc"


def test_a_correction_that_the_encoding_lacks_makes_the_copy_utf8() -> None:
    edit = Edit(0, 5, "Lodz!", "Łódź!", EditKind.SPELLING, 1.0)
    assert corrected("Lodz! café", [edit], "cp1252") == "Łódź! café".encode()
