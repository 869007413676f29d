"""A photo is made ready to be read: opened within limits, upright, flat, light."""

import io

import pytest
from PIL import Image, ImageDraw, ImageOps, ImageStat

from coach.documents import photos
from coach.documents.errors import DocumentError


def as_bytes(picture: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def sheet(width: int = 600, height: int = 800) -> Image.Image:
    page = Image.new("L", (width, height), 250)
    ImageDraw.Draw(page).rectangle((100, 100, 300, 110), fill=10)
    return page


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_every_usual_kind_of_picture_opens(kind: str) -> None:
    assert photos.opened(as_bytes(sheet(), kind)).size == (600, 800)


def test_a_picture_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert photos.opened(as_bytes(sheet(), "JPEG", exif=exif)).size == (800, 600)


def test_a_large_picture_is_turned_too_and_made_as_large_as_a_page() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    opened = photos.opened(as_bytes(sheet(3000, 4000), "PNG", exif=exif))
    assert opened.width > opened.height
    assert opened.width * opened.height <= photos.LARGEST_PAGE * 1.01


def test_too_many_pixels_are_refused_before_any_is_decoded() -> None:
    data = as_bytes(Image.new("1", (8000, 5001)))
    with pytest.raises(DocumentError) as refused:
        photos.opened(data)
    assert refused.value.code == "too_big_image"


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", as_bytes(sheet())[:300]])
def test_a_broken_picture_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError) as refused:
        photos.opened(data)
    assert refused.value.code == "bad_file"


def test_what_is_see_through_is_white_paper() -> None:
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert ImageStat.Stat(photos.opened(as_bytes(clear))).mean == [255]


def test_an_empty_page_is_blank_and_a_faint_line_is_not() -> None:
    assert photos.is_blank(Image.new("L", (800, 800), 243))
    assert not photos.is_blank(sheet())


def test_a_sheet_is_cut_out_of_its_table() -> None:
    table = Image.new("L", (1000, 1300), 60)
    table.paste(sheet().rotate(3, expand=True, fillcolor=60), (150, 200))
    width, height = photos.straightened(table).size
    assert abs(width - 600) < 25
    assert abs(height - 800) < 25


def test_a_sheet_that_fills_the_picture_is_left_alone() -> None:
    page = sheet()
    assert photos.straightened(page) is page


def test_a_shadow_is_divided_away() -> None:
    shadow = Image.linear_gradient("L").resize((600, 800)).point(lambda level: 120 + level // 2)
    flat = photos.without_shadows(shadow)
    darkest, _ = flat.crop((20, 20, 580, 780)).getextrema()
    assert int(darkest) > 235


def test_white_on_black_is_turned_round() -> None:
    screenshot = ImageOps.invert(sheet())
    assert photos.dark_on_light(screenshot).getpixel((5, 5)) == 250
    assert photos.dark_on_light(sheet()).getpixel((5, 5)) == 250


def test_a_page_in_the_dark_is_no_white_on_black() -> None:
    dim = sheet().point(lambda level: level // 4)
    assert photos.dark_on_light(dim) is dim


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (3, 2)])
def test_odd_sizes_are_prepared_like_others(size: tuple[int, int]) -> None:
    assert photos.prepared(Image.new("L", size, 200))
