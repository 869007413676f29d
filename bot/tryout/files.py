"""Files that people and the bot sent, under ids that stay the same."""

import hashlib
import mimetypes
import struct
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.tryout.refusals import Missing, bad_request

DOWNLOAD_LIMIT = 20_000_000
"""What getFile gives at most: 20 MB (Bot API, getFile)."""
UPLOAD_LIMIT = 50_000_000
"""What a bot may send at most: 50 MB (Bot API, Sending files)."""
PERSON_LIMIT = 2_000_000_000
"""What a person may send at most: 2 GB."""
PHOTO_LIMIT = 10_000_000
"""What a photo may weigh at most: 10 MB (Bot API, sendPhoto)."""

FOLDERS = {"document": "documents", "photo": "photos", "voice": "voice", "video": "videos"}


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes on their way to Telegram with the name they carry."""

    name: str
    data: bytes
    media_type: str | None = None


@dataclass(slots=True)
class File:
    """A file that Telegram keeps. `kind` is what it was sent as."""

    id: str
    unique_id: str
    path: str
    kind: str
    name: str
    media_type: str
    size: int

    def card(self) -> dict[str, Any]:
        """The three fields that every file has."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}

    def document(self) -> dict[str, Any]:
        """The file as the Bot API writes a Document (and an Audio, Video or Voice)."""
        return self.card() | {"file_name": self.name, "mime_type": self.media_type}


class Shelf:
    """Where the bytes lie: in a folder when there is one, else in memory."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._memory: dict[str, bytes] = {}

    def put(self, unique_id: str, data: bytes) -> None:
        """Keep bytes; what is there already is the same."""
        if self._folder is None:
            self._memory[unique_id] = data
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / unique_id
        if not target.exists():
            part = target.with_suffix(".part")
            part.write_bytes(data)
            part.replace(target)

    def get(self, unique_id: str) -> bytes:
        """The bytes. Raises Missing."""
        if self._folder is None:
            return self._memory[unique_id]
        try:
            return (self._folder / unique_id).read_bytes()
        except OSError as error:
            raise Missing("This file is gone.") from error


def describe(upload: Upload, kind: str) -> File:
    """A file's ids and path, made of what it is sent as, its name and its bytes."""
    name = Path(upload.name).name or "file"
    unique = _hash(upload.data, kind)
    return File(
        id=f"BQ{kind[0].upper()}{_hash(name.encode(), unique, str(upload.media_type))}{unique}",
        unique_id=unique,
        path=f"{FOLDERS.get(kind, 'files')}/{unique}{Path(name).suffix}",
        kind=kind,
        name=name,
        media_type=upload.media_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(upload.data),
    )


def find(files: Mapping[str, File], file_id: str) -> File:
    """A file by its id. Raises Refusal."""
    if file_id not in files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return files[file_id]


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG or GIF picture; None when it is none of them."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 < len(data) and data[place] == 0xFF:
        marker, size = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + size
    return None


def _hash(data: bytes, *more: str) -> str:
    digest = hashlib.sha256(data)
    for part in more:
        digest.update(b"\0" + part.encode())
    return urlsafe_b64encode(digest.digest()[:12]).decode().replace("-", "x").replace("_", "y")
