"""Where a call goes: the chat, topic and message it names, or why Telegram refuses."""

from typing import Any

from bot.tryout.chats import Chat, ChatType, Status
from bot.tryout.messages import Body, Message
from bot.tryout.refusals import Refusal, bad_request, forbidden
from bot.tryout.world import World

Params = dict[str, Any]


def known_chat(world: World, params: Params, field: str = "chat_id") -> Chat:
    """A chat the bot knows. Raises Refusal."""
    chat = world.state.chats.get(params[field])
    if chat is None:
        raise bad_request("chat not found")
    return chat


def open_chat(world: World, params: Params) -> Chat:
    """A chat the bot may act in now. Raises Refusal."""
    chat = known_chat(world, params)
    refusal = _why_not_person(world, chat) if chat.private else _why_not_group(world, chat)
    if refusal is not None:
        raise refusal
    return chat


def thread_of(world: World, chat: Chat, params: Params) -> int | None:
    """The topic to write into. Raises Refusal."""
    thread = params.get("message_thread_id")
    if not thread:
        return None
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    if thread in chat.closed_topics and not chat.leads(world.state.bot.id):
        raise bad_request("TOPIC_CLOSED")
    return thread


def replied(chat: Chat, params: Params) -> Body:
    """The message that is answered, as a field of the new one. Raises Refusal."""
    wanted = params.get("reply_parameters") or {"message_id": params.get("reply_to_message_id")}
    number: int = wanted.get("message_id") or 0
    if not number:
        return {}
    found = chat.messages.get(number)
    lenient = wanted.get("allow_sending_without_reply", params.get("allow_sending_without_reply"))
    if found is None and lenient:
        return {}
    if found is None:
        raise bad_request("message to be replied not found")
    if (wanted.get("quote") or "") not in found.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"reply_to_message": found.quoted()}


def own_message(chat: Chat, params: Params) -> Message:
    """A message of the bot that it wants to edit. Raises Refusal."""
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot or (message.keyboard and "inline_keyboard" not in message.keyboard):
        raise bad_request("message can't be edited")
    return message


def need_lead(world: World, chat: Chat, words: str) -> None:
    """Refuse in groups where the bot is no administrator."""
    if not chat.private and not chat.leads(world.state.bot.id):
        raise bad_request(words)


def _why_not_person(world: World, chat: Chat) -> Refusal | None:
    person = world.person(chat.id)
    if person.deactivated:
        return forbidden("user is deactivated")
    if person.blocked:
        return forbidden("bot was blocked by the user")
    if not person.started:
        return forbidden("bot can't initiate conversation with a user")
    return None


def _why_not_group(world: World, chat: Chat) -> Refusal | None:
    if chat.migrated_to:
        words = "group chat was upgraded to a supergroup chat"
        return bad_request(words, migrate_to_chat_id=chat.migrated_to)
    if chat.present(world.state.bot.id):
        return None
    kind = "supergroup" if chat.type is ChatType.SUPERGROUP else "group"
    if chat.status(world.state.bot.id) is Status.KICKED:
        return forbidden(f"bot was kicked from the {kind} chat")
    return forbidden(f"bot is not a member of the {kind} chat")
