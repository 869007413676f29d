"""Whether the model's endpoint answers: asking for its list of models costs nothing."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.clock import Clock
from bot.settings import Settings
from coach.texts import say

log = logging.getLogger(__name__)

OPENAI = "https://api.openai.com/v1"
PATIENCE = ClientTimeout(total=8)

EVERY = timedelta(minutes=1)
"""How often an endpoint is asked that answers."""

SOON = timedelta(seconds=10)
"""How often one is asked that doesn't."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an endpoint said: `trouble` is "refused" or "unreachable", None when it is well; the
    names of its models, if it tells any."""

    trouble: str | None
    models: tuple[str, ...] = ()


async def asked(
    session: ClientSession, address: str, headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """The status and the body; status 0 when nobody answered. The address stays unsaid."""
    try:
        async with session.get(address, headers=headers) as response:
            text = await response.text()
    except (ClientError, TimeoutError, OSError, UnicodeDecodeError):
        return 0, {}
    try:
        body = json.loads(text)
    except ValueError:
        body = {}
    return response.status, body if isinstance(body, dict) else {}


async def models(settings: Settings, session: ClientSession) -> Answered:
    """Asks for the models; a server that has no list, or a key that may not see it (403, as with
    OpenAI's restricted keys), is taken at its word."""
    base, key = settings.openai_base_url or OPENAI, settings.openai_api_key
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    status, body = await asked(session, f"{base}/models", headers)
    if status == 401:
        return Answered("refused")
    if status == 0 or status >= 500:
        return Answered("unreachable")
    listed = body.get("data")
    found = listed if isinstance(listed, list) else []
    return Answered(None, tuple(str(one["id"]) for one in found if "id" in one))


def host_of(settings: Settings) -> str:
    """Where the endpoint is, without anything secret."""
    return urlsplit(settings.openai_base_url or OPENAI).netloc.rpartition("@")[2]


class ModelWatch:
    """Whether the model can be asked; says once when it can't, and once when it can again."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.trouble: str | None = None
        self._settings = settings
        self._clock = clock

    async def keep_looking(self) -> None:
        """Asks now and then until it is cancelled."""
        async with ClientSession(timeout=PATIENCE) as session:
            while True:
                self._heard((await models(self._settings, session)).trouble)
                await self._clock.sleep(SOON if self.trouble else EVERY)

    def _heard(self, trouble: str | None) -> None:
        if trouble and trouble != self.trouble:
            log.error("%s", say("en", f"bot.model.{trouble}", host=host_of(self._settings)))
        if self.trouble and not trouble:
            log.info("%s", say("en", "bot.model.again"))
        self.trouble = trouble
