"""A letter is read by the model after the house: both come together, and neither can fail alone."""

import asyncio
from functools import cache

import pytest

from coach.facts import Fact
from coach.letters import HOUSE_RULES, Criterion, Kind, Source, apply_edits
from coach.review import review
from prompts import Failure, ModelFailed, load_all, read_letter
from prompts.inputs import MOST_CANDIDATES, for_typos
from tests.fakes.asking import NAME, FakeAsk

prompts = cache(load_all)

STRENGTH = {
    "quote": "it cut the counting from about 40 minutes to 5",
    "why": "A deed with its outcome.",
}
CRITIQUE = {
    "strengths": [STRENGTH],
    "issues": [
        {
            "quote": "I am a passionate team player",
            "criterion": "clarity_voice",
            "severity": "major",
            "why": "Anybody could say so.",
            "advice": "What did you do together?",
        }
    ],
    "scores": [
        {"criterion": "evidence", "quotes": [STRENGTH["quote"]], "why": "One case.", "score": 3}
    ],
    "rewrites": [],
    "summary": "I remember the script.",
}
NO_TYPOS = {"confirm": [], "reject": [], "edits": []}
A_TYPO = {"edits": [{"quote": "on the same", "replacement": "at the same", "kind": "style"}]}


@pytest.fixture
def ask():
    return FakeAsk()


@pytest.fixture
def read(ask, text, reviewed):
    async def read(typos, said, **others):
        ask.enqueue(typos)
        ask.enqueue(said, partials=others.pop("partials", ()))
        return await read_letter(ask, prompts(), text, reviewed, person_id=7, reader="en", **others)

    return read


async def test_no_name_leaves_with_the_letter_the_posting_or_a_fact(read, ask):
    posting = "Larkspur seeks a nurse. Write to Mira's friend Oleg, oleg@example.org."
    await read(NO_TYPOS, CRITIQUE, posting=posting, facts=[Fact("Larkspur gave me a prize.")])

    told = str([question.inputs for question in ask.asked])
    for secret in ("Larkspur", "Mira", "Oleg", "example.org"):
        assert secret not in told


async def test_a_stand_in_in_an_answer_is_shown_as_what_the_writer_wrote(read, text):
    greeting = {"quote": "Dear hiring team at Name1", "why": "You name Name1.", "advice": "Keep."}
    issue = greeting | {"criterion": "evidence", "severity": "minor"}
    reading = await read(NO_TYPOS, CRITIQUE | {"issues": [*CRITIQUE["issues"], issue]})

    shown = reading.review.critique.issues[-1]
    assert (shown.quote, shown.why) == ("Dear hiring team at Larkspur", "You name Larkspur.")


async def test_without_the_veil_the_letter_goes_as_it_was_written(read, ask, text):
    await read(NO_TYPOS, CRITIQUE, veiled=False)
    assert ask.asked[0].inputs["letter"] == text


async def test_the_models_critique_takes_the_place_of_the_houses(read):
    reading = await read(NO_TYPOS, CRITIQUE)
    critique = reading.review.critique
    assert reading.failed is None
    assert (critique.engine, critique.summary) == (NAME, "I remember the script.")
    assert critique.label == "not ready"
    assert reading.review.usage.calls == 2


async def test_both_are_asked_about_this_letter_on_this_persons_budget(read, ask, text):
    await read(NO_TYPOS, CRITIQUE, posting="We seek a nurse.", facts=[Fact("I sing.")])
    typos, critique = ask.asked
    assert [typos.prompt.id, critique.prompt.id] == ["typos", "critique"]
    assert typos.person_id == critique.person_id == 7
    assert critique.inputs["letter"] == typos.inputs["letter"]
    assert typos.inputs["letter"].startswith("Dear hiring team at Name1,")
    assert critique.inputs["posting"] == "We seek a nurse."
    for question in ask.asked:
        _, sent = question.prompt.render(delimiter="k9", **question.inputs)
        assert sent["content"].endswith(f"{question.inputs['letter']}\n</k9>")


async def test_the_edits_of_both_come_together(read, text):
    reading = await read(A_TYPO, CRITIQUE)
    added = [edit for edit in reading.review.edits if edit.source is Source.MODEL]
    assert [edit.wrong for edit in added] == ["on"]
    assert apply_edits(text, [edit for edit in added if not edit.ask]) == text


async def test_slips_that_the_model_finds_count_in_mechanics(ask):
    clean = "Dear team,\n\nI wrote a script that counts refills, and two wards uses it."
    house = review(clean, kind=Kind.COVER_LETTER)
    ask.enqueue({"edits": [{"quote": "wards uses", "replacement": "wards use", "kind": "grammar"}]})
    ask.enqueue({"strengths": [{"quote": "two wards uses it", "why": "Somebody uses it."}]})
    after = await read_letter(ask, prompts(), clean, house, person_id=1, reader="en")
    assert mechanics_of(house) == 4
    assert mechanics_of(after.review) < 4


def mechanics_of(reviewed):
    scores = reviewed.critique.scores
    return next(one.score for one in scores if one.criterion is Criterion.MECHANICS)


@pytest.mark.parametrize("failure", list(Failure))
async def test_when_the_model_fails_the_house_speaks(failure, read, reviewed):
    reading = await read(failure, failure)
    assert reading.review == reviewed
    assert reading.review.critique.engine == HOUSE_RULES
    assert reading.failed.code is failure
    assert reading.failed.sentence("ru")


async def test_a_failed_pass_for_slips_leaves_the_critique(read, reviewed):
    reading = await read(Failure.TIMEOUT, CRITIQUE)
    assert reading.failed is None
    assert reading.review.critique.engine == NAME
    assert reading.review.edits == reviewed.edits


async def test_a_critique_that_does_not_hold_is_rubbish(read, reviewed):
    invented = {"quote": "I led twelve engineers", "why": "Strong."}
    reading = await read(NO_TYPOS, {"strengths": [invented]})
    assert reading.failed.code is Failure.RUBBISH
    assert reading.review.critique.engine == HOUSE_RULES


async def test_drafts_are_checked_as_the_answer_is(read):
    seen = []

    async def on_draft(critique):
        seen.append(critique)

    invented = {"quote": "I led twelve engineers", "why": "Strong."}
    partials = [
        {},
        {"strengths": [{"quote": STRENGTH["quote"]}]},
        {"strengths": [STRENGTH, invented]},
    ]
    await read(NO_TYPOS, CRITIQUE, partials=partials, on_draft=on_draft)
    assert [len(draft.strengths) for draft in seen] == [1]
    assert "twelve" not in str(seen)


async def test_stopping_ends_both(ask, text, reviewed):
    stop, never = asyncio.Event(), asyncio.Event()
    ask.enqueue(NO_TYPOS, hold=never)
    ask.enqueue(CRITIQUE, hold=never)
    reading = asyncio.create_task(
        read_letter(ask, prompts(), text, reviewed, person_id=1, reader="en", stop=stop)
    )
    await ask.reached.wait()
    stop.set()
    assert (await reading).failed.code is Failure.STOPPED


def test_a_failure_quotes_nobody():
    assert str(ModelFailed(Failure.RUBBISH)) == "rubbish"


def test_candidates_are_numbered_and_shown_with_their_neighbours(reviewed, text):
    given = for_typos(text, written_in="en", candidates=reviewed.edits * 100)["candidates"]
    assert len(given) <= MOST_CANDIDATES
    assert [one["number"] for one in given] == list(range(1, len(given) + 1))
