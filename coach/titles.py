"""What a letter is called in a list: its file's name, whom it is written to, or how it begins."""

import re
from pathlib import PurePath

from coach import masks
from coach.passages import beginning, passages

LONGEST = 48
"""Characters of a title: more doesn't fit on a button."""

NAMELESS = re.compile(
    r"(?i)(?:my[ _-]?)?(?:letter|cover[ _-]?letter|motivation(?:al)?(?:[ _-]?letter)?|cv|resume"
    r"|document|doc|text|file|untitled|scan|photo|image|img|draft|new|final|письмо|документ"
    r"|anschreiben|motivationsschreiben)?[ _().v\d-]*"
)
"""File names that tell no letter from another."""

NAME = r"(?:[^\W\d_a-zа-яё][\w&-]*)(?:[ \t]+[^\W\d_a-zа-яё][\w&-]*){0,3}"
GREETED = re.compile(
    r"(?im)^[ \t]*(?:dear|hello|hi|sehr geehrter?s?|liebe[rs]?|уважаем\w+|дорог\w+)[ \t]+"
    r"(?:[^\n,]{0,40}?\b(?:at|of|bei|von|from|компании)[ \t]+(?:the[ \t]+)?)?"
    rf"(?-i:(?P<name>{NAME}))[ \t]*[,:!\n]"
)
APPLIED = re.compile(
    r"(?:(?:role|position|team|internship|job|place|programme|program|school|residency)[ \t]+"
    r"(?:at|with)|\b(?:join|joining|apply(?:ing)?[ \t]+(?:to|at)))[ \t]+(?:the[ \t]+)?"
    rf"(?P<name>{NAME})"
)
NOBODY = re.compile(
    r"(?i)(?:sir|madam|sirs|hiring|recruit\w*|team|committee|all|selection|colleagues?|admissions?"
    r"|damen|herren|коллеги|команда)\b.*"
)


CODE = frozenset({masks.MaskKind.FRONT_MATTER, masks.MaskKind.TEMPLATE, masks.MaskKind.HTML})
"""What stands in a letter's file and isn't the letter."""


def title(text: str, name: str = "") -> str:
    """What to call a letter that came as `name`, empty for a paste."""
    stem = PurePath(name).stem
    if stem and not NAMELESS.fullmatch(stem):
        return beginning(name, LONGEST)
    return _addressee(text) or beginning(_first_words(text), LONGEST)


def tells_nothing(title: str) -> bool:
    """Whether this was never a title but the name that a file or a paste came with."""
    path = PurePath(title)
    return title in {"", "letter"} or bool(path.suffix and NAMELESS.fullmatch(path.stem))


def _addressee(text: str) -> str:
    """Whom the letter greets, or where it applies."""
    for pattern in (GREETED, APPLIED):
        for found in pattern.finditer(text):
            if not NOBODY.fullmatch(found["name"]):
                return beginning(found["name"], LONGEST)
    return ""


def _first_words(text: str) -> str:
    """The first paragraph of prose: a page's settings and its template's code name nothing."""
    silent = [mask for mask in masks.find(text) if mask.kind in CODE]
    prose = re.sub(r"[ \t]{2,}", " ", masks.cover(text, silent, " "))
    return next(iter(passages(prose)), prose.strip() or text)
