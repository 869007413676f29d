"""Cards that go into the deck, by a press or at once, and what is said of them."""

from datetime import datetime

from coach.offers import chosen
from coach.texts import say
from handlers.cards.card_times import ask_at_first
from handlers.cards.deck_buttons import Deed, note_button
from handlers.cards.sides import ON_A_PAGE, card_in_full, note_rows, words_of
from handlers.chat.formatting import Said
from handlers.chat.replies import Rows
from storage import Db, notes, offers
from storage.notes import Added, NewNote, Note
from storage.offers import Offer
from storage.people import Person


def keep_now(db: Db, offer: Offer, person: Person, now: datetime) -> tuple[Said, Rows]:
    """Keeps what was asked for with /add; shows it, to be changed or deleted."""
    offers.kept(db, offer, now)
    added = put_away(db, offer, now)
    said = Said().line(said_kept(person.language, added)).line()
    found = (notes.get(db, id, person.id) for id in dict.fromkeys(added.ids))
    shown = [note for note in found if note is not None]
    if len(shown) == 1:
        return said.join(card_in_full(person.language, words_of(shown[0]))), [
            _one(person, shown[0])
        ]
    rows = note_rows(said, shown[:ON_A_PAGE], 0)
    if (more := len(shown) - ON_A_PAGE) > 0:
        said.line(say(person.language, "additions.kept_more", count=more))
    return said, rows


def ask_after_first(db: Db, person: Person, now: datetime) -> None:
    """Asks when the cards shall come, below the answer that kept the first of them."""
    if notes.began(db, person.id, now):
        ask_at_first(db, person, now)


def _one(person: Person, note: Note) -> list[tuple[str, str]]:
    language = person.language
    return [
        note_button(say(language, "decks.button.change"), Deed.CHANGE, note.id),
        note_button(say(language, "decks.button.delete"), Deed.DELETE, note.id),
    ]


def put_away(db: Db, offer: Offer, now: datetime) -> Added:
    """The chosen cards of an offer become notes; the note that they replace goes."""
    kept = [
        NewNote(
            kind=offered.card.kind,
            front=offered.card.front,
            back=offered.card.back,
            tags=offered.tags,
            deck=offer.deck,
            guid=offered.guid,
            source=offer.source,
        )
        for offered in chosen(offer.cards)
    ]
    if offer.replaces is not None:
        notes.delete(db, offer.replaces, offer.person_id)
    return notes.add(db, person_id=offer.person_id, notes=kept, now=now)


def said_kept(language: str, added: Added) -> str:
    """What became of the cards; only what there is to say."""
    counts = {"kept": added.added, "renewed": added.changed, "known": added.known}
    lines = [
        say(language, f"additions.{key}", count=count) for key, count in counts.items() if count
    ]
    return "\n".join(lines)
