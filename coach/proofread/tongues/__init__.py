"""Letters in Russian and in German: spelling by dictionaries, as the English engine does it."""

from collections.abc import Iterator, Set
from dataclasses import replace

from coach.proofread.proposals import Proposal
from coach.proofread.tokens import Word
from coach.proofread.tongues import gaps, lexicon, lookalikes, rules, spelling
from coach.proofread.tongues.reading import TongueReading
from coach.proofread.tongues.tongue import TONGUES


def find(covered: str, words: list[Word], language: str, known: Set[str]) -> Iterator[Proposal]:
    """The slips among the words of one language, the surest checks first."""
    reading = TongueReading(covered, words, lexicon.load(language), TONGUES[language], known)
    for proposal in _slips(reading):
        yield replace(proposal, ask=True) if proposal.start in reading.doubted else proposal


def _slips(reading: TongueReading) -> Iterator[Proposal]:
    yield from gaps.doubled_words(reading)
    yield from lookalikes.find(reading) if reading.tongue.code == "ru" else ()
    yield from rules.find(reading)
    yield from gaps.split_words(reading)
    yield from gaps.joined_words(reading)
    yield from spelling.find(reading)
