"""What was fixed, what is new and what is still there add up, whatever was written."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.letters import (
    Criterion,
    Critique,
    Edit,
    EditKind,
    Finding,
    Kind,
    Review,
    Score,
    Severity,
)
from coach.review import review
from coach.versions import Alignment, Step, compare, without

SLIPS = {"thier": "their", "recieve": "receive", "teh": "the", ",,": ","}
RULES = {"passionate": "cliche", "[name]": "placeholder", "TODO": "note-to-self"}
WORDS = ["pumps", "I", "model", "on", "Mondays.", "\n\n", *SLIPS, *RULES]

texts = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)


def read(text, scores=()):
    """A reading that finds each of these words."""
    return Review(
        Kind.COVER_LETTER,
        "en",
        Critique("house rules", "", "", tuple(Score(one, s, (), "") for one, s in scores)),
        edits=tuple(slip(at, wrong) for at, wrong in places(text, SLIPS)),
        findings=(whole(), *(point(at, quote) for at, quote in places(text, RULES))),
    )


def places(text, words):
    found = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append((at, word))
            at = text.find(word, at + len(word))
    return sorted(found)


def slip(at, wrong):
    return Edit(at, at + len(wrong), wrong, SLIPS[wrong], EditKind.SPELLING, 0.9)


def point(at, quote):
    criterion = Criterion.MECHANICS
    end = at + len(quote)
    return Finding(RULES[quote], Severity.MINOR, criterion, at, end, quote, quote, "")


def whole():
    return Finding("no-evidence", Severity.MAJOR, Criterion.EVIDENCE, 0, 0, "", "None.", "")


def compared(before, after):
    return compare(before, read(before), after, read(after))


def wrongs(edits):
    return [edit.wrong for edit in edits]


@given(before=texts, after=texts)
def test_everything_is_in_one_place_exactly(before, after):
    earlier, later = read(before), read(after)
    found = compare(before, earlier, after, later)
    for change, old, new in (
        (found.slips, earlier.edits, later.edits),
        (found.points, earlier.findings, later.findings),
    ):
        key = lambda one: (one.start, one.end)  # noqa: E731
        assert sorted([*change.fixed, *(was for was, _ in change.still)], key=key) == sorted(
            old, key=key
        )
        assert sorted([*change.new, *(now for _, now in change.still)], key=key) == sorted(
            new, key=key
        )
        assert (change.before, change.after) == (len(old), len(new))


@given(text=texts)
def test_a_text_against_itself_has_changed_nothing(text):
    found = compared(text, text)
    assert not found.slips.fixed + found.slips.new
    assert not found.points.fixed + found.points.new
    assert all(was == now for was, now in found.slips.still + found.points.still)
    assert found.same_words


@given(before=texts, after=texts)
def test_every_place_lies_in_the_later_text(before, after):
    moved = Alignment(before, after)
    for start in range(len(before)):
        for end in range(start, min(start + 4, len(before)) + 1):
            first, last = moved.place(start, end)
            assert 0 <= first <= last <= len(after)


BEFORE = "I saw thier pumps. Then I will recieve the alerts of teh mill every day."


def test_what_was_mended_is_fixed_and_the_rest_is_still_there():
    found = compared(BEFORE, BEFORE.replace("thier", "their").replace("teh", "the"))
    assert wrongs(found.slips.fixed) == ["thier", "teh"]
    assert [(was.wrong, now.wrong) for was, now in found.slips.still] == [("recieve", "recieve")]
    assert found.slips.new == ()


def test_a_new_slip_is_new_though_there_was_another():
    found = compared(BEFORE, BEFORE.replace("thier", "their") + " And teh end.")
    assert wrongs(found.slips.fixed) == ["thier"]
    assert wrongs(found.slips.new) == ["teh"]
    assert found.slips.new[0].start > len(BEFORE) - 5


def test_the_one_that_was_mended_of_two_is_the_one_that_is_gone():
    found = compared("teh mill and teh pumps", "the mill and teh pumps")
    assert [edit.start for edit in found.slips.fixed] == [0]
    assert [was.start for was, _ in found.slips.still] == [13]


def test_a_slip_in_a_paragraph_that_moved_is_still_there():
    one, two = "I saw thier pumps on Mondays.", "Then I will recieve the alerts every day."
    found = compared(f"{one}\n\n{two}", f"{two}\n\n{one}")
    assert sorted(wrongs(now for _, now in found.slips.still)) == ["recieve", "thier"]
    assert not found.slips.fixed + found.slips.new


def test_a_slip_in_a_sentence_that_was_rewritten_is_still_there():
    found = compared(
        "We recieve alerts.", "Every morning the whole team is glad to recieve a word."
    )
    assert len(found.slips.still) == 1


def test_a_slip_that_became_another_is_still_a_slip_of_the_same_place():
    earlier = read("I will recieve it.")
    text = "I will receve it."
    other = Edit(7, 13, "receve", "receive", EditKind.SPELLING, 0.9)
    later = replace(read(text), edits=(other,))
    found = compare("I will recieve it.", earlier, text, later)
    assert found.slips.still == ((earlier.edits[0], other),)


def test_marks_that_were_doubled_elsewhere_are_not_the_same():
    found = compared("One,, two and three on Mondays.", "One, two and three on,, Mondays.")
    assert (len(found.slips.fixed), len(found.slips.new)) == (1, 1)


def test_points_are_told_by_their_rule_and_place():
    found = compared("I am passionate. TODO write more.", "I am passionate. I like [name] pumps.")
    assert [one.rule for one in found.points.fixed] == ["note-to-self"]
    assert [one.rule for one in found.points.new] == ["placeholder"]
    assert [was.rule for was, _ in found.points.still] == ["no-evidence", "cliche"]


def test_a_rule_about_the_whole_letter_is_the_same_wherever_it_points():
    shown = replace(whole(), start=0, end=1, quote="I")
    earlier = replace(read("I like pumps."), findings=(shown,))
    later = replace(read("We sell a model."), findings=(replace(shown, quote="W"),))
    found = compare("I like pumps.", earlier, "We sell a model.", later)
    assert len(found.points.still) == 1


def test_only_what_both_could_be_scored_by_is_compared():
    evidence, plain, fit = (
        Criterion.EVIDENCE,
        Criterion.CLARITY_VOICE,
        Criterion.MOTIVATION_FIT,
    )
    earlier = read("I", [(evidence, 2), (plain, None), (fit, 3)])
    later = read("I", [(evidence, 3), (plain, 2), (fit, None)])
    assert compare("I", earlier, "I", later).steps == (Step(evidence, 2, 3),)


def test_what_its_writer_wants_so_is_no_slip_that_is_still_there():
    found = compared(BEFORE, BEFORE)
    rest, left = without(found.slips, [found.slips.still[0][0]])
    assert (left, len(rest.still)) == (1, 2)
    assert without(found.slips, []) == (found.slips, 0)


LETTER = """Dear hiring team at Nordwind,

I am passionate about data and I recieve [number] alerts a day. I think outside the box.

Kind regards,
Sam
"""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_real_letter_is_read_twice_by_the_same_rules(language):
    after = LETTER.replace("recieve [number]", "receive forty").replace("a day", "a dya")
    found = compare(LETTER, review(LETTER, reader=language), after, review(after, reader=language))
    assert "recieve" in wrongs(found.slips.fixed)
    assert "placeholder" in [one.rule for one in found.points.fixed]
    assert "cliche" in [was.rule for was, _ in found.points.still]
