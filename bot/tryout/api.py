"""One call of the Bot API from end to end: token, fault, flood control, parameters, answer."""

import asyncio
import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.tryout.calls import Call
from bot.tryout.faults import Fault, FaultKind
from bot.tryout.files import UPLOAD_LIMIT, Upload
from bot.tryout.limits import counts
from bot.tryout.methods.table import BY_LOWER_NAME, METHODS, Method
from bot.tryout.refusals import Refusal, too_many
from bot.tryout.world import World

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
ATTACHED = "attach://"

Sent = Mapping[str, Any]
"""Parameters as they came: text, JSON values, or Upload."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to the bot. `text` None: the connection breaks instead."""

    status: int
    text: str | None


BROKEN = Answer(0, None)
DOWNLOAD = "download"


async def answer(world: World, token: str, method: str, sent: Sent) -> Answer:
    """Play one call, with the faults that were ordered for it."""
    name = BY_LOWER_NAME.get(method.lower(), method)
    call = world.journal.add(name, _for_journal(sent), world.now)
    world.events.ring()
    fault = world.faults.take(name)
    try:
        given = await _play(world, token, name, sent, fault)
    except Refusal as refusal:
        given = Answer(refusal.code, json.dumps(refusal.answer(), ensure_ascii=False))
        call.error = refusal.description
    return _note(world, call, given)


async def download(world: World, token: str, path: str) -> bytes | None:
    """The bytes at a file's path; None: the connection breaks instead. Raises Refusal.

    Faults for downloads are ordered for the method "download".
    """
    _check_token(world, token)
    fault = world.faults.take(DOWNLOAD)
    if fault is not None and (broken := await _before(world, fault)) is not None:
        if broken.text is None:
            return None
        raise Refusal(broken.status, "Bad Gateway")
    file = next((one for one in world.state.files.values() if one.path == path), None)
    if file is None:
        raise Refusal(404, "Not Found")
    return await asyncio.to_thread(world.shelf.get, file.unique_id)


async def _play(world: World, token: str, name: str, sent: Sent, fault: Fault | None) -> Answer:
    _check_token(world, token)
    if fault is not None and (broken := await _before(world, fault)) is not None:
        return broken
    result = await _result(world, name, sent)
    if fault is not None and fault.kind is FaultKind.ANSWER_LOST:
        return BROKEN
    text = json.dumps({"ok": True, "result": result}, ensure_ascii=False)
    if fault is not None and fault.kind is FaultKind.WRONG_JSON:
        return Answer(200, text[: len(text) // 2])
    return Answer(200, text)


async def _before(world: World, fault: Fault) -> Answer | None:
    """What a fault does before the call is processed; None when processing goes on."""
    match fault.kind:
        case FaultKind.TOO_MANY:
            raise too_many(fault.retry_after)
        case FaultKind.SERVER_ERROR:
            return _server_error(fault.status)
        case FaultKind.DROPPED:
            return BROKEN
        case FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        case FaultKind.HELD:
            await world.faults.held()
        case _:
            pass
    return None


async def _result(world: World, name: str, sent: Sent) -> Any:
    method = METHODS.get(name)
    if method is None:
        raise Refusal(404, "Not Found: method not found")
    if any(isinstance(one, Upload) and len(one.data) > UPLOAD_LIMIT for one in sent.values()):
        raise Refusal(413, "Request Entity Too Large")
    params = _read(method, sent)
    if world.limits is not None and counts(name) and isinstance(params.get("chat_id"), int):
        world.limits.pass_or_refuse(params["chat_id"], name, world.now)
    found = method.run(world, params)
    return await found if inspect.isawaitable(found) else found


def _read(method: Method, sent: Sent) -> dict[str, Any]:
    known = {**method.needs, **method.takes}
    attached = {name: one for name, one in sent.items() if isinstance(one, Upload)}
    plain = {name: one for name, one in sent.items() if name in known or name not in attached}
    params = method.read({name: _attached(one, attached) for name, one in plain.items()})
    return {name: _attached_inside(one, attached) for name, one in params.items()}


def _attached(value: Any, uploads: Mapping[str, Upload]) -> Any:
    if isinstance(value, str) and value.startswith(ATTACHED):
        return uploads.get(value.removeprefix(ATTACHED), value)
    return value


def _attached_inside(value: Any, uploads: Mapping[str, Upload]) -> Any:
    """Uploads that the media of an album or an edit name."""
    if isinstance(value, list):
        return [_attached_inside(one, uploads) for one in value]
    if isinstance(value, dict) and "media" in value:
        return value | {"media": _attached(value["media"], uploads)}
    return value


def _check_token(world: World, token: str) -> None:
    if not TOKEN.fullmatch(token):
        raise Refusal(401, "Unauthorized: invalid token specified")
    if token != world.state.bot.token:
        raise Refusal(401, "Unauthorized")


def _server_error(status: int) -> Answer:
    body = {"ok": False, "error_code": status, "description": "Internal Server Error"}
    if status == 502:
        body["description"] = "Bad Gateway"
    return Answer(status, json.dumps(body))


def _for_journal(sent: Sent) -> dict[str, Any]:
    return {
        name: f"<file {one.name}, {len(one.data)} bytes>" if isinstance(one, Upload) else one
        for name, one in sent.items()
    }


def _note(world: World, call: Call, given: Answer) -> Answer:
    call.status = given.status
    world.events.ring()
    return given
