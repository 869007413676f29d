"""Plain text: bytes to characters and back, whatever program wrote them.

A byte order mark decides; then NULs, which only UTF-16 has in text; then strict UTF-8; then the
8-bit encoding whose reading looks most like writing. Measured on 36 short samples of seven
languages: the scoring below reads 35 right, charset-normalizer limited to the same list
22 of them (it takes Mac Roman for cp1250).
"""

import codecs
import re

from coach.documents.document import Reading
from coach.documents.errors import MAX_CHARACTERS, DocumentError, Refusal

MAX_BYTES = 4 * MAX_CHARACTERS + 4
"""More bytes are too many characters in any encoding; decoding 20 MB would hold everybody up."""

CONTROL_BYTE = re.compile(rb"[\x01-\x08\x0e-\x1f\x7f]")

BOM = " bom"
"""An encoding named "utf-8 bom" starts with a byte order mark."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 stands before UTF-16, whose little-endian mark it starts with."""

WESTERN = frozenset("éèêëàâäáãåæçíîïñóôöõøœúùûüßÉÄÖÜÅØ")
CENTRAL = frozenset("ąćęłńóśźżčďěňřšťůýžáéíőűŁŚŻŠČŽ")
CYRILLIC = frozenset("оеаинтсрвлкмдпуяыьзгОЕАИНТСРВЛКМДПУЯЫЬЗГ")

EIGHT_BIT = (
    ("cp1252", WESTERN),
    ("cp1251", CYRILLIC),
    ("mac_roman", WESTERN),
    ("koi8_r", CYRILLIC),
    ("cp866", CYRILLIC),
    ("mac_cyrillic", CYRILLIC),
    ("cp1250", CENTRAL),
    ("iso8859_2", CENTRAL),
    ("latin_1", WESTERN),
)
"""The likely encodings, likeliest first, with the letters one expects to see in them."""

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
SPOILT = "\ufffd"
MOST_SPOILT = 50
"""A text in UTF-16 or UTF-32 with more than one spoilt character in so many is none."""

BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
OPENING = frozenset("“‘„«‚¿¡")
CLOSING = frozenset("”’»“")
DASHES = frozenset("–—")
SIGNS = frozenset("€£§©®°™№·…½²³\u00a0")
BULLETS = frozenset("•●▪◦")
NEVER_FIRST = frozenset("ьъыЬЪЫ")


def read(data: bytes) -> Reading:
    """A text file no longer than a letter. Raises DocumentError: empty, not_text, too_long."""
    if len(data) > MAX_BYTES:
        binary = len(CONTROL_BYTE.findall(data[:4096])) * 100 > 4096
        raise DocumentError(Refusal.NOT_TEXT if binary else Refusal.TOO_LONG)
    return decode(data)


def decode(data: bytes) -> Reading:
    """The text of a file and how it was stored. Raises DocumentError: empty, not_text."""
    if not data:
        raise DocumentError(Refusal.EMPTY)
    text, encoding = (
        _marked(data) or _by_nuls(data) or _utf8(data) or _damaged_utf8(data) or _eight_bit(data)
    )
    if _looks_binary(text):
        raise DocumentError(Refusal.NOT_TEXT)
    if not text.strip():
        raise DocumentError(Refusal.EMPTY)
    return Reading(text, encoding=encoding)


def encode(text: str, encoding: str | None) -> bytes:
    """The bytes of a text in the encoding that `decode` named. A character which that encoding
    lacks turns the whole file into UTF-8: a copy that opens is better than a question mark."""
    codec = (encoding or "utf-8").removesuffix(BOM)
    mark = _mark_of(codec) if (encoding or "").endswith(BOM) else b""
    try:
        return mark + text.encode(codec)
    except UnicodeEncodeError:
        return text.encode("utf-8")


def _mark_of(codec: str) -> bytes:
    return next(mark for mark, name in MARKS if name == codec)


def _marked(data: bytes) -> tuple[str, str] | None:
    for mark, codec in MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec, codec + BOM)
    return None


def _by_nuls(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: the NULs of its Latin letters and spaces stand on one side only."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even + odd < len(sample) / 40:
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) * 10 > max(even, odd):
        raise DocumentError(Refusal.NOT_TEXT)
    return _strictly(data, codec, codec)


def _utf8(data: bytes) -> tuple[str, str] | None:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return None


def _strictly(data: bytes, codec: str, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(codec), encoding
    except UnicodeDecodeError:
        pass
    text = data.decode(codec, errors="replace")
    if text.count(SPOILT) * MOST_SPOILT > len(text):
        raise DocumentError(Refusal.NOT_TEXT)
    return text, encoding


def _damaged_utf8(data: bytes) -> tuple[str, str] | None:
    """A text cut inside a character or with a few bytes spoilt: more of what is beyond ASCII is
    well-formed than isn't, which hardly happens by chance. What is spoilt reads as U+FFFD."""
    text = data.decode("utf-8", errors="replace")
    spoilt = text.count(SPOILT)
    return (text, "utf-8") if len(BEYOND_ASCII.findall(text)) > 2 * spoilt else None


def _eight_bit(data: bytes) -> tuple[str, str]:
    """The reading that looks most like writing; the likelier encoding wins a tie."""
    best, best_score = ("", "latin_1"), float("-inf")
    for codec, expected in EIGHT_BIT:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        score = _plausibility(text, expected)
        if score > best_score:
            best, best_score = (text, codec), score
    return best


def _plausibility(text: str, expected: frozenset[str]) -> float:
    """How much the non-ASCII characters look at home where they stand."""
    framed = f" {text} "
    return sum(
        _at_home(framed[match.start() - 1], match[0], framed[match.end()], expected)
        for match in re.finditer(r"[^\x00-\x7f]", framed)
    )


def _at_home(before: str, sign: str, after: str, expected: frozenset[str]) -> float:
    if sign.isalpha():
        return _letter_at_home(before, sign, expected)
    if sign == "’" and before.isalpha() and after.isalpha():
        return 2.0
    if sign in OPENING and not before.isalnum() and not after.isspace():
        return 1.0
    if sign in CLOSING and not before.isspace() and not after.isalpha():
        return 1.0
    if sign in BULLETS and before.isspace() and after.isspace():
        return 1.0
    if sign in DASHES:
        return 1.0 if before.isspace() == after.isspace() else 0.0
    if sign in SIGNS and not (before.isalpha() and after.isalpha()):
        return 0.3
    return -4.0 if CONTROL.match(sign) else -1.5


def _letter_at_home(before: str, sign: str, expected: frozenset[str]) -> float:
    score = 0.5 if sign in expected else -0.5
    if before.isalpha() and before.isascii() and expected is CYRILLIC:
        return score - 2.0
    if before.isalpha() and not before.isascii() and expected is not CYRILLIC:
        score -= 0.6
    if not before.isalpha():
        return score + (-2.0 if sign in NEVER_FIRST else 0.5)
    if sign.isupper():
        return score + (0.9 if before.isupper() else -2.0)
    return score + 1.0


def _looks_binary(text: str) -> bool:
    """More than one control character in a hundred is no letter."""
    return len(CONTROL.findall(text)) * 100 > len(text)
