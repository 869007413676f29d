"""Fields of Anki as text and back: what is seen stays, what is not goes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach.anki.fields import html_of, plain, text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n• b"),
        ("x<sup>2</sup> + a<sub>1</sub>", "x^2 + a_1"),
        ("a&nbsp;&lt;b&gt; &amp; c", "a <b> & c"),
        ("<script>alert('x')</script>seen<style>p{}</style>", "seen"),
        ("<img src=x onerror=alert(1)>", ""),
        ("[sound:a.mp3]heard [latex]x[/latex]", "heard x"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("{{c1::<b>word</b>::hint}}", "{{c1::word::hint}}"),
        ("a\x00b\x1fc\u202e", "abc"),
        ("<b>never closed", "never closed"),
        ("<" * 50, "<" * 50),
    ],
)
def test_a_field_is_read_as_it_is_seen(html, text):
    assert text_of(html) == text


@given(st.text())
def test_what_we_write_is_read_back_as_it_was(text):
    kept = plain(text)
    assert text_of(html_of(kept)) == kept or "[" in kept


@given(st.text(alphabet="<>/&;[]!-abscript\"'= \n"))
@example("<![;")
@example("<![CDATA[a]]>b")
def test_any_markup_is_read(html):
    text_of(html)
