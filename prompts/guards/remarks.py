"""What a remark says of the writer that nobody has given: "your 3 years at Google".

Advice is free: how many sentences or results, which field or tool to look at. Held against the
letter is only what is said to be the writer's: a number of theirs, where they were, what they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from prompts.guards import numbers, vocabulary
from prompts.guards.inventions import links
from prompts.guards.names import is_named
from prompts.guards.vocabulary import Vocabulary
from prompts.guards.wording import WORD

YOURS = re.compile(r"(?i)\b(?:you|your|yours|you['’]\w+|вы|вас|вам|ваш\w*|тебя|тебе|ты|тво\w+)\b")
"""What speaks of the writer."""

WHERE = re.compile(
    r"(?i)(?:\b(?:at|for|with|from|by|in|your|в|во|у|из|на|для|ваш\w*)\s+)(?:the\s+)?$"
)
"""What stands before the name of where somebody was, or of what is theirs."""

OF_THE_TEXT = re.compile(
    r"(?i)(?:sentence|word|line|page|paragraph|result|example|stor|thing|quote|slip|reason|second|"
    r"point|place|section|bullet|number|verb|reader|application|version|question|character|"
    r"предложен|слов|строк|страниц|абзац|результат|пример|истори|вещ|цитат|ошиб|причин|секунд|"
    r"пункт|мест|раздел|чис|цифр|глагол|читател|заяв|верси|вопрос|знак|символ|стр)\w*"
)
"""What a remark may count: the text and what belongs into it."""

FEW = 3
"""A number up to here is advice ("name two of them") unless it is said to be the writer's."""

OWNED = re.compile(
    r"(?i)\b(?:your|you\s+(?:\w+\s+){1,2}|you['’]ve\s+(?:\w+\s+)?|ваш\w*|вы\s+(?:\w+\s+){0,2})\s*"
    r"(?:about|over|almost|nearly|more than|около|почти|более)?\s*$"
)
REACH = 40
"""Characters before a number or name in which what it belongs to is looked for."""

BEING = (
    r"(?i)\b(?:you\s+(?:are|were|have\s+been|became)|your\s+(?:\w+\s+)?(?:role|work|years|time)\s+as"
    r"|вы\s+(?:были|работали|стали)|вашей?\s+работ\w+|ваш\s+опыт)\s+(?:[\w-]+\s+){0,3}?"
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the writer has said (letter, facts, posting), in which language, and in which language
    it is remarked upon."""

    source: str
    language: str
    reader: str

    def tells(self, sentence: str) -> bool:
        """Whether a sentence gives the writer a number, a place or a rank that they have not."""
        if links(sentence) - links(self.source):
            return True
        return bool(YOURS.search(sentence)) and (
            any(self._new_numbers(sentence))
            or any(self._new_places(sentence))
            or self._new_rank(sentence)
        )

    def _new_numbers(self, sentence: str) -> Iterator[str]:
        words = vocabulary.load(self.reader)
        known = _values(self.source, self.language)
        for one in numbers.numbers(sentence, words):
            owned = OWNED.search(sentence[max(0, one.start - REACH) : one.start])
            few = one.value.isdigit() and int(one.value) <= FEW
            if one.value in known or OF_THE_TEXT.match(one.following) or (few and not owned):
                continue
            if not any(map(OF_THE_TEXT.match, one.counted)):
                yield one.value

    def _new_places(self, sentence: str) -> Iterator[str]:
        """Names behind an "at" or "your"; in another alphabet than the letter's nothing can be
        compared."""
        spelled = _spelled(self.source)
        for match in WORD.finditer(sentence):
            word = match[0].casefold()
            before = sentence[max(0, match.start() - REACH) : match.start()]
            foreign = self.language != self.reader and not word.isascii()
            if is_named(match, sentence) and WHERE.search(before) and not foreign:
                parts = [part for part in re.split(r"[-.'’]", word) if part]
                if word not in spelled and not all(part in spelled for part in parts):
                    yield word

    def _new_rank(self, sentence: str) -> bool:
        words = vocabulary.load(self.reader)
        if self.language != self.reader or not words.titles:
            return False
        ranks = re.compile(rf"{BEING}({'|'.join(words.titles)})\b")
        told = _spelled(self.source)
        return any(match[1].casefold() not in told for match in ranks.finditer(sentence))


@lru_cache(maxsize=8)
def _values(text: str, language: str) -> frozenset[str]:
    words: Vocabulary = vocabulary.load(language)
    return frozenset(one.value for one in numbers.numbers(text, words)) | {"1"}


@lru_cache(maxsize=8)
def _spelled(text: str) -> frozenset[str]:
    words = {match[0].casefold() for match in WORD.finditer(text)}
    return frozenset(words | {part for word in words for part in re.split(r"[-.'’]", word)})
