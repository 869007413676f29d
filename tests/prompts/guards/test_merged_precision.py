"""What may be applied unasked stays as precise as the better of the two, whatever a model says."""

import random
import re

import pytest

from benchmarks.proofreader import Row, sample
from coach.letters import Edit, EditKind, Source
from coach.proofread import proofread
from prompts.answers import EditItem, TyposAnswer
from prompts.guards.typos import merge

SMALL_WORDS = ("the", "a", "of", "to", "in", "is", "are", "and", "their", "then", "it's", "its")
ROWS = sample()


def garbled(word: str, chance: random.Random) -> str:
    """What a model that knows nothing may say instead of a word."""
    at = chance.randrange(len(word))
    guesses = (word[:at] + word[at + 1 :] or "x", f"{word[:at]} {word[at:]}", f"{word},")
    return chance.choice(
        (chance.choice(SMALL_WORDS), f"{word}s", word.capitalize(), word.lower(), *guesses)
    )


def rubbish(text: str, own: list[Edit], chance: random.Random) -> TyposAnswer:
    words = list(re.finditer(r"[A-Za-z']+", text))
    items: list[EditItem] = []
    for word in chance.sample(words, min(9, len(words))):
        lead = text[max(0, word.start() - 12) : word.start()]
        items.append(
            EditItem(
                quote=lead + word[0],
                replacement=lead + garbled(word[0], chance),
                kind=chance.choice(list(EditKind)),
                occurrence=1,
            )
        )
    numbers = range(1, len(own) + 1)
    confirmed = chance.sample(numbers, len(own) // 2)
    return TyposAnswer(confirm=confirmed, edits=items)


def right_and_wrong(row: Row, edits: list[Edit]) -> tuple[int, int]:
    """Of what is applied unasked, how much mends a slip and how much doesn't."""
    sure = [edit for edit in edits if not edit.ask]
    gold = {(slip["start"], slip["end"]) for slip in row["gold"]}
    right = sum(any(s < edit.end and edit.start < e for s, e in gold) for edit in sure)
    return right, len(sure) - right


@pytest.mark.parametrize("seed", range(6))
def test_rubbish_lowers_neither_precision_nor_recall_of_what_is_applied(seed: int) -> None:
    chance = random.Random(seed)
    for row in ROWS:
        own = proofread(row["text"])
        both = merge(rubbish(row["text"], own, chance), row["text"], own, written_in="en")
        before, after = right_and_wrong(row, own), right_and_wrong(row, both)
        assert after[0] >= before[0]
        assert after[1] <= before[1]


def test_a_model_that_is_right_adds_what_was_missed_and_confirms_the_rest() -> None:
    found = {True: 0, False: 0}
    shared = 0
    for row in ROWS:
        own, text = proofread(row["text"]), row["text"]
        items = [
            EditItem(
                quote=text[max(0, slip["start"] - 20) : slip["end"]],
                replacement=text[max(0, slip["start"] - 20) : slip["start"]] + slip["right"],
                kind=EditKind.SPELLING,
                occurrence=1,
            )
            for slip in row["gold"]
        ]
        both = merge(TyposAnswer(edits=items), text, own, written_in="en")
        found[False] += sum(right_and_wrong(row, own))
        found[True] += sum(right_and_wrong(row, both))
        shared += sum(edit.source is Source.BOTH for edit in both)
        assert right_and_wrong(row, both)[1] <= right_and_wrong(row, own)[1]
    assert found[True] >= found[False]
    assert shared > 40
