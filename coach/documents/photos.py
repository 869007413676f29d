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
    Image,
    ImageChops,
    ImageFilter,
    ImageMath,
    ImageOps,
    TiffImagePlugin,
    WebPImagePlugin,
)

from coach.documents.errors import DocumentError, Refusal

PLUGINS = (TiffImagePlugin, WebPImagePlugin)
"""Pillow loads the others by itself."""

MAX_PIXELS = 40_000_000
"""Read from the header before anything is decoded; a phone's picture has 12 to 24 million."""

FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF")

LONGEST_SIDE = 3600
"""Pixels; a sheet of A4 at 300 dpi has 3,508."""

LARGEST_PAGE = 9_000_000
"""Pixels that are read at most; a sheet of A4 at 300 dpi has 8.7 million."""

SMALL_PICTURE = 2000
"""Pixels of the longest side under which a picture is doubled: Telegram makes photos 1,280 high,
and letters 9 pixels high are read worse than the same letters enlarged."""

Corner = tuple[float, float]


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
    """In greys; what is see-through is white paper."""
    if picture.mode.startswith("I;16") or picture.mode in {"I", "F"}:
        return picture.point(lambda level: level / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("L")
    shown = picture.convert("LA")
    paper = Image.new("L", picture.size, 255)
    paper.paste(shown.getchannel("L"), mask=shown.getchannel("A"))
    return paper


def prepared(picture: Image.Image) -> Image.Image:
    """The sheet alone, straight, dark on white, large enough to read."""
    sheet = straightened(picture)
    if max(sheet.size) < SMALL_PICTURE:
        doubled = sheet.width * 2, sheet.height * 2
        sheet = sheet.resize(doubled, Image.Resampling.BICUBIC)
    return without_shadows(dark_on_light(sheet))


def dark_on_light(picture: Image.Image) -> Image.Image:
    """A screenshot in dark mode turned round: most of a page is paper."""
    middle = sorted(picture.resize((64, 64), Image.Resampling.BOX).tobytes())[64 * 64 // 2]
    return ImageOps.invert(picture) if middle < DARK else picture


DARK = 90
"""The grey level under which the paper itself is dark; a shadowed sheet has 100 and more."""

SHADOW_GRAIN = 8


def without_shadows(picture: Image.Image) -> Image.Image:
    """The picture divided by its blurred background."""
    width, height = picture.size
    grain = max(1, width // SHADOW_GRAIN), max(1, height // SHADOW_GRAIN)
    paper = picture.resize(grain, Image.Resampling.BOX).filter(ImageFilter.MedianFilter(9))
    light = paper.filter(ImageFilter.GaussianBlur(4)).resize(
        picture.size, Image.Resampling.BILINEAR
    )
    return ImageMath.lambda_eval(
        lambda known: known["convert"](
            known["min"](known["picture"] * 255 / known["max"](known["light"], 1), 255), "L"
        ),
        picture=picture,
        light=light,
    )


def is_blank(picture: Image.Image) -> bool:
    """Whether nothing is on the page: all of it has nearly one shade."""
    darkest, lightest = picture.resize(
        (min(600, picture.width), min(600, picture.height)), Image.Resampling.BOX
    ).getextrema()
    return int(lightest) - int(darkest) < FAINT  # pyright: ignore[reportArgumentType]


FAINT = 12
"""Grey levels between the darkest and the lightest place of a page with nothing on it."""


# The sheet on its table: from its middle the smooth region is followed to where light jumps.

OUTLINE = 320
"""Pixels of the longest side at which the sheet is looked for."""

EDGE = 18
"""Grey levels between neighbours at a sheet's edge; the soft edge of a shadow has 4 to 10."""

WHOLE, LEAST = 0.97, 0.3
"""Shares of the picture: a sheet that fills it has nothing to be cut out of, and what is smaller
than a third of it is no sheet."""


def straightened(picture: Image.Image) -> Image.Image:
    """The sheet alone as a rectangle, where four corners of one are seen; else the picture."""
    corners = _corners(picture)
    if corners is None:
        return picture
    upper_left, lower_left, lower_right, upper_right = corners
    width = max(math.dist(upper_left, upper_right), math.dist(lower_left, lower_right))
    height = max(math.dist(upper_left, lower_left), math.dist(upper_right, lower_right))
    flat = [number for corner in corners for number in corner]
    size = round(width), round(height)
    return picture.transform(size, Image.Transform.QUAD, flat, Image.Resampling.BICUBIC)


def _corners(picture: Image.Image) -> tuple[Corner, Corner, Corner, Corner] | None:
    """Upper left, lower left, lower right, upper right."""
    outline = _outline(picture)
    width, height = outline.size
    region = _smooth_region(outline)
    places = [(at % width, at // width) for at in region]
    corners = (
        min(places, key=lambda place: place[0] + place[1]),
        min(places, key=lambda place: place[0] - place[1]),
        max(places, key=lambda place: place[0] + place[1]),
        max(places, key=lambda place: place[0] - place[1]),
    )
    area = _area(corners)
    filled = len(region) / max(1.0, area)
    if not (LEAST < area / (width * height) < WHOLE and 0.93 < filled < 1.1):
        return None
    wider, higher = picture.width / width, picture.height / height
    first, second, third, fourth = ((x * wider, y * higher) for x, y in corners)
    return first, second, third, fourth


def _outline(picture: Image.Image) -> Image.Image:
    """The picture small and without its writing: light grows over strokes of letters."""
    by = 2 * OUTLINE / max(picture.size)
    size = max(6, round(picture.width * by)), max(6, round(picture.height * by))
    paper = picture.resize(size, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(7))
    half = size[0] // 2, size[1] // 2
    return paper.filter(ImageFilter.MedianFilter(5)).resize(half, Image.Resampling.BOX)


def _smooth_region(outline: Image.Image) -> list[int]:
    """The offsets of all that is reached from the lightest place of the middle without crossing
    an edge."""
    width, height = outline.size
    lighter = outline.filter(ImageFilter.MaxFilter(3))
    edges = ImageChops.difference(lighter, outline.filter(ImageFilter.MinFilter(3))).tobytes()
    levels = outline.tobytes()
    middle = (
        y * width + x
        for y in range(height // 4, max(height // 4 + 1, 3 * height // 4), 4)
        for x in range(width // 4, max(width // 4 + 1, 3 * width // 4), 4)
    )
    start = max(middle, key=lambda at: levels[at])
    seen, waiting, region = bytearray(width * height), [start], list[int]()
    seen[start] = 1
    while waiting:
        at = waiting.pop()
        region.append(at)
        column = at % width
        beside = ((at - 1, column > 0), (at + 1, column < width - 1))
        above = ((at - width, at >= width), (at + width, at < width * (height - 1)))
        for other, inside in (*beside, *above):
            if inside and not seen[other] and edges[other] <= EDGE:
                seen[other] = 1
                waiting.append(other)
    return region


def _area(corners: tuple[Corner, ...]) -> float:
    """Of a polygon, by its corners in order (the shoelace formula)."""
    turns = zip(corners, (*corners[1:], corners[0]), strict=True)
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in turns)) / 2


def as_pgm(picture: Image.Image) -> bytes:
    """As the simplest file that there is: nothing is packed and unpacked."""
    file = io.BytesIO()
    picture.save(file, "PPM")
    return file.getvalue()
