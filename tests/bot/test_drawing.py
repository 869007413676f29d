from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from bot.drawing import draw
from coach.fonts import FAMILY
from coach.pictures import SIZE, Day, DrawingError, MonthFacts, month
from coach.weeks import Account

FACTS = MonthFacts(
    date(2026, 11, 1),
    date(2026, 11, 19),
    Account(streak=4, longest=4, done=4, score=0.8),
    {date(2026, 11, 3): Day(1, 1, 20)},
    name="Анна",
)


def pixels(png):
    """An eight-bit RGBA picture."""
    picture = Image.open(BytesIO(png))
    assert (picture.format, picture.mode) == ("PNG", "RGBA")
    return picture


def of_text(text, family=FAMILY, weight=400):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">'
        f'<rect width="120" height="40" fill="#fff"/><text x="4" y="30" font-size="28"'
        f' font-family="{family}" font-weight="{weight}">{text}</text></svg>'
    )


def inked(png):
    return sum(pixels(png).getchannel("R").histogram()[:128])


async def test_the_card_is_drawn_whole_opaque_and_with_ink_on_it():
    png = await draw(month(FACTS, "ru"))
    assert 20_000 < len(png) < 500_000
    card = pixels(png)
    assert card.size == (SIZE, SIZE)
    assert card.getchannel("A").getextrema() == (255, 255)
    assert len({card.crop((0, row, SIZE, row + 1)).tobytes() for row in range(SIZE)}) > 100


async def test_every_alphabet_is_drawn_in_the_fonts_of_the_package():
    latin, cyrillic = await draw(of_text("Nell")), await draw(of_text("Анна"))
    assert inked(latin) > 100
    assert inked(cyrillic) > 100
    assert inked(await draw(of_text("Анна", weight=700))) > inked(cyrillic)


async def test_no_font_of_the_machine_is_asked():
    """DejaVu is on most machines; without it, its name is as good as a made-up one."""
    unknown = await draw(of_text("Nell", family="No Such Family"))
    assert await draw(of_text("Nell", family="DejaVu Sans")) == unknown
    assert inked(await draw(of_text("山"))) == inked(await draw(of_text("田")))


async def test_a_picture_without_letters_is_no_picture(monkeypatch, tmp_path):
    monkeypatch.setattr("bot.drawing.file_of", lambda weight: tmp_path / f"inter-{weight}.ttf")
    with pytest.raises(DrawingError):
        await draw(of_text("Nell"))


async def test_a_broken_picture_is_refused_without_its_text():
    with pytest.raises(DrawingError) as refused:
        await draw("<svg><text>Анна Лапина")
    assert "Анна" not in str(refused.value)
    assert refused.value.__cause__ is None
