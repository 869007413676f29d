"""What each prompt is told: its inputs, made from what the coach knows."""

from collections.abc import Sequence
from typing import Any

from coach.letters import Edit, Kind
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


def for_typos(text: str, *, written_in: str, candidates: Sequence[Edit]) -> dict[str, Any]:
    """Inputs of the prompt `typos`. Candidates are numbered from 1 in the order given."""
    return {
        "letter": text,
        "language": NAMES.get(written_in, "its own language"),
        "candidates": [
            {"number": number, "wrong": one.wrong, "right": one.right, "around": _around(text, one)}
            for number, one in enumerate(candidates[:MOST_CANDIDATES], 1)
        ],
    }


def _around(text: str, edit: Edit) -> str:
    return " ".join(text[max(0, edit.start - AROUND) : edit.end + AROUND].split())
