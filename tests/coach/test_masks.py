"""What isn't prose is found, prose isn't, and no text makes the search slow."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import masks
from coach.masks import MaskKind


def found(text: str) -> list[tuple[str, str]]:
    return [(mask.kind.value, text[mask.start : mask.end]) for mask in masks.find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("See https://example.org/a_b?c=d, please.", "url", "https://example.org/a_b?c=d"),
        ("I wrote www.example.com last year.", "url", "www.example.com"),
        ("My page is example.dev/about now.", "url", "example.dev/about"),
        ("Write to ann.lee+job@mail.example.org.", "email", "ann.lee+job@mail.example.org"),
        ("I ran `pip instal x` twice.", "code", "`pip instal x`"),
        ("We call fit() and then score.", "code", "fit()"),
        ("The flag --no-cache helps.", "code", "--no-cache"),
        ("The field learning_rate matters.", "code", "learning_rate"),
        ("The loss is $L = x^2$ here.", "code", "$L = x^2$"),
        ("Dear [Hiring Manager],", "placeholder", "[Hiring Manager]"),
        ("I admire [compaany] a lot.", "placeholder", "[compaany]"),
        ("Best, <your name>", "placeholder", "<your name>"),
        ("Dear {name}, hello", "placeholder", "{name}"),
        ("Dear ____, hello", "placeholder", "____"),
        ("I know XXX well.", "placeholder", "XXX"),
        ("It grew by XX% in May.", "placeholder", "XX%"),
        ("Я пишу в [название компании].", "placeholder", "[название компании]"),
        ("For {{ job.title }} at home", "template", "{{ job.title }}"),
        ("{% include header.html %} Hello", "template", "{% include header.html %}"),
        ("Hello {: #cover-letter-header }", "template", "{: #cover-letter-header }"),
        ("A <b>bold</b> claim", "html", "<b>"),
        ("Salt &amp; pepper", "html", "&amp;"),
        ("One <!-- remember to cut --> two", "html", "<!-- remember to cut -->"),
        ("I opened train.py today.", "path", "train.py"),
        ("It lies in ~/papers/letters now.", "path", "~/papers/letters"),
        ("Find me as @ann_lee there.", "handle", "@ann_lee"),
        ("I follow #buildinpublic daily.", "handle", "#buildinpublic"),
        ("Since v1.2.3 it works.", "number", "v1.2.3"),
        ("It took 10,000 steps.", "number", "10,000"),
        ("On the 2nd try.", "number", "2nd"),
    ],
)
def test_finds_what_is_not_prose(text: str, kind: str, stretch: str) -> None:
    assert (kind, stretch) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "I worked there and/or learned a lot (mostly the latter).",
        "Salary: $5 and $6 an hour, then more."[:6],
        "He said [sic] that it works, and I agree...",
        "State-of-the-art, well-known, e.g. this one. Then that.",
        "If a < b and c > d, then stop.",
        "Don't quote ‘me’ on it -- ever.",
    ],
)
def test_prose_is_not_masked(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["---", "+++"])
def test_front_matter_is_known_with_any_line_ends(mark: str, end: str) -> None:
    matter = end.join([mark, "title = a: letter", "tags = [job]", mark])
    assert found(f"{matter}{end}Dear team,{end}") == [("front_matter", matter)]


@pytest.mark.parametrize(
    "code",
    ["{% if points % 2 %}", "{% assign x =\n  'a' %}", "{# for the\nwriter #}", "{%- endfor -%}"],
)
def test_template_code_may_run_over_lines_and_reckon(code: str) -> None:
    assert found(f"Dear {code} team") == [("template", code)]


def test_front_matter_is_one_mask_at_the_top_only() -> None:
    text = "---\ntitle: A letter\nlayout: post\n---\nDear team,\n---\nBye"
    assert found(text) == [("front_matter", "---\ntitle: A letter\nlayout: post\n---")]


def test_a_fence_hides_its_code_and_a_stray_one_hides_only_itself() -> None:
    assert found("Look:\n```py\nx = 1\n```\nDone") == [("code", "```py\nx = 1\n```")]
    assert found("Look:\n```py\nprose goes on") == [("code", "```py")]


def test_a_markdown_link_keeps_its_words() -> None:
    text = "At [my school](https://example.org/x) I learned."
    assert [kind for kind, _ in found(text)] == ["url"]
    assert "my school" in masks.cover(text, masks.find(text))


def test_what_is_inside_code_is_code() -> None:
    assert found("`see https://example.org [name]`") == [
        ("code", "`see https://example.org [name]`")
    ]


def test_covered_text_keeps_its_offsets() -> None:
    text = "I ran `x` at www.example.com today."
    covered = masks.cover(text, masks.find(text))
    assert len(covered) == len(text)
    assert covered.index("today") == text.index("today")
    assert "x" not in covered


def test_covers_tells_whether_a_place_is_touched() -> None:
    text = "Dear [name], hello"
    marks = masks.find(text)
    assert masks.covers(marks, 0, 6)
    assert not masks.covers(marks, 0, 5)
    assert not masks.covers(marks, 11, 18)


@given(st.text())
def test_masks_are_ordered_and_disjoint_in_any_text(text: str) -> None:
    upto = 0
    for mask in masks.find(text):
        assert upto <= mask.start < mask.end <= len(text)
        assert isinstance(mask.kind, MaskKind)
        upto = mask.end


HOSTILE = r"{{ [ a. <a `a $a= a_ 1, @ /a . \n--- <!-- [a a@ \n``` www. ]( %aa {a &a a@b. 1: a- X"


@pytest.mark.parametrize("piece", HOSTILE.split(" "))
def test_no_text_makes_the_search_slow(piece: str) -> None:
    text = piece.replace(r"\n", "\n") * (100_000 // len(piece))
    begin = time.process_time()
    masks.find(text)
    assert time.process_time() - begin < 10
