"""What a note's cards show."""

import pytest

from coach.notes import NoteKind, face, guid_of, ordinals

CLOZE = "{{c1::Recall}} is TP / {{c2::(TP + FN)::who was there}}, {{c1::always}}"


@pytest.mark.parametrize(
    ("kind", "numbers"), [(NoteKind.BASIC, (0,)), (NoteKind.BOTH, (0, 1)), (NoteKind.CLOZE, (0, 1))]
)
def test_a_note_has_its_cards(kind, numbers):
    assert ordinals(kind, CLOZE) == numbers


def test_a_note_both_ways_asks_each_side():
    front, back = (face(NoteKind.BOTH, "bias", "смещение", n) for n in (0, 1))

    assert (front.question, front.answer) == ("bias", "смещение")
    assert (back.question, back.answer) == ("смещение", "bias")


def test_a_gap_is_open_and_the_others_are_filled():
    first, second = (face(NoteKind.CLOZE, CLOZE, "See Powers 2011.", n) for n in (0, 1))

    assert first.question == "[…] is TP / (TP + FN), […]"
    assert [first.question[a:b] for a, b in first.asked] == ["[…]", "[…]"]
    assert second.question == "Recall is TP / [who was there], always"
    assert first.answer == "Recall is TP / (TP + FN), always\n\nSee Powers 2011."
    assert [second.answer[a:b] for a, b in second.told] == ["(TP + FN)"]


def test_the_same_words_have_the_same_name_however_they_are_spaced():
    assert guid_of(NoteKind.BASIC, "a  b\n", "c") == guid_of(NoteKind.BASIC, "a b", "c")
    assert guid_of(NoteKind.BASIC, "a", "b c") != guid_of(NoteKind.BASIC, "a b", "c")
    assert guid_of(NoteKind.BASIC, "a", "b") != guid_of(NoteKind.BOTH, "a", "b")
