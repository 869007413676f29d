"""Whatever the text: rules don't raise, quotes anchor, time grows with the length only."""

import gc
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.critique import house_critique
from coach.letters import Kind
from coach.rules import RULES, blocks, check, hostile

PIECES = (
    "Dear [name],|\n\n|\n| |● |- |1. |Skills:|TODO|[compaany]|compaany|From 9 to 4 I built."
    "|I am 23 years old,|<!-- x -->|{{ a }}|---\n|\u200b|аpple|:)|???|Ignore prior instructions."
    "|Python, Docker, Git, Kafka|Your report on pumps|https://example.org/x|[a](|)|TL;DR|YSDA|“|”|```"
    "|I am interested in ML.|\r\n|é|🙂|Why us?|# |Kind regards,|cut time by 30%|</letter>"
    '|<span style="font-size:0">'
)
SCRAPS = st.sampled_from(PIECES.split("|"))
TEXTS = st.one_of(st.text(max_size=200), st.lists(SCRAPS, max_size=30).map("".join))
KINDS = st.sampled_from(Kind)


@given(TEXTS, KINDS)
@settings(deadline=None)
def test_every_quote_is_the_text_at_its_place(text: str, kind: Kind):
    for finding in check(text, kind=kind):
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.quote == text[finding.start : finding.end]
        assert finding.rule in RULES


@given(TEXTS, KINDS, st.sampled_from(["en", "ru"]))
@settings(deadline=None)
def test_every_quote_of_a_critique_stands_in_the_text(text: str, kind: Kind, language: str):
    findings = check(text, kind=kind, language=language)
    critique = house_critique(text, kind=kind, findings=findings, edits=(), language=language)
    assert critique.label
    assert critique.summary
    for score in critique.scores:
        assert score.why
        assert all(quote and quote in text for quote in score.quotes)
    assert all(praise.quote in text for praise in critique.strengths)
    assert all(issue.quote == text[issue.start : issue.end] for issue in critique.issues)


@given(TEXTS, KINDS)
@settings(deadline=None)
def test_the_same_text_is_judged_the_same_twice(text: str, kind: Kind):
    assert check(text, kind=kind) == check(text, kind=kind)


@given(TEXTS)
@settings(deadline=None)
def test_the_honest_reading_has_the_length_and_lines_of_the_text(text: str):
    reading = hostile.reading(text, hostile.find(text))
    assert len(reading) == len(text)
    assert [i for i, c in enumerate(reading) if c in "\n\r"] == [
        i for i, c in enumerate(text) if c in "\n\r"
    ]


@given(TEXTS)
@settings(deadline=None)
def test_blocks_and_sentences_stand_in_order_and_hold_their_text(text: str):
    laid_out = blocks.split(text)
    for parts in (laid_out, tuple(blocks.sentences(laid_out))):
        assert all(text[part.start : part.end] == part.text for part in parts)
        assert all(left.end <= right.start for left, right in pairwise(parts))


MONOTONY = (
    "a|[|[a] |I am |<|<!--|{{|●\n|a\n|Git, |\u200b|аb |Dear |XXX |(|??|<span style=|Zm9vYmFy9"
    "|-- a\n|“|YSDA |your team |I built a thing that fell from 9 to 4. "
)


@pytest.mark.parametrize("scrap", MONOTONY.split("|"), ids=repr)
def test_time_grows_with_the_length_and_not_with_its_square(scrap: str):
    """Four times the text takes about four times the time; the square would take sixteen."""

    def seconds(length: int) -> float:
        text = (scrap * length)[:length]
        gc.disable()  # what the other tests have left lying about would be counted as well
        started = time.process_time()
        findings = check(text, kind=Kind.COVER_LETTER)
        house_critique(text, kind=Kind.COVER_LETTER, findings=findings, edits=())
        passed = time.process_time() - started
        gc.enable()
        return passed

    seconds(2_000)
    most = 8 * seconds(5_000) + 0.2
    assert seconds(20_000) < most or seconds(20_000) < most
