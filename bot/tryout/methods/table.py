"""The table of methods: what each one needs and takes, of which type, and what runs it.

Written by hand from the Bot API 10.3 documentation, so that a mistake in a client library is not
repeated here. Fields that are taken but change nothing here are among the rest.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.tryout.fields import (
    Kind,
    Reader,
    anything,
    boolean,
    chat,
    encoded,
    file,
    flag,
    list_of,
    message,
    number,
    shape,
    string,
    text,
    whole,
)
from bot.tryout.keyboards import inline_keyboard, keyboard
from bot.tryout.methods import asking, chatting, editing, menus, receiving, sending
from bot.tryout.refusals import Refusal, bad_request
from bot.tryout.words import ENTITIES, ENTITY
from bot.tryout.world import World

Fields = Mapping[str, Reader]
Run = Callable[[World, dict[str, Any]], Any | Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Bot API."""

    run: Run
    needs: Fields = field(default_factory=dict[str, Reader])
    takes: Fields = field(default_factory=dict[str, Reader])

    def read(self, sent: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters by their types. Raises Refusal."""
        fields = {**self.takes, **self.needs}
        for name in sent:
            if name not in fields:
                raise bad_request(f'the local Telegram knows no parameter "{name}" of this method')
        for name in self.needs:
            if sent.get(name) in {None, ""} if isinstance(sent.get(name), str | None) else False:
                raise _missing(name)
        return {name: fields[name](name, raw) for name, raw in sent.items() if raw is not None}


MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "Message text is empty",
    "message_id": "Message identifier is not specified",
    "message_ids": "Message identifiers are not specified",
    "user_id": "Invalid user_id specified",
    "file_id": "file_id not specified",
    "document": "There is no document in the request",
    "photo": "There is no photo in the request",
    "action": "Wrong parameter action in request",
}


def _missing(name: str) -> Refusal:
    return bad_request(MISSING.get(name, f'Parameter "{name}" is required'))


def _object(
    name: str, needs: Mapping[str, Kind], takes: Mapping[str, Kind] | None = None
) -> Reader:
    return encoded(shape(needs, takes), f"Can't parse {name}")


STRINGS = encoded(list_of(string), "Can't parse list")
INTEGERS = encoded(list_of(whole), "Can't parse list")
REPLY = _object(
    "reply parameters",
    {},
    {
        "message_id": whole,
        "chat_id": anything,
        "allow_sending_without_reply": boolean,
        "quote": string,
        "quote_parse_mode": string,
        "quote_entities": list_of(ENTITY),
        "quote_position": whole,
        "poll_option_id": string,
        "ephemeral_message_id": whole,
    },
)
PREVIEW = _object(
    "link preview options",
    {},
    {
        "is_disabled": boolean,
        "url": string,
        "prefer_small_media": boolean,
        "prefer_large_media": boolean,
        "show_above_text": boolean,
    },
)
EPHEMERAL = _object(
    "ephemeral message parameters",
    {"receiver_user_id": whole},
    {"callback_query_id": string, "replace_callback_query_message": boolean},
)
INPUT_MEDIA = shape(
    {"type": string, "media": anything},
    {
        "caption": string,
        "parse_mode": string,
        "caption_entities": list_of(ENTITY),
        "disable_content_type_detection": boolean,
        "has_spoiler": boolean,
        "show_caption_above_media": boolean,
        "thumbnail": anything,
    },
)
POLL_OPTION = shape(
    {"text": string},
    {"text_parse_mode": string, "text_entities": list_of(ENTITY), "media": anything},
)


def _poll_option(raw: Any) -> dict[str, Any]:
    return {"text": raw} if isinstance(raw, str) else POLL_OPTION(raw)


CHAT: Fields = {"chat_id": chat}
MESSAGE: Fields = {**CHAT, "message_id": message}
THREAD: Fields = {"message_thread_id": number}
LANGUAGE: Fields = {"language_code": text}
MARKED: Fields = {"parse_mode": text, "entities": ENTITIES}
CAPTION: Fields = {
    "caption": text,
    "parse_mode": text,
    "caption_entities": ENTITIES,
    "show_caption_above_media": flag,
}
LINKS: Fields = {"link_preview_options": PREVIEW, "disable_web_page_preview": flag}
SEND: Fields = {
    **THREAD,
    "disable_notification": flag,
    "protect_content": flag,
    "allow_paid_broadcast": flag,
    "message_effect_id": text,
    "reply_parameters": REPLY,
    "reply_to_message_id": number,
    "allow_sending_without_reply": flag,
    "reply_markup": keyboard,
    "ephemeral_message_parameters": EPHEMERAL,
}
UPLOAD: Fields = {**SEND, **CAPTION, "thumbnail": file, "disable_content_type_detection": flag}
INLINE: Fields = {"reply_markup": inline_keyboard}
WHISPER: Fields = {**CHAT, "receiver_user_id": number, "ephemeral_message_id": number}
MEMBER: Fields = {**CHAT, "user_id": number}
SCOPE: Fields = {
    **LANGUAGE,
    "scope": _object("BotCommandScope", {"type": string}, {"chat_id": whole, "user_id": whole}),
}
COMMANDS = encoded(
    list_of(shape({"command": string, "description": string}, {"is_ephemeral": boolean})),
    "Can't parse BotCommand",
)
CHOICE: Fields = {"allowed_updates": STRINGS}
TOPIC: Fields = {**CHAT, **THREAD}
POLL: Fields = {
    **SEND,
    "question_parse_mode": text,
    "question_entities": ENTITIES,
    "is_anonymous": flag,
    "type": text,
    "allows_multiple_answers": flag,
    "allows_revoting": flag,
    "shuffle_options": flag,
    "allow_adding_options": flag,
    "hide_results_until_closes": flag,
    "correct_option_ids": encoded(list_of(whole), "Can't parse correct option identifiers"),
    "correct_option_id": number,
    "explanation": text,
    "explanation_parse_mode": text,
    "explanation_entities": ENTITIES,
    "open_period": number,
    "close_date": number,
    "is_closed": flag,
    "members_only": flag,
}

METHODS: dict[str, Method] = {
    "getMe": Method(chatting.get_me),
    "getUpdates": Method(
        receiving.get_updates, {}, {"offset": number, "limit": number, "timeout": number, **CHOICE}
    ),
    "setWebhook": Method(
        receiving.set_webhook,
        {},
        {
            "url": text,
            "certificate": file,
            "ip_address": text,
            "max_connections": number,
            "drop_pending_updates": flag,
            "secret_token": text,
            **CHOICE,
        },
    ),
    "deleteWebhook": Method(receiving.delete_webhook, {}, {"drop_pending_updates": flag}),
    "getWebhookInfo": Method(receiving.get_webhook_info),
    "sendMessage": Method(
        sending.send_message, {**CHAT, "text": text}, {**SEND, **MARKED, **LINKS}
    ),
    "sendDocument": Method(sending.send_document, {**CHAT, "document": file}, UPLOAD),
    "sendPhoto": Method(
        sending.send_photo, {**CHAT, "photo": file}, {**UPLOAD, "has_spoiler": flag}
    ),
    "sendMediaGroup": Method(
        sending.send_media_group,
        {**CHAT, "media": encoded(list_of(INPUT_MEDIA), "Can't parse InputMedia")},
        SEND,
    ),
    "sendPoll": Method(
        asking.send_poll,
        {
            **CHAT,
            "question": text,
            "options": encoded(list_of(_poll_option), "Can't parse options"),
        },
        POLL,
    ),
    "stopPoll": Method(asking.stop_poll, MESSAGE, INLINE),
    "copyMessage": Method(
        sending.copy_message, {**MESSAGE, "from_chat_id": chat}, {**SEND, **CAPTION}
    ),
    "forwardMessage": Method(sending.forward_message, {**MESSAGE, "from_chat_id": chat}, SEND),
    "sendChatAction": Method(sending.send_chat_action, {**CHAT, "action": text}, THREAD),
    "sendMessageDraft": Method(
        sending.send_message_draft,
        {**CHAT, "draft_id": number},
        {**THREAD, **MARKED, "text": text, "can_stop": flag, "keep_on_stop": flag},
    ),
    "editMessageText": Method(
        editing.edit_message_text, {**MESSAGE, "text": text}, {**MARKED, **LINKS, **INLINE}
    ),
    "editMessageCaption": Method(editing.edit_message_caption, MESSAGE, {**CAPTION, **INLINE}),
    "editMessageMedia": Method(
        editing.edit_message_media,
        {**MESSAGE, "media": encoded(INPUT_MEDIA, "Can't parse InputMedia")},
        INLINE,
    ),
    "editMessageReplyMarkup": Method(editing.edit_message_reply_markup, MESSAGE, INLINE),
    "editEphemeralMessageText": Method(
        editing.edit_ephemeral_text, {**WHISPER, "text": text}, {**MARKED, **LINKS, **INLINE}
    ),
    "editEphemeralMessageReplyMarkup": Method(editing.edit_ephemeral_markup, WHISPER, INLINE),
    "deleteEphemeralMessage": Method(editing.delete_ephemeral, WHISPER),
    "deleteMessage": Method(editing.delete_message, MESSAGE),
    "deleteMessages": Method(editing.delete_messages, {**CHAT, "message_ids": INTEGERS}),
    "setMessageReaction": Method(
        editing.set_message_reaction,
        MESSAGE,
        {
            "reaction": encoded(
                list_of(shape({"type": string}, {"emoji": string, "custom_emoji_id": string})),
                "Can't parse ReactionType",
            ),
            "is_big": flag,
        },
    ),
    "pinChatMessage": Method(editing.pin_chat_message, MESSAGE, {"disable_notification": flag}),
    "unpinChatMessage": Method(editing.unpin_chat_message, CHAT, {"message_id": message}),
    "unpinAllChatMessages": Method(editing.unpin_all_chat_messages, CHAT),
    "answerCallbackQuery": Method(
        editing.answer_callback_query,
        {"callback_query_id": text},
        {"text": text, "show_alert": flag, "url": text, "cache_time": number},
    ),
    "getChat": Method(chatting.get_chat, CHAT),
    "getChatMember": Method(chatting.get_chat_member, MEMBER),
    "getChatAdministrators": Method(chatting.get_chat_administrators, CHAT, {"return_bots": flag}),
    "getChatMemberCount": Method(chatting.get_chat_member_count, CHAT),
    "leaveChat": Method(chatting.leave_chat, CHAT),
    "banChatMember": Method(
        chatting.ban_chat_member, MEMBER, {"until_date": number, "revoke_messages": flag}
    ),
    "unbanChatMember": Method(chatting.unban_chat_member, MEMBER, {"only_if_banned": flag}),
    "createChatInviteLink": Method(
        chatting.create_invite_link,
        CHAT,
        {"name": text, "expire_date": number, "member_limit": number, "creates_join_request": flag},
    ),
    "createForumTopic": Method(
        chatting.create_forum_topic,
        {**CHAT, "name": text},
        {"icon_color": number, "icon_custom_emoji_id": text},
    ),
    "closeForumTopic": Method(chatting.close_forum_topic, TOPIC),
    "reopenForumTopic": Method(chatting.reopen_forum_topic, TOPIC),
    "getFile": Method(chatting.get_file, {"file_id": text}),
    "getUserProfilePhotos": Method(
        chatting.get_user_profile_photos, {"user_id": number}, {"offset": number, "limit": number}
    ),
    "setMyCommands": Method(menus.set_my_commands, {"commands": COMMANDS}, SCOPE),
    "getMyCommands": Method(menus.get_my_commands, {}, SCOPE),
    "deleteMyCommands": Method(menus.delete_my_commands, {}, SCOPE),
    "setChatMenuButton": Method(
        menus.set_chat_menu_button,
        {},
        {
            "chat_id": number,
            "menu_button": _object(
                "menu button", {"type": string}, {"text": string, "web_app": anything}
            ),
        },
    ),
    "getChatMenuButton": Method(menus.get_chat_menu_button, {}, {"chat_id": number}),
    "setMyName": Method(menus.set_profile("name"), {}, {"name": text, **LANGUAGE}),
    "getMyName": Method(menus.get_profile("name"), {}, LANGUAGE),
    "setMyDescription": Method(
        menus.set_profile("description"), {}, {"description": text, **LANGUAGE}
    ),
    "getMyDescription": Method(menus.get_profile("description"), {}, LANGUAGE),
    "setMyShortDescription": Method(
        menus.set_profile("short_description"), {}, {"short_description": text, **LANGUAGE}
    ),
    "getMyShortDescription": Method(menus.get_profile("short_description"), {}, LANGUAGE),
}
BY_LOWER_NAME = {name.lower(): name for name in METHODS}
"""Telegram takes method names in any case."""
