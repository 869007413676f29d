"""A card's two faces in one message, whatever stands on them and however long they are."""

from collections.abc import Callable, Sequence

from coach.notes import Face
from handlers.chat.formatting import Said, Style

ROOM = (1700, 800, 400, 100)
"""Code points for a side, the most first. With the least, a message has room for every entity
that Telegram could want in it."""

RULE = "———"


def asked(face: Face, progress: str) -> Said:
    """The question."""
    return _fitted(lambda room: _headed(progress, face, room))


def told(face: Face, progress: str) -> Said:
    """The question and its answer."""

    def both(room: int) -> Said:
        said = _headed(progress, face, room).line().line(RULE)
        return said.join(_side(face.answer, face.told, room))

    return _fitted(both)


def _headed(progress: str, face: Face, room: int) -> Said:
    said = Said().line(progress, Style.ITALIC).line()
    return said.join(_side(face.question, face.asked, room)).line()


def _side(text: str, marked: Sequence[tuple[int, int]], room: int) -> Said:
    """A side with what is marked on it in bold, cut at the room it has."""
    said, at = Said(), 0
    shown = text if len(text) <= room else text[: room - 1] + "…"
    for start, end in marked:
        said.add(shown[at:start]).add(shown[start:end], Style.BOLD)
        at = end
    return said.add(shown[at:])


def _fitted(make: Callable[[int], Said]) -> Said:
    """The longest that fits into one message."""
    for room in ROOM:
        said = make(room)
        if len(said.pieces()) == 1:
            return said
    return make(ROOM[-1])
