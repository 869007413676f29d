import struct
import zlib
from datetime import date

import pytest

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
    """Width, height and the rows of an eight-bit RGBA picture (PNG, ISO/IEC 15948)."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    data, at, head = b"", 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        head = body if kind == b"IHDR" else head
        data += body if kind == b"IDAT" else b""
        at += length + 12
    wide, high, depth, colour = struct.unpack(">IIBB", head[:10])
    assert (depth, colour) == (8, 6)
    raw, stride, rows = zlib.decompress(data), wide * 4, []
    above = bytearray(stride)
    for number in range(high):
        begin = number * (stride + 1)
        above = unfiltered(raw[begin], raw[begin + 1 : begin + 1 + stride], above)
        rows.append(above)
    return wide, high, rows


def unfiltered(how, line, above):
    row = bytearray(line)
    for at in range(len(row)):
        left = row[at - 4] if at >= 4 else 0
        corner = above[at - 4] if at >= 4 else 0
        added = (0, left, above[at], (left + above[at]) // 2, paeth(left, above[at], corner))[how]
        row[at] = (row[at] + added) & 255
    return row


def paeth(left, up, corner):
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def of_text(text, family=FAMILY, weight=400):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">'
        f'<rect width="120" height="40" fill="#fff"/><text x="4" y="30" font-size="28"'
        f' font-family="{family}" font-weight="{weight}">{text}</text></svg>'
    )


def inked(png):
    return sum(row[at] < 128 for row in pixels(png)[2] for at in range(0, len(row), 4))


async def test_the_card_is_drawn_whole_opaque_and_with_ink_on_it():
    png = await draw(month(FACTS, "ru"))
    assert struct.unpack(">II", png[16:24]) == (SIZE, SIZE)
    assert 20_000 < len(png) < 500_000
    _, _, rows = pixels(png)
    assert all(set(row[3::4]) == {255} for row in rows)
    assert len({bytes(row) for row in rows}) > 100


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
