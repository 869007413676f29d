"""An RTF is read as it looks on the page."""

import pytest

from coach.documents import DocumentError, read


def text_of(body: str) -> str:
    return read(f"{{\\rtf1\\ansi\\ansicpg1251 {body}}}".encode("ascii"), "letter.rtf").text


def test_paragraphs_and_letters_of_other_alphabets_are_read() -> None:
    assert text_of(r"Dear team\par I\u8217'm \'cf\'f0\'e8\par") == "Dear team\n\nI’m При"


def test_objects_and_field_codes_are_not_text() -> None:
    body = (
        r"Dear team{\object\objemb{\*\objdata 0105}}"
        r"{\field{\*\fldinst{DDEAUTO c:\\cmd}}{\fldrslt  ok}}\par"
    )
    assert text_of(body) == "Dear team ok"


@pytest.mark.parametrize(("word", "told"), [("v", "hidden"), ("deleted", "tracked")])
def test_hidden_and_deleted_words_are_out_and_told(word: str, told: str) -> None:
    document = read(rf"{{\rtf1 Keep{{\b\{word}  gone}}\par}}".encode(), "letter.rtf")
    assert document.text == "Keep"
    assert told in document.notes[0]


def test_bulleted_lines_are_list_items() -> None:
    assert text_of(r"List:\par \bullet\tab one\par \bullet\tab two\par") == "List:\n\n• one\n• two"


def test_nothing_on_the_page_is_no_text() -> None:
    with pytest.raises(DocumentError, match="no_text"):
        text_of(r"\par")
