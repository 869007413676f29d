"""What a model wrote reaches people as plain words on one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prompts.guards.plain import LONGEST, cut, plain


@pytest.mark.parametrize(
    ("wrote", "shown"),
    [
        ("**Name** the `team`.", "Name the team."),
        ("Look at [this](https://evil.example/x) page.", "Look at this page."),
        ("Look at https://evil.example/x now.", "Look at now."),
        ("![](https://evil.example/p.png)Fine.", "Fine."),
        ("Ask <b>them</b>.", "Ask them."),
        (
            "Look <a href='https://evil.example/x'>here</a>, as 2 < 3 > 1.",
            "Look here, as 2 < 3 > 1.",
        ),
        ("Write to me@evil.example or @evil.", "Write to or ."),
        ("two\nlines\tand\x00 more", "two lines and more"),
        ("re\u202eversed \u200bhidden", "reversed hidden"),
        ("Press /forget now.", "Press forget now."),
        ("# Title", "Title"),
        ("C++ and 3 * 4, snake_case", "C++ and 3 4, snake_case"),
        ("either/or, 2024/25", "either/or, 2024/25"),
    ],
)
def test_markup_links_and_hidden_characters_go(wrote, shown):
    assert plain(wrote) == shown


@given(st.text(max_size=300))
def test_nothing_to_press_and_nothing_invisible_is_left(text):
    shown = plain(text)
    assert "\n" not in shown
    assert "://" not in shown
    assert all(character.isprintable() or character == " " for character in shown)


def test_a_remark_without_end_is_cut_behind_a_sentence():
    assert plain("It is long. " * 400).endswith("long.")
    assert len(plain("word " * 400)) <= LONGEST + 2
    assert cut("short", 10) == "short"
