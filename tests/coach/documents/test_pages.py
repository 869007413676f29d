"""Pages become running text: what the typesetter added goes, what the writer wrote stays."""

from collections import Counter

import pytest

from coach.documents import pdf as portable
from coach.documents.hyphens import Known, mended
from coach.documents.pages import Line, running_text

PARAGRAPH = [
    "I taught physics for eleven years before I wrote my first line of Python. Our school",
    "needed a timetable program, so I made one that winter, and neighbouring schools soon",
    "asked for it.",
]


def text_of(data: bytes) -> str:
    return portable.read(data).text


def test_wrapped_lines_become_one_paragraph(pdf, lines) -> None:
    assert text_of(pdf(lines(PARAGRAPH))) == " ".join(PARAGRAPH)


def test_a_short_line_ends_its_paragraph_and_a_gap_is_a_blank_line(pdf, lines) -> None:
    page = lines([*PARAGRAPH, "Kind regards,", "Ada"]) + lines(["Dear team,"], top=788)
    page.sort(key=lambda line: -line[1])
    assert text_of(pdf(page)) == f"Dear team,\n\n{' '.join(PARAGRAPH)}\nKind regards,\nAda"


def test_list_items_keep_their_lines_and_get_one_sign(pdf, lines) -> None:
    items = [
        "\u2022 I maintain the booking service of four climbing halls, with a thousand bookings",
        "for it",
    ]
    page = lines([PARAGRAPH[0], *items, "\u2022 I read"])
    assert text_of(pdf(page)).endswith(f"\n{' '.join(items)}\n\u2022 I read")


def test_headers_footers_and_page_numbers_are_dropped(pdf, lines) -> None:
    def page(number: int, body: list[str]) -> list[tuple[float, float, str]]:
        header = [(72.0, 810.0, "Ada Lovelace | ada@example.org")]
        return header + lines(body) + [(280.0, 30.0, f"Page {number} of 2")]

    text = text_of(pdf(page(1, ["First thing."]), page(2, ["Second thing."])))
    assert text == "First thing.\n\nSecond thing."


LETTER = [f"line {n} of a letter" for n in range(6)]


@pytest.mark.parametrize("footer", ["1", "1 / 1", "file:///home/ada/letter.html", "confidential"])
def test_a_single_page_has_a_header_where_it_has_a_footer(pdf, lines, footer: str) -> None:
    page = [(72, 810, "Ada Lovelace, application"), *lines(LETTER), (290, 30, footer)]
    assert text_of(pdf(page)).split() == " ".join(LETTER).split()


@pytest.mark.parametrize(
    "around",
    [
        [(72, 810, "Ada Lovelace")],
        [(72, 810, "Ada"), (72, 796, "12 Mill Lane"), (72, 782, "Bath"), (290, 30, "1")],
    ],
)
def test_a_letterhead_stays(pdf, lines, around) -> None:
    text = text_of(pdf([*around, *lines(LETTER, top=740)]))
    assert text.startswith("Ada")
    assert text.split()[-30:] == " ".join(LETTER).split()


def test_text_that_fills_its_page_is_all_text(pdf, lines) -> None:
    full = [f"line {n} of a long letter" for n in range(55)]
    assert text_of(pdf(lines(full, top=815))).count("line") == 55


def test_a_paragraph_goes_on_over_the_page(pdf, lines) -> None:
    assert text_of(pdf(lines(PARAGRAPH[:2]), lines(PARAGRAPH[2:]))) == " ".join(PARAGRAPH)


LEFT = [f"left {n} goes to the edge" for n in range(8)]
RIGHT = [f"right {n} goes to its edge" for n in range(8)]


@pytest.mark.parametrize("row_by_row", [False, True])
def test_two_columns_are_read_one_after_the_other(pdf, lines, row_by_row: bool) -> None:
    left, right = lines(LEFT, x=60), lines(RIGHT, x=320)
    rows = [line for pair in zip(left, right, strict=True) for line in pair]
    assert text_of(pdf(rows if row_by_row else left + right)) == " ".join(LEFT + RIGHT)


@pytest.mark.parametrize(
    ("first", "second", "said", "whole"),
    [
        ("engi", "neer", "", "engineer"),
        ("self", "taught", "I taught", "self-taught"),
        ("production", "ready", "", "production-ready"),
        ("N", "dimensional", "", "N-dimensional"),
        ("RNN", "based", "", "RNN-based"),
        ("state-of-the", "art", "", "state-of-the-art"),
        ("nvidia", "docker", "we ran docker on nvidia", "nvidia-docker"),
        ("data", "set", "two dataset loaders", "dataset"),
        ("e", "mail", "my email", "email"),
        ("Py", "Torch", "PyTorch", "PyTorch"),
        ("al", "ready", "", "already"),
        ("work ", "", "", "work -"),
        ("first", "and", "", "first- and"),
        ("thous", "and", "a thousand", "thousand"),
    ],
)
def test_the_documents_own_words_decide_about_a_hyphen(first, second, said, whole) -> None:
    between = mended(first, second, Counter(said.casefold().split()))
    assert first + between + second == whole


COMMON = frozenset({"data", "ingestion", "high", "resolution", "offshore", "off", "shore", "ion"})
ENGLISH = Known(COMMON, COMMON | {"fasttext", "cyclegan"})


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("data", "ingestion", "data-ingestion"),
        ("high", "resolution", "high-resolution"),
        ("off", "shore", "offshore"),
        ("Torchaud", "ion", "Torchaudion"),
        ("data", "Ingestion", "data-Ingestion"),
        ("fast", "Text", "fastText"),
        ("Cycle", "GAN", "CycleGAN"),
    ],
)
def test_the_languages_words_decide_where_the_document_is_silent(first, second, whole) -> None:
    assert first + mended(first, second, Counter(), ENGLISH) + second == whole


def test_a_browsers_pages_have_only_the_writers_hyphens() -> None:
    lines = [Line(0, "the off\x02", 72, 700, 300, 712), Line(0, "shore team", 72, 686, 300, 698)]
    assert running_text(lines, told_apart=True).text == "the off-shore team"
    assert running_text(lines).text == "the offshore team"


def lined(*texts: str, width: float = 300) -> str:
    """The running text of full lines under each other."""
    return running_text(
        [Line(0, text, 72, 700 - 14 * n, width, 712 - 14 * n) for n, text in enumerate(texts)]
    ).text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (
            ("a long engi\x02", "neer of self\x02", "taught fame"),
            "a long engineer of self-taught fame",
        ),
        (
            ("a long engi\u2010", "neer of per\x02", "speaker scores"),
            "a long engineer of per-speaker scores",
        ),
        (
            ("see https://example.org/", "ada/notes for more"),
            "see https://example.org/ada/notes for more",
        ),
        (("see www.example.org/first\x02", "letter ok"), "see www.example.org/first-letter ok"),
        (("write to jog\x02", "van@example.org now"), "write to jogvan@example.org now"),
        (("we write peer\x02", "to-peer code"), "we write peer-to-peer code"),
        (("in our first-", "and second-year"), "in our first- and second-year"),
        (("see https://example.", "org for more"), "see https://example.org for more"),
        (("in my school years -", "for ten days we"), "in my school years - for ten days we"),
        (("in my school years", "- for ten days we"), "in my school years - for ten days we"),
    ],
)
def test_what_a_line_end_broke_is_whole_again(lines: tuple[str, ...], text: str) -> None:
    assert lined(*lines) == text


def test_a_table_row_is_one_line_and_runs_into_nothing(pdf, lines) -> None:
    rows = lines(["Harbour Ltd", "Built the booking service", "Larkspur"])
    dates = [(400.0, 760.0, "2019 to 2021"), (400.0, 732.0, "2021 to 2023")]
    page = [rows[0], dates[0], rows[1], rows[2], dates[1]]
    said = "Harbour Ltd 2019 to 2021\nBuilt the booking service\nLarkspur 2021 to 2023"
    assert text_of(pdf(page)) == said
