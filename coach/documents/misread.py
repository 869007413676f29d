"""What a reader of pictures gets wrong again and again, put right where the words around it leave
no doubt: "|" for "I", "¢" for a bullet. Pure; nothing here guesses at spelling, since a slip may
be the writer's own."""

import re
from collections.abc import Sequence

BULLET = "•"

BULLETS = frozenset("¢®©«»°*·.▪■●○◦§¤") | {"e", "е", "@"}
"""What a bullet is taken for at a line's start, before a word with a capital or another letter."""

LATIN_CLOTHES = {"Ha": "на", "Ho": "но", "He": "не"}
"""What small Russian words are taken for beside an English one."""

BARS = frozenset({"|", "[", "!", "1", "l", "‘I", "Т", "Г"})
"""What the word "I" is taken for."""

GLUED = frozenset({"lam", "|am", "Iam", "1am"})
"""What "I am" is taken for where little room is between its words."""

PROSE = frozenset(
    re.findall(
        r"[\w']+",
        """a an the to of in and as at for with is was that my me it on from by or be this not
        but i'm their our your have am when what how which who while so up""",
    )
)
"""Words that stand in sentences and not in lists such as "Python | SQL"."""

AFTER_I = frozenset(
    re.findall(
        r"[\w']+",
        """am was have had do did will would can could should may might must even also only
        really now never always still want love like hope help think believe know feel see
        find found work worked went got made took led built wrote taught began learned
        learnt currently just then once""",
    )
)
"""Words that follow "I" and hardly ever a number or a bracket."""


def put_right(words: Sequence[str], *, latin: bool) -> list[str]:
    """The words of a line, known misreadings put right. `latin`: the page is in Latin script."""
    line = list(words)
    if not line:
        return line
    if len(line) > 1 and line[0] in BULLETS and re.match(r"\w|[\"“«(\[]", line[1]):
        line[0] = BULLET
    if not latin:
        return [LATIN_CLOTHES.get(word, word) for word in line]
    prose = any(word.casefold().strip(".,;:!?") in PROSE for word in line)
    return [_pronoun(line, at, prose) for at in range(len(line))]


def _pronoun(line: list[str], at: int, prose: bool) -> str:
    word, after = line[at], line[at + 1] if at + 1 < len(line) else ""
    if word in GLUED:
        return "I am"
    if word not in BARS:
        return "I'" + word[2:] if re.fullmatch(r"[|\[l1]['’](?:m|ve|d|ll)", word) else word
    if word == "|":
        ends = not after and at > 0
        return "I" if prose and (ends or re.fullmatch(r"[a-z]+[.,;]?", after)) else word
    return "I" if _follows_i(after) else word


def _follows_i(after: str) -> bool:
    said = after.casefold().strip(".,;:!?")
    return after[:1].islower() and (said in AFTER_I or (len(said) > 4 and said.endswith("ed")))
