"""A letter is called by its file, by whom it is written to, or by how it begins."""

import pytest

from coach.titles import LONGEST, title

STORY = "For three years I kept the lamps of a lighthouse burning, alone and by hand."


@pytest.mark.parametrize(
    ("text", "name", "called"),
    [
        ("Dear hiring team at Nordwind,\n\nI am Sam.", "", "Nordwind"),
        ("Dear Ms Aaltonen,\n\nI am Sam.", "", "Ms Aaltonen"),
        ("Dear committee of the Ada Programme,\nI am Sam.", "", "Ada Programme"),
        ("Уважаемая команда компании Ромашка!\n\nЯ пишу вам.", "", "Ромашка"),
        ("Dear hiring manager,\n\nI would join Halden Energy.", "", "Halden Energy"),
        (f"Dear Sir or Madam,\n\n{STORY}\n\n{STORY}", "", "For three years I kept the lamps of a…"),
        ("Dear hiring team at Nordwind,\n\nI am Sam.", "nordwind_v3.docx", "nordwind_v3.docx"),
        ("Dear hiring team at Nordwind,\n\nI am Sam.", "cover letter (2).docx", "Nordwind"),
        ("Dear hiring team at Nordwind,\n\nI am Sam.", "письмо.txt", "Nordwind"),
        ("word", "", "word"),
    ],
)
def test_a_letter_is_called_by_what_tells_it_from_others(text, name, called):
    assert title(text, name) == called


def test_a_title_fits_on_a_button():
    assert len(title("x" * 500)) <= LONGEST
    assert len(title("x", "y" * 300 + ".docx")) <= LONGEST
