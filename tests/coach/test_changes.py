"""A change is seen in its sentence, with what is decided already, and nothing is lost or torn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.changes import before_and_after, decision, words_changed
from coach.letters import Edit, EditKind, apply_edits

LETTER = "Dear team,\n\nI trained PyTroch modles on\nfarm data. It went well .\n\nKind regards"


def edit(text: str, wrong: str, right: str, kind=EditKind.SPELLING, *, ask=False, after=0) -> Edit:
    start = text.index(wrong, after)
    return Edit(start, start + len(wrong), wrong, right, kind, confidence=1.0, ask=ask)


def parts(text: str, one: Edit, *accepted: Edit) -> tuple[str, ...]:
    before, after = before_and_after(text, one, accepted)
    assert (before.lead, before.rest) == (after.lead, after.rest)
    return before.lead, before.change, after.change, before.rest


def test_a_change_stands_in_its_whole_sentence_though_that_runs_over_lines():
    shown = parts(LETTER, edit(LETTER, "modles", "models"))

    assert shown == ("I trained PyTroch ", "modles", "models", " on farm data.")


def test_what_is_accepted_already_stands_in_the_sentence_and_what_is_open_does_not():
    pytorch = edit(LETTER, "PyTroch", "PyTorch")
    lead, *_ = parts(LETTER, edit(LETTER, "modles", "models"), pytorch)

    assert lead == "I trained PyTorch "


def test_an_accepted_edit_at_the_same_place_does_not_hide_the_change():
    both = edit(LETTER, "PyTroch modles", "PyTorch models")

    assert parts(LETTER, edit(LETTER, "modles", "models"), both)[1:3] == ("modles", "models")


def test_abbreviations_and_dots_inside_words_end_no_sentence():
    text = "It runs on Node.js, e.g. on small maschines, at 3.5 volts. Then I left."

    before, _ = before_and_after(text, edit(text, "maschines", "machines"))

    assert str(before) == "It runs on Node.js, e.g. on small maschines, at 3.5 volts."


@pytest.mark.parametrize(
    ("text", "wrong", "right", "goes", "comes"),
    [
        ("It went well . Then", " .", ".", "well .", "well."),
        ("However I went on.", " ", ", ", "However I", "However, I"),
        ("Some data  science here.", "  ", " ", "data␣␣science", "data␣science"),
        ("Some data\tscience here.", "\t", " ", "data⇥science", "data␣science"),
        ("About 10\u00a0km away.", "\u00a0", " ", "10⍽km", "10␣km"),
        ("Exam\u00adple given.", "\u00ad", "", "Exam▯ple", "Example"),
        ("I work in data\nscience now.", "\n", " ", "data⏎science", "data science"),
        ("I am really happy.", "really ", "", "am really happy.", "am happy."),
        ("a de-\nscent of", "de-\nscent", "descent", "de-⏎scent", "descent"),
        ("the machne\nlearning of", "machne\nlearning", "machine\nlearning", None, None),
    ],
)
def test_a_change_of_spaces_or_marks_can_be_seen(text, wrong, right, goes, comes):
    _, before, after, _ = parts(text, edit(text, wrong, right, EditKind.PUNCTUATION))

    assert before != after
    assert (before, after) == ((goes, comes) if goes else ("machne learning", "machine learning"))


def test_lines_that_are_joined_show_both_sentences_around_the_join():
    text = "I built a dash\n\nboard for farmers. It runs."

    shown = parts(text, edit(text, "dash\n\nboard", "dashboard", EditKind.SPLIT_WORD))

    assert shown == ("I built a ", "dash⏎board", "dashboard", " for farmers.")


def test_a_slip_after_accepted_joined_lines_shows_the_sentence_as_it_is_now():
    text = "I built a dash\n\nboard for framers. It runs."
    joined = edit(text, "dash\n\nboard", "dashboard", EditKind.SPLIT_WORD)

    before, _ = before_and_after(text, edit(text, "framers", "farmers"), [joined])

    assert str(before) == "I built a dashboard for framers."


def test_a_very_long_sentence_is_shortened_around_the_change_at_words():
    text = "word " * 300 + "recieve" + " mots" * 300

    lead, *_, rest = parts(text, edit(text, "recieve", "receive"))

    assert lead.startswith("… word ")
    assert rest.endswith(" mots …")
    assert len(lead) <= 170
    assert len(rest) <= 170


def test_a_paragraph_said_anew_is_shortened_in_its_middle():
    text = "Old words here " * 100

    before, after = before_and_after(text, Edit(0, 1500, text, "New " * 500, EditKind.STYLE, 1.0))

    assert max(len(str(before)), len(str(after))) < 500


def test_a_character_is_never_torn():
    text = "Cafe\u0301s and 👩\u200d💻 and 👍🏽 are fine"

    accent = parts(text, edit(text, "Cafe", "Kafe"))
    assert accent[1:3] == ("Cafe\u0301", "Kafe\u0301")
    only_accent = parts(text, edit(text, "\u0301s", "s"))
    assert only_accent[1:3] == ("e\u0301s", "es")

    family = "👩\u200d👩\u200d👧" * 100
    long = f"{family}recieve{family}"
    lead, _, _, rest = parts(long, edit(long, "recieve", "receive"))
    assert not lead.removeprefix("… ").startswith(("\u200d", "👧"))
    assert not rest.removesuffix(" …").endswith("\u200d")


def test_in_a_list_a_change_is_shown_with_the_words_of_its_line():
    assert words_changed("first\nML : pandas\nlast", edit("first\nML : p", " : ", ": ")) == (
        "ML : pandas",
        "ML: pandas",
    )


def test_the_same_slip_is_one_decision_wherever_it_stands():
    text = "PyTroch and PyTroch and well , so , its and its"
    twice = edit(text, "PyTroch", "PyTorch"), edit(text, "PyTroch", "PyTorch", after=5)
    commas = (
        edit(text, " ,", ",", EditKind.PUNCTUATION),
        edit(text, " ,", ",", EditKind.PUNCTUATION, after=30),
    )
    its = (
        edit(text, "its", "it's", EditKind.CONFUSION),
        edit(text, "its", "it's", EditKind.CONFUSION, after=44),
    )

    assert decision(twice[0]) == decision(twice[1])
    assert decision(commas[0]) == decision(commas[1])
    assert decision(its[0]) != decision(its[1]), "which one is meant differs by place"


def test_a_comma_to_put_in_and_a_question_are_decided_place_by_place():
    text = "So I so I had had had had"
    commas = [Edit(at, at, "", ",", EditKind.PUNCTUATION, 1.0) for at in (2, 7)]
    doubled = [
        edit(text, "had had", "had", EditKind.DOUBLED_WORD, ask=True, after=at) for at in (0, 18)
    ]

    assert decision(commas[0]) != decision(commas[1])
    assert decision(doubled[0]) != decision(doubled[1])


def test_a_sure_slip_and_the_same_as_a_question_are_two_decisions():
    text = "Shapp and Shapp"
    sure, asked = edit(text, "Shapp", "SHAP"), edit(text, "Shapp", "SHAP", ask=True, after=3)

    assert decision(sure) != decision(asked)


TEXTS = st.text(st.sampled_from("ab .,!?\n\u0301👍🏽\u200dשل1-"), min_size=1, max_size=80)


@given(TEXTS, st.data())
def test_both_sentences_say_what_the_text_says_and_will_say(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 8)))
    right = data.draw(st.text("ab, ", max_size=5))
    one = Edit(start, end, text[start:end], right, EditKind.STYLE, 1.0)

    before, after = before_and_after(text, one)

    def bare(shown: str) -> str:
        return "".join(c for c in shown if not c.isspace() and c not in "␣⏎∅")

    assert bare(str(before)) in bare(text)
    assert bare(str(after)) in bare(text[:start] + right + text[end:])
    assert bare(str(after)) in bare(apply_edits(text, [one])) or right.startswith(one.wrong)
