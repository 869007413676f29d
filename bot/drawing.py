"""Turns a picture's SVG into PNG; the only importer of resvg.

Only the fonts of the package are used, so a picture looks the same on every machine.
"""

import asyncio
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path

import resvg_py

from coach.fonts import FAMILY, WEIGHTS, file_of
from coach.pictures import DrawingError


async def draw(svg: str) -> bytes:
    """The picture as PNG in the size the SVG names, drawn in a thread.

    Raises DrawingError when the SVG is broken or a font is missing.
    """
    return await asyncio.to_thread(_drawn, svg)


def _drawn(svg: str) -> bytes:
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(as_file(file_of(weight))) for weight in WEIGHTS]
            _require(files)
            return resvg_py.svg_to_bytes(
                svg_string=svg,
                skip_system_fonts=True,
                font_files=[str(file) for file in files],
                font_family=FAMILY,
                sans_serif_family=FAMILY,
            )
    except (ValueError, OSError):
        raise DrawingError from None


def _require(files: list[Path]) -> None:
    """Without its fonts resvg draws all the same, but not one letter."""
    if not all(file.is_file() for file in files):
        raise DrawingError
