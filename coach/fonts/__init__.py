"""The two fonts of the pictures, and how wide each of their characters is.

The files are Inter, cut down by `python -m coach.fonts.build`; licence in OFL.txt.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

FAMILY = "Inter"
WEIGHTS = {"regular": 400, "bold": 700}

UNITS = 1000
"""Widths are in thousandths of the font's size."""


def file_of(weight: str) -> Traversable:
    """The font file of a weight in WEIGHTS."""
    return resources.files(__name__) / f"inter-{weight}.ttf"


@cache
def advances(weight: str) -> Mapping[str, int]:
    """The width of every character that the font has, in UNITS. Kerning is cut out of the files,
    so a text is exactly as wide as its characters."""
    table = resources.files(__name__) / "advances.json"
    return json.loads(table.read_text("utf-8"))[weight]
