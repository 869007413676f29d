"""The lines of a page made level: the tilt of a page and the bend of its paper, both found by how
sharply lines of ink stand out between blank rows.

A page whose lines are level already is left as it is, pixel for pixel.
"""

# Pillow says that sizes may be NumPy arrays, which it doesn't know here.
# pyright: reportUnknownMemberType=false

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import add

from PIL import Image

ROWS = 1000
"""Pixels of the longest side at which lines are looked for: a line of a letter has about 20."""

INK = 215
"""The grey level from which on a row of a page without shadows is blank."""

DARKNESS = [max(0, INK - level) for level in range(256)]

STEEPEST = 15
"""Degrees of tilt that are looked for."""

LEVEL = 1.0
"""Degrees of tilt that are read as well as none: turning back 0.6° of a scan cost it two letters,
2° of a photo a paragraph."""

STRIPS, BANDS = 24, 5
"""Across and down: in each band each strip is moved up or down until the lines run through."""

MOST_BENT = 40
"""Rows by which a line may hang through in the middle: a sheet held at its corners has 30."""

CLEARLY = 4
"""How many times sharper lines of a page must stand out on its side; those of a page of text do
50 times, of three lines hardly at all."""

FAR_SHARPER = 1.25
"""How many times sharper lines must stand out to believe in a bend."""

MOST_TILTED = 20
"""Rows by which its ends may lie higher or lower than its middle: the tilt of a bent page was a
guess."""

RIM = 0.04
"""Share of the page at each edge where a bent sheet's own edge is seen, or the table."""

Rows = Sequence[float]
Band = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bend:
    """How far lines leave the level, in rows: hanging through, tilted, and like an S."""

    bow: float = 0.0
    tilt: float = 0.0
    swing: float = 0.0

    def at(self, across: float) -> float:
        """Rows at a place from -1 (left) to 1 (right)."""
        return (
            self.bow * (1 - across * across)
            + self.tilt * across
            + self.swing * across * (across * across - 1)
        )


def levelled(picture: Image.Image) -> Image.Image:
    """The page with its lines level. It must be dark on light and without shadows."""
    ink = _ink(picture)
    tilt = tilt_of(ink)
    bends = _bends(ink.rotate(tilt, Image.Resampling.BILINEAR) if tilt else ink)
    if bends is not None:
        return _straightened(picture, tilt, bends)
    if abs(tilt) < LEVEL:
        return picture
    return picture.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)


def lies_on_its_side(picture: Image.Image) -> bool:
    """Whether the lines of a page clearly run from top to bottom."""
    ink = _ink(picture)
    across = _sharpest(ink)
    return _sharpest(ink.transpose(Image.Transpose.ROTATE_90)) > CLEARLY * across


def _ink(picture: Image.Image) -> Image.Image:
    by = ROWS / max(picture.size)
    size = max(STRIPS, round(picture.width * by)), max(BANDS, round(picture.height * by))
    seen = picture.resize(size, Image.Resampling.BOX).point(DARKNESS)
    right, down = round(RIM * size[0]), round(RIM * size[1])
    ink = Image.new("L", size)
    ink.paste(seen.crop((right, down, size[0] - right, size[1] - down)), (right, down))
    return ink


# Tilt: the page is turned until its rows are as different as they get.


def tilt_of(ink: Image.Image) -> float:
    """Degrees by which a page has to be turned (counter-clockwise) until its lines are level."""
    half = ink.resize((max(1, ink.width // 2), max(1, ink.height // 2)), Image.Resampling.BOX)
    rough = _best(range(-STEEPEST, STEEPEST + 1), lambda angle: _turned(half, angle))
    fine = _best(_around(rough, 0.8, 0.2), lambda angle: _turned(ink, angle))
    return _best(_around(fine, 0.1, 0.1), lambda angle: _turned(ink, angle))


def _sharpest(ink: Image.Image) -> float:
    half = ink.resize((max(1, ink.width // 2), max(1, ink.height // 2)), Image.Resampling.BOX)
    return max(_turned(half, angle) for angle in range(-STEEPEST, STEEPEST + 1))


def _turned(ink: Image.Image, angle: float) -> float:
    turned = ink.rotate(angle, Image.Resampling.BILINEAR) if angle else ink
    return _sharpness(_columns(turned, 1)[0])


def _columns(ink: Image.Image, count: int) -> list[list[float]]:
    """The ink of each row, in so many columns."""
    narrow = ink.convert("F").resize((count, ink.height), Image.Resampling.BOX)
    levels = array("f", narrow.tobytes())
    return [list(levels[column::count]) for column in range(count)]


def _sharpness(rows: Rows) -> float:
    """How much the rows of a page differ from the next ones."""
    return sum((one - other) ** 2 for one, other in zip(rows, rows[2:], strict=False))


def _best(values: Iterable[float], score: Callable[[float], float]) -> float:
    """The value of the best score; of equals the one nearest to nothing."""
    return max(sorted(values, key=abs), key=score)


def _around(middle: float, reach: float, step: float) -> list[float]:
    steps = round(reach / step)
    return [middle + step * number for number in range(-steps, steps + 1)]


# Bend: in each band the strips are moved along a curve.


def _bends(ink: Image.Image) -> list[Bend] | None:
    """The bend at the top and at the bottom; None where lines are straight."""
    strips = _columns(ink, STRIPS)
    bands = list(pairwise(round(ink.height * part / BANDS) for part in range(BANDS + 1)))
    found = _from_the_fullest(strips, bands)
    weights = [_through(strips, band, bend) for band, bend in zip(bands, found, strict=True)]
    ends = _line_through(found, weights)
    before = sum(_through(strips, band, Bend()) for band in bands)
    after = sum(
        _through(strips, band, _between(ends, (number + 0.5) / BANDS))
        for number, band in enumerate(bands)
    )
    return ends if after > FAR_SHARPER * before else None


def _from_the_fullest(strips: Sequence[Rows], bands: Sequence[Band]) -> list[Bend]:
    """The bend of each band, looked for near that of its neighbour towards the one with most
    ink, since a few short lines go well with many bends."""
    ink = [sum(sum(strip[first:last]) for strip in strips) for first, last in bands]
    fullest = max(range(BANDS), key=ink.__getitem__)
    found = {fullest: _bend_of(strips, bands[fullest])}
    for number in (*range(fullest - 1, -1, -1), *range(fullest + 1, BANDS)):
        beside = found[number + 1 if number < fullest else number - 1]
        found[number] = _near(strips, bands[number], beside)
    return [found[number] for number in range(BANDS)]


def _through(strips: Sequence[Rows], band: Band, bend: Bend) -> float:
    """How sharply the lines of a band stand out when its strips are moved along a bend."""
    first, last = band
    height = len(strips[0])
    total = [0.0] * (last - first)
    for number, strip in enumerate(strips):
        by = round(bend.at(_across(number)))
        start, end = max(0, first + by), min(height, last + by)
        rows = strip[start:end]
        if start > first + by:
            rows = [0.0] * (start - first - by) + list(rows)
        total[: len(rows)] = map(add, total, rows)
    return _sharpness(total)


def _across(number: int) -> float:
    return (2 * number + 1) / STRIPS - 1


def _bend_of(strips: Sequence[Rows], band: Band) -> Bend:
    """The bend along which a band's lines run."""
    rough = (
        Bend(bow, tilt)
        for bow in range(-MOST_BENT, MOST_BENT + 1, 2)
        for tilt in range(-MOST_TILTED, MOST_TILTED + 1, 2)
    )
    nearest = sorted(rough, key=lambda bend: abs(bend.bow) + abs(bend.tilt))
    return _near(strips, band, max(nearest, key=lambda bend: _through(strips, band, bend)))


def _near(strips: Sequence[Rows], band: Band, beside: Bend) -> Bend:
    """The same, not far from another bend."""
    for name, reach in (("bow", 8), ("tilt", 4), ("swing", 12), ("bow", 3), ("tilt", 3)):
        tried = [
            replace(beside, **{name: getattr(beside, name) + by})
            for by in sorted(range(-reach, reach + 1), key=abs)
        ]
        beside = max(tried, key=lambda bend: _through(strips, band, bend))
    return beside


def _line_through(found: Sequence[Bend], weights: Sequence[float]) -> list[Bend]:
    """The bends at the top and at the bottom, by those of the bands and the ink in them."""
    ends = [
        _regression([getattr(bend, name) for bend in found], weights)
        for name in ("bow", "tilt", "swing")
    ]
    return [Bend(*values) for values in zip(*ends, strict=True)]


def _regression(values: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """Weighted least squares over the middles of the bands: the values at 0 and at 1."""
    places = [(number + 0.5) / len(values) for number in range(len(values))]
    whole = sum(weights) or 1.0
    mean = sum(map(math.prod, zip(values, weights, strict=True))) / whole
    middle = sum(map(math.prod, zip(places, weights, strict=True))) / whole
    spread = sum(w * (place - middle) ** 2 for place, w in zip(places, weights, strict=True))
    slope = sum(
        w * (place - middle) * (value - mean)
        for place, value, w in zip(places, values, weights, strict=True)
    ) / (spread or 1.0)
    return mean - slope * middle, mean + slope * (1 - middle)


def _between(ends: Sequence[Bend], down: float) -> Bend:
    top, bottom = ends
    return Bend(
        top.bow + down * (bottom.bow - top.bow),
        top.tilt + down * (bottom.tilt - top.tilt),
        top.swing + down * (bottom.swing - top.swing),
    )


def _straightened(picture: Image.Image, tilt: float, ends: Sequence[Bend]) -> Image.Image:
    mesh = list(_mesh(picture.size, math.radians(tilt), ends))
    return picture.transform(
        picture.size, Image.Transform.MESH, mesh, Image.Resampling.BICUBIC, fillcolor=255
    )


Cell = tuple[tuple[int, int, int, int], tuple[float, ...]]


def _mesh(size: tuple[int, int], angle: float, ends: Sequence[Bend]) -> Iterator[Cell]:
    """The cells of the level page with the corners of the bent ones that they come from."""
    width, height = size
    scale = max(size) / ROWS
    sine, cosine = math.sin(angle), math.cos(angle)

    def source(x: int, y: int) -> tuple[float, float]:
        bent = y + scale * _between(ends, y / height).at(2 * x / width - 1)
        right, down = x - width / 2, bent - height / 2
        return (
            width / 2 + right * cosine - down * sine,
            height / 2 + right * sine + down * cosine,
        )

    columns = [round(width * part / STRIPS) for part in range(STRIPS + 1)]
    rows = [round(height * part / STRIPS) for part in range(STRIPS + 1)]
    for top, bottom in pairwise(rows):
        for left, right in pairwise(columns):
            corners = (left, top), (left, bottom), (right, bottom), (right, top)
            yield (
                (left, top, right, bottom),
                tuple(place for corner in corners for place in source(*corner)),
            )
