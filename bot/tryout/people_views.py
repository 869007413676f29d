"""The reading half of the people API: what people see, and what tests watch."""

import asyncio
import json
from contextlib import suppress

from aiohttp import web
from aiohttp.helpers import content_disposition_header

from bot.tryout.bot_routes import TELEGRAM
from bot.tryout.events import Event
from bot.tryout.messages import Body, Message
from bot.tryout.refusals import Missing
from bot.tryout.telegram import LocalTelegram

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
HEARTBEAT_SECONDS = 15


def add_view_routes(app: web.Application) -> None:
    """Answer those who look on at these addresses."""
    app.router.add_get("/try/state", _state)
    app.router.add_get("/try/events", _events)
    app.router.add_get("/try/chats/{chat}/messages", _messages)
    app.router.add_get("/try/clock", _clock)
    app.router.add_get("/try/calls", _calls)
    app.router.add_get("/try/file/{file_id}", _file)


async def _state(request: web.Request) -> web.Response:
    telegram = request.app[TELEGRAM]
    return web.json_response(
        {
            "seq": telegram.events.seq,
            **clock_card(telegram),
            "bot": telegram.state.bot.user(),
            "people": [person.seen() for person in telegram.state.people.values()],
            "chats": [telegram.seen_chat(chat) for chat in telegram.state.chats.values()],
        }
    )


async def _messages(request: web.Request) -> web.Response:
    telegram = request.app[TELEGRAM]
    chat = telegram.chat(int(request.match_info["chat"]))
    person = telegram.person(int(request.query["as"]))
    telegram.close_polls()
    history = telegram.history(chat.id, person.id)
    buttons = telegram.state.menu_buttons
    now = telegram.now.isoformat()
    actions = telegram.state.actions.get(chat.id, [])
    return web.json_response(
        {
            "seq": telegram.events.seq,
            "messages": [telegram.seen_message(chat, one, person.id) for one in history],
            "drafts": [draft.seen() for draft in telegram.drafts(chat.id)],
            "actions": [one for one in actions if one["until"] > now],
            "commands": telegram.commands(chat, person),
            "keyboard": _reply_keyboard(history),
            "menu_button": buttons.get(str(chat.id), buttons.get("", {"type": "commands"})),
        }
    )


def _reply_keyboard(history: list[Message]) -> Body | None:
    """The keyboard in place of the letters: the newest one, unless it was taken away since."""
    for message in reversed(history):
        keyboard = message.keyboard or {}
        if "remove_keyboard" in keyboard:
            return None
        if "keyboard" in keyboard:
            return keyboard
    return None


async def _events(request: web.Request) -> web.StreamResponse:
    telegram = request.app[TELEGRAM]
    asked = request.headers.get("Last-Event-ID") or request.query.get("since")
    seq = int(asked) if asked else telegram.events.seq
    response = web.StreamResponse()
    response.content_type = "text/event-stream"
    response.headers["Cache-Control"] = "no-store"
    await response.prepare(request)
    await response.write(b": welcome\n\n")
    with suppress(ConnectionResetError):  # the page was closed
        while not telegram.closing:
            seq = await _send_since(telegram, response, seq)
            await _next_event(telegram, seq)
    return response


async def _send_since(telegram: LocalTelegram, response: web.StreamResponse, seq: int) -> int:
    """Send what happened since and say up to which number."""
    events = telegram.events.since(seq)
    if events is None:
        events = [Event(telegram.events.seq, "reset", {})]
    for event in events:
        data = json.dumps(event.data, ensure_ascii=False)
        line = f"id: {event.seq}\nevent: {event.kind}\ndata: {data}\n\n"
        await response.write(line.encode())
        seq = event.seq
    if not events:
        await response.write(b": still here\n\n")
    return seq


async def _next_event(telegram: LocalTelegram, seq: int) -> None:
    """Wait for an event after a number, or until a sign of life is due."""
    try:
        async with asyncio.timeout(HEARTBEAT_SECONDS):
            while telegram.events.seq == seq:
                await telegram.events.next()
                if telegram.closing:
                    return
    except TimeoutError:
        pass


async def _clock(request: web.Request) -> web.Response:
    return web.json_response(clock_card(request.app[TELEGRAM]))


async def _calls(request: web.Request) -> web.Response:
    telegram = request.app[TELEGRAM]
    calls = telegram.calls(request.query.get("method"), int(request.query.get("since", 0)))
    return web.json_response({"seq": telegram.journal.seq, "calls": [one.seen() for one in calls]})


async def _file(request: web.Request) -> web.Response:
    telegram = request.app[TELEGRAM]
    file = telegram.state.files.get(request.match_info["file_id"])
    if file is None:
        raise Missing("There is no such file.")
    shown = file.media_type if file.media_type in PICTURES else "application/octet-stream"
    data = await asyncio.to_thread(telegram.shelf.get, file.unique_id)
    response = web.Response(body=data, content_type=shown)
    if shown == "application/octet-stream":
        response.headers["Content-Disposition"] = content_disposition_header(
            "attachment", filename=file.name
        )
    return response


def clock_card(telegram: LocalTelegram) -> Body:
    """What the clock shows."""
    return {"now": telegram.now.isoformat(), "movable": True}
