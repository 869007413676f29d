"""What stands before several workers: it passes each request to the next one in turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from multidict import CIMultiDict

PATIENCE = ClientTimeout(total=30)


class Proxy:
    """Posts go to `ports` in turn; from one that is dead or can't take it to the next. `taken`
    counts what each answered with 200."""

    def __init__(self, session: ClientSession) -> None:
        self.url = ""
        self.ports: list[int] = []
        self.taken: dict[int, int] = {}
        self._session = session
        self._turns = count()

    async def pass_on(self, request: web.Request) -> web.Response:
        body, headers, status = await request.read(), request.headers.copy(), 502
        headers.pop("Host")
        turn = next(self._turns)
        for at in range(len(self.ports)):
            port = self.ports[(turn + at) % len(self.ports)]
            status = await self._posted(port, request.path, body, headers)
            if status == 200:
                self.taken[port] = self.taken.get(port, 0) + 1
                break
        return web.Response(status=status)

    async def _posted(self, port: int, path: str, body: bytes, headers: CIMultiDict[str]) -> int:
        url = f"http://127.0.0.1:{port}{path}"
        try:
            async with self._session.post(url, data=body, headers=headers) as answer:
                return answer.status
        except (ClientError, TimeoutError):
            return 502


@asynccontextmanager
async def round_robin() -> AsyncIterator[Proxy]:
    """A proxy that listens at `url`; it has nobody to pass anything to yet."""
    async with ClientSession(timeout=PATIENCE) as session:
        proxy = Proxy(session)
        app = web.Application()
        app.router.add_post("/telegram", proxy.pass_on)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        proxy.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
        try:
            yield proxy
        finally:
            await runner.cleanup()
