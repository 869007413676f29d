"""The forms of the terms that we list by hand."""

import re
from collections.abc import Iterable, Iterator, Set

_HARD = "|а|у|ом|е|ы|ов|ам|ами|ах"
_SOFTENED = "|а|у|ом|е|и|ов|ам|ами|ах"
_HISSING = "|а|у|ем|ом|е|и|ей|ам|ами|ах"
_FEMALE = "а|ы|е|у|ой||ам|ами|ах"
_FEMALE_SOFTENED = "а|и|е|у|ой||ам|ами|ах"
_FEMALE_HISSING = "а|и|е|у|ой|ей||ам|ами|ах"
_FEMALE_IA = "ия|ии|ию|ией|ий|иям|иями|иях"
_NEUTER_IE = "ие|ия|ию|ием|ии|ий|иям|иями|иях"
_FEMALE_SOFT = "ь|и|ью|ей|ям|ями|ях"
_MALE_SOFT = "ь|я|ю|ем|е|и|ей|ям|ями|ях"
_MALE_J = "й|я|ю|ем|е|и|ев|ям|ями|ях"
_PLAIN_ADJECTIVE = "ый|ого|ому|ым|ом|ая|ой|ую|ое|ые|ых|ыми|о|ость|ости|остью|а|ы|ее"
_SOFT_ADJECTIVE = "ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими|о|и"
_OVAT = (
    "овать|ую|уешь|ует|уем|уете|уют|овал|овала|овало|овали|уй|уйте|уя|овав|ование|ования|ованию|"
    "ованием|овании|ующий|ующего|ующая|ующие|ующих|ующей|ующим|ующими|ующую|ующее|овался|оваться|уется|уются|"
    "овалась|овались|овалось|ован|ована|овано|ованы|ованный|ованного|ованному|ованным|ованном|"
    "ованная|ованной|ованную|ованное|ованные|ованных|ованными|уемый|уемого|уемая|уемые|уемых|уемым|уемой|овавший|овавшие"
)
_IT = (
    "ить|ю|у|ишь|ит|им|ите|ят|ат|ил|ила|ило|или|ь|ьте|ив|ится|ились|илась|ился|иться|ятся|ен|ена|"
    "ено|ены|енный|енного|енному|енным|енном|енная|енной|енную|енное|енные|енных|енными|ящий|ящие"
)
_AT = (
    "ать|аю|аешь|ает|аем|аете|ают|ал|ала|ало|али|ай|айте|ая|ав|ание|ания|анию|анием|ании|"
    "аться|ается|аются|ался|алась|ались|ающий|ающие|ающих|ающего|аемый|аемая|аемые|аемых|"
    "ан|ана|ано|аны|анный|анного|анным|анном|анная|анной|анную|анное|анные|анных|анными"
)

_PARADIGMS = (
    ("овать", _OVAT),
    ("ать", _AT),
    ("ить", _IT),
    ("рий", "ри" + _MALE_J.replace("|", "|ри")),
    ("ый", _PLAIN_ADJECTIVE),
    ("ий", _SOFT_ADJECTIVE),
    ("ия", _FEMALE_IA),
    ("ие", _NEUTER_IE),
    ("ость", "ост" + _FEMALE_SOFT.replace("|", "|ост")),
    ("тель", "тел" + _MALE_SOFT.replace("|", "|тел")),
    ("арь", "ар" + _MALE_SOFT.replace("|", "|ар")),
    ("ень", "ен" + _FEMALE_SOFT.replace("|", "|ен")),
    ("ль", "л" + _MALE_SOFT.replace("|", "|л")),
    ("ей", "е" + _MALE_J.replace("|", "|е")),
    ("й", _MALE_J),
)


def russian(terms: Iterable[str]) -> Iterator[str]:
    """Every form of each term; its paradigm is told by its end. More than exist, which harms
    nobody: a wrong ending of a listed term is no slip that we could mend."""
    for term in terms:
        folded = term.lower().replace("ё", "е")
        yield folded
        yield from _declined(folded)


def _declined(term: str) -> Iterator[str]:
    for end, forms in _PARADIGMS:
        if term.endswith(end):
            stem = term.removesuffix(end)
            yield from (stem + form for form in forms.split("|"))
            return
    stem, last = term[:-1], term[-1:]
    if last == "а":
        softened, hissing = stem[-1:] in "гкх", stem[-1:] in "жшчщц"
        forms = _FEMALE_HISSING if hissing else _FEMALE_SOFTENED if softened else _FEMALE
        yield from (stem + form for form in forms.split("|"))
        if stem.endswith("к"):
            yield from (stem[:-1] + "ок", stem[:-1] + "ек")
    elif last not in "аеиоуыэюяьй":
        forms = _SOFTENED if last in "гкх" else _HISSING if last in "жшчщц" else _HARD
        yield from (term + form for form in forms.split("|"))
        if term.endswith("ок"):
            yield from (term[:-2] + "к" + form for form in _SOFTENED.split("|") if form)


def russian_plurals(words: Iterable[str]) -> Iterator[str]:
    """The forms of nouns in -ие and -ия, whose plurals dictionaries leave out ("завершениях")."""
    for word in words:
        if word.endswith(("ение", "ание", "ация", "яция", "иция")):
            yield from _declined(word)


_ADJECTIVE = re.compile(
    r"...(?:isch|lich|ig|bar|sam|haft|los|voll|end|iert|reich|frei|ell|iv|ent|ant|ös|är|al)$"
)
_PARTICIPLE = re.compile(r"^(?:[a-zäöü]{0,9}ge|be|ver|er|ent|zer|miss|über|unter).{3,12}(?:t|en)$")
_ENDINGS = ("e", "en", "er", "em", "es")
_DEGREES = ("ere", "eren", "erer", "eres", "ste", "sten", "este", "esten")


def german_adjectives(words: Set[str], used: Set[str]) -> Iterator[str]:
    """The endings of adjectives and participles, told by how they end or by a form in -e; the
    degrees of those in use."""
    for word in words:
        paired = word in used and f"{word}e" in words
        if paired or _PARTICIPLE.search(word) or (word in used and _ADJECTIVE.search(word)):
            yield from (word + end for end in _ENDINGS)
        if word in used and (paired or _ADJECTIVE.search(word)):
            yield from (word + end for end in _DEGREES)
        if word.endswith("e") and word in used:
            yield from (word + end for end in ("r", "s", "m", "n", "re", "ren"))
        if word.endswith("abel") and word in used:
            yield from (f"{word[:-2]}l{end}" for end in _ENDINGS)


_VERB_ENDINGS = (
    "en",
    "e",
    "st",
    "t",
    "te",
    "test",
    "ten",
    "tet",
    "end",
    "ende",
    "enden",
    "ender",
    "endes",
)
_PARTICIPLE_ENDINGS = ("t", "te", "ten", "ter", "tes", "tem")


def german(terms: Iterable[str]) -> Iterator[str]:
    """Each term with the endings of its kind; what stands behind = has none."""
    for term in terms:
        yield term.removeprefix("=")
        if term.startswith("="):
            continue
        if term.islower() and term.endswith("en") and len(term) > 5:
            stem = term.removesuffix("en")
            yield from (stem + end for end in _VERB_ENDINGS)
            yield from (f"ge{stem}{end}" for end in _PARTICIPLE_ENDINGS)
        elif term.islower() and len(term) > 2:
            yield from (term + end for end in (*_ENDINGS, *_DEGREES))
        if term[:1].isupper() and len(term) > 3:
            yield from (term + end for end in ("s", "es", "n", "en", "er", "e"))
