"""A letter's text becomes a Word document that says the same, character for character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from coach.documents import docx, layout
from coach.documents.archive import Package
from coach.documents.docx import W
from coach.documents.manuscript import manuscript, paragraphs

LETTER = (
    "Anna Test\nSome Street 5\n\nDear team,\n\nI can do this:\n\n• first & <best>\n• second\n\nBye"
)
BY_HAND = "Anna Test\n\nSkills:\n• Python\n• SQL\n\nRegards,\nAnna"

said = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "Mn"]),
    min_size=1,
    max_size=20,
).map(lambda text: " ".join(text.split()))
lines = st.one_of(said, said.map(lambda text: f"• {text}"), st.just("• "), st.just("a\tb"))


def body_of(data: bytes):
    return docx.body_of(docx.main_part(Package(data)))


@given(st.lists(st.tuples(lines, st.sampled_from(["\n", "\n\n"])), min_size=1, max_size=12))
def test_whatever_the_lines_are_the_document_says_the_same_text(pieces) -> None:
    text = "".join(line + end for line, end in pieces).strip()
    if text:
        package = Package(manuscript(text, language="en"))
        assert docx.trace(package, docx.body_of(docx.main_part(package)))[0] == text


@given(st.lists(st.tuples(said.filter(bool), st.booleans()), min_size=1, max_size=12))
def test_the_paragraphs_of_a_file_are_paragraphs_again(items) -> None:
    plain = [(text, item) for text, item in items if not layout.BULLET_SIGN.match(text)]
    assert [item for _, item in paragraphs(layout.join(plain))] == [
        item for _, item in plain or [("", False)]
    ]


@pytest.mark.parametrize("text", [LETTER, BY_HAND])
def test_bullets_are_items_of_a_list(text: str) -> None:
    styles = [
        one.get(W + "val") for one in body_of(manuscript(text, language="en")).iter(W + "pStyle")
    ]
    assert styles == ["ListBullet", "ListBullet"]
    assert docx.read(manuscript(text, language="en")).text == text


def test_headings_that_are_known_look_like_headings() -> None:
    data = manuscript("Work\n\nI do it.", language="en", headings={"Work": 2})
    first = next(iter(body_of(data).iter(W + "p")))
    assert first.find(f"{W}pPr/{W}pStyle").get(W + "val") == "Heading2"


def test_the_language_is_told_so_that_word_checks_the_right_spelling() -> None:
    styles = etree.fromstring(Package(manuscript("Привет", language="ru")).part("word/styles.xml"))
    assert next(styles.iter(W + "lang")).get(W + "val") == "ru-RU"


def test_what_xml_cannot_hold_keeps_its_place() -> None:
    assert docx.read(manuscript("a\x07b", language="en")).text == "a\ufffdb"
