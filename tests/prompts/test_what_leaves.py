"""What leaves for a model holds nobody's name, employer, address or link: every request is recorded
and searched for what the letters in tests/letters/personal have of it (`.hidden` beside each)."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from coach.facts import Fact
from coach.requirements import Requirement
from coach.review import review
from prompts import Failure, ModelFailed, load_all, read_letter
from prompts.asking import Answer, Prompt
from prompts.fences import fence
from prompts.rewriting import Request, rewrite_passage
from prompts.second_readings import SecondReading

LETTERS = sorted((Path(__file__).parents[1] / "letters" / "personal").glob("*.txt"))
PROMPTS = load_all()
NEIGHBOURS = list(pairwise([*LETTERS, LETTERS[0]]))


@dataclass
class Recorder:
    """An `Ask` that writes down what would be sent, and answers nothing."""

    sent: list[str] = field(default_factory=list)

    async def __call__(self, prompt: Prompt[Any], **told: Any) -> Answer[Any]:
        inputs = {name: told[name] for name in told.keys() - {"person_id", "on_partial", "stop"}}
        messages = prompt.render(delimiter=fence(inputs), **inputs)
        self.sent.append("\n".join(message["content"] for message in messages).casefold())
        raise ModelFailed(Failure.RUBBISH)


async def ask_everything(ask: Recorder, text: str, other: str, *, veiled: bool = True) -> None:
    """Every prompt of the library about one letter; the other letter is its posting, its earlier
    version and what its writer confirmed."""
    house = replace(review(text), edits=())
    facts = [Fact(other.splitlines()[0], "Who are you?")]
    told: dict[str, Any] = {"person_id": 7, "reader": "en", "veiled": veiled}
    await read_letter(ask, PROMPTS, text, house, posting=other, facts=facts, **told)
    second = SecondReading(ask, PROMPTS, text, house, **told)
    rows = review(other, posting=other).coverage
    gaps = [row.requirement for row in rows]
    start = text.index("\n\n") + 2
    request = Request(start, text.index("\n\n", start), other.splitlines()[-1], "shorter", [other])
    for asking in (
        second.coverage(rows, other),
        second.answers([], [Requirement(text.splitlines()[0])]),
        second.cards([], gaps, 5),
        second.comparison(other, gaps),
        rewrite_passage(ask, PROMPTS["rewrite"], text, house, request, facts=facts, **told),
    ):
        with suppress(ModelFailed):
            await asking


def found(letters: Iterable[Path], told: str) -> list[str]:
    """The words that a letter hides which stand in what was told, also as the beginning of one:
    some are without their Russian endings."""
    lists = (one.with_suffix(".hidden").read_text("utf-8").casefold() for one in letters)
    words = [word for words in lists for word in words.splitlines()]
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}", told)]


@pytest.mark.parametrize(("letter", "other"), NEIGHBOURS, ids=lambda one: one.stem)
async def test_no_request_tells_who_anybody_is(letter, other):
    ask = Recorder()
    await ask_everything(ask, letter.read_text("utf-8"), other.read_text("utf-8"))
    assert len(ask.sent) == len(PROMPTS)
    assert found((letter, other), "\n".join(ask.sent)) == []


async def test_the_search_finds_what_is_not_veiled():
    letter, other = NEIGHBOURS[0]
    ask = Recorder()
    await ask_everything(ask, letter.read_text("utf-8"), other.read_text("utf-8"), veiled=False)
    assert len(found((letter, other), "\n".join(ask.sent))) > 20
