"""A photo or a scan made ready to be read: opened within limits, upright, the sheet cut out of
its table and laid flat, its shadows divided away.

Only the child process may call this: decoders of pictures are other people's code. A phone photo
of a page on a table goes from 60–78 % wrong characters to 4 % by cutting the sheet out, a shadowed
one from 15 % to 1 % by the division (measured with tesseract 5.3, docs/documents.md).
"""

# Pillow says that sizes may be NumPy arrays, which it doesn't know here.
# pyright: reportUnknownMemberType=false

import io
import math
import warnings

from PIL import (
    AvifImagePlugin,
    Image,
    ImageChops,
    ImageFilter,
    ImageMath,
    ImageOps,
    ImageStat,
    TiffImagePlugin,
    WebPImagePlugin,
)

from coach.documents.errors import DocumentError, Refusal
from coach.documents.levelling import levelled, lies_on_its_side
from coach.documents.outline import sheet_of

PLUGINS = (AvifImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Pillow loads the others by itself."""

MAX_PIXELS = 40_000_000
"""Read from the header before anything is decoded; a phone's picture has 12 to 24 million."""

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "AVIF")

LONGEST_SIDE = 3600
"""Pixels; a sheet of A4 at 300 dpi has 3,508."""

LARGEST_PAGE = 9_000_000
"""Pixels that are read at most; a sheet of A4 at 300 dpi has 8.7 million."""

SMALL_PICTURE = 2000
"""Pixels of the longest side under which a picture is doubled: Telegram makes photos 1,280 high,
and letters 9 pixels high are read worse than the same letters enlarged."""


SHARPER = ImageFilter.UnsharpMask(radius=3, percent=80, threshold=10)
"""Of ten photos of 1,280 pixels it made five better by 0.09 to 1.7 % and two worse by 0.3 %; noise
stays under the threshold."""


def opened(data: bytes) -> Image.Image:
    """The picture upright and in greys, no larger than a page needs. Raises DocumentError:
    too_big_image, bad_file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if math.prod(picture.size) > MAX_PIXELS:
                raise DocumentError(Refusal.TOO_BIG_IMAGE)
            picture.draft("L", (LONGEST_SIDE // 2, LONGEST_SIDE // 2))
            return _grey(ImageOps.exif_transpose(_bounded(picture)))
    except Image.DecompressionBombError:
        raise DocumentError(Refusal.TOO_BIG_IMAGE) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise DocumentError(Refusal.BAD_FILE) from None


def _bounded(picture: Image.Image) -> Image.Image:
    """Made smaller by halves of the sides, so that what follows fits into the memory."""
    pixels = math.prod(picture.size)
    if pixels <= LARGEST_PAGE:
        return picture
    by = math.sqrt(LARGEST_PAGE / pixels)
    size = max(1, round(picture.width * by)), max(1, round(picture.height * by))
    exif = picture.getexif()
    smaller = _grey(picture).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    smaller.info["exif"] = exif.tobytes()
    return smaller


def _grey(picture: Image.Image) -> Image.Image:
    """In greys; what is see-through is white paper, or black under white letters."""
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        return picture.point(lambda level: level / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("L")
    shown = picture.convert("LA")
    letters, seen = shown.getchannel("L"), shown.getchannel("A")
    white_on_nothing = (
        ImageStat.Stat(seen).mean[0] < MOSTLY_CLEAR
        and ImageStat.Stat(letters, seen.point(_solid)).mean[0] > LIGHT
    )
    paper = Image.new("L", picture.size, 0 if white_on_nothing else 255)
    paper.paste(letters, mask=seen)
    return paper


MOSTLY_CLEAR, LIGHT = 100, 200
"""How solid a picture is on the average that has letters only, and how light they are that were
made for a dark ground: levels from 0 to 255."""


def _solid(level: int) -> int:
    return 255 if level > 128 else 0


def prepared(picture: Image.Image) -> Image.Image:
    """The sheet alone, straight, dark on white, large enough to read, its lines level."""
    sheet = straightened(picture)
    if max(sheet.size) < SMALL_PICTURE:
        doubled = sheet.width * 2, sheet.height * 2
        sheet = sheet.resize(doubled, Image.Resampling.LANCZOS).filter(SHARPER)
    page = levelled(without_shadows(dark_on_light(sheet)))
    if lies_on_its_side(page):
        return levelled(page.transpose(Image.Transpose.ROTATE_90))
    return page


def dark_on_light(picture: Image.Image) -> Image.Image:
    """A screenshot in dark mode turned round: its letters are lighter than what is around them,
    those of a page in the dark are not."""
    middle = sorted(picture.resize((64, 64), Image.Resampling.BOX).tobytes())[64 * 64 // 2]
    if middle > DARK:
        return picture
    light = light_on(picture)
    lighter, darker = (
        ImageStat.Stat(ImageChops.subtract(one, other).point(_clearly)).sum[0]
        for one, other in ((picture, light), (light, picture))
    )
    return ImageOps.invert(picture) if lighter > darker else picture


def _clearly(difference: int) -> int:
    return difference if difference > FAINT else 0


DARK = 90
"""The grey level over which the paper itself is light; a sheet in the dark has less."""

SHADOW_GRAIN = 8


def without_shadows(picture: Image.Image) -> Image.Image:
    """The picture divided by its blurred background."""
    light = light_on(picture)
    return ImageMath.lambda_eval(
        lambda known: known["convert"](
            known["min"](known["picture"] * 255 / known["max"](known["light"], 1), 255), "L"
        ),
        picture=picture,
        light=light,
    )


SAMPLE = 0.3
"""Share of a page's height that tells which way up it lies."""


def fullest_part(picture: Image.Image) -> Image.Image:
    """The part of a page without shadows in which most is written, over its whole width."""
    rows = picture.resize((1, SAMPLES), Image.Resampling.BOX).tobytes()
    high = round(SAMPLES * SAMPLE)
    top = min(range(SAMPLES - high + 1), key=lambda row: sum(rows[row : row + high]))
    by = picture.height / SAMPLES
    return picture.crop((0, round(top * by), picture.width, round((top + high) * by)))


SAMPLES = 100
"""Rows in which writing is looked for."""


def light_on(picture: Image.Image) -> Image.Image:
    """The blurred background: what would be seen if nothing were written on it."""
    width, height = picture.size
    grain = max(1, width // SHADOW_GRAIN), max(1, height // SHADOW_GRAIN)
    paper = picture.resize(grain, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(9))
    return paper.filter(ImageFilter.GaussianBlur(4)).resize(picture.size, Image.Resampling.BILINEAR)


def is_blank(picture: Image.Image) -> bool:
    """Whether nothing is on the page: all of it has nearly one shade."""
    darkest, lightest = picture.resize(
        (min(600, picture.width), min(600, picture.height)), Image.Resampling.BOX
    ).getextrema()
    return int(lightest) - int(darkest) < FAINT  # pyright: ignore[reportArgumentType]


FAINT = 12
"""Grey levels between the darkest and the lightest place of a page with nothing on it."""


def straightened(picture: Image.Image) -> Image.Image:
    """The sheet alone as a rectangle, where four corners of one are seen; else the picture."""
    corners = sheet_of(picture)
    if corners is None:
        return picture
    upper_left, lower_left, lower_right, upper_right = corners
    width = max(math.dist(upper_left, upper_right), math.dist(lower_left, lower_right))
    height = max(math.dist(upper_left, lower_left), math.dist(upper_right, lower_right))
    flat = [number for corner in corners for number in corner]
    size = max(1, round(width)), max(1, round(height))
    return picture.transform(size, Image.Transform.QUAD, flat, Image.Resampling.BICUBIC)


def as_pgm(picture: Image.Image) -> bytes:
    """As the simplest file that there is: nothing is packed and unpacked."""
    file = io.BytesIO()
    picture.save(file, "PPM")
    return file.getvalue()
