"""The sheet is found on its table, in the light and in the shadow."""

import pytest
from PIL import Image, ImageDraw, ImageFilter

from coach.documents.outline import area_of, sheet_of

TABLE, PAPER = 70, 235


def table_with(corners: list[tuple[int, int]], table: int = TABLE) -> Image.Image:
    picture = Image.new("L", (900, 1200), table)
    ImageDraw.Draw(picture).polygon(corners, fill=PAPER)
    return picture.filter(ImageFilter.GaussianBlur(1))


CORNERS = [(140, 120), (110, 1080), (800, 1100), (750, 130)]


def near(found: tuple[tuple[float, float], ...] | None) -> bool:
    return found is not None and all(
        abs(x - right) < 20 and abs(y - down) < 20
        for (x, y), (right, down) in zip(found, CORNERS, strict=True)
    )


@pytest.mark.parametrize("table", [20, TABLE, 180])
def test_four_corners_are_found_in_order(table: int) -> None:
    assert near(sheet_of(table_with(CORNERS, table)))


def test_a_soft_shadow_over_the_sheet_cuts_nothing_off() -> None:
    shadow = Image.new("L", (900, 1200), 255)
    ImageDraw.Draw(shadow).ellipse((400, 600, 1300, 1500), fill=110)
    shadow = shadow.filter(ImageFilter.GaussianBlur(40))
    picture = table_with(CORNERS)
    dim = Image.frombytes(
        "L",
        picture.size,
        bytes(
            level * light // 255
            for level, light in zip(picture.tobytes(), shadow.tobytes(), strict=True)
        ),
    )
    assert near(sheet_of(dim))


def test_a_sheet_in_the_dark_is_found_too() -> None:
    assert near(sheet_of(table_with(CORNERS).point(lambda level: level // 4)))


@pytest.mark.parametrize("level", [0, 128, 255])
def test_paper_alone_is_no_sheet_on_a_table(level: int) -> None:
    assert sheet_of(Image.new("L", (900, 1200), level)) is None


def test_what_is_small_is_no_sheet() -> None:
    assert sheet_of(table_with([(400, 500), (400, 640), (500, 640), (500, 500)])) is None


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1)])
def test_odd_sizes_have_no_sheet(size: tuple[int, int]) -> None:
    assert sheet_of(Image.new("L", size, 200)) is None


def test_an_area_is_that_of_its_corners() -> None:
    assert area_of(((0, 0), (0, 2), (3, 2), (3, 0))) == 6
