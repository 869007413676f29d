"""A tilted or bent page gets level lines; a level one is left as it is."""

import random
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageOps

from coach.documents import photos
from coach.documents.levelling import Bend, levelled, lies_on_its_side, tilt_of


def page(width: int = 900, height: int = 1200) -> Image.Image:
    """Bars as long as words in lines with a ragged right edge."""
    picture, words = Image.new("L", (width, height), 255), random.Random(5)
    for top in range(120, 820, 26):
        left = 110
        while left < 700 + 60 * words.random():
            right = left + words.randint(20, 90)
            ImageDraw.Draw(picture).rectangle((left, top, right, top + 9), fill=20)
            left = right + 9
    return picture


def bent(picture: Image.Image, by: float) -> Image.Image:
    """Hung through by so many pixels in the middle, in thin upright strips."""
    width, height = picture.size
    out = Image.new("L", picture.size, 255)
    for left in range(0, width, 6):
        drop = Bend(by).at(2 * left / width - 1)
        out.paste(picture.crop((left, 0, left + 6, height)), (left, round(drop)))
    return out


def blank_rows(picture: Image.Image) -> int:
    """Rows of the written part without ink; a thumb's breadth at each side doesn't count."""
    part = picture.crop((120, 130, 700, 800)).point(lambda level: 255 if level < 128 else 0)
    rows = part.resize((1, part.height), Image.Resampling.BOX).tobytes()
    return sum(row < 4 for row in rows)


@pytest.mark.parametrize("degrees", [-11, 3.3])
def test_a_tilt_is_found_and_turned_back(degrees: float) -> None:
    tilted = page().rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    assert abs(tilt_of(ImageOps.invert(tilted)) + degrees) < 0.25
    assert blank_rows(tilted) < 60
    assert blank_rows(levelled(tilted)) > 250


@pytest.mark.parametrize("by", [-36, 28])
def test_a_bend_is_found_and_smoothed(by: int) -> None:
    paper = bent(page(), by)
    assert blank_rows(paper) < 100
    assert blank_rows(levelled(paper)) > 250


def test_a_level_page_is_left_alone() -> None:
    level = page()
    scanned = level.rotate(0.6, Image.Resampling.BICUBIC, fillcolor=255)
    assert levelled(scanned) is scanned


@pytest.mark.parametrize("size", [(1, 1), (30, 2000), (2000, 30)])
def test_a_page_without_lines_is_left_alone(size: tuple[int, int]) -> None:
    empty = Image.new("L", size, 255)
    assert levelled(empty) is empty
    assert not lies_on_its_side(empty)


def test_lines_from_top_to_bottom_are_seen() -> None:
    assert lies_on_its_side(page().transpose(Image.Transpose.ROTATE_90))
    assert not lies_on_its_side(page())
    assert not lies_on_its_side(page().transpose(Image.Transpose.ROTATE_180))


def test_a_page_on_its_side_is_turned_before_it_is_read() -> None:
    turned = page().transpose(Image.Transpose.ROTATE_270)
    made = photos.prepared(turned)
    assert made.height > made.width


def test_the_fullest_part_is_where_most_is_written() -> None:
    part = photos.fullest_part(page())
    assert part.width == 900
    levels = part.resize((1, part.height), Image.Resampling.BOX).tobytes()
    assert all(min(rows) < 200 for rows in zip(*[iter(levels)] * 30, strict=False))


def test_bends_have_their_ends_where_the_page_has() -> None:
    values = [Bend(10, 4, 3).at(across / 10) for across in range(-10, 11)]
    assert values[10] == 10
    assert (values[0], values[-1]) == (-4, 4)
    assert max(abs(one - other) for one, other in pairwise(values)) < 4
