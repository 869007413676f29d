"""Whose work it was: sentences in which nobody acts, or everybody does."""

import re
from collections.abc import Iterator
from itertools import groupby

from coach.letters import Criterion, Severity
from coach.rules.blocks import Sentence
from coach.rules.letter import Letter
from coach.rules.registry import Hit, rule
from coach.rules.signs import IRREGULAR, Sign

PASSIVE = re.compile(
    rf"(?i)\b(?:was|were|been|being|has been|have been)\s+(?:\w+ly\s+)?"
    rf"(?:(?:{IRREGULAR}|written|taken|given|done|drawn|driven)\b|(?!(?:interest|involv|bas|pleas|excit|suppos|allow"
    rf"|motivat|tir|need|concern)ed\b)\w{{3,}}ed\b)(?!\s+(?:to|by\s+me)\b)"
    r"|\bбы(?:л|ла|ло|ли)\s+(?:\w+\s+)?\w{3,}(?:ан|ана|ано|аны|ен|ена|ено|ены|ён|та|то|ты)\b"
)
ME = re.compile(r"\b(?:I|I['’]\w+|[Mm]e|[Mm]y|mine|[Яя]|[Мм]ной|[Мм]о[йяеию]\w*)\b")
US = re.compile(r"\b(?:[Ww]e|[Oo]ur\s+(?:team|group|department|lab)|[Мм]ы|[Нн]аша\s+команда)\b")
IN_A_ROW = 3
"""So many sentences without a person who acts make a run."""


@rule("hidden-actor", Severity.MINOR, Criterion.EVIDENCE)
def hidden_actor(letter: Letter) -> Iterator[Hit]:
    """A run of passives, or of "we" in a paragraph without one "I": whose part was it?"""
    if not letter.is_letter:
        return
    for _, group in groupby(letter.body, key=lambda one: one[0].block):
        paragraph = list(group)
        run = _passive_run([said for said, _ in paragraph])
        if run:
            yield Hit(run[0].start, run[-1].end, "passive")
            return
        ours = [said for said, read in paragraph if US.search(said.text) and read & DONE]
        if len(ours) >= IN_A_ROW and not any(ME.search(said.text) for said, _ in paragraph):
            yield Hit(ours[0].start, ours[0].end, "we")
            return


DONE = {Sign.DEED, Sign.OUTCOME, Sign.NUMBER}


def _passive_run(paragraph: list[Sentence]) -> list[Sentence]:
    """The first run of passive sentences in which the writer doesn't appear."""
    for passive, run in groupby(paragraph, key=_is_passive):
        told = list(run)
        if passive and len(told) >= IN_A_ROW:
            return told
    return []


def _is_passive(said: Sentence) -> bool:
    return bool(PASSIVE.search(said.text)) and not ME.search(said.text)
