"""German without its own letters: "fuer" for "für", "gross" for "groß", as some keyboards force."""

import re
from collections.abc import Iterator
from itertools import product

_PAIRS = {"ae": "ä", "oe": "ö", "ue": "ü"}
_PAIR = re.compile("ae|oe|ue")
_MOST = 4
_TELLING = re.compile(
    r"\b(?:fuer|ueber|koenn\w+|moecht\w+|waere\w*|wuerde\w*|zurueck|natuerlich|haette\w*|muess\w+|"
    r"spaeter|gruessen|gruss|taetig\w*|aehnlich\w*|moeglich\w*|\w*gefuehrt|unterstuetz\w+|"
    r"\w*faehig\w*|universitaet|waehrend|loesung\w*|geloest)\b",
    re.IGNORECASE,
)


def is_transcribed(text: str) -> bool:
    """Whether the text has no umlaut but a word that needs one."""
    return not re.search("[äöüÄÖÜ]", text) and bool(_TELLING.search(text))


def restored(low: str) -> Iterator[str]:
    """The words that the transcription may stand for: every pair read either way."""
    pieces = _PAIR.split(low)
    pairs = _PAIR.findall(low)
    if not 0 < len(pairs) <= _MOST:
        return
    for chosen in product(*((_PAIRS[pair], pair) for pair in pairs)):
        yield "".join(a + b for a, b in zip(pieces, [*chosen, ""], strict=True))


def transcribed(text: str) -> str:
    """The text as it is written without umlauts."""
    for pair, umlaut in _PAIRS.items():
        text = text.replace(umlaut, pair).replace(umlaut.upper(), pair.capitalize())
    return text


_SHARP = re.compile(
    r"(gr[oö]|fl[ie]?ei|(?<![a-z])stra(?=sse)|stra(?=ssen)|schlie|flie|gie|st[oö]|(?<![pk])rei|"
    r"bei(?=ss)|hei|wei|drei|drau|[aä]u(?=sse[rn])|mä|blo|sü|f[uü](?=ss(?!ion))|gr[uü]|sp[aä]|lie|"
    r"stie|hie|gemä|ma(?=ssn|ssst|ssg)|genie)ss(?!ch|pr|ta|tü|tr)",
    re.I,
)


def sharp(word: str) -> str:
    """The word with ß after the long vowels of the usual stems ("gross", "schliessen")."""
    return _SHARP.sub(r"\1ß", word)
