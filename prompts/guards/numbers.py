"""The numbers of a text: in digits or words, with what scales, hedges and counts them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from prompts.guards.vocabulary import Vocabulary

GAPS = r"[.,\u0020\u00a0\u202f]"
NUMERAL = re.compile(rf"(?<![^\W\d_])\d+(?:{GAPS}\d{{3}}(?!\d))*(?:[.,]\d+)?")
UNIT = re.compile(r"\s?(%|percent|per cent|процент)|(x|×)(?!\w)", re.IGNORECASE)
SCALES = (
    (re.compile(r"(?i)(?:k(?!\w)|\s?(?:thousand|тыс))"), 1_000),
    (re.compile(r"(?i)(?:m(?!\w)|\s?(?:million|mln|млн|миллион))"), 1_000_000),
    (re.compile(r"(?i)\s?(?:billion|bn(?!\w)|млрд|миллиард)"), 1_000_000_000),
)
MULTIPLIES = frozenset({100, 1_000, 1_000_000})
TENS = 20
SMALL = 12
"""Up to here a number may stand anywhere, so that it has to count the same; a larger one, or half
a one, is known by itself."""

ABOUT = re.compile(
    r"(?:\babout|\baround|\broughly|\bup to|\balmost|\bnearly|\bless than|\bsome|\bapprox\w*\.?"
    r"|\bat most|\bas (?:much|many) as|\b(?:just|well) under|~|≈|<|\bоколо|\bпримерно"
    r"|\bпочти|(?<!\d )\bдо|\bменее|\bне более|\bприблизительно)\s*(?:a\s|the\s)?[£$€₽]?\s*$",
    re.IGNORECASE,
)
OVER = re.compile(
    r"(?:\bmore than|\bat least|\babove|>|\bсвыше|(?<!не )\b(?:более|больше)|\bкак минимум"
    r"|\b(?:for|of|have|had|with|by|was|were|is|are|after|well|just)"
    r"\s*\bover)\s*[£$€₽]?\s*$",
    re.IGNORECASE,
)
""" "412 returns over five months" is no hedge, "for over five months" is."""

REACH = 24
"""Characters before a number in which what hedges it is looked for."""

NEAR, BEHIND = 5, 72
"""Words, and characters that hold them, on either side of a number among which the counted one is
looked for."""

WIDE = 90
"""Characters on either side of a number within which what it counts may be named."""

AROUND, SHORT = 7, 3
"""Words on either side that tell two numbers apart, and letters of those that tell nothing."""

PART = re.compile(r"[.,;:!?\n()]|\s(?:and|и)\s")
YEAR = re.compile(r"(?:19|20)\d\d")
LETTERS = re.compile(r"[^\W\d_]+")
TO = re.compile(r"(?:\s[^\W\d_]+){0,2}\s*(?:\bto\b|\bдо\b|→|->)\s*(?:\w+\s)?", re.I)
INSTEAD = re.compile(
    r"(?:\s[^\W\d_]+){0,6}\s*(?:\binstead of|\brather than|\bвместо)\s*(?:\w+\s){0,2}[£$€₽]?", re.I
)
KNOWN = re.compile(r"(?i)\b(?:the|these|those|both|эти|этих|обоих|обеих)\s*$")


class Strength(IntEnum):
    """How much a number claims: "up to 40", "40", "over 40"."""

    ABOUT = 0
    EXACT = 1
    OVER = 2


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands; `value` in digits with its unit ("12", "40%", "1/3"); what it
    counts is among the words behind it, sometimes among those before. `following` is the very next
    word, `around` holds what else is spoken of near it."""

    value: str
    strength: Strength
    counted: tuple[str, ...]
    before: tuple[str, ...]
    start: int
    end: int
    following: str = ""
    around: frozenset[str] = frozenset()


def raises(said: str, source: str, words: Vocabulary) -> bool:
    """Whether a number is new, loses its "about", gains an "over", counts something else, has
    changed places with another, or stands at the other end of a "from … to …"."""
    return any(raised(said, source, words))


def raised(said: str, source: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """What of this befell which numbers: "number" is new, "number_raised" is surer or counts
    something else, "number_moved" has left its place."""
    new, old = numbers(said, words), numbers(source, words)
    known = _distinct([*old, *_implied(source, words)])
    values = {one.value for one in known}
    for one in new:
        if _is_new(one, said, known, words):
            sign = "number_raised" if one.value in values else "number"
            yield sign, said[one.start : one.end]
    turned = {(last, first) for first, last in _spans(source, old)}
    if _swaps(said, source, new, old) or turned & set(_spans(said, new)):
        yield "number_moved", ""


def _distinct(found: Sequence[Number]) -> list[Number]:
    """Each number once for all its places: a letter may be made of nothing but "a"."""
    return list(
        {
            (one.value, one.strength, one.counted, one.before, one.following): one for one in found
        }.values()
    )


def _is_new(one: Number, said: str, known: Sequence[Number], words: Vocabulary) -> bool:
    """Whether nothing known allows it; "the two of them" only points back."""
    if one.value == "2" and KNOWN.search(said[max(0, one.start - REACH) : one.start]):
        return False
    return not any(_allows(old, one, words) for old in known)


def moves(text: str, words: Vocabulary) -> bool:
    """Whether the text says that something went from one number to another."""
    return any(_spans(text, numbers(text, words)))


def _allows(old: Number, new: Number, words: Vocabulary) -> bool:
    if old.value != new.value or new.strength > old.strength:
        return False
    if not new.counted or set(new.counted) & {*old.counted, *old.before}:
        return True
    if new.following == old.following and new.following not in words.grammar:
        return True
    if new.following.startswith(words.times):
        return False
    small = new.value.isdigit() and int(new.value) <= SMALL
    return not (old.counted and small) or old.counted[0] in new.around


def numbers(text: str, words: Vocabulary) -> list[Number]:
    """The numbers of a text, in order."""
    parts = [
        (value, *match.span())
        for value, said in words.fractions.items()
        for match in said.finditer(text)
    ]
    whole = [*_numerals(text), *_spelled(text, words)]
    found = parts + [
        one for one in whole if not any(one[1] < part[2] and part[1] < one[2] for part in parts)
    ]
    return [_number(text, words, *one) for one in sorted(found, key=lambda one: one[1])]


def _number(text: str, words: Vocabulary, value: str, start: int, end: int) -> Number:
    before = text[max(0, start - REACH) : start]
    strength = Strength.EXACT
    if OVER.search(before):
        strength = Strength.OVER
    elif ABOUT.search(before):
        strength = Strength.ABOUT
    counted = () if YEAR.fullmatch(value) else tuple(_counted(text, end, words))
    before = tuple(_before(text, start, words))
    return Number(
        value,
        strength,
        counted,
        before,
        start,
        end,
        _following(text, end),
        _near(text, start, words),
    )


def _following(text: str, end: int) -> str:
    behind = re.match(r"\s*([^\W\d_]+)", text[end : end + BEHIND])
    return behind[1].casefold() if behind else ""


def _near(text: str, start: int, words: Vocabulary) -> frozenset[str]:
    """The words within `WIDE` characters that are more than grammar."""
    spoken = LETTERS.findall(text[max(0, start - WIDE) : start + WIDE])
    return frozenset(_thing(word) for word in spoken if word.casefold() not in words.grammar)


def _numerals(text: str) -> Iterator[tuple[str, int, int]]:
    for match in NUMERAL.finditer(text):
        value = float(re.sub(rf"{GAPS}(?=\d{{3}}(?!\d))", "", match[0]).replace(",", "."))
        end = match.end()
        for scale, factor in SCALES:
            if scaled := scale.match(text, end):
                value, end = value * factor, scaled.end()
        yield _value(value, text, end), match.start(), end


def _value(value: float, text: str, end: int) -> str:
    unit = UNIT.match(text, end)
    return f"{value:.12g}" + ("" if unit is None else "%" if unit[1] else "x")


def _spelled(text: str, words: Vocabulary) -> Iterator[tuple[str, int, int]]:
    """ "Twenty-five" and "nine hundred" are one number each."""
    current: list[re.Match[str]] = []
    for match in LETTERS.finditer(text):
        known = match[0].casefold() in words.numbers
        if current and not _goes_on(text, current[-1], match, words):
            yield _joined(current, text, words)
            current = []
        if current or (known and not _scales_digits(text, match.start(), words, match[0])):
            current.append(match)
    if current:
        yield _joined(current, text, words)


def _goes_on(text: str, last: re.Match[str], match: re.Match[str], words: Vocabulary) -> bool:
    """Whether two number words make one: "five hundred", "twenty-five", but not "three two"."""
    if text[last.end() : match.start()].strip(" -\u00a0"):
        return False
    first, following = (_word_value(one[0], words) for one in (last, match))
    tens = first % 10 == 0 and first >= TENS
    return following in MULTIPLIES or (tens and 0 < following < _room(first))


def _word_value(word: str, words: Vocabulary) -> int:
    """What a number word stands for; 1 of "one", 0 of any other word."""
    low = word.casefold()
    return words.numbers.get(low, int(low in words.single))


def _room(value: int) -> int:
    """What may be added to a round number in words: up to 9 to 20, up to 99 to 300."""
    return next(power for power in (1_000_000, 1_000, 100, 10) if value % power == 0)


def _scales_digits(text: str, start: int, words: Vocabulary, word: str) -> bool:
    """Whether it is the "thousand" of "40 thousand", which the digits have counted already."""
    large = words.numbers[word.casefold()] >= min(factor for _, factor in SCALES)
    return large and text[max(0, start - REACH) : start].rstrip()[-1:].isdigit()


def _joined(matches: Sequence[re.Match[str]], text: str, words: Vocabulary) -> tuple[str, int, int]:
    total = 0
    for match in matches:
        value = _word_value(match[0], words)
        total = total * value if value in MULTIPLIES and total else total + value
    end = matches[-1].end()
    return _value(total, text, end), matches[0].start(), end


def _counted(text: str, start: int, words: Vocabulary) -> Iterator[str]:
    """The words behind a place, up to the next mark, that aren't grammar, without their endings."""
    behind = re.split(r"[.,;:!?()\n]", text[start : start + BEHIND], maxsplit=1)[0]
    for match in list(LETTERS.finditer(behind))[:NEAR]:
        if match[0].casefold() not in words.plain and match[0].casefold() not in words.numbers:
            yield _thing(match[0])


def _before(text: str, end: int, words: Vocabulary) -> Iterator[str]:
    """The words before a place, back to where the sentence begins, that may be counted there."""
    sentence = re.split(r"[.;:!?\n]", text[max(0, end - BEHIND) : end])[-1]
    for match in list(LETTERS.finditer(sentence))[-NEAR:]:
        if match[0].casefold() not in words.plain and match[0].casefold() not in words.numbers:
            yield _thing(match[0])


def _implied(text: str, words: Vocabulary) -> Iterator[Number]:
    """The one of "a year", the two of "both versions"."""
    for match in LETTERS.finditer(text):
        low = match[0].casefold()
        value = "1" if low in words.single else "2" if low in words.pair else ""
        if value:
            counted = tuple(_counted(text, match.end(), words))
            yield Number(value, Strength.EXACT, counted, (), *match.span())


def _thing(word: str) -> str:
    """A counted word without the ending that its number gives it."""
    low = word.casefold()
    return low[:4] if "а" <= low[0] <= "я" else low.removesuffix("s")


def _swaps(said: str, source: str, new: Sequence[Number], old: Sequence[Number]) -> bool:
    """Whether two numbers of one unit have changed places, by the words around each."""
    before, after = _around(source, old), _around(said, new)
    counted = {one.value: set(one.counted) for one in old}
    both = [value for value in after if value in before]
    for at, one in enumerate(both):
        for other in both[at + 1 :]:
            apart = counted[one] and counted[other] and not counted[one] & counted[other]
            if apart or one.endswith("%") != other.endswith("%"):
                continue
            ones, others = before[one] - before[other], before[other] - before[one]
            kept = len(after[one] & ones) + len(after[other] & others)
            turned = (len(after[one] & others), len(after[other] & ones))
            if min(turned) > 0 and sum(turned) > 2 * kept:
                return True
    return False


def _around(text: str, found: Sequence[Number]) -> dict[str, set[str]]:
    """The words before and behind each number that stands there once, up to the next number or
    the end of its part of the sentence."""
    places = sorted(found, key=lambda one: one.start)
    values = [one.value for one in places]
    around: dict[str, set[str]] = {}
    for at, one in enumerate(places):
        if values.count(one.value) > 1:
            continue
        start = places[at - 1].end if at else 0
        end = places[at + 1].start if at + 1 < len(places) else len(text)
        before = PART.split(text[start : one.start])[-1]
        behind = PART.split(text[one.end : end])[0]
        near = LETTERS.findall(before)[-AROUND:] + LETTERS.findall(behind)[:AROUND]
        around[one.value] = {_thing(word) for word in near if len(word) > SHORT}
    return around


def _spans(text: str, found: Sequence[Number]) -> Iterator[tuple[str, str]]:
    """The ends of every "from … to …", and of "… instead of …" the other way round."""
    ordered = sorted(found, key=lambda one: one.start)
    for first, last in pairwise(ordered):
        between = text[first.end : last.start]
        if TO.fullmatch(between):
            yield first.value, last.value
        elif INSTEAD.fullmatch(between):
            yield last.value, first.value
