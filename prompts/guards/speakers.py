"""Who is said to have done what, and how surely: a rewrite may not make more of it."""

import re
from collections.abc import Iterator

from coach.terms import stem
from prompts.guards.vocabulary import Vocabulary, Words

SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
CLAUSE = re.compile(r"[,;:–—]\s*|\s+(?=(?:but|and|но|и|а)\s)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
REACH = 4
"""Words behind a "not" that it denies."""

MOST_OF = 0.6
"""Share of what a clause supposes that a rewrite must say to have said it."""


def claims_more(replacement: str, source: str, passage: str, words: Vocabulary) -> bool:
    """Whether a rewrite gives its writer a rank or another's deed, is sure where the passage
    isn't, or says what the letter denies."""
    return (
        bool(_ranks(replacement, words) - _ranks(source, words))
        or _takes_a_deed(replacement, source, words)
        or _is_surer(replacement, passage, words)
        or _affirms(replacement, source, words)
        or _excludes(replacement, source, words)
        or _reverses(replacement, passage, words)
        or _drops_a_not(replacement, passage, words)
    )


def _ranks(text: str, words: Vocabulary) -> set[str]:
    return {match[1].casefold() for match in words.ranks.finditer(text)}


def _takes_a_deed(replacement: str, source: str, words: Vocabulary) -> bool:
    """Whether "who checked" or "we tried" became "I checked" or "I tried"."""
    told = dict.fromkeys(_others_deeds(source, words), 0) | _deeds(source, words)
    return any(
        deed in told and rank > told[deed] for deed, rank in _deeds(replacement, words).items()
    )


def _deeds(text: str, words: Vocabulary) -> dict[str, int]:
    """What stands behind he, we, I, or behind an "and" that goes on: with the highest of them."""
    deeds: dict[str, int] = {}
    for sentence in SENTENCE.split(text):
        for deed, rank in _done(_words(sentence), words):
            deeds[deed] = max(rank, deeds.get(deed, rank))
    return deeds


def _others_deeds(text: str, words: Vocabulary) -> set[str]:
    """What only a noun is said to have done: "a student typed in the first thousand", "my nephew,
    who studies, fixed the rest"."""
    others: set[str] = set()
    own: set[str] = set()
    for sentence in SENTENCE.split(text):
        speaks = own
        for clause in CLAUSE.split(sentence):
            said = _words(clause)
            if said and (said[0] in words.others or set(said[:2]) & words.people):
                speaks = others
            elif any(words.doers.get(word, 0) for word in said):
                speaks = own
            for at, word in enumerate(said):
                if words.past.fullmatch(word):
                    (own if _is_ours(said[:at], words) else speaks).add(_form(word))
    return others - own


def _is_ours(before: list[str], words: Vocabulary) -> bool:
    """Whether a pronoun did it, whose deeds are told elsewhere, or nobody is said to have."""
    passive = bool(before) and before[-1] in words.states
    return passive or any(word in words.doers for word in before)


def _done(said: list[str], words: Vocabulary) -> Iterator[tuple[str, int]]:
    rank, expected = None, False
    for word in said:
        if word in words.doers:
            rank, expected = words.doers[word], True
        elif word in {"and", "и"}:
            expected = rank is not None
        elif expected and word not in words.between:
            expected = False
            if rank is not None and word not in words.states:
                yield _form(word), rank


def _is_surer(replacement: str, passage: str, words: Vocabulary) -> bool:
    """Whether what the passage only supposes is said without any doubt."""
    if _doubts(replacement, words) or words.concessions.search(replacement):
        return False
    said = {_form(word) for word in _words(replacement)}
    return any(
        supposed and len(supposed & said) >= max(1, MOST_OF * len(supposed))
        for supposed in _suppositions(passage, words)
    )


def _doubts(text: str, words: Vocabulary) -> bool:
    return "?" in text or bool(words.hedges.search(text))


def _suppositions(passage: str, words: Vocabulary) -> Iterator[set[str]]:
    """The weighty words of every clause in doubt. A hedge that stands by itself ("I believe",
    "though perhaps", "possibly") doubts what is before it, at a sentence's start what follows."""
    before: set[str] = set()
    for sentence in SENTENCE.split(passage):
        if not (_doubts(sentence, words) or words.concessions.search(sentence)):
            continue
        elsewhere = _weights(passage.replace(sentence, " "), words)
        opening = False
        for clause in CLAUSE.split(sentence):
            weights = _weights(words.hedges.sub(" ", clause), words)
            own = weights - elsewhere
            doubted = _doubts(clause, words)
            if own and (doubted or opening):
                yield own
            if (doubted and not own) or words.concessions.search(clause):
                yield before
            opening = doubted and not weights and not before
            before = own or before


def _weights(text: str, words: Vocabulary) -> set[str]:
    """The words that matter most of those that are more than grammar."""
    more = [word for word in _words(text) if word not in words.grammar]
    return {_form(word) for word in more if word not in words.plain} or set(map(_form, more))


def _affirms(replacement: str, source: str, words: Vocabulary) -> bool:
    """Whether what the letter only denies is said without a no."""
    denied, affirmed = _denied(source, words.denials, words.plain)
    said_no, said = _denied(replacement, words.denials, words.plain)
    return bool((said - said_no) & (denied - affirmed))


def _excludes(replacement: str, source: str, words: Vocabulary) -> bool:
    """Whether a "never" or "nobody" denies what the letter doesn't."""
    denials = words.denials | words.weak_denials
    denied, _ = _denied(source, denials, words.grammar)
    for clause in CLAUSE.split(replacement):
        said = _words(clause)
        for at, word in enumerate(said):
            if word in words.absolutes and word not in _words(source):
                weights = [_form(one) for one in said[at + 1 :] if one not in words.grammar]
                if weights and weights[0] not in denied:
                    return True
    return False


def _reverses(replacement: str, passage: str, words: Vocabulary) -> bool:
    """Whether "they were right" became "they were wrong"."""
    said, told = set(_words(replacement)), set(_words(passage))
    if said & words.denials:
        return False
    return any(
        _has(said, new) and not _has(told, new) and _has(told, old) and not _has(said, old)
        for pair in words.opposites
        for new, old in (pair, pair[::-1])
    )


def _drops_a_not(replacement: str, passage: str, words: Vocabulary) -> bool:
    """Whether "not all" became "all"."""
    limited = {match[1].casefold() for match in words.not_all.finditer(passage)}
    kept = words.not_all.sub(" ", passage)
    claimed = set(_words(words.not_all.sub(" ", replacement)))
    return bool((limited - set(_words(kept))) & claimed)


def _has(said: set[str], words: Words) -> bool:
    return any(word in words for word in said)


def _denied(text: str, denials: frozenset[str], light: Words) -> tuple[set[str], set[str]]:
    """The words behind a no within its clause, and all the others."""
    denied: set[str] = set()
    affirmed: set[str] = set()
    for clause in re.split(r"[.!?…,;:\n]+", text):
        left = 0
        for word in _words(clause):
            if word in denials:
                left = REACH
            elif word not in light:
                (denied if left else affirmed).add(_form(word))
            left -= left > 0 and word not in denials
    return denied, affirmed


def _words(text: str) -> list[str]:
    return [match[0].casefold().replace("’", "'") for match in WORD.finditer(text)]


def _form(word: str) -> str:
    """What the forms of a word have in common."""
    return word[: max(4, len(word) - 3)] if "а" <= word[0] <= "ё" else stem(word)
