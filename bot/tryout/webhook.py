"""The postman: brings updates to the bot's webhook and comes again until they are taken."""

import asyncio
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.tryout.api import answer
from bot.tryout.updates import Webhook
from bot.tryout.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
PATIENCE_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0


class Postman:
    """Posts each update until it is answered with 2xx, many at a time, as Telegram does."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._carrying: dict[int, asyncio.Task[None]] = {}
        self._walk: asyncio.Task[None] | None = None
        self._session: ClientSession | None = None

    def start(self) -> None:
        """Begin to watch for updates."""
        self._walk = asyncio.create_task(self._watch())

    async def close(self) -> None:
        """Leave everything undelivered where it is."""
        tasks = [task for task in (self._walk, *self._carrying.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _watch(self) -> None:
        while True:
            self._set_out()
            await self._world.events.next()

    def _set_out(self) -> None:
        webhook = self._world.state.queue.webhook
        if webhook is None:
            return
        for update in self._world.state.queue.pending:
            if len(self._carrying) >= webhook.max_connections:
                return
            number = update["update_id"]
            if number not in self._carrying:
                self._carrying[number] = asyncio.create_task(self._carry(webhook, update))

    async def _carry(self, webhook: Webhook, update: dict[str, Any]) -> None:
        number, pause = update["update_id"], FIRST_PAUSE_SECONDS
        try:
            while self._still_due(webhook, number):
                error = await self._post(webhook, update)
                if error is None:
                    return self._taken(number)
                webhook.last_error, webhook.last_error_at = error, self._world.unix_time
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        finally:
            self._carrying.pop(number, None)
            self._world.events.ring()

    def _still_due(self, webhook: Webhook, number: int) -> bool:
        queue = self._world.state.queue
        return queue.webhook is webhook and any(one["update_id"] == number for one in queue.pending)

    def _taken(self, number: int) -> None:
        if not self._world.faults.take_duplicate():
            self._world.state.queue.drop(number)

    async def _post(self, webhook: Webhook, update: dict[str, Any]) -> str | None:
        """Post once; the error in Telegram's words, or None when it was taken."""
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE_SECONDS))
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            async with self._session.post(webhook.url, json=update, headers=headers) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                if response.content_type == "application/json":
                    await self._obey(await response.json())
        except TimeoutError:
            return "Read timeout expired"
        except (ClientError, OSError, ValueError):
            return "Connection refused"
        return None

    async def _obey(self, reply: Any) -> None:
        """Play the call that a webhook may put into its answer; its result is lost."""
        if isinstance(reply, dict) and "method" in reply:
            sent = {name: value for name, value in reply.items() if name != "method"}
            await answer(self._world, self._world.state.bot.token, str(reply["method"]), sent)
