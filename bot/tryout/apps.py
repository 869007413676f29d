"""What people do in their apps: write, send files, press, edit, react, vote, block."""

import re
from collections.abc import Sequence
from typing import Any

from bot.tryout import entities, utf16
from bot.tryout.callbacks import LIFE, Press
from bot.tryout.chats import Chat
from bot.tryout.files import PERSON_LIMIT, Upload, picture_size
from bot.tryout.messages import Body, Message
from bot.tryout.people import Person
from bot.tryout.refusals import Missing, NotPossible
from bot.tryout.splitting import split
from bot.tryout.world import World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
"""What a deep link may carry (Bot API features, Deep linking)."""

LONGEST_CAPTION = 1024


def send_text(
    world: World,
    person_id: int,
    chat_id: int,
    text: str,
    *,
    reply_to: int | None = None,
    thread: int | None = None,
) -> list[Message]:
    """Write a text; a long one becomes several messages. Raises NotPossible."""
    chat, person = _may_write(world, person_id, chat_id, thread)
    parts = split(text)
    if not parts:
        raise NotPossible("An empty message can't be sent.")
    if person.blocked and chat.private:
        _restart(world, person, parts[0])
    replied = _replied(chat, reply_to)
    return [
        _post(world, chat, person, _with_text(part, "text", "entities") | replied, thread)
        for part in parts
    ]


def start(world: World, person_id: int, payload: str = "") -> Message:
    """Press START, or follow a deep link. Raises NotPossible for a payload no link can carry."""
    if not PAYLOAD.fullmatch(payload):
        raise NotPossible("A link carries at most 64 letters, digits, _ and -.")
    return send_text(world, person_id, person_id, f"/start {payload}")[0]


def send_files(
    world: World,
    person_id: int,
    chat_id: int,
    uploads: Sequence[Upload],
    *,
    caption: str = "",
    kind: str = "document",
    reply_to: int | None = None,
    thread: int | None = None,
) -> list[Message]:
    """Send files as documents (or photo, voice, audio, video); several become an album."""
    chat, person = _may_write(world, person_id, chat_id, thread)
    if utf16.length(caption) > LONGEST_CAPTION:
        raise NotPossible("A caption takes at most 1024 characters.")
    album = {"media_group_id": str(world.state.next_id() + 10**16)} if len(uploads) > 1 else {}
    posted: list[Message] = []
    for upload in uploads:
        words = _with_text(caption.strip(), "caption", "caption_entities")
        content = _media(world, upload, kind) | ({} if posted else words)
        content |= album | _replied(chat, reply_to)
        posted.append(_post(world, chat, person, content, thread))
    return posted


def send_content(
    world: World, person_id: int, chat_id: int, content: Body, thread: int | None = None
) -> Message:
    """Send anything else a Message can hold: a sticker, a location, a contact."""
    chat, person = _may_write(world, person_id, chat_id, thread)
    return _post(world, chat, person, content, thread)


def press(
    world: World, person_id: int, chat_id: int, message_id: int, data: str, *, stale: bool = False
) -> Press:
    """Press a callback button. `stale` presses one that the app still shows but is gone."""
    chat, person = _present(world, person_id, chat_id)
    message = chat.messages.get(message_id)
    if message is None and not stale:
        raise Missing("This message is not there any more.")
    if message and not stale and message.button(data) is None:
        raise NotPossible("This button is not there any more.")
    return _pressed(world, chat, person, message_id, message, data)


def press_at(
    world: World, person_id: int, chat_id: int, message_id: int, row: int, column: int
) -> Body:
    """Press the button at a place of the keyboard: what the app does depends on the button."""
    message = world.message(chat_id, message_id)
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise Missing("There is no such button.")
    button: Body = rows[row][column]
    if "callback_data" in button:
        pressed = press(world, person_id, chat_id, message_id, button["callback_data"])
        return {"callback_query_id": pressed.id}
    if "disabled" in button:
        raise NotPossible("This button is switched off.")
    if "copy_text" in button:
        return {"copy_text": button["copy_text"]["text"]}
    field = next(key for key in ("url", "web_app") if key in button)
    return {field: button[field] if field == "url" else button[field]["url"]}


def stop(world: World, person_id: int, chat_id: int, draft_id: int) -> None:
    """Press Stop on a draft that still grows."""
    if person_id != chat_id:
        raise NotPossible("Only the person of a private chat can stop its draft.")
    chat = world.chat(chat_id)
    drafts = world.state.drafts.get(chat_id, [])
    draft = next((one for one in drafts if one.id == draft_id and one.alive(world.now)), None)
    if draft is None or not draft.can_stop or draft.stopped:
        raise Missing("There is nothing to stop.")
    draft.stopped = True
    body: Body = {"chat": world.chat_card(chat), "draft_id": draft_id}
    if draft.thread:
        body["message_thread_id"] = draft.thread
    if draft.keep_on_stop:
        world.tell("draft", chat=chat_id, draft=draft.seen())
    else:
        world.tell("draft_gone", chat=chat_id, draft_id=draft_id)
    world.update("stopped_message_generation", body)


def edit(world: World, person_id: int, chat_id: int, message_id: int, text: str) -> Message:
    """Change one's own message."""
    chat, message = _own(world, person_id, chat_id, message_id)
    if not text.strip() or utf16.length(text.strip()) > 4096:
        raise NotPossible("A message takes 1 to 4096 characters.")
    fields = ("text", "entities") if "text" in message.body else ("caption", "caption_entities")
    kept = {key: value for key, value in message.body.items() if key not in fields}
    message.body = kept | _with_text(text.strip(), *fields) | {"edit_date": world.unix_time}
    world.changed(chat, message)
    if world.bot_sees(chat, message):
        world.update("edited_message", message.body)
    return message


def delete(world: World, person_id: int, chat_id: int, message_id: int) -> None:
    """Delete a message for everybody; bots are never told."""
    chat, _ = _present(world, person_id, chat_id)
    message = world.message(chat_id, message_id)
    if message.sender != person_id and not chat.private and not chat.leads(person_id):
        raise NotPossible("Only an administrator deletes other people's messages.")
    world.remove(chat, [message_id])


def react(world: World, person_id: int, chat_id: int, message_id: int, emoji: str | None) -> None:
    """Set one's reaction, or take it back."""
    chat, _ = _present(world, person_id, chat_id)
    message = world.message(chat_id, message_id)
    old = message.reactions.pop(person_id, [])
    new = [emoji] if emoji else []
    if new:
        message.reactions[person_id] = new
    world.tell("reaction", chat=chat_id, message_id=message_id, reactions=message.reaction_counts())
    if chat.private or chat.leads(world.state.bot.id):
        body: Body = {"chat": world.chat_card(chat), "message_id": message_id}
        body |= {"user": world.user(person_id), "date": world.unix_time}
        body |= {"old_reaction": reaction_types(old), "new_reaction": reaction_types(new)}
        world.update("message_reaction", body)


def vote(
    world: World, person_id: int, chat_id: int, message_id: int, options: Sequence[int]
) -> None:
    """Vote in a poll; no option takes the vote back."""
    _present(world, person_id, chat_id)
    message = world.message(chat_id, message_id)
    poll = world.state.polls.get(message.body.get("poll", {}).get("id", ""))
    if poll is None:
        raise Missing("There is no poll in this message.")
    world.close_polls()
    poll.vote(person_id, list(options))
    world.show_poll(poll)
    if not poll.anonymous:
        world.update("poll_answer", poll.answer(world.user(person_id)))


def block(world: World, person_id: int, blocked: bool = True) -> None:
    """Block the bot, or let it write again."""
    person = world.person(person_id)
    if person.blocked == blocked:
        return
    person.blocked = blocked
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    world.update("my_chat_member", _own_membership(world, person, old, new))
    world.tell("person", person=person.seen())


def deactivate(world: World, person_id: int) -> None:
    """Delete the account; the bot is not told and finds out by a 403."""
    person = world.person(person_id)
    person.deactivated = True
    world.tell("person", person=person.seen())


def reaction_types(emojis: Sequence[str]) -> list[Body]:
    """Emoji as the Bot API writes ReactionType."""
    return [{"type": "emoji", "emoji": emoji} for emoji in emojis]


def _present(world: World, person_id: int, chat_id: int) -> tuple[Chat, Person]:
    """A chat that this person can open. Raises NotPossible."""
    person, chat = world.person(person_id), world.chat(chat_id)
    if person.deactivated:
        raise NotPossible("This account is deleted.")
    if chat.private and chat_id != person_id:
        raise NotPossible("This is somebody else's private chat.")
    if not chat.private and not chat.present(person_id):
        raise NotPossible("Join the group first.")
    return chat, person


def _may_write(
    world: World, person_id: int, chat_id: int, thread: int | None
) -> tuple[Chat, Person]:
    chat, person = _present(world, person_id, chat_id)
    if chat.migrated_to:
        raise NotPossible("This group became a supergroup; write there.")
    if thread and thread not in chat.topics:
        raise Missing("There is no such topic.")
    if thread in chat.closed_topics:
        raise NotPossible("This topic is closed.")
    return chat, person


def _restart(world: World, person: Person, text: str) -> None:
    if not text.startswith("/start"):
        raise NotPossible("You blocked the bot; restart it first.")
    block(world, person.id, blocked=False)


def _post(world: World, chat: Chat, person: Person, content: Body, thread: int | None) -> Message:
    if chat.private and not person.started:
        person.started = True
        world.tell("person", person=person.seen())
    return world.post(chat, world.compose(chat, person.id, content, thread))


def _with_text(text: str, field: str, entities_field: str) -> Body:
    if not text:
        return {}
    found = entities.found_in(text)
    return {field: text} | ({entities_field: found} if found else {})


def _replied(chat: Chat, reply_to: int | None) -> Body:
    if reply_to is None:
        return {}
    if reply_to not in chat.messages:
        raise Missing("The message to reply to is not there any more.")
    return {"reply_to_message": chat.messages[reply_to].quoted()}


def _media(world: World, upload: Upload, kind: str) -> Body:
    if len(upload.data) > PERSON_LIMIT:
        raise NotPossible("Telegram takes files of at most 2 GB.")
    size = picture_size(upload.data)
    if kind == "photo":
        if size is None:
            raise NotPossible("This is not a picture.")
        card = world.keep_file(upload, kind).card()
        return {"photo": [card | {"width": size[0], "height": size[1]}]}
    more: dict[str, Any] = {"duration": 1} if kind in {"voice", "audio", "video"} else {}
    if kind == "video":
        more |= {"width": 320, "height": 240}
    return {kind: world.keep_file(upload, kind).document() | more}


def _pressed(
    world: World, chat: Chat, person: Person, message_id: int, message: Message | None, data: str
) -> Press:
    number = str(world.state.next_id() + 10**17)
    pressed = Press(number, person.id, chat.id, message_id, world.now)
    _forget_old_presses(world)
    world.state.presses[number] = pressed
    gone = {"chat": world.chat_card(chat), "message_id": message_id, "date": 0}
    body: Body = {"id": number, "from": person.user(), "chat_instance": str(abs(chat.id) * 7919)}
    world.update(
        "callback_query", body | {"data": data, "message": message.body if message else gone}
    )
    return pressed


def _forget_old_presses(world: World) -> None:
    old = [one for one in world.state.presses.values() if world.now - one.pressed_at > LIFE]
    for one in old:
        del world.state.presses[one.id]


def _own(world: World, person_id: int, chat_id: int, message_id: int) -> tuple[Chat, Message]:
    message = world.message(chat_id, message_id)
    if message.sender != person_id:
        raise NotPossible("Only your own messages can be changed.")
    return world.chat(chat_id), message


def _own_membership(world: World, person: Person, old: str, new: str) -> Body:
    def card(status: str) -> Body:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": world.state.bot.user(), "status": status} | until

    return {
        "chat": person.private_chat(),
        "from": person.user(),
        "date": world.unix_time,
        "old_chat_member": card(old),
        "new_chat_member": card(new),
    }
