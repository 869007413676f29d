"""Words with entities as the bot sends them: parsed, trimmed, measured, completed."""

from dataclasses import dataclass
from typing import Any

from bot.tryout import entities, formatting, utf16
from bot.tryout.fields import anything, encoded, list_of, shape, string, whole
from bot.tryout.refusals import bad_request

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
"""UTF-16 units after parsing (Bot API, sendMessage and sendDocument)."""

ENTITY = shape(
    {"type": string, "offset": whole, "length": whole},
    {
        "url": string,
        "user": anything,
        "language": string,
        "custom_emoji_id": string,
        "unix_time": whole,
        "date_time_format": string,
    },
)
ENTITIES = encoded(list_of(ENTITY), "Can't parse MessageEntity")


@dataclass(frozen=True, slots=True)
class Words:
    """A text with all its entities."""

    text: str
    entities: list[entities.Entity]

    def content(self, field: str = "text", entities_field: str = "entities") -> dict[str, Any]:
        """The words as fields of a Message."""
        if not self.text:
            return {}
        marked = {entities_field: self.entities} if self.entities else {}
        return {field: self.text} | marked


def message_words(params: dict[str, Any]) -> Words:
    """The text of a message. Raises Refusal when it is empty or too long."""
    words = read_words(params, "text", "entities")
    if not words.text:
        raise bad_request(
            "Text must be non-empty" if params.get("text") else "Message text is empty"
        )
    if utf16.length(words.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return words


def caption_words(params: dict[str, Any]) -> Words:
    """The caption of a file, which may be empty. Raises Refusal when it is too long."""
    words = read_words(params, "caption", "caption_entities")
    if utf16.length(words.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return words


def read_words(params: dict[str, Any], field: str, entities_field: str) -> Words:
    """The words of one field, in its parse mode or with its entities. Raises Refusal."""
    text = params.get(field) or ""
    if params.get("parse_mode"):
        text, given = formatting.parsed(text, params["parse_mode"])
    else:
        given = entities.checked(text, params.get(entities_field) or [])
    text, given = entities.trimmed(text, given)
    return Words(text, entities.found_in(text, given))
