"""Sending: messages, files, albums, copies, drafts and "typing…"."""

from datetime import timedelta
from typing import Any

from bot.tryout import utf16
from bot.tryout.chats import Chat
from bot.tryout.drafts import Draft
from bot.tryout.files import PHOTO_LIMIT, File, Upload, find, picture_size
from bot.tryout.keyboards import refuse_in_group
from bot.tryout.messages import Body, Message
from bot.tryout.methods.targets import Params, known_chat, open_chat, replied, thread_of
from bot.tryout.refusals import bad_request
from bot.tryout.words import LONGEST_TEXT, caption_words, message_words, read_words
from bot.tryout.world import World

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "upload_document",
        "upload_video",
        "upload_voice",
        "upload_video_note",
        "record_video",
        "record_voice",
        "record_video_note",
        "choose_sticker",
        "find_location",
    }
)
ACTION_LIFE = timedelta(seconds=5)
"""How long apps show an action (Bot API, sendChatAction)."""


def send_message(world: World, params: Params) -> Body:
    """sendMessage."""
    chat = open_chat(world, params)
    content = message_words(params).content()
    if options := params.get("link_preview_options"):
        content["link_preview_options"] = options
    return post(world, chat, params, content)


def send_document(world: World, params: Params) -> Body:
    """sendDocument."""
    chat = open_chat(world, params)
    file = sent_file(world, params["document"], "document")
    content = {"document": file.document()}
    return post(world, chat, params, content | _caption(params))


def send_photo(world: World, params: Params) -> Body:
    """sendPhoto."""
    chat = open_chat(world, params)
    content = {"photo": photo_sizes(world, sent_file(world, params["photo"], "photo"))}
    return post(world, chat, params, content | _caption(params))


def send_media_group(world: World, params: Params) -> list[Body]:
    """sendMediaGroup, of documents or photos."""
    chat = open_chat(world, params)
    media = params["media"]
    if not 2 <= len(media) <= 10:
        raise bad_request("Wrong number of media in the request, expected 2-10")
    group = {"media_group_id": str(world.state.next_id() + 10**16)}
    contents = [media_content(world, one) | group for one in media]
    if len({one["type"] for one in media}) > 1:
        raise bad_request("Can't use the media of the specified type in the album")
    return [post(world, chat, params, content) for content in contents]


def copy_message(world: World, params: Params) -> Body:
    """copyMessage."""
    source = _source(world, params)
    fields = ("text", "entities", "document", "photo", "caption", "caption_entities")
    content = {key: source.body[key] for key in fields if key in source.body}
    if not content:
        raise bad_request("message can't be copied")
    if "caption" in params and "text" not in content:
        content = {key: content[key] for key in ("document", "photo") if key in content}
        content |= _caption(params)
    sent = post(world, open_chat(world, params), params, content)
    return {"message_id": sent["message_id"]}


def forward_message(world: World, params: Params) -> Body:
    """forwardMessage."""
    source = _source(world, params)
    apart = {"message_id", "chat", "from", "date", "reply_to_message", "reply_markup", "edit_date"}
    content = {key: value for key, value in source.body.items() if key not in apart}
    content["forward_origin"] = {
        "type": "user",
        "date": source.body["date"],
        "sender_user": source.body["from"],
    }
    return post(world, open_chat(world, params), params, content)


def send_chat_action(world: World, params: Params) -> bool:
    """sendChatAction."""
    chat = open_chat(world, params)
    if params["action"] not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    thread = thread_of(world, chat, params)
    until = (world.now + ACTION_LIFE).isoformat()
    shown = {"action": params["action"], "thread": thread, "until": until}
    world.state.actions[chat.id] = [shown]
    world.tell("action", chat=chat.id, **shown)
    return True


def send_message_draft(world: World, params: Params) -> bool:
    """sendMessageDraft: a preview in a private chat; the words of its refusals are ours."""
    chat = open_chat(world, params)
    if not chat.private:
        raise bad_request("message drafts can be sent only to private chats")
    if params["draft_id"] == 0:
        raise bad_request("draft_id must be non-zero")
    words = read_words(params, "text", "entities")
    if utf16.length(words.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    draft = Draft(params["draft_id"], words.text, world.now, words.entities)
    draft.can_stop = params.get("can_stop", False)
    draft.keep_on_stop = params.get("keep_on_stop", False)
    draft.thread = thread_of(world, chat, params)
    _show_draft(world, chat, draft)
    return True


def post(world: World, chat: Chat, params: Params, content: Body) -> Body:
    """Post a message of the bot with its keyboard, its topic and what it replies to."""
    markup = params.get("reply_markup")
    if not chat.private:
        refuse_in_group(markup)
    thread = thread_of(world, chat, params)
    message = world.compose(chat, world.state.bot.id, content | replied(chat, params), thread)
    message.keyboard = markup
    if params.get("protect_content"):
        message.body["has_protected_content"] = True
    if markup and "inline_keyboard" in markup:
        message.body["reply_markup"] = markup
    if ephemeral := params.get("ephemeral_message_parameters"):
        return _post_ephemeral(world, chat, message, ephemeral["receiver_user_id"])
    _dismiss_drafts(world, chat)
    return world.post(chat, message).body


def sent_file(world: World, value: Any, kind: str) -> File:
    """What a file parameter names: an upload, or the id of a file Telegram has."""
    if isinstance(value, Upload):
        if kind == "photo" and len(value.data) > PHOTO_LIMIT:
            raise bad_request(f"file {value.name} is too big for a photo")
        if not value.data:
            raise bad_request("file must be non-empty")
        return world.keep_file(value, kind)
    if isinstance(value, str) and value in world.state.files:
        return find(world.state.files, value)
    if str(value).startswith(("http://", "https://")):
        raise bad_request("Failed to get HTTP URL content")
    raise bad_request("Wrong file identifier/HTTP URL specified")


def photo_sizes(world: World, file: File) -> list[Body]:
    """A picture as the Bot API writes it; one size, for nothing is scaled here."""
    size = picture_size(world.shelf.get(file.unique_id))
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return [file.card() | {"width": width, "height": height}]


def media_content(world: World, media: Body) -> Body:
    """One InputMedia as fields of a Message."""
    kind = media["type"]
    if kind not in {"document", "photo"}:
        raise bad_request("Can't parse InputMedia: the local Telegram knows documents and photos")
    file = sent_file(world, media["media"], kind)
    shown = photo_sizes(world, file) if kind == "photo" else file.document()
    return {kind: shown} | _caption(media)


def _post_ephemeral(world: World, chat: Chat, message: Message, receiver: int) -> Body:
    if chat.private or not chat.present(receiver):
        raise bad_request("USER_NOT_PARTICIPANT")
    chat.last_ephemeral_id += 1
    number = chat.last_ephemeral_id
    message.only_for = receiver
    message.body |= {"receiver_user": world.user(receiver), "ephemeral_message_id": number}
    chat.messages[message.key] = message
    world.tell("message", chat=chat.id, message=world.seen_message(chat, message), to=receiver)
    return message.body


def _caption(params: Params) -> Body:
    return caption_words(params).content("caption", "caption_entities")


def _source(world: World, params: Params) -> Message:
    source = known_chat(world, params, "from_chat_id").messages.get(params["message_id"])
    if source is None:
        raise bad_request("message to copy not found")
    return source


def _show_draft(world: World, chat: Chat, draft: Draft) -> None:
    """Put a draft in the place of the one before; one whose Stop was pressed shows no more."""
    drafts = world.state.drafts.get(chat.id, [])
    if any(one.id == draft.id and one.stopped for one in drafts):
        return
    for gone in [one for one in drafts if one.id != draft.id]:
        world.tell("draft_gone", chat=chat.id, draft_id=gone.id)
    world.state.drafts[chat.id] = [draft]
    world.tell("draft", chat=chat.id, draft=draft.seen())


def _dismiss_drafts(world: World, chat: Chat) -> None:
    world.state.actions.pop(chat.id, None)
    for draft in world.state.drafts.pop(chat.id, []):
        world.tell("draft_gone", chat=chat.id, draft_id=draft.id)
