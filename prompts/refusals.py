"""What a server means when it refuses: whether to wait, and what it comes to for the person."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from prompts.asking import Failure, ModelFailed

TOO_LONG = re.compile(
    r"context[ _](length|size|window)|maximum context|too many (input )?tokens"
    r"|(prompt|input) is too long|reduce the length",
    re.IGNORECASE,
)
NAMES_MODEL = re.compile(r"\bmodel\b|model_not_found", re.IGNORECASE)
NO_MODEL = re.compile(r"model.{0,80}(not (exist|found|valid)|invalid|unknown)", re.IGNORECASE)
CONTENT = re.compile(r"content_filter|content management policy", re.IGNORECASE)
NO_QUOTA = re.compile(r"insufficient_quota|credit", re.IGNORECASE)

ONCE_MORE_AFTER = timedelta(seconds=0.5)
BUSY_TRIES = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP error, or with status None a connection that failed or broke.

    `words` are the server's and may quote the letter: they are read here and never kept.
    """

    status: int | None = None
    words: str = ""
    retry_after: timedelta | None = None

    @property
    def of_the_request(self) -> bool:
        """Whether putting the same request otherwise may help."""
        return self.status in (400, 422) and not (
            TOO_LONG.search(self.words) or CONTENT.search(self.words)
        )

    @property
    def of_the_server(self) -> bool:
        return self.status is None or self.status == 408 or self.status >= 500

    def failure(self) -> ModelFailed:
        """What it comes to when nothing more is tried."""
        if self.status == 413 or (self.status and TOO_LONG.search(self.words)):
            return ModelFailed(Failure.TOO_LONG)
        if self.status == 402 or (self.status in (403, 429) and NO_QUOTA.search(self.words)):
            return ModelFailed(Failure.REFUSED, "quota")
        if self.status == 429:
            return ModelFailed(Failure.UNREACHABLE, "busy")
        if self.of_the_server:
            return ModelFailed(Failure.UNREACHABLE)
        return ModelFailed(Failure.REFUSED, self._cause())

    def pause(self, times: int) -> timedelta | None:
        """How long to wait before the same again after so many times; None: it won't help."""
        failure = self.failure()
        if failure.cause == "busy":
            patience = timedelta(seconds=2**times)
            return (self.retry_after or patience) if times < BUSY_TRIES else None
        again = failure.code is Failure.UNREACHABLE and times == 0
        return (self.retry_after or ONCE_MORE_AFTER) if again else None

    def _cause(self) -> str | None:
        if self.status in (401, 403):
            return None
        if CONTENT.search(self.words):
            return "content"
        if self.status == 404:
            return "model" if NAMES_MODEL.search(self.words) else None
        return "model" if NO_MODEL.search(self.words) else "request"


def retry_after(said: str, now: datetime) -> timedelta | None:
    """The header Retry-After: seconds or an HTTP date; None when it is neither."""
    try:
        return timedelta(seconds=max(0.0, float(said)))
    except (ValueError, OverflowError):
        pass
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(timedelta(0), aware - now)
