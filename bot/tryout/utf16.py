"""Lengths and offsets as Telegram counts them: in UTF-16 code units."""


def length(text: str) -> int:
    """How many UTF-16 code units a text takes."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)


def offsets(text: str) -> list[int]:
    """The UTF-16 offset of every code point, and of the end."""
    marks = [0]
    for sign in text:
        marks.append(marks[-1] + (2 if ord(sign) > 0xFFFF else 1))
    return marks


def cut(text: str, start: int, size: int) -> str:
    """The part of a text at a UTF-16 offset. Raises ValueError inside a surrogate pair."""
    if text.isascii():
        return text[start : start + size]
    marks = offsets(text)
    return text[marks.index(start) : marks.index(start + size)]
