"""What handlers may ask of the workers, and how a job is closed in the transaction it earned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from storage import Db, jobs
from storage.jobs import Job


class Work(Protocol):
    """The workers of this process."""

    def nudge(self, *kinds: str) -> None:
        """Wakes the workers of these kinds of jobs: something was committed for them."""
        ...


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What people may know about the model: whether there is one, its name, and its host."""

    on: bool = False
    name: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many days things are kept: a copy of the database (0: there is none), and a person
    who is silent (0: for ever); and where the operator says more about it."""

    backups: int = 0
    silence: int = 0
    notice: str = ""


class LeaseLost(Exception):
    """Another process has taken this job over; what was about to be written is rolled back."""


def finish(db: Db, job: Job, now: datetime) -> None:
    """Closes a job together with what it brought. Raises LeaseLost, so that nothing is kept."""
    if not jobs.done(db, job, now):
        raise LeaseLost(job.kind)
