"""Rules on whole letters: good ones are left alone, flawed ones are told where it hurts."""

from pathlib import Path

import pytest

from coach.kinds import guess
from coach.letters import Finding, Kind, Severity
from coach.rules import check

LETTERS = Path(__file__).parents[2] / "letters"
GOOD = sorted((LETTERS / "good").iterdir())


def findings(name: str) -> tuple[Finding, ...]:
    text = (LETTERS / "flawed" / name).read_text("utf-8")
    return check(text, kind=guess(text))


def quotes(found: tuple[Finding, ...], rule: str) -> list[str]:
    return [finding.quote for finding in found if finding.rule == rule]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_letter_is_left_alone(path: Path):
    text = path.read_text("utf-8")
    assert len(GOOD) == 10
    assert len(check(text, kind=guess(text))) <= 1


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
@pytest.mark.parametrize("kind", Kind)
def test_a_good_letter_has_no_blocker_whatever_its_kind(path: Path, kind: Kind):
    found = check(path.read_text("utf-8"), kind=kind)
    assert not [finding for finding in found if finding.severity is Severity.BLOCKER]


def test_every_bracket_is_a_place_of_its_own():
    assert quotes(findings("placeholders-duties.txt"), "placeholder") == [
        "[Name]", "[Your Name]", "[Company]", "[Company]", "[Company]", "[Your Name]",
    ]  # fmt: skip


def test_of_many_duties_the_emptiest_comes_first():
    told = quotes(findings("placeholders-duties.txt"), "duty-without-result")
    assert told[0] == "- Improving the quality of the data and developing new methods."
    assert len(told) <= 2


def test_a_skill_list_is_quoted_by_its_heading_and_first_line():
    (told,) = quotes(findings("placeholders-duties.txt"), "skill-list")
    assert told == "Skills related to ML:\n- Python (numpy, pandas, matplotlib, etc.)"


def test_an_afterthought_of_a_reason_is_told():
    told = quotes(findings("placeholders-duties.txt"), "reason-without-cause")
    assert told == ["I am now interested in reinforcement learning."]


def test_template_code_is_told_piece_by_piece():
    told = quotes(findings("template-code.md"), "template-code")
    assert told[:2] == ["{% assign job = site.data.jobs[page.employer] %}", "{{ job.title }}"]
    assert told[2].startswith("---\nlayout: letter")


def test_every_note_to_self_is_found():
    assert quotes(findings("notes-to-self-answers.txt"), "note-to-self") == [
        "(find the link to the repo)",
        "???",
        "[add numbers here]",
        "TBD",
        "-- ask Lena whether I can mention the workshop",
        "XXX say something about their mission",
    ]


def test_a_requirement_answered_by_tbd_counts_as_empty():
    told = quotes(findings("notes-to-self-answers.txt"), "empty-section")
    assert told == ["Experience with cloud platforms"]


def test_running_oneself_down_is_told_once_a_sentence():
    told = quotes(findings("cliches-self-damage.txt"), "self-damage")
    assert told[0] == "Unfortunately I"
    assert len(told) == 5


def test_hidden_passages_are_shown_by_their_beginning_only():
    told = findings("hidden-instructions.txt")
    blockers = [finding for finding in told if finding.severity is Severity.BLOCKER]
    assert {finding.rule for finding in blockers} == {"hidden-text", "instruction-to-machine"}
    assert all("excellent" not in finding.quote for finding in told)


def test_findings_come_most_useful_first():
    order = {severity: n for n, severity in enumerate(Severity)}
    weights = [order[finding.severity] for finding in findings("template-code.md")]
    assert weights == sorted(weights)


def test_messages_speak_the_readers_language():
    english = check("Dear [name], I apply.", kind=Kind.COVER_LETTER)[0]
    russian = check("Dear [name], I apply.", kind=Kind.COVER_LETTER, language="ru")[0]
    assert english.message.startswith("[name] is still waiting")
    assert russian.message.startswith("[name] так и ждёт")
    assert (english.start, english.end) == (russian.start, russian.end)


def test_prose_that_is_no_letter_is_not_asked_for_evidence_or_a_reader():
    prose = "Precision falls when the threshold is lowered. A larger set helps. It is slow."
    assert check(prose, kind=Kind.COVER_LETTER) == ()


@pytest.mark.parametrize(
    "note",
    [
        "todo", "ToDo: describe", "(link?)", "[link to repo]", "need to expand this",
        "copy from CV",
        "maybe mention the hackathon", "Rewrite this part!", "(will add later)", "?? which one",
        "not sure what to write here",
        "more examples?", "NB: ask Olga", "проверить даты", "-> ask Lena about the talk", "XXX",
    ],
)  # fmt: skip
def test_a_note_on_a_line_of_its_own_is_found(note: str):
    text = (
        f"Strong Python\n\nI have used it in a service.\n{note}\n\nDeep learning\n\nI trained it."
    )
    told = quotes(check(text, kind=Kind.APPLICATION_ANSWERS), "note-to-self")
    assert len(told) == 1
    assert told[0] in note


@pytest.mark.parametrize(
    "honest",
    [
        "- Find the root causes of failures in pumps.",
        "I keep a to-do list and check the dates of every batch.",
        "- Read papers about sea ice and write summaries for the group.",
        "Describe a project that you are proud of.",
        "It was wrong once (maybe twice).",
        "I was not sure how to measure it, so I asked the nurses.",
    ],
)
def test_an_honest_line_is_no_note(honest: str):
    assert quotes(check(honest, kind=Kind.APPLICATION_ANSWERS), "note-to-self") == []
