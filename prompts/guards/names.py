"""Which words of a text are names: written with a capital, or unknown to the dictionary."""

import re
from functools import cache

from coach.proofread.lexicon import load as load_lexicon
from prompts.guards.wording import parts

STOP = re.compile(r"(?:^|[.!?…:]\s+|\n\s*|[“\"«(])\W*$")


def is_named(word: re.Match[str], text: str) -> bool:
    """Whether it is written as a name: with a capital, but beginning nothing."""
    first = bool(STOP.search(text[max(0, word.start() - 8) : word.start()]))
    return word[0][0].isupper() and not first and word[0] not in {"I", "Я"}


def is_unknown(word: str, language: str) -> bool:
    """Whether it has a capital inside, or a dictionary holds it as a name or not at all."""
    return any(map(str.isupper, word[1:])) or _is_known_name(word.casefold(), language)


@cache
def _is_known_name(low: str, language: str) -> bool:
    lexicon = load_lexicon(language)
    if lexicon is None:
        return False
    written = lexicon.cased(low)
    unknown = not all(lexicon.knows(part) or part.isdigit() for part in parts(low))
    return lexicon.is_name(low) or (written != low and written != low.capitalize()) or unknown
