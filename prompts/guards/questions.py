"""What a model asks or explains beside a rewrite: it may not tell the writer facts either.

Whoever nods at "Were it 40 users?" has been told a number; whoever is asked "Which prize did you
win?" has been told of one.
"""

import re

from prompts.guards import numbers, vocabulary
from prompts.guards.inventions import links
from prompts.guards.letters import Letter
from prompts.guards.wording import WORD

LONGEST_QUESTION = 200
"""Characters; what needs more is no question but a speech."""

SENTENCE = re.compile(r"(?<=[.!?…])\s+")
START = re.compile(r"(?:^|[.!?…:]\s+|[“\"«(]|\n\s*)\W*$")
USUAL = frozenset(["I", "Я", "CV", "PDF", "HR", "ML", "AI", "IT", "ИТ"])
"""Words with capitals that name nobody."""


def asks_openly(said: str, letter: Letter) -> bool:
    """Whether it is one question, and brings no number, name, link, rank or honour of its own."""
    if not said.endswith("?") or len(said) > LONGEST_QUESTION or len(SENTENCE.split(said)) > 1:
        return False
    return not (tells(said, letter) or _presumes(said, letter))


def without_tales(remark: str, letter: Letter) -> str:
    """A remark without the sentences that bring a number, name or link of their own."""
    sentences = SENTENCE.split(remark)
    return " ".join(sentence for sentence in sentences if not tells(sentence, letter)).strip()


def tells(said: str, letter: Letter) -> bool:
    """Whether a number, name or link stands in it that nobody has given.

    It is read in the reader's language, which needn't be the letter's: what is spelled alike in
    both is compared.
    """
    source = "\n".join((letter.text, *letter.facts))
    return bool(
        links(said) - links(source)
        or _values(said, letter.reader) - _values(source, letter.language)
        or _names(said, letter.reader) - _spelled(source)
    )


def _values(text: str, language: str) -> set[str]:
    words = vocabulary.load(language)
    implied = {"2"} if words.pair & {word.casefold() for word in WORD.findall(text)} else set[str]()
    counted = {one.value for one in numbers.numbers(text, words)}
    return counted | implied | {"1"}


def _names(text: str, language: str) -> set[str]:
    """Words written as names: with a capital inside a sentence, or with one inside the word."""
    plain = vocabulary.load(language).plain
    return {
        match[0].casefold()
        for match in WORD.finditer(text)
        if match[0] not in USUAL
        and match[0].casefold() not in plain
        and _is_name(match[0], text[: match.start()])
    }


def _is_name(word: str, before: str) -> bool:
    inside = any(map(str.isupper, word[1:]))
    return inside or (word[0].isupper() and not START.search(before[-8:]))


def _spelled(source: str) -> set[str]:
    words = {match[0].casefold() for match in WORD.finditer(source)}
    return words | {part for word in words for part in re.split(r"[-.'’]", word)}


def _presumes(said: str, letter: Letter) -> bool:
    """Whether it takes for granted a rank, honour or deed that the letter doesn't have."""
    words = vocabulary.load(letter.reader)
    source = "\n".join((letter.text, *letter.facts))
    if letter.language != letter.reader:
        return any(part in words.honours for part in _low(said))
    told = {line for part in _low(source) for line in words.honours.lines(part)}
    asked = {line for part in _low(said) for line in words.honours.lines(part)}
    return bool(asked - told)


def _low(text: str) -> set[str]:
    return {part for match in WORD.finditer(text) for part in match[0].casefold().split("-")}
