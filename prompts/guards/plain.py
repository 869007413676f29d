"""What a model wrote, as plain words: no markup, no links, nothing invisible, nothing endless."""

import re
import unicodedata

from coach import masks
from coach.masks import MaskKind

LONGEST = 700
"""Characters of one remark. What runs on is cut behind its last whole sentence."""

ACTIVE = frozenset({MaskKind.URL, MaskKind.EMAIL, MaskKind.HANDLE, MaskKind.HTML})
"""What a chat would turn into something to press."""

LABELLED_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,2000}(?:\s[^()]{0,200})?\)")
MARKUP = re.compile(
    r"\*{1,3}|~~|\|\||`{1,3}|(?<!\w)_{1,2}(?=\S)|(?<=\S)_{1,2}(?!\w)|(?m:^\s*[#>]+\s)"
)
TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
COMMAND = re.compile(r"(?<![\w/.])/(?=[A-Za-z]\w{0,40})")


def plain(text: str, longest: int = LONGEST) -> str:
    """The text on one line, ready to be shown without any parsing."""
    text = "".join(_visible(character) for character in text)
    text = TAG.sub("", LABELLED_LINK.sub(r"\1", text))
    text = _without_links(text)
    # What is left of an address, or became one by what was taken out.
    text = COMMAND.sub("", MARKUP.sub("", text)).replace("://", ": ")
    return cut(" ".join(text.split()), longest)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Cc", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cf", "Co", "Cs", "Cn"} else character


def _without_links(text: str) -> str:
    active = [mask for mask in masks.find(text) if mask.kind in ACTIVE]
    for mask in reversed(active):
        text = text[: mask.start] + text[mask.end :]
    return text


def is_plain(text: str) -> bool:
    """Whether nothing would have to be taken out."""
    return plain(text, longest=len(text) + 1) == " ".join(text.split())


def cut(text: str, longest: int) -> str:
    """At most so many characters, ending with a sentence where there is one."""
    if len(text) <= longest:
        return text
    end = max(text.rfind(mark, 0, longest) for mark in (". ", "! ", "? "))
    return text[: end + 1] if end > 0 else text[: text.rfind(" ", 0, longest) + 1].rstrip() + " …"
