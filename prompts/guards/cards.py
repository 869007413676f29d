"""Cards that a model made of a letter, as far as the letter says what they say."""

from collections.abc import Iterator, Sequence

from coach.letters import PlanCard
from coach.terms import stems
from coach.texts import say
from prompts.answers import CardItem, CardsAnswer
from prompts.guards.inventions import Invention, inventions
from prompts.guards.letters import Letter
from prompts.guards.plain import is_plain, plain
from prompts.guards.quotes import Evidence

LONGEST_FRONT = 240
LONGEST_BACK = 320
LONGEST_WHY = 160
"""Characters."""

TELLING = frozenset({Invention.NUMBER, Invention.LINK, Invention.NAME})
"""What a question may not bring, since whoever learns it has learned it as a fact."""

SAME = 0.6
"""Questions that share so many of their words ask the same."""


def cards(answer: CardsAnswer, known: Sequence[PlanCard], letter: Letter) -> tuple[PlanCard, ...]:
    """Cards about passages that stand in the letter, each asking what no other asks."""
    fronts = [card.front for card in known]
    return tuple(_kept(answer.cards, fronts, letter))


def _kept(items: Sequence[CardItem], fronts: list[str], letter: Letter) -> Iterator[PlanCard]:
    evidence = letter.evidence
    for item in items:
        front = plain(item.front)
        if _asks(front, letter) and evidence.find(item.quote) and not _asked(front, fronts):
            fronts.append(front)
            yield PlanCard(front, _back(item, letter, evidence), _why(item, letter, evidence))


def _asks(front: str, letter: Letter) -> bool:
    asks = front.endswith("?") and len(front) <= LONGEST_FRONT
    return asks and not TELLING & _invented(front, letter)


def _asked(front: str, fronts: Sequence[str]) -> bool:
    words = set(stems(front))
    return any(
        len(words & (others := set(stems(one)))) >= SAME * min(len(words), len(others))
        for one in fronts
    )


def _back(item: CardItem, letter: Letter, evidence: Evidence) -> str:
    """What the letter says itself; else what its writer is to fill in."""
    back = plain(item.back)
    usable = back and is_plain(item.back) and len(back) <= LONGEST_BACK
    if usable and not _invented(back, letter) and evidence.remark(back) == back:
        return back
    return say(letter.reader, "plans.claim.back")


def _why(item: CardItem, letter: Letter, evidence: Evidence) -> str:
    why = evidence.remark(item.why)
    if not why or len(why) > LONGEST_WHY or TELLING & _invented(why, letter):
        return say(letter.reader, "plans.claim.why")
    return why


def _invented(said: str, letter: Letter) -> frozenset[Invention]:
    return inventions(
        said, letter=letter.text, passage=said, facts=letter.facts, language=letter.language
    )
