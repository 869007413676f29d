"""The company that a word keeps: which small words stand beside it more often than by chance."""

from functools import lru_cache

from coach.proofread.lexicon import Lexicon

_LEADERS = ("the", "a", "to", "is", "they", "very", "of", "not")
_FOLLOWERS = ("the", "of", "is", "to")
_DRAWN = 0.7


@lru_cache(maxsize=20_000)
def company(low: str, lexicon: Lexicon) -> str:
    """Which small words stand beside a word more often than by chance: a verb stands behind "to"
    and "they", a noun behind "the" and before "of"; so words that were never seen beside a pair
    are told by those that are like them."""
    if not low[:1].isalpha():
        return low
    alone = lexicon.log_chance(low)
    drawn = [str(at) for at, led in enumerate(_LEADERS) if _draws(led, low, alone, lexicon)]
    for at, follower in enumerate(_FOLLOWERS):
        if _draws(low, follower, lexicon.log_chance(follower), lexicon):
            drawn.append("abcd"[at])
    return "=" + "".join(drawn)


def _draws(first: str, second: str, alone: float, lexicon: Lexicon) -> bool:
    return lexicon.log_follows(first, second) - alone > _DRAWN
