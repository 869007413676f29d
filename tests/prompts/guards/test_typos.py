"""The proofreader and a model look at the same letter; what comes out is one list of edits."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.letters import Edit, EditKind, Source, apply_edits
from prompts.answers import EditItem, TyposAnswer
from prompts.guards.slips import LONGEST_QUOTE
from prompts.guards.typos import merge

TEXT = (
    "I has worked in a hospital for six years. The nurse's notes were allways late, so I wrote a\n"
    "script in PyTorch. My boss said “this are great” and send it to [name]. The code is at\n"
    "https://example.org/scirpt and it runs in 40 minutes. Kayli helped. I has a plan. We use\n"
    "tabels, and de scent models."
)


def edit(wrong, right, kind=EditKind.SPELLING, occurrence=1):
    return EditItem(quote=wrong, replacement=right, kind=kind, occurrence=occurrence)


def own(wrong, right, *, ask=False):
    start = TEXT.index(wrong)
    return Edit(start, start + len(wrong), wrong, right, EditKind.SPELLING, 0.9, ask)


def merged(*edits, candidates=(), confirm=(), reject=()):
    answer = TyposAnswer(confirm=list(confirm), reject=list(reject), edits=list(edits))
    return merge(answer, TEXT, candidates, written_in="en")


def only(*edits, **others):
    (found,) = merged(*edits, **others)
    return found


def test_a_slip_that_the_proofreader_missed_is_added():
    found = only(edit("were allways late", "were always late"))
    assert (found.wrong, found.right) == ("allways", "always")
    assert TEXT[found.start : found.end] == "allways"
    assert (found.source, found.ask, found.kind) == (Source.MODEL, False, EditKind.SPELLING)


def test_the_second_place_is_meant_when_the_model_says_so():
    found = only(edit("I has", "I have", EditKind.GRAMMAR, 2))
    assert found.start > TEXT.index("plan") - 12


def test_an_edit_that_would_look_applied_takes_what_follows_with_it():
    text = "We met -- and spoke."
    answer = TyposAnswer(confirm=[], reject=[], edits=[edit("-", "--", EditKind.PUNCTUATION)])
    (found,) = merge(answer, text, (), written_in="en")
    once = apply_edits(text, [found])
    assert once == "We met --- and spoke."
    assert apply_edits(once, [found]) == once


def test_a_line_break_inside_the_quote_stays():
    found = only(
        edit("wrote a scirpt in", "x"), edit("a script in Pytorch", "the script in PyTorch")
    )
    assert "\n" not in found.right
    assert "a\nscript" in TEXT
    assert apply_edits(TEXT, [found]).count("\n") == TEXT.count("\n")


def test_two_words_for_one_are_a_split_word_whatever_the_model_calls_it():
    found = only(edit("de scent", "descent"))
    assert (found.kind, found.ask) == (EditKind.SPLIT_WORD, False)


@pytest.mark.parametrize(
    "asked",
    [
        edit("Kayli", "Kayla"),
        edit("this are great", "this is great", EditKind.GRAMMAR),
        edit("[name]", "Name", EditKind.STYLE),
        edit("worked in a hospital", "was employed by a clinic", EditKind.GRAMMAR),
        edit("late", "lat"),
        edit("notes", "nodes"),
        edit("helped", "assisted greatly"),
    ],
    ids=lambda item: item.quote,
)
def test_what_is_no_plain_slip_becomes_a_question(asked):
    assert only(asked).ask


@pytest.mark.parametrize(
    ("text", "wrong", "right", "kind"),
    [
        ("She said “it is allways late”.", "allways", "always", EditKind.SPELLING),
        ("Set `allways` in the file.", "allways", "always", EditKind.SPELLING),
        ("Write to allways@example.org.", "allways", "always", EditKind.SPELLING),
        ("I live in Graz now.", "Graz", "Gras", EditKind.GRAMMAR),
        ("I know Ana well.", "Ana", "Anna", EditKind.GRAMMAR),
        ("I use torch now.", "torch", "Torch2", EditKind.GRAMMAR),
    ],
)
def test_what_belongs_to_others_is_asked_or_left(text, wrong, right, kind):
    answer = TyposAnswer(edits=[edit(wrong, right, kind)])
    assert all(one.ask for one in merge(answer, text, (), written_in="en"))


def test_a_capital_may_be_mended():
    answer = TyposAnswer(edits=[edit("english", "English", EditKind.GRAMMAR)])
    (found,) = merge(answer, "I teach english here.", (), written_in="en")
    assert not found.ask


def test_a_quote_of_a_whole_passage_is_no_typo():
    passage = TEXT[: LONGEST_QUOTE + 20]
    assert merged(edit(passage, passage.replace("allways", "always"))) == []


@pytest.mark.parametrize(
    "dropped",
    [
        edit("I have worked in a hotel", "I worked in a hotel"),
        edit("late", "late"),
        edit("late", "**late**"),
        edit("late", "late\nnights"),
        edit("late", "late https://evil.example"),
        edit("scirpt and", "[script](https://evil.example) and"),
        edit("40 minutes", "14 minutes"),
        edit("six years. The", "16 years. The"),
        edit("", "x"),
        edit("I has", "I have", EditKind.GRAMMAR, 3),
    ],
    ids=lambda item: item.replacement[:20],
)
def test_what_is_no_edit_of_this_letter_is_dropped(dropped):
    assert merged(dropped) == []


def test_what_both_have_found_is_of_both():
    found = only(edit("allways", "always"), candidates=[own("allways", "always")])
    assert found.source is Source.BOTH


def test_a_confirmed_candidate_is_of_both_and_surer():
    found = only(candidates=[own("allways", "always")], confirm=[1])
    assert (found.source, found.confidence > 0.9) == (Source.BOTH, True)


def test_a_confirmed_question_stays_a_question():
    assert only(candidates=[own("tabels", "tables", ask=True)], confirm=[1]).ask


def test_a_rejected_edit_becomes_a_question_and_a_rejected_question_goes():
    assert only(candidates=[own("allways", "always")], reject=[1]).ask
    assert merged(candidates=[own("tabels", "tables", ask=True)], reject=[1]) == []


@pytest.mark.parametrize(
    "verdicts",
    [{"confirm": [1], "reject": [1]}, {"reject": [1, 7]}, {"confirm": [0]}, {"reject": [1, 2, 3]}],
)
def test_a_model_that_contradicts_itself_or_rejects_everything_is_not_heard(verdicts):
    candidates = [own("allways", "always"), own("tabels", "tables"), own("send", "sent")]
    assert merged(candidates=candidates, **verdicts) == sorted(candidates, key=lambda e: e.start)


def test_a_model_that_quotes_what_is_not_there_applies_nothing_unasked():
    real, invented = edit("allways", "always"), edit("I led twelve people", "I lead")
    assert only(real, invented).ask


def test_where_both_change_one_place_the_proofreader_is_kept():
    found = only(edit("allways", "all ways"), candidates=[own("allways", "always")])
    assert (found.right, found.source) == ("always", Source.PROOFREADER)


def test_of_overlapping_edits_the_smaller_is_kept():
    found = only(
        edit("were allways late", "was late all the time", EditKind.STYLE),
        edit("allways", "always"),
    )
    assert found.wrong == "allways"


def test_a_model_that_wants_to_rewrite_the_letter_is_held_to_a_tenth():
    words = list(dict.fromkeys(word for word in TEXT.split() if word.isalpha() and len(word) > 3))
    flood = [edit(word, word[::-1], EditKind.STYLE) for word in words]
    changed = sum(len(one.wrong) for one in merged(*flood))
    assert 0 < changed <= 0.2 * len(TEXT)


quotes = st.sampled_from([TEXT[at : at + n] for at in range(0, 300, 7) for n in (3, 9, 20)])
items = st.builds(
    EditItem,
    quote=quotes | st.text(max_size=12),
    replacement=quotes | st.text(max_size=12),
    kind=st.sampled_from(EditKind),
    occurrence=st.integers(-1, 4),
)


@settings(deadline=None)
@given(st.lists(items, max_size=12), st.lists(st.integers(0, 4)), st.lists(st.integers(0, 4)))
def test_whatever_a_model_answers_the_edits_fit_the_letter(edits, confirm, reject):
    candidates = [own("allways", "always"), own("tabels", "tables", ask=True)]
    found = merged(*edits, candidates=candidates, confirm=confirm, reject=reject)
    for one in found:
        assert TEXT[one.start : one.end] == one.wrong != one.right
        assert "\n" not in one.right or one.right.count("\n") == one.wrong.count("\n")
    for before, after in pairwise(found):
        assert before.end <= after.start
    sure = [one for one in found if not one.ask]
    once = apply_edits(TEXT, sure)
    assert apply_edits(once, sure) == once or not sure
