"""An OpenAI-compatible server over real HTTP that answers as told, well or badly.

    async with FakeModel() as fake:
        fake.enqueue({"edits": []})
        fake.refuse(429, "slow down", headers={"Retry-After": "1"})
        ...  # point OPENAI_BASE_URL at fake.url
        assert fake.asked[0].shape == "json_schema"

What is enqueued is used up in order; after that `otherwise` answers, if it was given.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import web

PIECE = 7
"""Characters in a piece of the stream: small, so that strings and escapes are torn apart."""


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    body: Mapping[str, Any]
    key: str

    @property
    def messages(self) -> list[dict[str, str]]:
        return self.body["messages"]

    @property
    def shape(self) -> str:
        return self.body.get("response_format", {}).get("type", "text")

    @property
    def text(self) -> str:
        return "\n".join(message["content"] for message in self.messages)


Content = dict[str, Any] | str
Step = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeModel:
    """`refuses`: the response formats that this server answers with HTTP 400, as LM Studio does."""

    def __init__(
        self,
        *,
        refuses: Collection[str] = (),
        otherwise: Callable[[Asked], Content] | None = None,
        port: int = 0,
    ) -> None:
        self._port = port
        self.asked: list[Asked] = []
        self.refuses = frozenset(refuses)
        self.otherwise = otherwise
        self.freed = asyncio.Event()
        self.reached = asyncio.Event()
        self._steps: list[Step] = []

    async def __aenter__(self) -> "FakeModel":
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._serve)
        app.router.add_get("/v1/models", self._list)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}/v1"

    def enqueue(
        self,
        answer: Content,
        *,
        finish: str = "stop",
        usage: Mapping[str, Any] | None = None,
        hold: asyncio.Event | None = None,
        hold_after: int = 0,
        break_after: int | None = None,
    ) -> None:
        """Streams an answer: it may wait for `hold` after some characters, or break off."""

        async def step(request: web.Request) -> web.StreamResponse:
            text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
            out = await _stream(request)
            for place in range(0, len(text), PIECE):
                if hold is not None and place >= hold_after:
                    await self._wait(hold)
                if break_after is not None and place >= break_after:
                    return _broken(request, out)
                await _send(out, {"choices": [_choice(text[place : place + PIECE])]})
            await _send(out, {"choices": [_choice("", finish)]})
            if usage is not None:
                await _send(out, {"choices": [], "usage": dict(usage)})
            await out.write(b"data: [DONE]\n\n")
            return out

        self._steps.append(step)

    def hang(self) -> None:
        """Takes the request and never says a word."""

        async def step(_: web.Request) -> web.StreamResponse:
            await self._wait(asyncio.Event())
            raise AssertionError("nobody waits so long")

        self._steps.append(step)

    def refuse(
        self,
        status: int,
        message: str = "no",
        *,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answers with an error of OpenAI's form."""

        async def step(_: web.Request) -> web.StreamResponse:
            error = {"message": message, "code": code, "type": "error", "param": None}
            return web.json_response({"error": error}, status=status, headers=headers)

        self._steps.append(step)

    def say(self, body: str, *, content_type: str = "text/event-stream") -> None:
        """Answers HTTP 200 with a body that need not be anything."""

        async def step(_: web.Request) -> web.StreamResponse:
            return web.Response(text=body, content_type=content_type)

        self._steps.append(step)

    def drop(self) -> None:
        """Closes the connection without an answer."""

        async def step(request: web.Request) -> web.StreamResponse:
            return _broken(request, web.Response())

        self._steps.append(step)

    def forget(self) -> None:
        """Drops what was enqueued and not used up, and refuses nothing any more."""
        self._steps.clear()
        self.refuses, self.otherwise = frozenset(), None

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        asked = Asked(await request.json(), request.headers.get("Authorization", ""))
        self.asked.append(asked)
        if asked.shape in self.refuses:
            return web.json_response(
                {"error": f"'response_format.type' must not be '{asked.shape}'"}, status=400
            )
        if not self._steps:
            if self.otherwise is None:
                raise AssertionError("nothing was enqueued for this request")
            self.enqueue(self.otherwise(asked))
        with suppress(ConnectionError):
            return await self._steps.pop(0)(request)
        self.freed.set()
        return web.Response()

    async def _wait(self, hold: asyncio.Event) -> None:
        """Waits; notices when the client leaves."""
        self.reached.set()
        try:
            await hold.wait()
        except asyncio.CancelledError:
            self.freed.set()
            raise

    async def _list(self, _: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": "fake", "object": "model"}]})


def _choice(content: str, finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": {"content": content}, "finish_reason": finish}


async def _stream(request: web.Request) -> web.StreamResponse:
    out = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await out.prepare(request)
    return out


async def _send(out: web.StreamResponse, data: Mapping[str, Any]) -> None:
    chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "fake", **data}
    await out.write(f"data: {json.dumps(chunk)}\n\n".encode())


def _broken(request: web.Request, out: web.StreamResponse) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.close()
    return out
