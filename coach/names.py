"""Names: which words of a letter a reader would take for a person, an employer or a place.

A word is a name by where it stands (greeting, signature, behind a title, behind "my name is"), by
what the dictionary of its language says of it, or because it stands beside one.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from coach.language import UNDECIDED, detect
from coach.proofread.lexicon import Lexicon, load
from coach.proofread.tongues import compounds
from coach.proofread.tongues import lexicon as tongues
from coach.proofread.tongues.lexicon import NAMED, PROPOSED, TongueLexicon
from coach.rules.blocks import BlockKind, sentences, split
from coach.rules.phrases import listed

WORD = re.compile(r"[^\W\d_](?:[\w&]|['’.+#-](?=\w))*[+#]*")

_NEXT = rf"[ \t]+({WORD.pattern})"
TITLED = re.compile(
    r"\b(?:(?i:dr|prof|mr|mrs|ms|mx|miss|sir|dame|sgt|cpl|capt|lt|maj|col|gen|rev|hon|dipl)\b\.?"
    r"|(?i:frau|herrn?|professor(?:in)?|captain|major|sergeant|madame|monsieur|señora?|signora?)"
    rf"|г-жа|г-н|господин|госпожа|доктор|профессор)(?=[ \t])(?:{_NEXT})?(?:{_NEXT})?(?:{_NEXT})?"
)
"""A title, and up to three words that may be the name behind it."""

CALLED = re.compile(
    r"(?i)\b(?:my name is|i am called|call me|mein name ist|ich hei(?:ß|ss)e|меня зовут|"
    rf"je m['’]appelle)(?:{_NEXT})(?:{_NEXT})?(?:{_NEXT})?"
)
INTRODUCED = re.compile(
    rf"(?i)\b(?:i['’]?m|i am|this is|ich bin|это|я)(?:{_NEXT})(?:{_NEXT})?(?:{_NEXT})?"
)
"""Somebody says who they are, and up to three words that may be the name, perhaps all small. What
follows the second may be anything else too."""

FEW = 15
"""Words; fewer than these are a confirmed fact or a line, and no letter."""

NO_NAMES = frozenset(
    {"and", "i", "a", "an", "the", "from", "of", "on", "in", "not", "with", "but", "at"}
    | {"und", "ich", "bin", "aus", "der", "die", "das", "mit", "et", "de"}
    | {"в", "и", "я", "мне", "из", "на"}
)
"""What may follow "my name is" and ends the name."""

SIGNED = re.compile(
    r"(?i)\b(?:thanks|thank you|cheers|best|regards|wishes|yours|спасибо|уважением|пожеланиями|"
    rf"danke|grüße|grüßen|gruß|merci|cordialement)[ \t]*[,!.–—-]*\s+({WORD.pattern})(?:{_NEXT})?"
    r"[ \t.!]*\Z"
)
"""The last line of a letter, however small it is written: "спасибо, лада"."""

EMPLOYED = re.compile(
    rf"(?i)\b(?:at|join(?:ed|ing)?|(?:work(?:s|ed|ing)?|intern(?:ed|ship)?|job|engineer) for)"
    rf" \[?({WORD.pattern})"
)


def name_words(text: str) -> Iterator[str]:
    """The words that a reader would take for a name, one by one."""
    judge = _judge_of(text)
    blocks = split(text)
    for block in blocks:
        if block.kind is BlockKind.GREETING:
            yield from _capitals(block.text)
        elif block.kind is BlockKind.CLOSING:
            yield from _capitals(text[block.end : block.end + 200])
    for sentence in sentences(blocks):
        if sentence.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            yield from _in_sentence(sentence.text, judge)
    yield from _titled(text)
    yield from _introduced(text, judge)
    yield from _small_employers(text, judge)


def bare(word: str) -> str:
    """The word without an English genitive."""
    return re.sub(r"['’]s$", "", word)


class Judge:
    """What the words of a language without a dictionary tell: a capital inside a sentence."""

    def is_usual(self, low: str) -> bool:
        """Whether the word is in everybody's mouth, and no name."""
        return False

    def is_name(self, word: str, *, first: bool) -> bool:
        """Whether a word with a capital is a name; the `first` of a sentence has one anyway."""
        return not first

    def joins(self, word: str) -> bool:
        """Whether a capital word beside this name belongs to it."""
        return True


class English(Judge):
    """A capital makes a name, unless everybody knows the word otherwise."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def knows(self, low: str) -> bool:
        """Whether the dictionary has the word at all."""
        return self._lexicon.knows(low)

    def is_usual(self, low: str) -> bool:
        plain = low.replace("’", "'")
        return self._lexicon.knows(plain) and not self._lexicon.is_name(plain)

    def is_name(self, word: str, *, first: bool) -> bool:
        low = word.casefold()
        small = self._lexicon.cased(low) == low
        if first:
            known = self._lexicon.knows(low.replace("’", "'")) and small
            return self._lexicon.is_name(low) or not known
        return not (low in self._lexicon.common and small)


class Russian(Judge):
    """A capital inside a sentence makes a name; at its beginning only a word that is no other."""

    def __init__(self, lexicon: TongueLexicon) -> None:
        self._lexicon = lexicon

    def is_usual(self, low: str) -> bool:
        return self._lexicon.mark(low.translate(self._lexicon.fold)) == PROPOSED

    def is_name(self, word: str, *, first: bool) -> bool:
        if not re.match(r"[А-ЯЁ][а-яё]", word):
            return False
        mark = self._lexicon.mark(word.casefold().translate(self._lexicon.fold))
        return not first or mark in (NAMED, "")


class German(Judge):
    """Every noun has a capital: a name is what is known as one, or no word at all."""

    def __init__(self, lexicon: TongueLexicon) -> None:
        self._lexicon = lexicon

    def is_usual(self, low: str) -> bool:
        return not self._is_strange(low)

    def is_name(self, word: str, *, first: bool) -> bool:
        low = word.casefold()
        return self._is_strange(low) or low in listed("given_names")

    def joins(self, word: str) -> bool:
        return word.casefold() in listed("given_names")

    def _is_strange(self, low: str) -> bool:
        return any(self._is_strange_part(part) for part in low.split("-") if len(part) > 1)

    def _is_strange_part(self, low: str) -> bool:
        folded = low.translate(self._lexicon.fold)
        mark = self._lexicon.mark(folded)
        return mark == NAMED or not (mark or compounds.parts(folded, self._lexicon))


def _judge_of(text: str) -> Judge:
    """Who knows the words of this text. Of a few words no language can be told: then it is the one
    of their script that most letters are written in."""
    language = detect(text)
    if language == UNDECIDED and len(WORD.findall(text)) < FEW:
        language = "ru" if re.search("[а-яё]", text) else "en"
    if language == "en" and (lexicon := load("en")):
        return English(lexicon)
    if language == "de":
        return German(tongues.load("de"))
    if language == "ru":
        return Russian(tongues.load("ru"))
    return Judge()


def _capitals(text: str) -> Iterator[str]:
    """The capital words of a greeting or a signature, where no sentence gives them one."""
    kept = listed("kept_in_greetings")
    for found in WORD.finditer(text):
        if found[0][0].isupper() and found[0].casefold() not in kept:
            yield found[0]


def _in_sentence(sentence: str, judge: Judge) -> Iterator[str]:
    """The names, and the capital words right beside one: "Jason Pollack" is a person, although
    a pollack is a fish that the dictionary knows. In German only who stands behind a given name
    is one with it."""
    first = WORD.search(sentence)
    before: re.Match[str] | None = None
    named_before = False
    for found in _capitals_of(sentence):
        opens = first is not None and found.start() == first.start()
        touches = before is not None and sentence[before.end() : found.start()] == " "
        word = bare(found[0])
        named = not is_kept(word.casefold()) and judge.is_name(word, first=opens)
        if before is not None and touches:
            opened = first is not None and before.start() == first.start()
            if named and not named_before and not opened and judge.joins(word):
                yield bare(before[0])
            named = named or (named_before and judge.joins(bare(before[0])))
        if named:
            yield word
        before, named_before = found, named


def _capitals_of(sentence: str) -> Iterator[re.Match[str]]:
    """The words with a capital, without those that are kept; the first of all has one anyway."""
    for place, found in enumerate(WORD.finditer(sentence)):
        if found[0][0].isupper() and (place == 0 or not is_kept(bare(found[0]).casefold())):
            yield found


def is_kept(low: str) -> bool:
    """Whether a word with a capital names no person and no employer: a month, a tool, "I'm"."""
    if low in listed("kept_capitals") or re.match(r"i['’]", low):
        return True
    parts = (low, *low.split("-"))
    return any(part in listed("tools") or part in listed("abbreviations") for part in parts)


def _titled(text: str) -> Iterator[str]:
    """The capital words right behind a title: Dr. Margarethe Voss, Frau Yıldırım."""
    kept = listed("kept_in_greetings")
    for found in TITLED.finditer(text):
        for word in found.groups():
            if word is None or not word[0].isupper() or word.casefold() in kept:
                break
            yield bare(word)


def _introduced(text: str, judge: Judge) -> Iterator[str]:
    """Who says who they are, however they write themselves: "i'm kai nakamura-lopez". Behind "I'm"
    the first word that everybody knows ends it, unless the letter is signed with it."""
    end = SIGNED.search(text.rstrip()[-200:])
    signed = [word for word in (end.groups() if end else ()) if word and _may_be_name(word)]
    yield from signed
    for found in CALLED.finditer(text):
        yield from takewhile(_may_be_name, map(bare, filter(None, found.groups())))
    for found in INTRODUCED.finditer(text):
        for word in filter(None, found.groups()):
            low = word.casefold()
            if (judge.is_usual(low) and low not in signed) or is_kept(low):
                break
            yield bare(word)


def _may_be_name(word: str) -> bool:
    return word.casefold() not in NO_NAMES and not is_kept(word.casefold())


def _small_employers(text: str, judge: Judge) -> Iterator[str]:
    """Employers that write themselves small ("at i2x"): no word that the dictionary knows."""
    if not isinstance(judge, English):
        return
    for found in EMPLOYED.finditer(text):
        low = bare(found[1]).casefold()
        if not judge.knows(low) and not is_kept(low):
            yield low
