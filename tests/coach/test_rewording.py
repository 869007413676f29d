"""A passage beside its new words: nothing of the letter gets lost, and no more is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.letters import (
    Criterion,
    Critique,
    Finding,
    Issue,
    Rewrite,
    Severity,
    Source,
    apply_edits,
)
from coach.rewording import has_passages, passages, reworded

LETTER = """Dear team,

I am a passionate team player, and I
recieve the alerts myself. Last spring I built a model that finds broken pumps.

- Python, SQL, Excel

Kind regards,
Sam
"""

words = st.text(alphabet="abc dé’'-,.\n", max_size=40)


def issue(quote, advice="What did you do?", why="Anybody could say so."):
    start = LETTER.index(quote) if quote else 0
    where = (quote, start, start + len(quote))
    return Issue(Criterion.EVIDENCE, Severity.MAJOR, *where, why, advice)


def rewrite(quote, replacement="New words."):
    start = LETTER.index(quote)
    return Rewrite(quote, start, start + len(quote), replacement, "Shorter.", ())


def critique(*issues, rewrites=()):
    return Critique("m", "", "", issues=issues, rewrites=tuple(rewrites))


def found(said, findings=()):
    return [
        (one.number, " ".join(LETTER[one.start : one.end].split()))
        for one in passages(LETTER, said, findings)
    ]


@given(words, words, words, words)
def test_applied_the_letter_says_the_new_words_and_nothing_else_moves(lead, old, new, rest):
    text = lead + old + rest
    beside = reworded(text, len(lead), len(lead + old), new)
    assert beside.before == old
    edit = beside.edit(Source.MODEL)
    assert text[edit.start : edit.end] == edit.wrong
    if beside.is_changed and edit.wrong:
        assert apply_edits(text, [edit]) == lead + beside.after + rest
    assert "".join(one.after for one in beside.stretches).split() == new.split()


def test_only_the_words_that_differ_are_marked_and_line_breaks_stay():
    start = LETTER.index("I am")
    end = LETTER.index(" Last")
    beside = reworded(LETTER, start, end, "I am a calm reader, and I receive the alerts myself.")
    assert [one.before for one in beside.stretches if one.changed] == [
        "passionate team player",
        "recieve",
    ]
    assert beside.after == "I am a calm reader, and I\nreceive the alerts myself."
    assert beside.edit(Source.MODEL).wrong == "passionate team player, and I\nrecieve"


def test_a_lone_small_word_between_two_changes_is_read_with_them():
    text = "was responsible for a pipeline"
    beside = reworded(text, 0, len(text), "looked after a model")
    assert [one.before for one in beside.stretches if one.changed] == [text]


@pytest.mark.parametrize(
    ("old", "new"), [("I wrote it.", "I wrote it myself."), ("I really wrote it.", "I wrote it.")]
)
def test_words_that_only_come_or_go_are_seen_with_a_neighbour(old, new):
    edit = reworded(old, 0, len(old), new).edit(Source.WRITER)
    assert edit.wrong.strip()
    assert edit.right.strip()
    assert apply_edits(old, [edit]) == new
    assert edit.ask


def test_an_issue_is_offered_with_its_whole_sentence():
    said = critique(issue("passionate"), issue(""), issue("Python, SQL"))
    assert found(said) == [
        (1, "I am a passionate team player, and I recieve the alerts myself."),
        (3, "Python, SQL, Excel"),
    ]


def test_two_issues_of_a_sentence_are_one_passage_with_both_advices():
    said = critique(issue("passionate"), issue("team player", advice="With whom?"))
    [one] = passages(LETTER, said, ())
    assert one.number == 1
    assert "With whom?" in one.advice


def test_proposed_words_tell_which_passage_is_meant():
    said = critique(issue("a model"), rewrites=[rewrite("I built a model"), rewrite("Dear team,")])
    assert found(said) == [(1, "I built a model"), (3, "Dear team,")]
    assert passages(LETTER, said, ())[0].rewrite == said.rewrites[0]


def test_what_must_go_is_not_said_better():
    start = LETTER.index("Last spring")
    hidden = Finding(
        "hidden-text", Severity.BLOCKER, Criterion.MECHANICS, start, start + 9, "", "", ""
    )
    assert found(critique(issue("a model")), [hidden]) == []


def test_whether_there_is_something_is_known_without_the_letter():
    assert not has_passages(critique(issue("")))
    assert has_passages(critique(issue("passionate")))
    assert has_passages(critique(rewrites=[rewrite("Dear team,")]))
