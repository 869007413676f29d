"""Entities: what Telegram finds in a text by itself, and what it accepts from a bot."""

import re
from collections.abc import Iterator
from typing import Any

from bot.tryout import utf16
from bot.tryout.people import BotAccount
from bot.tryout.refusals import bad_request

Entity = dict[str, Any]

MOST = 100
"""More than so many are refused here; Telegram drops the rest silently."""

TYPES = frozenset(
    [
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)
DETECTED = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)
CODE = frozenset({"code", "pre"})

PATTERNS = (
    ("url", re.compile(r"(?:https?://|www\.)[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]'…]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)),
    (
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|ai|edu|gov|me|co|app|ru|de|uk|eu)"
            r"(?:/[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]'…])?(?![\w@.-]*\w)",
            re.IGNORECASE,
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
)


def found_in(text: str, given: list[Entity] | None = None) -> list[Entity]:
    """All entities of a text: those given and those found beside them, in their order."""
    given = given or []
    taken = [(one["offset"], one["offset"] + one["length"]) for one in given if _shuts_out(one)]
    found: list[Entity] = []
    marks = utf16.offsets(text)
    for kind, start, end in _matches(text):
        span = marks[start], marks[end]
        if all(span[1] <= low or high <= span[0] for low, high in taken):
            found.append({"type": kind, "offset": span[0], "length": span[1] - span[0]})
            taken.append(span)
    return sorted(given + found, key=lambda one: (one["offset"], -one["length"]))


def checked(text: str, entities: list[Entity]) -> list[Entity]:
    """The bot's entities as Telegram takes them. Raises Refusal."""
    if len(entities) > MOST:
        raise bad_request("can't parse entities: too many entities specified")
    marks = frozenset(utf16.offsets(text))
    kept = [_checked(one, marks, max(marks)) for one in entities if one["length"] != 0]
    kept = [one for one in kept if one["type"] not in DETECTED]
    kept.sort(key=lambda one: (one["offset"], -one["length"]))
    _refuse_crossing(kept)
    return kept


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """A text without white space around it, its entities moved along."""
    inner = text.strip()
    if inner == text:
        return text, entities
    lead = utf16.length(text[: text.index(inner)]) if inner else 0
    size = utf16.length(inner)
    moved: list[Entity] = []
    for one in entities:
        start = max(one["offset"] - lead, 0)
        end = min(one["offset"] + one["length"] - lead, size)
        if start < end:
            moved.append(one | {"offset": start, "length": end - start})
    return inner, moved


def asks_bot(body: dict[str, Any], bot: BotAccount) -> bool:
    """Whether a message in a group is meant for the bot: a command or a mention of it."""
    text = body.get("text") or body.get("caption") or ""
    for one in body.get("entities") or body.get("caption_entities") or ():
        part = utf16.cut(text, one["offset"], one["length"])
        name = part.rpartition("@")[2].lower() if "@" in part else None
        if one["type"] == "mention" and name == bot.username.lower():
            return True
        if one["type"] == "bot_command" and name in {None, bot.username.lower()}:
            return True
        if one["type"] == "text_mention" and one["user"]["id"] == bot.id:
            return True
    return False


def _matches(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text):
            yield kind, match.start(), match.end()


def _shuts_out(entity: Entity) -> bool:
    return entity["type"] in CODE | {"text_link", "text_mention", "date_time"}


def _checked(entity: Entity, marks: frozenset[int], end: int) -> Entity:
    start, stop = entity["offset"], entity["offset"] + entity["length"]
    if entity["type"] not in TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if start < 0:
        raise bad_request(f"Receive an entity with incorrect offset {start}")
    if entity["length"] < 0:
        raise bad_request(f"Receive an entity with incorrect length {entity['length']}")
    if start >= end:
        raise bad_request(f"Entity begins after the end of the text at UTF-16 offset {start}")
    if stop > end:
        raise _ends_late(start, stop)
    if start not in marks:
        raise bad_request(f"Entity begins in a middle of a UTF-16 symbol at UTF-16 offset {start}")
    if stop not in marks:
        raise bad_request(
            f"Entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol "
            f"at UTF-16 offset {stop}"
        )
    _check_needs(entity)
    return entity


def _check_needs(entity: Entity) -> None:
    need = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
    field = need.get(entity["type"])
    if field and field not in entity:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{field}\"")
    if field == "url" and not good_url(entity["url"]):
        raise bad_request(f"Entity URL '{entity['url']}' is invalid: Wrong HTTP URL")


def good_url(url: str) -> bool:
    """Whether Telegram takes an address for a link or a button: http, https, tg or a bare host."""
    if url.startswith("tg://"):
        return len(url) > len("tg://")
    host = re.sub(r"^https?://", "", url, flags=re.IGNORECASE)
    return re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?", host) is not None


def _refuse_crossing(entities: list[Entity]) -> None:
    open_ends: list[int] = []
    for one in entities:
        start, stop = one["offset"], one["offset"] + one["length"]
        while open_ends and open_ends[-1] <= start:
            open_ends.pop()
        if open_ends and open_ends[-1] < stop:
            raise _ends_late(start, stop)
        open_ends.append(stop)


def _ends_late(start: int, stop: int) -> Exception:
    return bad_request(
        f"Entity beginning at UTF-16 offset {start} ends after the end of the text "
        f"at UTF-16 offset {stop}"
    )
