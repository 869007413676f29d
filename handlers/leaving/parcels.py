"""A zip in parts that Telegram takes, each whole by itself, in files without a name on the disk."""

import re
import tempfile
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import IO

LARGEST = 20_000_000
"""Bytes of a part, as long as no single file is larger. Telegram takes 50 MB from a bot; smaller
parts need less memory on their way."""

UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
"""What some file system doesn't take in a name."""

LONGEST_NAME = 60


def packed(files: Iterable[tuple[str, bytes]], at: datetime) -> list[IO[bytes]]:
    """Files with their paths, in as many archives as they need, at least one. Nobody else can see
    them: they are gone when they are closed, or when the process dies."""
    parts: list[IO[bytes]] = []
    archive: zipfile.ZipFile | None = None
    for path, data in files:
        if archive is None or parts[-1].tell() + len(data) > LARGEST:
            if archive:
                archive.close()
            parts.append(tempfile.TemporaryFile())  # noqa: SIM115 - whoever sends it closes it
            archive = zipfile.ZipFile(parts[-1], "w", zipfile.ZIP_DEFLATED)
        archive.writestr(_entry(path, at), data)
    if archive:
        archive.close()
    return parts


def fit(name: str, otherwise: str = "_") -> str:
    """A name that every file system takes, and that leads nowhere else."""
    short = UNFIT.sub("_", name).strip(" .")
    stem, dot, ending = short.rpartition(".")
    if len(short) > LONGEST_NAME and dot and len(ending) < LONGEST_NAME // 2:
        return stem[: LONGEST_NAME - len(ending) - 1].rstrip(" .") + "." + ending
    return short[:LONGEST_NAME].rstrip(" .") or otherwise


def _entry(path: str, at: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
