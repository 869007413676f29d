"""Reading the files that a command names; `-` is standard input."""

import sys
from pathlib import Path
from typing import BinaryIO

from bot.terminal.stops import Stop

LARGEST = 20 * 1024 * 1024 + 1
"""Bytes read at most: one more than a document may have, so that "too big" can be told."""


def read_bytes(name: str) -> bytes:
    """The file's content, never more than LARGEST. Raises Stop when it can't be read."""
    with opened(name) as file:
        return file.read(LARGEST)


def opened(name: str) -> BinaryIO:
    """The file to read from. Raises Stop when it can't be opened."""
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except IsADirectoryError:
        raise Stop(f"{name} is a folder; name a file in it.") from None
    except FileNotFoundError:
        raise Stop(f"There is no file {name}; check the name.") from None
    except OSError as problem:
        raise Stop(f"{name} can't be read: {problem.strerror}; check its rights.") from None
