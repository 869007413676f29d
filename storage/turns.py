"""Whose turn it is to do what one process of many may do: a lock that its holder's death frees."""

import fcntl
from pathlib import Path
from typing import Protocol, TextIO


class Turn(Protocol):
    """The calls wait for the disk or the server and belong in a thread."""

    def ours(self) -> bool:
        """Whether it is our turn, now that we want it; once it is, it stays so until `let_go`,
        or until the server has lost sight of us. Raises StoreUnavailable."""
        ...

    def let_go(self) -> None: ...


class FileTurn:
    """A turn among the processes of one machine."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def ours(self) -> bool:
        if self._file is not None:
            return True
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def let_go(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
