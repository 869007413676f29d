"""The collection out of an Anki package: a zip with one SQLite file in it, perhaps zstd-packed.

No name in the zip is ever used as a path: nothing is written to disk, and no medium is read.
"""

import zipfile
import zlib
from io import BytesIO
from typing import IO

import zstandard

from coach.anki.errors import MAX_UNPACKED, PackageError, Trouble

SQLITE = b"SQLite format 3\x00"

NEWEST, NEWER, OLDEST = "collection.anki21b", "collection.anki21", "collection.anki2"
"""In a new package the oldest is a stub with one note: "Please update to the latest version"."""

MAX_MEMBERS = 100_000
"""A package may bring every picture and sound of a deck."""

WINDOW = 128 * 1024 * 1024
"""Bytes that zstd may look back; Anki's own packages ask for 8 MB at most."""

END, MAX_DIRECTORY = b"PK\x05\x06", 16 * 1024 * 1024
"""As coach/documents/archive.py, with room for media."""


def is_package(data: bytes) -> bool:
    """Whether a file is a collection or a zip that holds one, told without unpacking anything.
    A broken zip still has the names in its local headers."""
    if data.startswith(SQLITE):
        return True
    return data.startswith(b"PK") and any(
        name.encode() in part for name in (NEWEST, OLDEST) for part in (data, data[:4096])
    )


def collection_in(data: bytes) -> bytes:
    """The SQLite file of a package. Raises PackageError."""
    if data.startswith(SQLITE):
        return data
    with _opened(data) as package:
        names = package.NameToInfo
        for name in (NEWEST, NEWER, OLDEST):
            if name in names:
                return _member(package, names[name], packed=name == NEWEST)
    raise PackageError(Trouble.NO_COLLECTION)


def _opened(data: bytes) -> zipfile.ZipFile:
    end = data.rfind(END, max(0, len(data) - 66_000))
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > MAX_DIRECTORY:
        raise PackageError(Trouble.TOO_BIG_UNPACKED)
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise PackageError(Trouble.BROKEN) from None
    if len(package.infolist()) > MAX_MEMBERS:
        raise PackageError(Trouble.TOO_BIG_UNPACKED)
    return package


def _member(package: zipfile.ZipFile, info: zipfile.ZipInfo, *, packed: bool) -> bytes:
    """Streams are cut off at the limit, since directories and headers can lie about sizes."""
    if info.flag_bits & 1:
        raise PackageError(Trouble.ENCRYPTED)
    try:
        with package.open(info) as stream:
            content = _unzstd(stream) if packed else stream.read(MAX_UNPACKED + 1)
    except (zipfile.BadZipFile, zlib.error, zstandard.ZstdError) as problem:
        raise PackageError(Trouble.BROKEN) from problem
    except (NotImplementedError, OSError, EOFError, RuntimeError, ValueError):
        raise PackageError(Trouble.BROKEN) from None
    if len(content) > MAX_UNPACKED:
        raise PackageError(Trouble.TOO_BIG_UNPACKED)
    if not content.startswith(SQLITE):
        raise PackageError(Trouble.BROKEN)
    return content


def _unzstd(stream: IO[bytes]) -> bytes:
    unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW)
    with unpacker.stream_reader(stream, read_across_frames=True) as unpacked:
        return unpacked.read(MAX_UNPACKED + 1)
