"""What the cards of Anki's note types ask and answer, and which of our kinds they come to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.anki.fields import text_of
from coach.notes import GAP, NoteKind

ANSWER = re.compile(r"<hr\s+id=[\"']?answer[\"']?\s*/?>", re.IGNORECASE)
"""Where most answers begin, below the question."""

PART = re.compile(r"\{\{([#^/])?\s*([^{}]*?)\s*\}\}")
SPOKEN = ("tts ", "type")
"""Filters of fields that are spoken or typed: they show nothing."""

OCCLUSION = "image-occlusion:"
"""Stands in the gaps of a covered picture."""

MAX_SHOWN = 200_000
"""Characters of a rendered side; what goes on is cut, and is too long for a chat anyhow."""

MAX_DEPTH = 20
"""Sections within sections; more than three is somebody's joke."""


@dataclass(frozen=True, slots=True)
class Template:
    """What a card shows in front, and behind, in Anki's template language."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: the names of its fields, and a template for each of its cards."""

    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Faces:
    """What a note comes to: a note of ours, and the numbers of Anki's cards that are its cards."""

    kind: NoteKind
    front: str
    back: str
    ordinals: tuple[int, ...]


def faces(of: NoteType, fields: Sequence[str], cards: Sequence[int]) -> list[Faces]:
    """The notes that a note comes to: one, or one a card where its cards have little in common.

    `cards` are the numbers of the cards that it has in Anki.
    """
    values = dict(zip(of.fields, fields, strict=False))
    if of.is_cloze:
        return [_cloze(fields, cards)]
    numbers = [number for number in cards if 0 <= number < len(of.templates)]
    shown = [(number, *_shown(of.templates[number], values)) for number in numbers]
    shown = [row for row in shown if row[1] and row[2]]
    if len(shown) == 2 and shown[0][1:] == shown[1][:0:-1]:
        first, second = shown
        return [Faces(NoteKind.BOTH, first[1], first[2], (first[0], second[0]))]
    return [Faces(NoteKind.BASIC, front, back, (number,)) for number, front, back in shown]


def _cloze(fields: Sequence[str], cards: Sequence[int]) -> Faces:
    """The first field with gaps; what else there is stands beside the answer."""
    texts = [text_of(field) for field in fields]
    at = next((at for at, text in enumerate(texts) if GAP.search(text)), None)
    if at is None or OCCLUSION in texts[at]:
        return Faces(NoteKind.CLOZE, "", "", ())
    others = "\n".join(text for number, text in enumerate(texts) if number != at and text)
    return Faces(NoteKind.CLOZE, texts[at], others, tuple(cards))


def _shown(template: Template, values: Mapping[str, str]) -> tuple[str, str]:
    """The two sides of a card as text; the answer without the question above it."""
    question = text_of(rendered(template.question, values))
    behind = rendered(template.answer, values)
    parts = ANSWER.split(behind, maxsplit=1)
    answer = text_of(parts[-1])
    if len(parts) == 1 and question and answer.startswith(question):
        answer = answer[len(question) :].strip()
    return question, answer


def rendered(template: str, values: Mapping[str, str]) -> str:
    """A template with the fields put in; sections are shown by whether their field has text.

    Broken templates show what can be shown.
    """
    out = list[str]()
    open_ = list[bool]()
    at = shown = 0
    for part in PART.finditer(template):
        if all(open_):
            out.append(template[at : part.start()])
        at = part.end()
        sign, name = part[1], part[2]
        if sign == "/":
            open_ = open_[:-1]
        elif sign:
            if len(open_) < MAX_DEPTH:
                open_.append(bool(text_of(values.get(name, ""))) is (sign == "#"))
        elif all(open_):
            out.append(_field(name, values))
            shown += len(out[-1])
            if shown > MAX_SHOWN:
                break
    if all(open_):
        out.append(template[at:])
    return "".join(out)


def _field(name: str, values: Mapping[str, str]) -> str:
    """A field behind its filters; what is spoken, typed or the front itself shows nothing."""
    filters, _, field = name.rpartition(":")
    if field == "FrontSide" or any(part.startswith(SPOKEN) for part in filters.split(":")):
        return ""
    return values.get(field.strip(), "")
