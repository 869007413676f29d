"""The two sides of a card in words: in a list, in full, to be copied; and what was no card."""

from collections.abc import Sequence

from coach.additions import Unread, Written, written
from coach.notes import CLOSE, GAP, OPEN, NoteKind
from coach.offers import Offered
from coach.texts import say
from handlers.cards.deck_buttons import Deed, note_button
from handlers.chat.formatting import Said, Style
from handlers.chat.replies import Rows
from storage.notes import Note

ON_A_PAGE = 8
"""Cards of an offer, or of a deck, that are shown at once."""

SHORT = 140
"""Characters of a side in a list, so that a page of them fits into one message."""


def in_full(language: str, offered: Offered) -> Said:
    """A card with both its sides, and what made it."""
    said = card_in_full(language, offered.card)
    return said.line().line(offered.why, Style.ITALIC) if offered.why else said


def card_in_full(language: str, card: Written) -> Said:
    """Question and answer, one below the other; gaps stand in brackets."""
    front, back = sides(card)
    said = Said().line(front, Style.BOLD)
    if back:
        said.line().line(back)
    if card.kind is NoteKind.BOTH:
        said.line().line(say(language, "additions.change.both_ways"), Style.ITALIC)
    return said


def sides(card: Written) -> tuple[str, str]:
    """Front and back as they are read: the words of the gaps in brackets."""
    if card.kind is not NoteKind.CLOZE:
        return card.front, card.back
    return GAP.sub(lambda gap: f"{OPEN}{gap['word']}{CLOSE}", card.front), card.back


def short(text: str) -> str:
    """A side on one line, cut where it gets long."""
    text = " ".join(text.split())
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


def to_copy(language: str, key: str, card: Written) -> Said:
    """A card as it is typed, in code, since a press on code copies it."""
    return Said().line(say(language, key)).line().add(written(card), Style.CODE)


def say_unread(language: str, unread: Sequence[Unread], most: int = 3) -> Said:
    """What was no card, and why."""
    said = Said().line(say(language, "additions.unread.title"), Style.BOLD)
    for part in unread[:most]:
        why = say(language, f"additions.unread.{part.trouble}")
        said.line(say(language, "additions.unread.line", text=short(part.text), why=why))
    if len(unread) > most:
        said.line(say(language, "additions.unread.more", count=len(unread) - most))
    return said


def note_rows(said: Said, shown: Sequence[Note], first: int) -> Rows:
    """Lists notes in `said`; the buttons that open them are returned."""
    for number, note in enumerate(shown, start=first + 1):
        front, back = sides(words_of(note))
        said.add(f"{number}. ").line(short(front), Style.BOLD)
        if back:
            said.line(short(back))
        said.line()
    numbers = [
        note_button(str(number), Deed.SHOW, note.id)
        for number, note in enumerate(shown, start=first + 1)
    ]
    half = ON_A_PAGE // 2
    return [numbers[:half], numbers[half:]]


def words_of(note: Note) -> Written:
    """A note as it would be typed."""
    return Written(note.kind, note.front, note.back)
