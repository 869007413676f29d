"""Whether a mended noun should be the plural: "different compaany"."""

from coach.proofread import closed
from coach.proofread.company import company
from coach.proofread.lexicon import Lexicon
from coach.proofread.reading import Reading

_FURTHEST = 5
"""Words back from which a word like "many" still rules a noun."""

_USUAL = -12.0


def plural(reading: Reading, at: int, noun: str) -> str | None:
    """The plural of the noun that stands at this place, if it alone goes with what rules it."""
    if reading.after(at) not in closed.NOUN_ENDS or not _is_ruled(reading, at):
        return None
    form = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"
    usual = reading.lexicon.log_chance(form) > _USUAL
    return form if usual and _is_noun(noun, reading.lexicon) else None


def _is_ruled(reading: Reading, at: int) -> bool:
    """Whether "many", "several" or the like stands before, and nothing that rules the noun
    instead."""
    for place in range(at, max(0, at - _FURTHEST), -1):
        before, gap = reading.words[place - 1].low, reading.words[place].gap
        if gap.strip() or "\n\n" in gap or before in closed.RULING:
            return False
        if before in closed.RULING_PLURALS:
            return True
    return False


def _is_noun(word: str, lexicon: Lexicon) -> bool:
    """Whether the word keeps the company of nouns, and not of verbs, too."""
    kept = company(word, lexicon)
    return "0" in kept and "2" not in kept and "4" not in kept
