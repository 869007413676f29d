"""What each prompt is told: its inputs, made from what the coach knows."""

from collections.abc import Sequence
from typing import Any

from coach.letters import Edit, Kind
from coach.pseudonyms import NOBODY, Pseudonyms
from coach.texts import speakable

NAMES = {"en": "English", "ru": "Russian", "de": "German"}
"""Languages as the prompts name them; for others a model is to keep to the letter's own."""

MOST_CANDIDATES = 60
AROUND = 30
"""Characters of the letter shown on either side of a candidate."""


def for_critique(
    text: str, *, kind: Kind, reader: str, posting: str = "", facts: Sequence[str] = ()
) -> dict[str, Any]:
    """Inputs of the prompt `critique`; `reader` is the code of the language it answers in."""
    return {
        "letter": text,
        "kind": kind.value,
        "language": NAMES[speakable(reader)],
        "posting": posting,
        "facts": list(facts),
    }


def for_rewrite(
    text: str,
    *,
    passage: str,
    kind: Kind,
    reader: str,
    advice: str = "",
    wish: str = "",
    earlier: Sequence[str] = (),
    facts: Sequence[str] = (),
) -> dict[str, Any]:
    """Inputs of the prompt `rewrite`; `wish` is an English adjective of ours, never typed text."""
    return {
        "letter": text,
        "passage": passage,
        "advice": advice,
        "wish": wish,
        "earlier": list(earlier),
        "facts": list(facts),
        "kind": kind.value,
        "language": NAMES[speakable(reader)],
    }


def for_typos(
    text: str, *, written_in: str, candidates: Sequence[Edit], pseudonyms: Pseudonyms = NOBODY
) -> dict[str, Any]:
    """Inputs of the prompt `typos`. Candidates are numbered from 1 in the order given; one that
    touches what `pseudonyms` hide keeps its number to itself, and so is left alone."""
    asked = candidates[:MOST_CANDIDATES]
    spans = [(max(0, one.start - AROUND), min(len(text), one.end + AROUND)) for one in asked]
    around = pseudonyms.windows(text, spans)
    wrong = pseudonyms.windows(text, [(one.start, one.end) for one in asked])
    return {
        "letter": pseudonyms.hide(text),
        "language": NAMES.get(written_in, "its own language"),
        "candidates": [
            {
                "number": number,
                "wrong": one.wrong,
                "right": one.right,
                "around": " ".join(by.split()),
            }
            for number, (one, by, seen) in enumerate(zip(asked, around, wrong, strict=True), 1)
            if seen == one.wrong
        ],
    }
