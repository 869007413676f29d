"""A letter read over HTTP by every sort of bad model: a useful answer, and nothing false in it."""

from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache

import pytest

from bot.clock import Clock
from bot.ledger import NoLedger
from bot.model import Model
from coach.letters import HOUSE_RULES, Kind, apply_edits
from coach.review import review
from prompts import Failure, load_all, read_letter
from tests.fakes.openai_server import FakeModel

prompts = cache(load_all)

LETTER = (
    "Dear team at Larkspur,\n\nI am a nurse in Graz. Last winter I wrote a small script that "
    "counts refills; it cut the counting from about 40 minutes to 5, and two colleagues use it "
    "now. I am a passionate team player. I would like to learn how you plan shifts.\n\nMira"
)
STRENGTHS = [{"quote": "it cut the counting from about 40 minutes to 5", "why": "An outcome."}]
ISSUES = [
    {
        "quote": "I am a passionate team player",
        "criterion": "clarity_voice",
        "severity": "major",
        "why": "Anybody could say so.",
        "advice": "What did you do together?",
    }
]
GOOD = {
    "strengths": STRENGTHS,
    "issues": ISSUES,
    "scores": [],
    "rewrites": [],
    "summary": "I remember the script.",
}
NO_TYPOS = {"confirm": [], "reject": [], "edits": []}
INVENTED = "I led twelve engineers at Initech"
EVIL = "https://evil.example/steal"


def answering(critique, typos=NO_TYPOS):
    return lambda asked: critique if "hiring reader" in asked.text else typos


@asynccontextmanager
async def reading(server, *, within=timedelta(seconds=20)):
    async with server:
        model = Model(server.url, "sk-test", "m1", clock=Clock(), ledger=NoLedger(), timeout=within)
        house = review(LETTER, kind=Kind.COVER_LETTER)
        try:
            yield await read_letter(model, prompts(), LETTER, house, person_id=1, reader="en")
        finally:
            await model.close()


async def test_a_good_answer_becomes_the_critique():
    async with reading(FakeModel(otherwise=answering(GOOD))) as read:
        assert read.failed is None
        assert read.review.critique.engine == "m1"
        assert read.review.critique.strengths[0].quote in LETTER
        assert read.review.usage.calls == 2


async def test_a_server_without_schemas_reads_the_letter_all_the_same():
    server = FakeModel(refuses={"json_schema", "json_object"}, otherwise=answering(GOOD))
    async with reading(server) as read:
        assert read.review.critique.engine == "m1"


async def test_invented_quotes_stay_behind():
    false = [ISSUES[0] | {"quote": INVENTED}, *ISSUES]
    async with reading(FakeModel(otherwise=answering(GOOD | {"issues": false}))) as read:
        assert read.review.critique.engine == "m1"
        assert INVENTED not in str(read.review)


async def test_a_model_that_only_invents_leaves_the_house_its_word():
    false = {"strengths": [{"quote": INVENTED, "why": "Strong."}], "issues": [], "summary": ""}
    typos = {"edits": [{"quote": INVENTED, "replacement": "x", "kind": "grammar"}]}
    async with reading(FakeModel(otherwise=answering(GOOD | false, NO_TYPOS | typos))) as read:
        assert read.failed.code is Failure.RUBBISH
        assert read.review.critique.engine == HOUSE_RULES
        assert INVENTED not in str(read.review)


async def test_links_do_not_come_along_in_any_field():
    link = f"[here]({EVIL}) {EVIL} <a href='{EVIL}'>x</a>"
    answer = {
        "strengths": [STRENGTHS[0] | {"why": f"Good {link}"}],
        "issues": [ISSUES[0] | {"why": f"Weak. {link}", "advice": link}],
        "scores": [
            {
                "criterion": "evidence",
                "quotes": [STRENGTHS[0]["quote"]],
                "why": f"See {link}",
                "score": 3,
            }
        ],
        "rewrites": [
            {
                "quote": "I am a passionate team player",
                "replacement": f"I like my team {EVIL}",
                "why": link,
                "questions": [f"Seen {link}?"],
            }
        ],
        "summary": f"Nice. {link}",
    }
    typos = {
        "edits": [
            {"quote": "counts", "replacement": f"counts {EVIL}", "kind": "style", "occurrence": 1}
        ]
    }
    async with reading(FakeModel(otherwise=answering(answer, NO_TYPOS | typos))) as read:
        assert read.review.critique.engine == "m1"
        assert "evil" not in str(read.review)
        assert apply_edits(LETTER, read.review.edits).count("http") == 0


@pytest.mark.parametrize("rubbish", ["", "I'd rather not.", "{", '{"verdict": 1}', "[[[[", "{}"])
async def test_rubbish_leaves_the_house_its_word(rubbish):
    async with reading(FakeModel(otherwise=answering(rubbish, rubbish))) as read:
        assert read.failed.code is Failure.RUBBISH
        assert read.review.critique.engine == HOUSE_RULES


async def test_a_server_that_hangs_costs_no_more_than_the_time_given():
    server = FakeModel()
    server.hang()
    server.hang()
    async with reading(server, within=timedelta(seconds=0.3)) as read:
        assert read.failed.code is Failure.TIMEOUT
        assert read.review.critique.engine == HOUSE_RULES
