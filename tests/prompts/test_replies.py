"""Whatever stands around an answer it is read, and what holds of a bad one is kept."""

import json
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from prompts.replies import Unusable, read, salvage, so_far


class Tone(StrEnum):
    WARM = "warm"
    COLD = "cold"


class Note(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    quote: str = Field(min_length=1)
    tone: Tone
    places: tuple[int, ...] = ()


class Notes(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    summary: str
    notes: tuple[Note, ...] = Field(max_length=3)


GOOD = {"quote": "I led", "tone": "warm", "places": [1]}
WHOLE = {"summary": "fine", "notes": [GOOD]}


def notes(*members: object) -> str:
    return json.dumps({"summary": "fine", "notes": members})


@pytest.mark.parametrize(
    "reply",
    [
        "{answer}",
        "```json\n{answer}\n```",
        "Here you are: {answer} I hope this helps {{smile}}",
        '<think>maybe {{"summary": 1}}?</think>\n{answer}',
        "Using {{braces}} first. {answer}",
    ],
)
def test_an_answer_is_found_among_other_words(reply: str) -> None:
    assert read(Notes, reply.format(answer=json.dumps(WHOLE))).notes[0].tone is Tone.WARM


def test_braces_and_quotes_inside_strings_do_not_end_an_answer() -> None:
    data = {"summary": 'a "}" and \\ and {', "notes": []}
    assert read(Notes, f"so: {json.dumps(data)}").summary == data["summary"]


@given(st.text())
def test_no_reply_at_all_makes_reading_fail_otherwise_than_it_says(reply: str) -> None:
    with pytest.raises(Unusable):
        read(Notes, reply)
    assert salvage(Notes, reply) is None
    assert salvage(Notes, reply, cut=True) is None


@given(st.text())
def test_any_text_survives_in_an_answer(text: str) -> None:
    reply = json.dumps({"summary": text, "notes": []})
    assert read(Notes, f"``` {reply} ```").summary == text


def test_an_unreadable_reply_is_sent_back_with_its_faults_and_no_more() -> None:
    reply = notes({**GOOD, "tone": "hot"}, {"tone": "warm"})
    with pytest.raises(Unusable) as unusable:
        read(Notes, reply)
    shown, plea = unusable.value.mending(reply)
    assert shown == {"role": "assistant", "content": reply}
    assert "notes.0.tone: Input should be 'warm' or 'cold'" in plea["content"]
    assert "notes.1.quote: Field required" in plea["content"]
    assert "I led" not in plea["content"] + str(unusable.value)


def test_of_an_endless_reply_only_the_beginning_is_sent_back() -> None:
    shown, _ = Unusable(["It is not one complete JSON object."]).mending("so " * 100_000)
    assert len(shown["content"]) == 8_000


def test_an_empty_reply_is_not_shown_again() -> None:
    with pytest.raises(Unusable) as unusable:
        read(Notes, "  ")
    assert [message["role"] for message in unusable.value.mending("  ")] == ["user"]


def test_an_unfinished_reply_says_what_it_says_so_far() -> None:
    assert so_far('```json\n{"summary": "fine", "notes": [{"quote": "I le') == {
        "summary": "fine",
        "notes": [{}],
    }
    assert so_far("Certainly") is None
    assert so_far("") is None
    assert so_far('{"a": nonsense') is None


def test_items_that_do_not_hold_are_left_out() -> None:
    kept = salvage(Notes, notes(GOOD, {**GOOD, "tone": "hot"}, {"quote": ""}, "what?", GOOD))
    assert kept is not None
    assert [note.quote for note in kept.notes] == ["I led", "I led"]


def test_the_innermost_item_goes_first() -> None:
    kept = salvage(Notes, notes({**GOOD, "places": [1, "two", 3]}))
    assert kept is not None
    assert kept.notes[0].places == (1, 3)


def test_a_list_too_long_is_shortened_and_a_field_too_many_dropped() -> None:
    kept = salvage(Notes, notes(*[{**GOOD, "extra": 1}] * 5))
    assert kept is not None
    assert len(kept.notes) == 3


@pytest.mark.parametrize(
    "reply",
    [notes({"quote": ""}), notes(), json.dumps({"notes": [GOOD]}), "[1, 2]", "nothing"],
    ids=["no item holds", "no item", "a field is missing", "a list", "words"],
)
def test_an_answer_of_which_nothing_is_left_is_none(reply: str) -> None:
    assert salvage(Notes, reply) is None


def test_of_a_cut_reply_the_last_item_is_not_trusted() -> None:
    whole = notes(GOOD, {**GOOD, "quote": "I won"})
    cut = whole[: whole.rindex(', "places"')]
    kept = salvage(Notes, cut, cut=True)
    assert kept is not None
    assert [note.quote for note in kept.notes] == ["I led"]


@given(st.integers(min_value=0))
def test_a_reply_cut_anywhere_keeps_only_whole_items(length: int) -> None:
    members = [{**GOOD, "quote": f"quote {number}"} for number in range(3)]
    reply = notes(*members)
    kept = salvage(Notes, reply[: length % len(reply)], cut=True)
    if kept is not None:
        assert [note.model_dump(mode="json") for note in kept.notes] == members[: len(kept.notes)]
