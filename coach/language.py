"""Which language a text is in, told by its script and its most frequent words."""

import re
from collections import Counter
from itertools import groupby

UNDECIDED = "und"
"""The code for a text too short or too mixed to tell (ISO 639-2)."""

PROOFREAD = frozenset({"en", "ru", "de"})
"""The languages in which we know the words. Of a letter in another one nobody may say that it has
no slips."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

_FREQUENT = {
    "en": (
        "the be to of and a in that have i it for not on with he as you do at this but his by from "
        "they we say her she or an will my one all would there their what so up out if about who "
        "get which go me when make can like time no just him know take people into year your good "
        "some could them see other than then now look only come its over think also back after use "
        "two how our work first well way even new want because any these give day most us is are "
        "was were am been being has had did does i'm i've it's don't more very learning experience"
    ),
    "de": (
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es "
        "an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so "
        "zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich mich mir mein "
        "meine meiner habe bin wir uns ihre ihr ihnen ihrem wenn kann können dieser diese dieses "
        "sehr geehrte damen herren bewerbung"
    ),
    "fr": (
        "le la les des du de et un une est que qui dans pour sur vous nous avec pas sont ce cette "
        "ces aux il elle je ne se sa ses leur mais ou où plus être avoir fait été si vos votre "
        "notre nos tout comme par en au c'est d'un d'une qu'il n'est si"
    ),
    "es": (
        "el la los las un una de del y que en es por para con se su sus lo al como más pero no "
        "este esta son o si ha fue muy también nos mi me cuando hay sin sobre todo tu tus"
    ),
    "it": (
        "il lo la i gli le un una di del della dei e che in è per con si non sono da come al alla "
        "più ma anche nel nella questo questa ho mi ci se suo sua o delle degli"
    ),
    "pt": (
        "o a os as um uma de do da dos das e que em é por para com se não no na nos nas ao como "
        "mais mas foi ser são seu sua você eu também este esta ou algum"
    ),
    "nl": (
        "de het een en van in is dat op te zijn met voor niet die aan er ook als maar om bij dan "
        "wordt naar deze door nog ik je wij mijn heb heeft worden uit kan"
    ),
}
_VOTES = {
    word: tuple(code for code, known in _FREQUENT.items() if word in known.split())
    for words in _FREQUENT.values()
    for word in words.split()
}
_LONGEST = 20_000
"""Characters read: enough for any letter, and what follows would not change the answer."""


def detect(text: str) -> str:
    """The ISO 639-1 code of the text's main language: "en", "ru", "de", or else "und".

    Ukrainian, Belarusian and other languages in Cyrillic count as undecided, and so does a text
    with fewer than two telling words.
    """
    words = _spoken(text)
    cyrillic = [word for word in words if "а" <= word[0] <= "ё"]
    if len(cyrillic) * 2 > len(words):
        return UNDECIDED if _is_other_cyrillic(cyrillic) else "ru"
    told = _by_frequent_words(words)
    return told if told in PROOFREAD else UNDECIDED


def is_other(text: str) -> bool:
    """Whether the text is clearly in French, Spanish, Italian, Portuguese or Dutch."""
    return _by_frequent_words(_spoken(text)) not in PROOFREAD | {UNDECIDED}


def _spoken(text: str) -> list[str]:
    """The words in small letters; one said a hundred times in a row is one word."""
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text[:_LONGEST]))
    return [word for word, _ in groupby(words)]


def _is_other_cyrillic(words: list[str]) -> bool:
    foreign = sum(1 for word in words if not _FOREIGN_LETTERS.isdisjoint(word))
    return foreign * 10 > len(words)


_FOREIGN_LETTERS = frozenset("іїєґўђћљњџјѓќѕәғқңөұүһ")


def _by_frequent_words(words: list[str]) -> str:
    votes = Counter(code for word in words for code in _VOTES.get(word, ()))
    if not votes:
        return UNDECIDED
    (code, most), *others = sorted(
        votes.items(), key=lambda vote: (-vote[1], vote[0] not in PROOFREAD, vote[0])
    )
    rivals = [count for other, count in others if code not in PROOFREAD or other in PROOFREAD]
    clear = not rivals or most > rivals[0]
    return code if clear and most >= 2 and most * 12 >= len(words) else UNDECIDED
