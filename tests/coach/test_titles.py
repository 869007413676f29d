"""A letter is called by its file, by whom it is written to, or by how it begins."""

import pytest

from coach.titles import LONGEST, tells_nothing, title

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
        (
            f"---\nlayout: page\n---\n\n{STORY}\n\n{STORY}",
            "",
            "For three years I kept the lamps of a…",
        ),
        (
            f"# [{{{{ job.title }}}}]\n\n{STORY}\n\n{STORY}",
            "",
            "For three years I kept the lamps of a…",
        ),
    ],
)
def test_a_letter_is_called_by_what_tells_it_from_others(text, name, called):
    assert title(text, name) == called


def test_a_title_fits_on_a_button():
    assert len(title("x" * 500)) <= LONGEST
    assert len(title("x", "y" * 300 + ".docx")) <= LONGEST


@pytest.mark.parametrize(
    "name", ["", "letter", "letter.txt", "Cover Letter (3).docx", "img_2031.jpg"]
)
def test_a_name_that_a_file_came_with_by_chance_tells_nothing(name):
    assert tells_nothing(name)


@pytest.mark.parametrize("name", ["draft 2", "My letter", "nordwind.txt", "Dr. Almeida", "v2"])
def test_what_somebody_called_it_is_a_title(name):
    assert not tells_nothing(name)
