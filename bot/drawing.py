"""Turns a picture's SVG into PNG; the only importer of resvg.

Only the fonts of the package are used, so a picture looks the same on every machine.
"""

import asyncio
from contextlib import ExitStack
from importlib.resources import as_file

import resvg_py

from coach.fonts import FAMILY, WEIGHTS, file_of
from coach.pictures import DrawingError


async def draw(svg: str) -> bytes:
    """The picture as PNG in the size the SVG names, drawn in a thread.

    Raises DrawingError when the SVG is broken.
    """
    return await asyncio.to_thread(_drawn, svg)


def _drawn(svg: str) -> bytes:
    with ExitStack() as stack:
        files = [str(stack.enter_context(as_file(file_of(weight)))) for weight in WEIGHTS]
        try:
            return resvg_py.svg_to_bytes(
                svg_string=svg,
                skip_system_fonts=True,
                font_files=files,
                font_family=FAMILY,
                sans_serif_family=FAMILY,
            )
        except ValueError:
            raise DrawingError from None
