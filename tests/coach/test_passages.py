"""A letter's paragraphs can be told apart and named by their first words."""

from coach.passages import MOST, beginning, passages

ONE = "I kept the lamps of a lighthouse burning for three years."
TWO = "Then I wrote a model that says which lamp fails next week."


def test_greetings_and_names_are_no_passages():
    assert passages(f"Dear all,\n\n{ONE}\n\n{TWO}\n\nKind regards,\nAnna") == [ONE, TWO]


def test_lines_stand_for_paragraphs_where_no_line_is_blank():
    assert passages(f"Hello\n{ONE}\n{TWO}") == [ONE, TWO]


def test_a_letter_of_one_paragraph_has_no_parts():
    assert passages(f"Hi,\n\n{ONE}") == []


def test_no_more_are_offered_than_anybody_reads():
    assert len(passages("\n\n".join([ONE] * 30))) == MOST


def test_a_passage_is_named_by_its_first_words():
    assert beginning(ONE) == "I kept the lamps of a…"
    assert beginning("Short\nenough") == "Short enough"
