"""Cards that are shown before they are kept: each can be changed or left out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.additions import Written


@dataclass(frozen=True, slots=True)
class Offered:
    """A card that could be kept. `guid` names one that comes from a known deck; `why` says what
    made it."""

    card: Written
    tags: tuple[str, ...] = ()
    guid: str | None = None
    why: str = ""
    dropped: bool = False


Cards = tuple[Offered, ...]


def chosen(cards: Cards) -> Cards:
    """Those that were not left out."""
    return tuple(offered for offered in cards if not offered.dropped)


def turned(cards: Cards, number: int) -> Cards:
    """With a card, counted from 0, left out; or back in, when it was out."""
    return _with(cards, number, replace(cards[number], dropped=not cards[number].dropped))


def changed(cards: Cards, number: int, card: Written) -> Cards:
    """With other words on a card, counted from 0; a card that is changed is wanted."""
    return _with(cards, number, replace(cards[number], card=card, dropped=False))


def _with(cards: Cards, number: int, offered: Offered) -> Cards:
    return (*cards[:number], offered, *cards[number + 1 :])


def offered(cards: Sequence[Written], tags: tuple[str, ...] = ()) -> Cards:
    """Cards as they were typed."""
    return tuple(Offered(card, tags) for card in cards)
