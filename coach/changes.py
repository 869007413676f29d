"""One change of a letter as its writer sees it: marked in its sentence, before and after.

A change that can't be seen by itself, of a comma or a space, is marked with the words around it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.letters import Edit, EditKind, apply_edits
from coach.rules.blocks import sentences, split

WHOLE = 400
"""Characters up to which a sentence is shown whole."""

REACH = 160
"""Characters shown before and behind the change in a longer one (a table, a text without stops)."""

CHANGE_SHOWN = 480
"""Longest change shown whole, in characters: a model may say a paragraph anew."""

ALIKE = frozenset({EditKind.SPELLING, EditKind.SPLIT_WORD, EditKind.MOJIBAKE})
"""Kinds of slips that are the same slip wherever the same letters stand. Which of “its” and “it's”
is meant, and where a comma belongs, is another question at every place."""

LAST_WORD = re.compile(r"\S{0,24}\s*$")
FIRST_WORD = re.compile(r"\s*\S{0,24}")
LINE_END = re.compile(r"[^\S\n]*\n\s*")
UNSEEN = str.maketrans(dict.fromkeys("\u200b\u200e\u200f\u2060\u00ad\ufeff", "▯"))
"""Characters without a shape, as what is seen instead."""

JOINERS = frozenset("\u200d\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence in three parts: what stands before the change, the change, what stands behind."""

    lead: str
    change: str
    rest: str

    def __str__(self) -> str:
        return self.lead + self.change + self.rest


def decision(edit: Edit) -> tuple[object, ...]:
    """What is decided about with an edit: the same for the same slip at several places."""
    spacing = _letters(edit.wrong) == _letters(edit.right) and edit.wrong and edit.right
    doubled = edit.kind is EditKind.DOUBLED_WORD and not edit.ask
    if edit.kind in ALIKE or doubled or (edit.kind is EditKind.PUNCTUATION and spacing):
        return edit.wrong, edit.right, edit.kind, edit.ask
    return edit.start, edit.end, edit.right


def words_changed(text: str, edit: Edit) -> tuple[str, str]:
    """What goes and what comes, each as it can be read by itself."""
    lead = text[text.rfind("\n", 0, edit.start) + 1 : edit.start]
    rest = text[edit.end :].partition("\n")[0]
    before, after = _pair(lead, edit, rest)
    return before.change, after.change


def before_and_after(text: str, edit: Edit, accepted: Sequence[Edit] = ()) -> tuple[Marked, Marked]:
    """The sentence of an edit as it stands with the `accepted` edits in it, and as it will stand
    with this one too; a long one is shortened around the change."""
    start, end = _sentence(text, edit, accepted)
    lead = applied(text, accepted, start, edit.start)
    rest = applied(text, accepted, edit.end, end)
    return _pair(lead, edit, rest)


def applied(text: str, edits: Sequence[Edit], start: int, end: int) -> str:
    """A stretch of text with those edits applied that lie in it."""
    inside = [
        replace(edit, start=edit.start - start, end=edit.end - start)
        for edit in edits
        if start <= edit.start and edit.end <= end
    ]
    return apply_edits(text[start:end], inside)


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(character.isalnum() for character in text)


def _letters(text: str) -> str:
    return "".join(text.split())


def _sentence(text: str, edit: Edit, accepted: Sequence[Edit]) -> tuple[int, int]:
    """Where the sentence of an edit begins and ends; with accepted ones that join it to another,
    both."""
    start, end = sentence_around(text, edit.start, edit.end)
    for other in accepted:
        crosses = other.start < end and start < other.end
        if crosses and (other.start < start or end < other.end):
            start, end = sentence_around(text, min(start, other.start), max(end, other.end))
    return start, end


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentences that a stretch touches begin and end, for an empty one the nearest."""
    whole = [(one.start, one.end) for one in sentences(split(text))]
    inside = [(first, last) for first, last in whole if first < end and start < last]
    near = inside or [(first, last) for first, last in whole if first <= end and start <= last]
    return (
        min([start, *(first for first, _ in near)]),
        max([end, *(last for _, last in near)]),
    )


def _pair(lead: str, edit: Edit, rest: str) -> tuple[Marked, Marked]:
    wrong, right = edit.wrong, edit.right
    more, behind = "", ""
    if not (has_words(wrong) and has_words(right)):
        more, behind = _last_word(lead), _first_word(rest)
    more += _torn_off(lead[: len(lead) - len(more)], wrong[:1] + right[:1])
    behind += _belonging(rest[len(behind) :])
    whole = len(lead) + len(rest) <= WHOLE
    lead = _shown_lead(lead[: len(lead) - len(more)], whole)
    rest = _shown_rest(rest[len(behind) :], whole)
    before, after = _visible(more + wrong + behind, more + right + behind)
    return Marked(lead, before, rest), Marked(lead, after, rest)


def _last_word(lead: str) -> str:
    found = LAST_WORD.search(lead[-REACH:])
    return found.group() if found else ""


def _first_word(rest: str) -> str:
    found = FIRST_WORD.match(rest[:REACH])
    return found.group().rstrip() if found else ""


def _torn_off(lead: str, first: str) -> str:
    """The end of a character that the change would tear apart: “e” of “é” in two parts."""
    if not any(map(_joins, first)):
        return ""
    at = len(lead)
    while at and _joins(lead[at - 1]):
        at -= 1
    return lead[max(0, at - 1) :]


def _belonging(rest: str) -> str:
    """What of the following text is still a part of the last character."""
    at = 0
    while at < len(rest) and _joins(rest[at]):
        at += 2 if rest[at] == "\u200d" else 1
    return rest[:at]


def _joins(character: str) -> bool:
    """Whether a character is drawn on or into the one before."""
    return (
        character in JOINERS
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
    )


def _shown_lead(lead: str, whole: bool) -> str:
    lead = re.sub(r"\s+", " ", lead)
    if whole or len(lead) <= REACH:
        return lead
    at = len(lead) - REACH
    space = lead.find(" ", at, at + REACH // 3)
    at = space + 1 if space >= 0 else at
    while at < len(lead) and _within(lead, at):
        at += 1
    return f"… {lead[at:]}"


def _shown_rest(rest: str, whole: bool) -> str:
    rest = re.sub(r"\s+", " ", rest).rstrip()
    if whole or len(rest) <= REACH:
        return rest
    space = rest.rfind(" ", REACH - REACH // 3, REACH)
    at = space if space >= 0 else REACH
    while at and _within(rest, at):
        at -= 1
    return f"{rest[:at]} …"


def _within(text: str, at: int) -> bool:
    """Whether `at` lies within a character that is written with several."""
    return _joins(text[at]) or text[at - 1] == "\u200d"


def _visible(before: str, after: str) -> tuple[str, str]:
    """Both as they are told apart by eye: line ends, spaces, what has no shape, nothing at all."""
    if ("\n" in before) == ("\n" in after):
        before, after = LINE_END.sub(" ", before), LINE_END.sub(" ", after)
    before, after = LINE_END.sub("⏎", before), LINE_END.sub("⏎", after)
    if before != after and _same_but_for_spaces(before, after):
        before, after = _spaces_seen(before), _spaces_seen(after)
    return _short(before.translate(UNSEEN)) or "∅", _short(after.translate(UNSEEN)) or "∅"


def _same_but_for_spaces(before: str, after: str) -> bool:
    """Whether two texts have the same words, with other white space between them."""
    return before.split() == after.split()


def _spaces_seen(text: str) -> str:
    return "".join(_space_seen(one) if one.isspace() else one for one in text)


def _space_seen(space: str) -> str:
    return "␣" if space == " " else "⇥" if space == "\t" else "⍽"


def _short(change: str) -> str:
    if len(change) <= CHANGE_SHOWN:
        return change
    half = CHANGE_SHOWN // 2
    return f"{change[:half]} … {change[-half:]}"
