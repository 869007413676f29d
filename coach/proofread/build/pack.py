"""How the data files are written: xz without a time in it, so a build repeats."""

import lzma
import sys
from array import array
from pathlib import Path


def write(file: Path, content: "str | bytes | array[int]") -> None:
    """Compresses into the file. Arrays are little-endian."""
    if isinstance(content, array):
        if sys.byteorder == "big":
            content.byteswap()
        content = content.tobytes()
    raw = content.encode("utf-8") if isinstance(content, str) else content
    file.write_bytes(lzma.compress(raw, preset=9 | lzma.PRESET_EXTREME))
