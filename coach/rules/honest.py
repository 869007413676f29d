"""What a person reads of a letter: its sentences without those that hide or command."""

from collections.abc import Iterator
from dataclasses import replace

from coach import masks
from coach.rules import hostile
from coach.rules.blocks import Sentence, sentences, split
from coach.rules.hostile import Trick
from coach.rules.spans import Cover

HARMLESS = frozenset({Trick.CHARACTERS, Trick.LOOKALIKES})
"""A sentence with a stray character in it is still its writer's."""


def said(text: str) -> Iterator[Sentence]:
    """The sentences of a letter, word for word; none that touches a hostile passage."""
    tricks = hostile.find(text, tuple(masks.find(text)))
    hidden = Cover(one.passage for one in tricks if one.trick not in HARMLESS)
    for sentence in sentences(split(hostile.reading(text, tricks))):
        if not hidden.touches(sentence.start, sentence.end):
            yield replace(sentence, text=text[sentence.start : sentence.end])
