"""Parse modes."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.utils.text_decorations import html_decoration, markdown_decoration
from hypothesis import given
from hypothesis import strategies as st

from bot.tryout.formatting import parsed


@pytest.mark.parametrize(
    ("mode", "source", "text", "entities"),
    [
        ("HTML", "<b>a<i>b</i></b> &lt;c&gt;", "ab <c>", [("bold", 0, 2), ("italic", 1, 1)]),
        ("HTML", '😀<a href="https://a.example">x</a>', "😀x", [("text_link", 2, 1)]),
        ("HTML", "<pre><code class='language-py'>x</code></pre>", "x", [("pre", 0, 1)]),
        ("HTML", "<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        (
            "MarkdownV2",
            "*a _b_* ~c~",
            "a b c",
            [("bold", 0, 3), ("italic", 2, 1), ("strikethrough", 4, 1)],
        ),
        ("MarkdownV2", "[x](https://a.example/\\)) \\.", "x .", [("text_link", 0, 1)]),
        ("MarkdownV2", "`a*b` ```py\nx```", "a*b x", [("code", 0, 3), ("pre", 4, 1)]),
        ("MarkdownV2", ">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 4)]),
        ("MarkdownV2", "__u__ ||s||", "u s", [("underline", 0, 1), ("spoiler", 2, 1)]),
    ],
)
def test_marks_become_entities(
    mode: str, source: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    read, found = parsed(source, mode)
    assert read == text
    assert [(one["type"], one["offset"], one["length"]) for one in found] == entities


@pytest.mark.parametrize(
    ("mode", "source", "words"),
    [
        ("HTML", "<b>x", 'find end tag corresponding to start tag "b"'),
        ("HTML", "a <font>x</font>", 'Unsupported start tag "font" at byte offset 2'),
        ("HTML", "я<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("HTML", "x</b>", "Unexpected end tag at byte offset 1"),
        ("MarkdownV2", "Version 1.0", "Character '.' is reserved and must be escaped"),
        ("MarkdownV2", "я *x", "find end of Bold entity at byte offset 3"),
        ("MarkdownV2", "`x", "find end of Code entity at byte offset 0"),
        ("Markdown", "*x*", "does not play the old parse_mode"),
        ("BBCode", "x", "nsupported parse_mode"),
    ],
)
async def test_bad_marks_are_refused(
    bot: Bot, anna: int, mode: str, source: str, words: str
) -> None:
    with pytest.raises(TelegramBadRequest) as caught:
        await bot.send_message(anna, source, parse_mode=mode)
    assert words in str(caught.value)


@given(st.text())
def test_quoted_text_comes_out_as_it_went_in(text: str) -> None:
    assert parsed(html_decoration.quote(text), "HTML") == (text, [])


@given(st.text(st.sampled_from("ab _*[]()~`>#+-=|{}.!😀я")))
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    assert parsed(markdown_decoration.quote(text), "MarkdownV2") == (text, [])
