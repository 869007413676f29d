"""Keyboards under messages: which of them Telegram takes."""

import json
from typing import Any

from bot.tryout import utf16
from bot.tryout.entities import good_url
from bot.tryout.fields import Wrong, anything, boolean, list_of, shape, string
from bot.tryout.refusals import bad_request

MOST_BUTTONS = 100
LONGEST_DATA = 64
"""Bytes of callback_data (Bot API, InlineKeyboardButton)."""
LONGEST_COPY = 256
"""UTF-16 units of a copy_text (Bot API, CopyTextButton)."""

STYLES = frozenset({"danger", "success", "primary"})
ACTIONS = {
    "url": string,
    "callback_data": string,
    "web_app": shape({"url": string}),
    "login_url": anything,
    "switch_inline_query": string,
    "switch_inline_query_current_chat": string,
    "switch_inline_query_chosen_chat": anything,
    "copy_text": shape({"text": string}),
    "callback_game": anything,
    "pay": boolean,
    "disabled": anything,
}
LOOKS = {"icon_custom_emoji_id": string, "style": string}

INLINE_BUTTON = shape({"text": string}, {**ACTIONS, **LOOKS})
REPLY_BUTTON_OBJECT = shape(
    {"text": string},
    {
        **LOOKS,
        "request_users": anything,
        "request_chat": anything,
        "request_contact": boolean,
        "request_location": boolean,
        "request_poll": anything,
        "request_managed_bot": anything,
        "web_app": shape({"url": string}),
    },
)


def _reply_button(raw: Any) -> dict[str, Any]:
    return {"text": raw} if isinstance(raw, str) else REPLY_BUTTON_OBJECT(raw)


_MORE = {"selective": boolean, "input_field_placeholder": string}
INLINE = shape({"inline_keyboard": list_of(list_of(INLINE_BUTTON))})
REPLY = shape(
    {"keyboard": list_of(list_of(_reply_button))},
    {
        **_MORE,
        "is_persistent": boolean,
        "resize_keyboard": boolean,
        "one_time_keyboard": boolean,
    },
)
REMOVE = shape({"remove_keyboard": boolean}, {"selective": boolean})
FORCE_REPLY = shape({"force_reply": boolean}, _MORE)
SHAPES = {
    "inline_keyboard": (INLINE, "inline keyboard button"),
    "keyboard": (REPLY, "keyboard button"),
    "remove_keyboard": (REMOVE, "reply keyboard markup"),
    "force_reply": (FORCE_REPLY, "reply keyboard markup"),
}


def keyboard(name: str, raw: Any) -> dict[str, Any] | None:
    """A reply_markup; None for an empty one. Raises Refusal."""
    markup = _loaded(raw)
    kind = next((key for key in SHAPES if key in markup), None)
    if kind is None:
        return None
    read, words = SHAPES[kind]
    try:
        markup = read(markup)
    except Wrong as error:
        raise bad_request(f"Can't parse {words}: {error}") from error
    return _checked_inline(markup) if kind == "inline_keyboard" else markup


def inline_keyboard(name: str, raw: Any) -> dict[str, Any] | None:
    """A reply_markup that can stand under an edited message."""
    markup = keyboard(name, raw)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("Inline keyboard expected")
    return markup


def refuse_in_group(markup: dict[str, Any] | None) -> None:
    """Refuse what only private chats may have: buttons that open a web app."""
    rows = (markup or {}).get("inline_keyboard") or (markup or {}).get("keyboard") or ()
    if any("web_app" in button for row in rows for button in row):
        raise bad_request("BUTTON_TYPE_INVALID")


def _loaded(raw: Any) -> dict[str, Any]:
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except ValueError as error:
            raise bad_request("Can't parse reply keyboard markup JSON object") from error
    if not isinstance(raw, dict):
        raise bad_request("Object expected as reply markup")
    return raw


def _checked_inline(markup: dict[str, Any]) -> dict[str, Any] | None:
    rows = [row for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: dict[str, Any]) -> None:
    actions = ACTIONS.keys() & button.keys()
    if not actions:
        raise bad_request(
            "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1 or not button["text"].strip():
        raise bad_request("BUTTON_INVALID")
    if button.get("style", "danger") not in STYLES:
        raise bad_request("Can't parse inline keyboard button: Invalid button style specified")
    _check_action(button)


def _check_action(button: dict[str, Any]) -> None:
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if "copy_text" in button and not 1 <= utf16.length(button["copy_text"]["text"]) <= LONGEST_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if "url" in button and not good_url(button["url"]):
        raise bad_request(
            f"Inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        )
    if "web_app" in button and not button["web_app"]["url"].startswith("https://"):
        raise bad_request(
            f"Inline keyboard button Web App URL '{button['web_app']['url']}' is invalid: "
            "Only HTTPS links are allowed"
        )
