"""Which of a model's edits are slips, anchored where they stand, and which are only questions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from math import ceil

from rapidfuzz.distance import Levenshtein

from coach import masks
from coach.anchors import Page, Span, fold
from coach.letters import Edit, EditKind, Source, unmistakable
from coach.proofread.lexicon import PAUSE, Lexicon
from coach.proofread.lexicon import load as load_lexicon
from prompts.answers import EditItem
from prompts.guards.plain import is_plain

SURE = 0.85
UNSURE = 0.6
"""Confidence of an edit that only a model proposes: one that may be applied, one that asks."""

LEAST_GAIN = 2.5
"""How much likelier, in nats, new words must be between their neighbours to be applied unasked."""

COST_OF_A_WORD = 5.0
"""What a word more or less costs: fewer words in a row are always likelier."""

LONGEST_QUOTE = 160
"""Characters of a quote; whoever quotes more rewrites a sentence."""

SMALL = frozenset(
    {
        EditKind.SPELLING,
        EditKind.SPLIT_WORD,
        EditKind.DOUBLED_WORD,
        EditKind.MOJIBAKE,
        EditKind.PUNCTUATION,
    }
)
"""Kinds that are typos: what is larger than a typo isn't one of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """An anchored replacement, cut down to the words that differ."""

    start: int
    wrong: str
    right: str

    @property
    def end(self) -> int:
        return self.start + len(self.wrong)

    @property
    def distance(self) -> int:
        """Characters to change (Levenshtein)."""
        return Levenshtein.distance(self.wrong, self.right)

    @property
    def kind(self) -> EditKind | None:
        """What its form tells, whatever the model calls it."""
        same_letters = "".join(self.wrong.split()) == "".join(self.right.split())
        if not same_letters:
            return None
        same_words = WORDS.findall(self.wrong) == WORDS.findall(self.right)
        return EditKind.PUNCTUATION if same_words else EditKind.SPLIT_WORD

    @property
    def limit(self) -> int:
        """Characters within which it is a typo; more is another wording (hand-made edits: all
        29 typos lie within)."""
        return min(4, max(2, ceil(0.3 * len(self.wrong))))


class Slips:
    """Judges a model's edits of one letter."""

    def __init__(self, text: str, written_in: str) -> None:
        self._text = text
        self._page = Page(text)
        self._masks = masks.find(text)
        self._quotations = [Span(*match.span()) for match in QUOTATION.finditer(text)]
        self._lexicon = load_lexicon(written_in)

    def anchored(self, item: EditItem) -> Change | None:
        """The change that an edit asks for; None when its words aren't there, when it changes
        nothing or a number, or when it brings lines, markup or links."""
        quote, replacement = item.quote.strip(), item.replacement.strip()
        if len(quote) > LONGEST_QUOTE or "\n" in replacement or not is_plain(replacement):
            return None
        span = self._page.anchor(quote, item.occurrence)
        if span is None:
            return None
        change = self._unmistakable(narrow(self._text, span, replacement))
        if change.wrong == change.right or _digits(change.wrong) != _digits(change.right):
            return None
        return change

    def _unmistakable(self, change: Change) -> Change:
        end, right = unmistakable(self._text, change.start, change.end, change.right)
        return Change(change.start, self._text[change.start : end], right)

    def judged(self, change: Change, kind: EditKind, *, trusted: bool) -> Edit:
        """The change as an edit, of the kind that its size allows; a question when it is larger
        than a typo, touches what isn't the writer's prose, or can't be checked."""
        kind = change.kind or kind
        if kind in SMALL and change.distance > change.limit:
            kind = EditKind.STYLE
        sure = trusted and kind is not EditKind.STYLE and self._is_checked(change, kind)
        return Edit(
            start=change.start,
            end=change.end,
            wrong=change.wrong,
            right=change.right,
            kind=kind,
            confidence=SURE if sure else UNSURE,
            ask=not sure,
            source=Source.MODEL,
        )

    def _is_checked(self, change: Change, kind: EditKind) -> bool:
        """Whether more than the model's word speaks for the change: a word that no dictionary
        knows, or neighbours that are counted beside the new words far more often."""
        if change.distance > change.limit or not change.right or self._is_others(change):
            return False
        if self._is_torn(change):
            return False
        if kind is EditKind.SPELLING:
            return self._mends_a_word(change)
        if not _keeps_names(change.wrong, change.right):
            return False
        if _letters(change.wrong) != _letters(change.right) and self._mends_a_word(change):
            return True
        return _is_space(change) or self._mends_a_capital(change) or self._fits_better(change)

    def _is_torn(self, change: Change) -> bool:
        """Whether the change is a part of a word: of "wasn't", of "w/o"; a genitive is none."""
        before, behind = self._text[: change.start][-1:], self._text[change.end :]
        genitive = re.match(r"['’]s\b", behind) and len(change.wrong) > SHORT
        return before in JOINTS or (behind[:1] in JOINTS and not genitive)

    def _is_others(self, change: Change) -> bool:
        """Whether the place is code, an address, a placeholder or a quotation."""
        if masks.covers(self._masks, change.start, change.end):
            return True
        return any(span.touches(change.start, change.end) for span in self._quotations)

    def _mends_a_word(self, change: Change) -> bool:
        """Whether a word that no dictionary knows becomes words that one does, none a name."""
        if self._lexicon is None:
            return False
        wrong, right = WORDS.findall(change.wrong), WORDS.findall(change.right)
        unknown = any(not self._lexicon.knows(word) for word in wrong)
        return unknown and all(self._lexicon.knows(word.lower()) for word in right)

    def _mends_a_capital(self, change: Change) -> bool:
        """Whether a word gets the capital that it is always written with."""
        lexicon, right = self._lexicon, change.right
        if lexicon is None or right.lower() != change.wrong.lower() or right == right.lower():
            return False
        return all(lexicon.cased(word.lower()) == word for word in WORDS.findall(right))

    def _fits_better(self, change: Change) -> bool:
        """Whether the new words are far likelier between their neighbours than the old ones."""
        if self._lexicon is None:
            return False
        wrong, right = (_lows(part) for part in (change.wrong, change.right))
        before, after = self._neighbours(change)
        chances = [_chance(self._lexicon, [before, *words, after]) for words in (wrong, right)]
        cost = LEAST_GAIN + COST_OF_A_WORD * abs(len(wrong) - len(right))
        return wrong != right and chances[1] - chances[0] > cost

    def _neighbours(self, change: Change) -> tuple[str, str]:
        before = LAST_WORD.search(self._text, max(0, change.start - LONGEST_WORD), change.start)
        after = NEXT_WORD.match(self._text, change.end)
        return (before[1].lower() if before else PAUSE, after[1].lower() if after else PAUSE)


QUOTATION = re.compile(r"“[^“”\n]{1,300}”|«[^«»\n]{1,300}»|(?<!\w)\"[^\"\n]{1,300}\"(?!\w)")
WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SHORT = 2
JOINTS = frozenset("'’/_@\\")
LONGEST_WORD = 40
LAST_WORD = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?) ?\Z")
NEXT_WORD = re.compile(r" ?([^\W\d_]+(?:['’][^\W\d_]+)?)")
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


def narrow(text: str, span: Span, replacement: str) -> Change:
    """The words that a replacement changes, with white space and marks kept as they stand.

    A quote may hold more than the slip, and a model writes a line break as a space and ’ as '.
    """
    old, new = _pieces(text[span.start : span.end]), _pieces(replacement)
    blocks = SequenceMatcher(None, _folded(old), _folded(new), autojunk=False).get_opcodes()
    kept: list[str] = []
    for what, old_from, old_to, new_from, new_to in blocks:
        kept += old[old_from:old_to] if what == "equal" else new[new_from:new_to]
    before, behind = _in_common(old, kept)
    wrong, right = old[before : len(old) - behind], kept[before : len(kept) - behind]
    return Change(span.start + sum(map(len, old[:before])), "".join(wrong), "".join(right))


def _pieces(text: str) -> list[str]:
    return TOKEN.findall(text)


def _folded(pieces: list[str]) -> list[str]:
    return [fold(piece).text or piece for piece in pieces]


def _in_common(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many pieces two lists share before and behind their difference, less those that a
    reader needs to see it: a word on either side, and the mark behind a space that goes."""
    shortest = min(len(old), len(new))
    before = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    longest = shortest - before
    behind = next((at for at in range(longest) if old[-1 - at] != new[-1 - at]), longest)
    if old == new:
        return before, behind
    while before and not _is_readable(old, new, before, behind):
        before -= 1
    if behind and _middle(old, before, behind).strip() == _middle(new, before, behind).strip():
        return before, behind - 1
    while (
        _middle(old, before, behind)[-1:].isspace() and _middle(new, before, behind)[-1:].isspace()
    ):
        behind += 1
    return before, behind


def _is_readable(old: list[str], new: list[str], before: int, behind: int) -> bool:
    shown = (_middle(old, before, behind), _middle(new, before, behind))
    return all(any(map(str.isalnum, part)) and not part[0].isspace() for part in shown)


def _middle(pieces: list[str], before: int, behind: int) -> str:
    return "".join(pieces[before : len(pieces) - behind])


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()


def _is_space(change: Change) -> bool:
    """Whether only space changes, and no word by it."""
    same = WORDS.findall(change.wrong) == WORDS.findall(change.right)
    return same and "".join(change.wrong.split()) == "".join(change.right.split())


def _lows(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in WORDS.findall(text)]


def _chance(lexicon: Lexicon, words: Sequence[str]) -> float:
    """The log chance of these words in a row."""
    return sum(lexicon.log_follows(first, second) for first, second in pairwise(words))


def _keeps_names(wrong: str, right: str) -> bool:
    """Whether every word with a capital, so what may be a name, is there before and after."""
    before, after = WORDS.findall(wrong), WORDS.findall(right)
    names = {word.casefold() for word in (*before, *after) if word != word.lower()}
    return all(names <= {word.casefold() for word in words} for words in (before, after))


def disjoint(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Of edits that overlap the smallest; of two alike, the surer kind."""
    taken: list[Span] = []
    for edit in sorted(edits, key=_preference):
        if not any(span.touches(edit.start, max(edit.end, edit.start + 1)) for span in taken):
            taken.append(Span(edit.start, edit.end))
            yield edit


def _preference(edit: Edit) -> tuple[bool, int, int, int]:
    return edit.ask, edit.end - edit.start, RANKS.index(edit.kind), edit.start


RANKS = (
    EditKind.MOJIBAKE,
    EditKind.DOUBLED_WORD,
    EditKind.SPLIT_WORD,
    EditKind.SPELLING,
    EditKind.CONFUSION,
    EditKind.PUNCTUATION,
    EditKind.GRAMMAR,
    EditKind.STYLE,
)
