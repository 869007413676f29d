"""Who else works on this database: a lock file beside it, which the kernel lets go of at death."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO


@dataclass(slots=True)
class Presence:
    """This process on a database. While it is `alone`, nobody else can begin."""

    alone: bool
    _file: TextIO

    def let_others_in(self) -> None:
        """From now on other processes may begin to work beside this one."""
        fcntl.flock(self._file, fcntl.LOCK_SH)


@contextmanager
def present(database: Path) -> Generator[Presence]:
    """Announces this process; waits while another one that is alone sets things right."""
    with database.with_name(database.name + ".running").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(file, fcntl.LOCK_SH)
            yield Presence(False, file)
        else:
            yield Presence(True, file)
