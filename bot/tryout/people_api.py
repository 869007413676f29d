"""The people API: what people do in the local Telegram and what they see of it, as JSON.

A chat with the bot has the person's id; groups have negative ids. Messages are the Bot API's own
`Message` objects with a few things added that an app knows and a bot does not: `keyboard` (the
whole reply_markup, inline or not), `by_bot`, `reactions` ([{emoji, people}]), `voted` (option
indexes), `pinned`; in a `poll`, `results_hidden` and `voters` ({person: option indexes}). Every
refusal is {"error": sentence} with status 400, 403 or 404.

    GET  /try/state -> {seq, now, movable, bot, people: [Person], chats: [Chat]}
           Person {id, first_name, last_name?, username?, language_code, started, blocked}
           Chat {id, type, title?, person?, is_forum, members: [{id, status, anonymous}],
                 topics: [{message_thread_id, name}], pinned: [message_id], last: Message|null}
    GET  /try/events?since=N          server-sent events; `id:` is the sequence number
    GET  /try/chats/{id}/messages?as={person}
           -> {seq, messages, drafts: [Draft], actions: [{action, until}], commands: [{command,
              description}], keyboard: ReplyKeyboardMarkup|null, menu_button}
           Draft {draft_id, text, entities, can_stop, message_thread_id?, until}
    POST /try/send {person, chat, text, reply_to?, thread?}           -> {messages}
    POST /try/start {person, payload?}                                -> {messages}
    POST /try/upload (multipart: person, chat, caption?, as_photo?, thread?, reply_to?, file…)
                                                                      -> {messages}
    POST /try/press {person, chat, message_id, data | row, col, stale?}
           -> {callback_query_id} or {url} or {copy_text} or {web_app}
    POST /try/stop {person, chat, draft_id}                           -> {ok}
    POST /try/edit {person, chat, message_id, text}                   -> {messages}
    POST /try/delete {person, chat, message_id}                       -> {ok}
    POST /try/react {person, chat, message_id, emoji|null}            -> {ok}
    POST /try/vote {person, chat, message_id, options: [index]}       -> {ok}
    POST /try/block {person, blocked}                                 -> {ok}
    POST /try/people {first_name, language_code, username?}           -> {person: Person}
    POST /try/groups {title, members, admins, is_forum?, bot?}        -> {chat: Chat}
    POST /try/join | /try/leave {person, chat}                        -> {ok}
    POST /try/promote {person, chat, status, anonymous?}              -> {ok}
    POST /try/topics {person, chat, name}                             -> {message_thread_id}
    POST /try/migrate {chat}                                          -> {chat: Chat}
    GET  /try/clock -> {now, movable}; POST /try/clock {advance_seconds} -> {now, movable}
    POST /try/faults [{kind, method?, times?, retry_after?, status?, seconds?}]  (DELETE clears)
    GET  /try/calls?since=N -> {seq, calls: [{seq, at, method, chat_id, params, status, error}]}
    GET  /try/file/{file_id}          the bytes, with their media type

Events (`event:` names the kind, `data:` is JSON; `to` names the only person who sees it):

    message {chat, message, to?}      edited {chat, message, to?}     deleted {chat, message_ids}
    draft {chat, draft}               draft_gone {chat, draft_id}
    action {chat, action, thread?, until}
    callback_answer {chat, to, callback_query_id, text, show_alert, url}
    reaction {chat, message_id, reactions}         poll {chat, message_id, poll}
    pinned {chat, pinned}             chat {chat: Chat}               person {person: Person}
    commands {}                       clock {now}                     reset {}  (load all anew)
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from aiohttp import BodyPartReader, web
from aiohttp.typedefs import Handler

from bot.tryout import apps
from bot.tryout.bot_routes import TELEGRAM
from bot.tryout.chats import Status
from bot.tryout.faults import Fault, FaultKind
from bot.tryout.files import Upload
from bot.tryout.messages import Body, Message
from bot.tryout.people_views import clock_card
from bot.tryout.refusals import Missing, NotPossible
from bot.tryout.telegram import LocalTelegram

Wish = dict[str, Any]
Act = Callable[[LocalTelegram, Wish], Body]


def add_people_routes(app: web.Application) -> None:
    """Answer the page and tests at these addresses."""
    app.router.add_post("/try/upload", _upload)
    app.router.add_post("/try/faults", _order_faults)
    app.router.add_delete("/try/faults", _clear_faults)
    for name, act in ACTS.items():
        app.router.add_post(f"/try/{name}", _acting(act))


@web.middleware
async def in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say in one sentence why something cannot be done."""
    if not request.path.startswith("/try/"):
        return await handler(request)
    try:
        return await handler(request)
    except Missing as error:
        return web.json_response({"error": str(error)}, status=404)
    except NotPossible as error:
        return web.json_response({"error": str(error)}, status=400)
    except (KeyError, ValueError, TypeError) as error:
        return web.json_response({"error": f"The request lacks or garbles {error}."}, status=400)


# what people do


def _acting(act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        wish: Wish = await request.json()
        return web.json_response(act(request.app[TELEGRAM], wish))

    return handle


def _send(telegram: LocalTelegram, wish: Wish) -> Body:
    where = {"reply_to": wish.get("reply_to"), "thread": wish.get("thread")}
    sent = telegram.send_text(wish["person"], wish["text"], wish["chat"], **where)
    return _seen(telegram, wish["chat"], sent)


def _start(telegram: LocalTelegram, wish: Wish) -> Body:
    sent = telegram.start(wish["person"], wish.get("payload") or "")
    return _seen(telegram, wish["person"], [sent])


def _press(telegram: LocalTelegram, wish: Wish) -> Body:
    place = wish["person"], wish["chat"], wish["message_id"]
    if "data" in wish:
        stale = bool(wish.get("stale"))
        return {"callback_query_id": apps.press(telegram, *place, wish["data"], stale=stale).id}
    return apps.press_at(telegram, *place, wish["row"], wish["col"])


def _stop(telegram: LocalTelegram, wish: Wish) -> Body:
    apps.stop(telegram, wish["person"], wish["chat"], wish["draft_id"])
    return {"ok": True}


def _edit(telegram: LocalTelegram, wish: Wish) -> Body:
    edited = telegram.edit(wish["person"], wish["message_id"], wish["text"], wish["chat"])
    return _seen(telegram, wish["chat"], [edited])


def _delete(telegram: LocalTelegram, wish: Wish) -> Body:
    telegram.delete(wish["person"], wish["message_id"], wish["chat"])
    return {"ok": True}


def _react(telegram: LocalTelegram, wish: Wish) -> Body:
    telegram.react(wish["person"], wish["message_id"], wish.get("emoji"), wish["chat"])
    return {"ok": True}


def _vote(telegram: LocalTelegram, wish: Wish) -> Body:
    telegram.vote(wish["person"], wish["message_id"], wish["options"], wish["chat"])
    return {"ok": True}


def _block(telegram: LocalTelegram, wish: Wish) -> Body:
    telegram.block(wish["person"], wish["blocked"])
    return {"ok": True}


def _people(telegram: LocalTelegram, wish: Wish) -> Body:
    name = str(wish["first_name"]).strip()
    if not name:
        raise NotPossible("A person needs a name.")
    language = wish.get("language_code") or "en"
    return {"person": telegram.add_person(name, language, wish.get("username")).seen()}


def _groups(telegram: LocalTelegram, wish: Wish) -> Body:
    chat = telegram.add_group(
        wish["title"],
        wish["members"],
        wish.get("admins") or [],
        is_forum=bool(wish.get("is_forum")),
        with_bot=wish.get("bot", True),
    )
    return {"chat": telegram.seen_chat(chat)}


def _join(telegram: LocalTelegram, wish: Wish) -> Body:
    telegram.join(wish["person"], wish["chat"], by=wish.get("by"))
    return {"ok": True}


def _leave(telegram: LocalTelegram, wish: Wish) -> Body:
    telegram.leave(wish["person"], wish["chat"], by=wish.get("by"))
    return {"ok": True}


def _promote(telegram: LocalTelegram, wish: Wish) -> Body:
    status, anonymous = Status(wish["status"]), bool(wish.get("anonymous"))
    telegram.promote(wish["person"], wish["chat"], status, anonymous=anonymous)
    return {"ok": True}


def _topics(telegram: LocalTelegram, wish: Wish) -> Body:
    thread = telegram.add_topic(wish["person"], wish["chat"], wish["name"])
    return {"message_thread_id": thread}


def _migrate(telegram: LocalTelegram, wish: Wish) -> Body:
    return {"chat": telegram.seen_chat(telegram.migrate(wish["chat"]))}


def _advance(telegram: LocalTelegram, wish: Wish) -> Body:
    seconds = float(wish["advance_seconds"])
    if not 0 <= seconds <= 400 * 86_400:
        raise NotPossible("The clock goes forward only, by at most 400 days.")
    telegram.advance(timedelta(seconds=seconds))
    return clock_card(telegram)


ACTS: dict[str, Act] = {
    "send": _send,
    "start": _start,
    "press": _press,
    "stop": _stop,
    "edit": _edit,
    "delete": _delete,
    "react": _react,
    "vote": _vote,
    "block": _block,
    "people": _people,
    "groups": _groups,
    "join": _join,
    "leave": _leave,
    "promote": _promote,
    "topics": _topics,
    "migrate": _migrate,
    "clock": _advance,
}


async def _upload(request: web.Request) -> web.Response:
    telegram = request.app[TELEGRAM]
    fields, uploads = await _form(request)
    if not uploads:
        raise NotPossible("There is no file in the upload.")
    person, chat = int(fields["person"]), int(fields["chat"])
    sent = telegram.send_album(
        person,
        uploads,
        chat,
        caption=fields.get("caption", ""),
        kind="photo" if fields.get("as_photo") in {"true", "1", "on"} else "document",
        reply_to=_number(fields.get("reply_to")),
        thread=_number(fields.get("thread")),
    )
    return web.json_response(_seen(telegram, chat, sent))


async def _form(request: web.Request) -> tuple[dict[str, str], list[Upload]]:
    fields: dict[str, str] = {}
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.filename is None:
            fields[part.name or ""] = await part.text()
        else:
            data = bytes(await part.read(decode=False))
            uploads.append(Upload(part.filename, data, part.headers.get("Content-Type")))
    return fields, uploads


def _number(text: str | None) -> int | None:
    return int(text) if text else None


async def _order_faults(request: web.Request) -> web.Response:
    wishes: list[Wish] = await request.json()
    faults = [Fault(kind=FaultKind(wish.pop("kind")), **wish) for wish in wishes]
    request.app[TELEGRAM].faults.add(faults)
    return web.json_response({"ok": True})


async def _clear_faults(request: web.Request) -> web.Response:
    request.app[TELEGRAM].faults.clear()
    return web.json_response({"ok": True})


def _seen(telegram: LocalTelegram, chat: int, messages: list[Message]) -> Body:
    place = telegram.chat(chat)
    return {"messages": [telegram.seen_message(place, message) for message in messages]}
