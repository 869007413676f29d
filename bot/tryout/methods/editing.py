"""Changing what stands in a chat: edits, deletions, reactions, pins, answers to presses."""

from datetime import timedelta

from bot.tryout import groups, utf16
from bot.tryout.apps import reaction_types
from bot.tryout.chats import Chat
from bot.tryout.keyboards import refuse_in_group
from bot.tryout.messages import Body, Message
from bot.tryout.methods.sending import media_content
from bot.tryout.methods.targets import Params, need_lead, open_chat, own_message
from bot.tryout.refusals import bad_request
from bot.tryout.words import caption_words, message_words
from bot.tryout.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETABLE = timedelta(hours=48)
"""How long after sending a message can be deleted (Bot API, deleteMessage)."""
LONGEST_ANSWER = 200
REACTIONS = frozenset("👍👎❤🔥🥰👏😁🤔🤯😱😢🎉🤩🙏👌💯🤝✍👀🏆⚡🫡😎💪")
"""Some of the emoji that Telegram takes as reactions."""


def edit_message_text(world: World, params: Params) -> Body:
    """editMessageText."""
    chat = open_chat(world, params)
    message = own_message(chat, params)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    content = message_words(params).content()
    return _edit(world, chat, message, params, content, {"text", "entities"})


def edit_message_caption(world: World, params: Params) -> Body:
    """editMessageCaption."""
    chat = open_chat(world, params)
    message = own_message(chat, params)
    if not {"document", "photo"} & message.body.keys():
        raise bad_request("there is no caption in the message to edit")
    content = caption_words(params).content("caption", "caption_entities")
    return _edit(world, chat, message, params, content, {"caption", "caption_entities"})


def edit_message_media(world: World, params: Params) -> Body:
    """editMessageMedia."""
    chat = open_chat(world, params)
    message = own_message(chat, params)
    content = media_content(world, params["media"])
    fields = {"text", "entities", "document", "photo", "caption", "caption_entities"}
    return _edit(world, chat, message, params, content, fields)


def edit_message_reply_markup(world: World, params: Params) -> Body:
    """editMessageReplyMarkup."""
    chat = open_chat(world, params)
    return _edit(world, chat, own_message(chat, params), params, {}, set())


def edit_ephemeral_text(world: World, params: Params) -> bool:
    """editEphemeralMessageText."""
    chat, message = _ephemeral(world, params)
    _edit(world, chat, message, params, message_words(params).content(), {"text", "entities"})
    return True


def edit_ephemeral_markup(world: World, params: Params) -> bool:
    """editEphemeralMessageReplyMarkup."""
    chat, message = _ephemeral(world, params)
    _edit(world, chat, message, params, {}, set())
    return True


def delete_ephemeral(world: World, params: Params) -> bool:
    """deleteEphemeralMessage."""
    chat, _ = _ephemeral(world, params)
    world.remove(chat, [-params["ephemeral_message_id"]])
    return True


def delete_message(world: World, params: Params) -> bool:
    """deleteMessage."""
    chat = open_chat(world, params)
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(world, chat, message):
        raise bad_request("message can't be deleted")
    world.remove(chat, [message.id])
    return True


def delete_messages(world: World, params: Params) -> bool:
    """deleteMessages: those that cannot be found are passed over."""
    chat = open_chat(world, params)
    if not 1 <= len(params["message_ids"]) <= 100:
        raise bad_request("Too many message identifiers specified")
    found = [chat.messages[one] for one in params["message_ids"] if one in chat.messages]
    if not all(_deletable(world, chat, message) for message in found):
        raise bad_request("message can't be deleted")
    world.remove(chat, [message.id for message in found])
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """setMessageReaction: a bot sets at most one."""
    chat = open_chat(world, params)
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to react not found")
    emojis = [one.get("emoji", "") for one in params.get("reaction") or []]
    if any(emoji.rstrip("\ufe0f") not in REACTIONS for emoji in emojis):
        raise bad_request("REACTION_INVALID")
    if len(emojis) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions[world.state.bot.id] = [one["emoji"] for one in reaction_types(emojis)]
    reactions = message.reaction_counts()
    world.tell("reaction", chat=chat.id, message_id=message.id, reactions=reactions)
    return True


def pin_chat_message(world: World, params: Params) -> bool:
    """pinChatMessage."""
    chat = open_chat(world, params)
    need_lead(world, chat, "not enough rights to manage pinned messages in the chat")
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    groups.pin(world, world.state.bot.id, chat.id, message)
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    """unpinChatMessage: the given one or the newest."""
    chat = open_chat(world, params)
    need_lead(world, chat, "not enough rights to manage pinned messages in the chat")
    wanted = params.get("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(wanted)
    world.tell("pinned", chat=chat.id, pinned=chat.pinned)
    return True


def unpin_all_chat_messages(world: World, params: Params) -> bool:
    """unpinAllChatMessages."""
    chat = open_chat(world, params)
    need_lead(world, chat, "not enough rights to manage pinned messages in the chat")
    chat.pinned = []
    world.tell("pinned", chat=chat.id, pinned=[])
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    """answerCallbackQuery: once, and not too late."""
    pressed = world.state.presses.get(params["callback_query_id"])
    if pressed is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.get("text") or ""
    if utf16.length(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    alert = params.get("show_alert", False)
    url = params.get("url")
    pressed.take_answer(text, alert, url, world.now)
    shown = {"text": text, "show_alert": alert, "url": url}
    world.tell(
        "callback_answer",
        chat=pressed.chat,
        to=pressed.person,
        callback_query_id=pressed.id,
        **shown,
    )
    return True


def _edit(
    world: World, chat: Chat, message: Message, params: Params, content: Body, fields: set[str]
) -> Body:
    """Put new content in the place of these fields; no reply_markup takes the keyboard away."""
    markup = params.get("reply_markup")
    if not chat.private:
        refuse_in_group(markup)
    kept = {key: value for key, value in message.body.items() if key not in fields}
    new = kept | content
    new.pop("reply_markup", None)
    if markup:
        new["reply_markup"] = markup
    if new == message.body:
        raise bad_request(NOT_MODIFIED)
    message.body = new | {"edit_date": world.unix_time}
    message.keyboard = markup
    world.changed(chat, message)
    return message.body


def _ephemeral(world: World, params: Params) -> tuple[Chat, Message]:
    chat = open_chat(world, params)
    message = chat.messages.get(-params["ephemeral_message_id"])
    if message is None or message.only_for != params["receiver_user_id"]:
        raise bad_request("message to edit not found")
    return chat, message


def _deletable(world: World, chat: Chat, message: Message) -> bool:
    """Whether the bot may delete it (Bot API, deleteMessage)."""
    if not message.by_bot and not chat.private and not chat.leads(world.state.bot.id):
        return False
    if chat.leads(world.state.bot.id):
        return True
    return world.unix_time - message.body["date"] < DELETABLE.total_seconds()
