"""German forms that dictionaries leave out, led back to the word that they are of."""

import re
from collections.abc import Iterator

_PRESENT_PARTICIPLE = re.compile(r"(?P<verb>.{3,}(?:en|eln|ern))d(?:e[nrms]?)?")
_SECOND_PERSON = re.compile(r"(?P<stem>.{3,}?)e?st")
_WEAK = re.compile(r"(?P<stem>.{2,}?[^t])(?:t|e?te[nst]?)")
_ENDING = re.compile(r"(?P<stem>.{4,}?[^e])(?:e(?:re)?[nrms]?|ste[nrms]?)")
_ENDINGS = ("", "e", "en", "er", "es", "em")
_WITH_ZU = re.compile(r"(?P<prefix>[a-zäöü]{2,6})zu(?P<verb>[a-zäöü]{3,}n)")
_BORROWED = re.compile(r"(?:ge)?(?P<stem>[a-z]{4,}?)(?:e?t|e?te[nst]?|en|e|e?st)")


def siblings(low: str) -> Iterator[str]:
    """Other forms of the same adjective, and the verb without its "zu"; one of them known is
    enough."""
    if found := _ENDING.fullmatch(low):
        yield from (found["stem"] + ending for ending in _ENDINGS)
    if found := _WITH_ZU.fullmatch(low):
        yield found["prefix"] + found["verb"]


def stems(low: str) -> Iterator[str]:
    """Words one of which must be known for this one to be right."""
    if found := _PRESENT_PARTICIPLE.fullmatch(low):
        yield found["verb"]
    if found := _SECOND_PERSON.fullmatch(low):
        yield found["stem"] + "en"
    if found := _WEAK.fullmatch(low):
        yield found["stem"] + "en"
    if low.startswith("ge") and (found := _BORROWED.fullmatch(low)):
        yield found["stem"] + "en"
