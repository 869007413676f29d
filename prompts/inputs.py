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
    barred: Sequence[str] = (),
    facts: Sequence[str] = (),
) -> dict[str, Any]:
    """Inputs of the prompt `rewrite`; `wish` is an English adjective of ours, never typed text.
    `barred` is what a refused proposal said that nobody has given."""
    return {
        "letter": text,
        "passage": passage,
        "advice": advice,
        "wish": wish,
        "earlier": list(earlier),
        "barred": list(barred),
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


def for_coverage(
    text: str, asked: Sequence[tuple[str, bool]], posting: str, *, kind: Kind, reader: str
) -> dict[str, Any]:
    """Inputs of the prompt `coverage`; `asked` are requirements with whether each is a must,
    numbered from 1."""
    return {
        "requirements": [
            {"number": number, "text": said, "must": must}
            for number, (said, must) in enumerate(asked, start=1)
        ],
        "posting": posting,
        **_about(text, kind, reader),
    }


def for_answers(text: str, asked: Sequence[str], *, kind: Kind, reader: str) -> dict[str, Any]:
    """Inputs of the prompt `answers`; the questions are numbered from 1."""
    return {"questions": _numbered(asked), **_about(text, kind, reader)}


def for_cards(
    text: str, fronts: Sequence[str], gaps: Sequence[str], most: int, *, kind: Kind, reader: str
) -> dict[str, Any]:
    """Inputs of the prompt `cards`."""
    return {
        "fronts": list(fronts),
        "gaps": list(gaps),
        "most": most,
        **_about(text, kind, reader),
    }


def for_comparison(
    text: str, earlier: str, points: Sequence[str], *, kind: Kind, reader: str
) -> dict[str, Any]:
    """Inputs of the prompt `comparison`; the open points are numbered from 1."""
    return {"open": _numbered(points), "earlier": earlier, **_about(text, kind, reader)}


def _numbered(said: Sequence[str]) -> list[dict[str, Any]]:
    return [{"number": number, "text": one} for number, one in enumerate(said, start=1)]


def _about(text: str, kind: Kind, reader: str) -> dict[str, Any]:
    return {"letter": text, "kind": kind.value, "language": NAMES[speakable(reader)]}
