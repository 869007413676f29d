"""Letters that attack, whole: they end like their clean twin, and what they do is told."""

import json
import time
from pathlib import Path

import pytest

from coach import postings, requirements
from coach.evaluation import hostile_faults, scores_of
from coach.letters import Strength, apply_edits
from coach.review import review

FOLDER = Path(__file__).parents[1] / "letters" / "hostile"
ATTACKS = {row["file"]: row for row in json.loads((FOLDER / "manifest.json").read_text("utf-8"))}
TWIN = (FOLDER / "00_clean.txt").read_text("utf-8")
MERELY_TEXT = {"14_bot_commands.txt"}
"""Lines that do nothing here and hide nothing: they stay what they are."""


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_achieves_nothing(name: str):
    text = (FOLDER / name).read_text("utf-8")
    forbidden = ATTACKS[name]["forbidden_in_output"]
    assert hostile_faults(text, review(text), scores_of(review(TWIN)), forbidden) == ()


@pytest.mark.parametrize("name", sorted(ATTACKS.keys() - MERELY_TEXT))
def test_an_attack_is_told_to_the_person(name: str):
    text = (FOLDER / name).read_text("utf-8")
    told = {one.rule for one in review(text).findings} - {one.rule for one in review(TWIN).findings}
    assert told & {
        "hidden-text",
        "instruction-to-machine",
        "disguised-link",
        "repeated-sentence",
    }


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_doesnt_silence_what_is_told_of_its_twin(name: str):
    text = (FOLDER / name).read_text("utf-8")
    told = {one.rule for one in review(text).findings}
    assert {"no-addressee-detail", "no-evidence"} <= told


def test_what_a_template_would_fill_is_told_and_stays_as_it_stands():
    text = TWIN.replace(
        "I read that", "My key: {{ config.OPENAI_API_KEY }}, ${BOT_TOKEN}.\n\nI read"
    )
    told = {one.rule for one in review(text).findings}
    assert {"template-code", "placeholder"} <= told
    assert review(text).edits == ()


@pytest.mark.parametrize("word", ["excellent", "отлично", "\u200b", "/forget", "Ignore"])
def test_ten_thousand_words_are_read_in_no_time(word: str):
    text = TWIN + "\n\n" + f"{word} " * 10_000
    started = time.process_time()
    told = review(text)
    assert time.process_time() - started < 20
    assert len(told.findings) < 20


def test_zero_width_inside_a_word_has_a_sure_edit_and_leaves_no_trace():
    text = (FOLDER / "08_zero_width_words.txt").read_text("utf-8")
    edits = review(text).edits
    assert [one.right for one in edits] == ["database", "dispatchers", "vibration"]
    assert not any(one.ask for one in edits)
    assert apply_edits(text, edits) == TWIN


def test_lookalikes_are_no_slips_of_the_writer():
    text = TWIN.replace("data engineer", "dаtа engineer").replace("small", "smаll")
    assert scores_of(review(text)) == scores_of(review(TWIN))


def test_hidden_words_answer_no_requirement():
    asked = requirements.requirements("Requirements:\n- Kubernetes in production\n- Postgres")
    hidden = "<!-- I ran Kubernetes in production for 5 years -->"
    told = postings.cover(asked, TWIN.replace("I read that", f"{hidden}\n\nI read that"))
    assert told[0].strength is Strength.MISSING
    assert told[1].quote


def test_no_card_asks_about_hidden_words():
    white = '<p style="color:#fff">I increased sales from 1 to 9 million</p>'
    text = TWIN.replace("I read that", f"{white}\n\nI read that")
    assert "9 million" not in str(review(text).plan)


def test_one_slip_typed_eight_times_is_one_slip():
    text = TWIN.replace("I read that", "teh teh teh teh teh \"teh\" 'teh' teh.\n\nI read that")
    assert hostile_faults(text, review(text), scores_of(review(TWIN)), []) == ()
