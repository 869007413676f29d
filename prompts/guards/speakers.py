"""Who is said to have done what, and how surely: a rewrite may not make more of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.terms import stem
from prompts.guards.vocabulary import Vocabulary, Words

SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
CLAUSE = re.compile(r"[,;:–—]\s*|\s+(?=(?:but|and|но|и|а)\s)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ASKED = re.compile(
    r"(?i)(?:why|how|where|what|when|who|which|if|whether|почему|отчего|откуда|как|где|что|когда|кто)\b"
)
"""What opens a clause that asks: "why it works I don't know" supposes nothing."""
REACH = 4
"""Words behind a "not" that it denies."""

ALSO = frozenset({"and", "и"})

NAMED = 4
"""Words within which a sentence may begin with "the storeman and I"."""

UPON, SHORT = 6, 3
"""Words behind a deed that tell what it was done to, and letters of those that tell nothing."""

DENIED = 3
"""Words behind a "never" or "no" of which the letter must deny one."""

MOST_OF = 0.6
"""Share of what a clause supposes that a rewrite must say to have said it."""


def claims_more(replacement: str, source: str, passage: str, words: Vocabulary) -> bool:
    """Whether a rewrite gives its writer a rank or another's deed, is sure where the passage
    isn't, or says what the letter denies."""
    return any(raised(replacement, source, passage, words))


def raised(replacement: str, source: str, passage: str, words: Vocabulary) -> Iterator[str]:
    """Which of these it does."""
    if _ranks(replacement, words) - _ranks(source, words):
        yield "rank"
    if _takes_a_deed(replacement, source, words):
        yield "deed_taken"
    if _is_surer(replacement, passage, words):
        yield "surer"
    if _affirms(replacement, source, words):
        yield "affirmed"
    if _excludes(replacement, source, words):
        yield "excluded"
    if _reverses(replacement, passage, words) or _drops_a_not(replacement, passage, words):
        yield "reversed"


def _ranks(text: str, words: Vocabulary) -> set[str]:
    return {match[1].casefold() for match in words.ranks.finditer(text)}


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, to what (the words that follow), how much it is the writer's own, and whether
    somebody is said to have done it with them."""

    form: str
    upon: frozenset[str]
    rank: int
    shared: bool = False


def _takes_a_deed(replacement: str, source: str, words: Vocabulary) -> bool:
    """Whether "who checked it" or "we tried it" became "I checked it" or "I tried it"."""
    told = [*_others_deeds(source, words), *_deeds(source, words)]
    return any(_is_taken(deed, told) for deed in _deeds(replacement, words) if not deed.shared)


def _is_taken(deed: Deed, told: Sequence[Deed]) -> bool:
    same = [one for one in told if one.form == deed.form]
    upon = any(one.upon & deed.upon for one in same)
    return upon and deed.rank > max(one.rank for one in same)


def _deeds(text: str, words: Vocabulary) -> Iterator[Deed]:
    """What stands behind he, we, I, or behind an "and" that goes on."""
    for sentence in SENTENCE.split(text):
        yield from _done(words_of(sentence), words)


def _others_deeds(text: str, words: Vocabulary) -> list[Deed]:
    """What only a noun is said to have done: "a student typed in the first thousand", "my nephew,
    who studies, fixed the rest"."""
    others: list[Deed] = []
    own: set[str] = set()
    for sentence in SENTENCE.split(text):
        theirs = False
        for clause in CLAUSE.split(sentence):
            said = words_of(clause)
            if said and (said[0] in words.others or set(said[:2]) & words.people):
                theirs = True
            elif any(words.doers.get(word, 0) for word in said):
                theirs = False
            for at, word in enumerate(said):
                if not words.past.fullmatch(word):
                    continue
                if theirs and not _is_ours(said[:at], words):
                    others.append(_deed(said, at, 0))
                else:
                    own.add(form(word))
    return [deed for deed in others if deed.form not in own]


def _is_ours(before: list[str], words: Vocabulary) -> bool:
    """Whether a pronoun did it, whose deeds are told elsewhere, or nobody is said to have."""
    passive = bool(before) and before[-1] in words.states
    return passive or any(word in words.doers for word in before)


def _done(said: list[str], words: Vocabulary) -> Iterator[Deed]:
    rank, shared, expected = None, False, False
    for at, word in enumerate(said):
        if word in words.doers:
            rank, expected = words.doers[word], True
            shared = _is_shared(said, at, words)
        elif word in ALSO:
            expected = rank is not None
        elif expected and word not in words.between:
            expected = False
            if rank is not None and word not in words.states and not word.endswith("ly"):
                yield _deed(said, at, rank, shared=shared)


def _is_shared(said: list[str], at: int, words: Vocabulary) -> bool:
    """Whether "the storeman and I" did it, or "I" did "with the storeman"."""
    return any(one in words.sharing for one in said) or (0 < at <= NAMED and said[at - 1] in ALSO)


def _deed(said: list[str], at: int, rank: int, *, shared: bool = False) -> Deed:
    upon = frozenset(form(word) for word in said[at + 1 : at + 1 + UPON] if len(word) > SHORT)
    return Deed(form(said[at]), upon, rank, shared)


def _is_surer(replacement: str, passage: str, words: Vocabulary) -> bool:
    """Whether what the passage only supposes is said without any doubt."""
    if _doubts(replacement, words) or words.concessions.search(replacement):
        return False
    said = {form(word) for word in words_of(replacement)}
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
            if ASKED.match(clause):
                continue
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
    more = [word for word in words_of(text) if word not in words.grammar]
    return {form(word) for word in more if word not in words.plain} or set(map(form, more))


def _affirms(replacement: str, source: str, words: Vocabulary) -> bool:
    """Whether what the letter only denies is said without a no."""
    denied, affirmed = _denied(source, words.denials, words.plain)
    said_no, said = _denied(replacement, words.denials, words.plain)
    return bool((said - said_no) & (denied - affirmed))


def _excludes(replacement: str, source: str, words: Vocabulary) -> bool:
    """Whether a "never" or "nobody" denies what the letter doesn't."""
    said_there = set(words_of(source))
    denials = words.denials | words.weak_denials
    denied = _near_a_no(source, denials, words)
    for clause in CLAUSE.split(replacement):
        said = words_of(clause)
        for at, word in enumerate(said):
            if word in words.absolutes and word not in said_there:
                weights = [form(one) for one in said[at + 1 :] if one not in words.grammar]
                if weights and denied.isdisjoint(weights[:DENIED]):
                    return True
    return False


def _near_a_no(source: str, denials: frozenset[str], words: Vocabulary) -> set[str]:
    """The words of the clauses in which something is denied: "Theft there was none"."""
    clauses = [set(words_of(clause)) for clause in CLAUSE.split(source)]
    return {
        form(word)
        for clause in clauses
        if clause & denials
        for word in clause
        if word not in words.grammar
    }


def _reverses(replacement: str, passage: str, words: Vocabulary) -> bool:
    """Whether "they were right" became "they were wrong"."""
    said, told = set(words_of(replacement)), set(words_of(passage))
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
    claimed = set(words_of(words.not_all.sub(" ", replacement)))
    return bool((limited - set(words_of(kept))) & claimed)


def _has(said: set[str], words: Words) -> bool:
    return any(word in words for word in said)


def _denied(text: str, denials: frozenset[str], light: Words) -> tuple[set[str], set[str]]:
    """The words behind a no within its clause, and all the others."""
    denied: set[str] = set()
    affirmed: set[str] = set()
    for clause in re.split(r"[.!?…,;:\n]+", text):
        left = 0
        for word in words_of(clause):
            if word in denials:
                left = REACH
            elif word not in light:
                (denied if left else affirmed).add(form(word))
            left -= left > 0 and word not in denials
    return denied, affirmed


def words_of(text: str) -> list[str]:
    return [match[0].casefold().replace("’", "'") for match in WORD.finditer(text)]


def form(word: str) -> str:
    """What the forms of a word have in common."""
    return word[: max(4, len(word) - 3)] if "а" <= word[0] <= "ё" else stem(word)
