"""What Tesseract saw becomes lines: readings chosen, known misreadings put right."""

import io
import shutil
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image, ImageDraw, ImageFont

from coach.documents import child, photos, recognition, scans, tesseract
from coach.documents.misread import put_right
from coach.documents.tesseract import Word

TABLE = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    "4\t1\t1\t1\t1\t0\t10\t20\t300\t30\t-1\t\n"
    "5\t1\t1\t1\t1\t1\t10\t20\t100\t30\t96.5\tDear\n"
    "5\t1\t1\t1\t1\t2\t120\t20\t100\t30\t91\tteam,\n"
    "broken row\n"
)


def word(text: str, sure: float = 95, left: int = 0, line: tuple[int, ...] = (1, 1, 1)) -> Word:
    return Word(text, left, 10, left + 20 * len(text), 40, sure, line)


def row(*texts: str) -> list[Word]:
    return [word(text, left=100 * place) for place, text in enumerate(texts)]


def test_the_table_gives_words_with_boxes() -> None:
    assert [(w.text, w.left, w.right, w.sure) for w in tesseract.words(TABLE)] == [
        ("Dear", 10, 110, 96.5),
        ("team,", 120, 220, 91.0),
    ]


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("When | was 19 | was choosing", "When I was 19 I was choosing"),
        ("| am writing to you", "I am writing to you"),
        ("Finally, 1 managed our repo", "Finally, I managed our repo"),
        ("[ even did some of it", "I even did some of it"),
        ("|'ve led the team", "I've led the team"),
        ("lam a nurse", "I am a nurse"),
        ("¢ Designing how to ask", "• Designing how to ask"),
        ("e PyTorch experience", "• PyTorch experience"),
        # What may well stand there stays.
        ("Jane | jane@example.org | +1 555 0100", "Jane | jane@example.org | +1 555 0100"),
        ("Python | pandas | sql", "Python | pandas | sql"),
        ("Finally, 1 year later", "Finally, 1 year later"),
        ("[name], the team", "[name], the team"),
    ],
)
def test_known_misreadings_are_put_right(seen: str, meant: str) -> None:
    assert " ".join(put_right(seen.split(), latin=True)) == meant


@given(some.lists(some.text(min_size=1, max_size=8), max_size=12), some.booleans())
def test_putting_right_keeps_every_word_in_its_place(line: list[str], latin: bool) -> None:
    assert len(put_right(line, latin=latin)) == len(line)


def test_small_russian_words_lose_their_latin_clothes() -> None:
    assert put_right(["пишу", "Ha", "Python"], latin=False) == ["пишу", "на", "Python"]
    assert put_right(["Ha", "Long", "Bay"], latin=True)[0] == "Ha"


def test_a_russian_name_is_taken_from_the_reading_that_knows_russian() -> None:
    first = row("study", "at", "YSDA", "(ШАД)")
    own = [*first[:3], replace(first[3], text="(LUA)", sure=40)]
    assert [w.text for w in recognition.with_islands(own, first)] == [
        "study",
        "at",
        "YSDA",
        "(ШАД)",
    ]


def test_an_english_word_in_cyrillic_clothes_is_not_taken() -> None:
    own = row("at", "company")
    first = [own[0], replace(own[1], text="сотраану")]
    assert [w.text for w in recognition.with_islands(own, first)] == ["at", "company"]


def test_dots_on_an_umlaut_come_back() -> None:
    own = row("Humboldt", "Universitat")
    first = [own[0], replace(own[1], text="Universität")]
    assert [w.text for w in recognition.with_islands(own, first)][1] == "Universität"


def test_a_page_is_read_in_its_own_language() -> None:
    russian = row("Меня", "зовут", "Анна", "и", "я", "хочу", "учиться", "в", "школе")
    english = row("I", "have", "been", "working", "as", "an", "architect", "and", "want")
    assert recognition.own_languages(russian, tesseract.OURS) == ("rus", "eng")
    assert recognition.own_languages(english, tesseract.OURS) == ("eng",)
    assert recognition.own_languages(english, ("rus",)) == ("rus",)
    assert recognition.own_languages([], tesseract.OURS) == tesseract.OURS


def test_lines_of_a_paragraph_are_joined_and_a_broken_word_mended() -> None:
    texts = ["We spoke of the architec-", "tures that we had built"]
    words = [
        Word(
            text, 100 + 130 * place, 100 + 50 * at, 220 + 130 * place, 140 + 50 * at, 95, (1, 1, at)
        )
        for at, line in enumerate(texts)
        for place, text in enumerate(line.split())
    ]
    reading = scans.reading_of([recognition.lines_of(words, 3500)])
    assert reading.text == "We spoke of the architectures that we had built"


def test_specks_are_no_line() -> None:
    assert recognition.lines_of([word("~", 80), word("=", 12, 50)], 100) == ()
    assert recognition.lines_of([word("xq", 5)], 100) == ()


LETTER = [
    "Dear hiring team at Nordwind,",
    "I am applying for the junior role in your pump team. For two",
    "years I have cleaned sensor data, and I found the work dull",
    "until a model of mine stopped a flood. I would like to do it",
    "again with people who read the failures as carefully.",
]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
async def test_a_screenshot_is_read_by_the_real_program() -> None:
    picture = Image.new("RGB", (1700, 700), "white")
    font = ImageFont.truetype("coach/fonts/inter-regular.ttf", 44)
    for number, line in enumerate(LETTER):
        place = 60, 60 + 64 * number + (40 if number else 0)
        ImageDraw.Draw(picture).text(place, line, font=font, fill="black")
    assert not photos.is_blank(picture.convert("L"))
    file = io.BytesIO()
    picture.save(file, "PNG")
    document = await child.read_in_child(file.getvalue(), "letter.png")
    assert document.text == LETTER[0] + "\n\n" + " ".join(LETTER[1:])
    assert document.media_type == "image/*"


@pytest.mark.parametrize("turns", range(4))
def test_a_page_is_turned_until_it_reads_like_words(
    monkeypatch: pytest.MonkeyPatch, turns: int
) -> None:
    """A program that is sure of a page with its dark bar on top, and guesses at any other."""
    page = Image.new("L", (2100, 2400), 255)
    ImageDraw.Draw(page).rectangle((200, 200, 1900, 320), fill=0)
    lying = page.rotate(90 * turns, expand=True)

    def seen(_: str, picture: bytes, *__: object, **___: object) -> list[Word]:
        shown = Image.open(io.BytesIO(picture))
        rows = shown.resize((1, 4), Image.Resampling.BOX).tobytes()
        upright = shown.width < shown.height + 400 and rows[0] == min(rows) < rows[1]
        return [word(text, 95 if upright else 50) for text in LETTER[0].split()]

    monkeypatch.setattr(tesseract, "seen", seen)
    monkeypatch.setattr(tesseract, "languages", lambda _: ("eng",))
    monkeypatch.setattr(tesseract, "spent", lambda: 0.0)
    monkeypatch.setattr(photos, "fullest_part", lambda picture: picture)
    sheet, words = recognition._read_upright(lying, "tesseract")
    assert recognition.how_sure(words) == 95
    rows = sheet.resize((1, 4), Image.Resampling.BOX).tobytes()
    assert rows[0] == min(rows)


def test_a_page_that_no_turn_helps_is_read_as_it_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "seen", lambda *_, **__: [word("xq", 40)])
    monkeypatch.setattr(tesseract, "languages", lambda _: ("eng",))
    page = Image.new("L", (300, 400), 255)
    assert recognition._read_upright(page, "tesseract")[0] is page


def test_how_sure_counts_letters() -> None:
    assert recognition.how_sure([word("a", 20), word("abc", 100)]) == 80
    assert recognition.how_sure([]) == 0
