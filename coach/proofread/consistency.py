"""Consistency: what is right by itself but not beside the rest of the letter, asked about gently.

A British word in an American letter, "e-mail" beside "email", "Pytorch" for PyTorch. Nothing here
is a slip that anybody would be judged by alone, so all of it is a question, and little of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from coach import masks
from coach.letters import Edit, EditKind
from coach.proofread import tokens, varieties
from coach.proofread.lexicon import Lexicon, load
from coach.proofread.proposals import Proposal
from coach.proofread.spelling import in_case_of
from coach.proofread.tokens import Word
from coach.proofread.varieties import Variety

CONFIDENCE = 0.6
MOST_PLACES = 12
"""More questions of this kind than that are nagging."""


def questions(text: str, *, known: Iterable[str] = (), reader: str = "en") -> list[Edit]:
    """What doesn't go with the rest of an English letter, in its order; all of it `ask`. Words in
    `known`, in any case, are left alone."""
    lexicon, kept = load("en"), frozenset(word.lower() for word in known)
    assert lexicon is not None
    covered = masks.cover(text, masks.find(text))
    words = tokens.words(covered)
    found = [
        *_miscased(covered, words, kept),
        *_of_other_variety(words, lexicon, kept),
        *_hyphened_otherwise(covered),
    ]
    in_order = sorted(found, key=lambda proposal: proposal.start)
    return [proposal.edit(text, reader) for proposal in in_order[:MOST_PLACES]]


# Names with capitals of their own.


def _miscased(covered: str, words: Sequence[Word], kept: frozenset[str]) -> Iterator[Proposal]:
    for word in words:
        right = names().get(word.low)
        if right is None or right == word.text or word.stuck or word.low in kept:
            continue
        shouted = word.text.isupper() and len(word.text) > 3
        joined = (
            "-" in covered[max(0, word.start - 1) : word.start] + covered[word.end : word.end + 1]
        )
        if not shouted and not joined:
            yield _proposal(word.start, word.end, right, EditKind.SPELLING, "casing")


@cache
def names() -> Mapping[str, str]:
    """Names by how they are spelt in small letters without spaces. A name that is a usual word,
    too, such as "rest", is none here: only its other forms tell it."""
    text = (resources.files("coach.proofread") / "casing.txt").read_text("utf-8")
    listed = [line for line in text.splitlines() if line and not line.startswith("#")]
    by_low = {name.lower().replace(" ", ""): name for name in listed}
    return {low: name for low, name in by_low.items() if low.isalpha() and low not in _USUAL}


_USUAL = frozenset({"rest", "rag", "bert", "glove", "relu", "shap", "wandb"})
"""Words that are something else in small letters, or too rare to be sure of."""


# British and American.


def _of_other_variety(
    words: Sequence[Word], lexicon: Lexicon, kept: frozenset[str]
) -> Iterator[Proposal]:
    """The words of the variety that the letter has less of, if it has clearly less."""
    told = [(word, *pair) for word in words if (pair := _variant(word, lexicon))]
    votes = Counter(variety for word, variety, _ in told if not _is_ize(word.low))
    home = _home(votes)
    for word, variety, other in told:
        if word.low in kept or word.stuck:
            continue
        away = home is not None and variety is not home and not _is_oxford(word.low, home)
        if away or (home is not Variety.AMERICAN and _is_outnumbered(word.low, told)):
            right = in_case_of(word.text, other, lexicon)
            reason = f"variety_{home.value}" if home else "otherwise"
            yield _proposal(word.start, word.end, right, EditKind.SPELLING, reason)


def _home(votes: Mapping[Variety, int]) -> Variety | None:
    """Whose English it is: told by at least two words, and by twice as many as the other's."""
    british, american = votes.get(Variety.BRITISH, 0), votes.get(Variety.AMERICAN, 0)
    most, least = max(british, american), min(british, american)
    if most < 2 or most < 2 * least:
        return None
    return Variety.BRITISH if british > american else Variety.AMERICAN


def _is_ize(low: str) -> bool:
    return bool(re.search(r"iz(?:e|es|ed|ing|ers?|ations?)$", low))


def _is_oxford(low: str, home: Variety) -> bool:
    """`organize` is at home in Oxford's British English too."""
    return home is Variety.BRITISH and _is_ize(low)


_ISE = re.compile(r"i([sz])(?:e|es|ed|ing|ers?|ations?)$")


def _is_outnumbered(low: str, told: Sequence[tuple[Word, Variety, str]]) -> bool:
    """Whether a letter that isn't American writes -ise and -ize, and this word's way less."""
    mine = _ISE.search(low)
    if mine is None:
        return False
    ways = Counter(way[1] for word, _, _ in told if (way := _ISE.search(word.low)))
    return 2 * ways[mine[1]] <= ways["z" if mine[1] == "s" else "s"]


def _variant(word: Word, lexicon: Lexicon) -> tuple[Variety, str] | None:
    """Where a word is at home and how the others write it; None for a word that is everybody's."""
    if word.text[0].isupper() and not word.opens:
        return None
    if other := varieties.other(word.low):
        here, there = other
        return (here, there) if lexicon.knows(there) and lexicon.knows(word.low) else None
    return None


# One word with and without a hyphen.

_HYPHENED = (
    ("email", "e-mail"),
    ("emails", "e-mails"),
    ("online", "on-line"),
    ("website", "web-site"),
    ("dataset", "data-set"),
    ("datasets", "data-sets"),
    ("startup", "start-up"),
    ("startups", "start-ups"),
    ("fine-tune", "finetune"),
    ("fine-tuned", "finetuned"),
    ("fine-tuning", "finetuning"),
    ("pretrained", "pre-trained"),
    ("pretraining", "pre-training"),
    ("cooperation", "co-operation"),
    ("coworkers", "co-workers"),
)


def _hyphened_otherwise(covered: str) -> Iterator[Proposal]:
    """The rarer way of a letter that has both; the modern one stays where they are as many."""
    for ways in _HYPHENED:
        found = [_places(covered, way) for way in ways]
        if not all(found):
            continue
        kept, other = sorted(found, key=len, reverse=True)
        for place in other:
            right = kept[0][0].lower()
            right = right.capitalize() if place[0][0].isupper() else right
            yield _proposal(*place.span(), right, EditKind.STYLE, "otherwise")


def _places(covered: str, word: str) -> list[re.Match[str]]:
    return list(re.finditer(rf"(?i)(?<![\w\-/@.]){re.escape(word)}(?![\w\-@]|\.\w)", covered))


def _proposal(start: int, end: int, right: str, kind: EditKind, reason: str) -> Proposal:
    return Proposal(start, end, right, kind, CONFIDENCE, reason, ask=True)
