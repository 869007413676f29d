"""The sheet of paper in a photo: from its middle the smooth region is followed to where the light
jumps, and four corners are laid around it.

All is measured on the logarithm of the light, since a shadow takes the same share of paper and
table: its edge is soft and a sheet's is sharp, however dark the corner.
"""

# Pillow says that sizes may be NumPy arrays, which it doesn't know here.
# pyright: reportUnknownMemberType=false

import math
from itertools import combinations

from PIL import Image, ImageChops, ImageFilter

Corner = tuple[float, float]
Corners = tuple[Corner, Corner, Corner, Corner]

OUTLINE = 320
"""Pixels of the longest side at which the sheet is looked for."""

LOGARITHM = [round(46 * math.log(level + 1)) for level in range(256)]

EDGES = (11, 8, 6, 4)
"""Steps of the logarithm between neighbours at a sheet's edge, the clearest first: a fifth to a
twelfth of the light. The edge of a hand's shadow has a tenth, but the plainest sheet is taken."""

WHOLE, LEAST = 0.97, 0.2
"""Shares of the picture: a sheet that fills it has nothing to be cut out of, and what is smaller
than a fifth of it is no sheet."""

WITHOUT_EDGES = 0.995
"""Share of a picture that is one smooth region where paper is all that is seen."""

STRAIGHT = 0.93
"""Share of its four-cornered frame that a flat sheet fills."""

BENT, MOST = 0.8, 1.15
"""And one that is curled, or held with fingers."""

MOST_VERTICES = 24
"""Of the rim that is looked through for corners."""


def sheet_of(picture: Image.Image) -> Corners | None:
    """The sheet in a picture, in the picture's pixels; None where none is seen."""
    outline = _outline(picture)
    bent = None
    if len(_smooth_region(outline, EDGES[0])) > WITHOUT_EDGES * outline.width * outline.height:
        return None
    for edge in EDGES:
        found, filled = _enclosed(outline, edge)
        if found and filled > STRAIGHT:
            return _enlarged(found, picture.width / outline.width, picture.height / outline.height)
        bent = bent or found
    return bent and _enlarged(bent, picture.width / outline.width, picture.height / outline.height)


def _enclosed(outline: Image.Image, edge: int) -> tuple[Corners | None, float]:
    """The corners of what such an edge encloses, and what share of them it fills."""
    width, height = outline.size
    region = _smooth_region(outline, edge)
    rim = _hull([(at % width, at // width) for at in region])
    if len(rim) < 4:
        return None, 0.0
    corners = _corners(rim)
    area = area_of(corners)
    filled = len(region) / max(1.0, area)
    fits = LEAST < area / (width * height) < WHOLE and BENT < filled < MOST
    return corners if fits else None, filled


def _enlarged(corners: Corners, wider: float, higher: float) -> Corners:
    one, two, three, four = ((x * wider, y * higher) for x, y in corners)
    return one, two, three, four


def area_of(corners: tuple[Corner, ...]) -> float:
    """Of a polygon, by its corners in order (the shoelace formula)."""
    turns = zip(corners, (*corners[1:], corners[0]), strict=True)
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in turns)) / 2


def _outline(picture: Image.Image) -> Image.Image:
    """The picture small and without its writing, in logarithms: light grows over letters."""
    by = 2 * OUTLINE / max(picture.size)
    size = max(6, round(picture.width * by)), max(6, round(picture.height * by))
    paper = picture.resize(size, Image.Resampling.BOX).filter(ImageFilter.MaxFilter(7))
    half = size[0] // 2, size[1] // 2
    small = paper.filter(ImageFilter.MedianFilter(5)).resize(half, Image.Resampling.BOX)
    return small.point(LOGARITHM)


def _smooth_region(outline: Image.Image, edge: int) -> list[int]:
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
            if inside and not seen[other] and edges[other] <= edge:
                seen[other] = 1
                waiting.append(other)
    return region


def _hull(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The convex rim, in order, thinned to what is looked through in no time."""
    ordered = sorted(set(places))
    rim = _half(ordered)[:-1] + _half(ordered[::-1])[:-1]
    while len(rim) > MOST_VERTICES:
        least = min(
            range(len(rim)),
            key=lambda at: area_of((rim[at - 1], rim[at], rim[(at + 1) % len(rim)])),
        )
        del rim[least]
    return rim


def _half(ordered: list[tuple[int, int]]) -> list[tuple[int, int]]:
    rim = list[tuple[int, int]]()
    for place in ordered:
        while len(rim) > 1 and _turn(rim[-2], rim[-1], place) <= 0:
            rim.pop()
        rim.append(place)
    return rim


def _turn(one: tuple[int, int], two: tuple[int, int], three: tuple[int, int]) -> int:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])


def _corners(rim: list[tuple[int, int]]) -> Corners:
    """The four places of the rim that enclose most; upper left, lower left, lower right, upper
    right."""
    most = max(combinations(rim, 4), key=area_of)
    first = min(range(4), key=lambda at: sum(most[at]))
    one, two, three, four = (most[(first + step) % 4] for step in range(4))
    return (
        (one, two, three, four) if two[0] - two[1] < four[0] - four[1] else (one, four, three, two)
    )
