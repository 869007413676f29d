"""How apps split what is too long for one message."""

from bot.tryout import utf16

LONGEST = 4096
"""UTF-16 units in one message (Bot API, Message text)."""


def split(text: str) -> list[str]:
    """The messages an app makes of a text, as Telegram Desktop cuts it: at the last blank line in
    the second half of what fits, else the last line end, sentence end or space there.

    White space at the cuts is lost, as in the apps: nobody can join the parts exactly.
    """
    parts: list[str] = []
    rest = text.strip()
    while utf16.length(rest) > LONGEST:
        end = _good_end(rest, _hard_end(rest))
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*parts, rest] if rest else parts


def _hard_end(text: str) -> int:
    room = LONGEST
    for place, sign in enumerate(text):
        room -= 2 if ord(sign) > 0xFFFF else 1
        if room < 0:
            return place
    return len(text)


def _good_end(text: str, limit: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.rfind(mark, limit // 2, limit)
        if place > 0:
            return place + len(mark)
    return limit
