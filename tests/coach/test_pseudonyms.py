"""Pseudonyms: a model reads the letter without learning who wrote it, and its words come back."""

from hypothesis import example, given
from hypothesis import strategies as st

from coach.pseudonyms import Pseudonyms

LETTER = """Dear Ms Petrova,

I’m Anna Pollack, a data engineer in Lisbon. At i2x I built a pipeline with PyTorch; i2x still uses
it, and Anna's manager Karl Müller wrote about it: https://example.org/karl/flow.

I’ve moved 40 TB. Write to anna.pollack@example.org or +49 170 1234567. I don’t sleep much.

Kind regards,
Anna Pollack
"""

POSTING = "Brightmere looks for an engineer who knows PyTorch. Ask Karl Müller."


def test_nothing_that_gives_a_person_away_is_left():
    hidden = Pseudonyms.of([LETTER, POSTING]).hide(LETTER)

    for secret in ("Petrova", "Anna", "Pollack", "Lisbon", "i2x", "Karl", "Müller"):
        assert secret not in hidden
    for secret in ("example.org", "1234567", "https"):
        assert secret not in hidden


def test_the_work_stays_and_so_do_pronouns_with_a_curly_apostrophe():
    hidden = Pseudonyms.of([LETTER]).hide(LETTER)

    for work in ("data engineer", "pipeline with PyTorch", "I’ve moved 40 TB", "I don’t sleep"):
        assert work in hidden


def test_one_person_has_one_stand_in_in_the_letter_and_in_the_posting():
    pseudonyms = Pseudonyms.of([LETTER, POSTING])

    karl = pseudonyms.words["Karl"]
    assert karl in pseudonyms.hide(LETTER)
    assert karl in pseudonyms.hide(POSTING)
    assert "Karl" not in pseudonyms.hide(POSTING)


def test_what_a_model_quotes_comes_back_as_it_was_written():
    pseudonyms = Pseudonyms.of([LETTER, POSTING])
    quote = pseudonyms.hide(LETTER).split("\n\n")[1]

    assert pseudonyms.reveal(quote) == LETTER.split("\n\n")[1]


def test_a_stand_in_is_known_again_however_a_model_writes_it():
    pseudonyms = Pseudonyms({"Karl": "Name7", "Müller": "Name8"})

    assert pseudonyms.reveal("name 7 NAME_8, Name-7's") == "Karl Müller, Karl's"
    assert pseudonyms.reveal("Name9 and Phone 7") == "Name9 and Phone 7"


def test_a_number_that_the_letter_has_itself_is_nobodys_stand_in():
    text = "Dear Ms Petrova, my Phone 12 and Name 3 are in the attachment."
    pseudonyms = Pseudonyms.of([text])

    assert pseudonyms.reveal(pseudonyms.hide(text)) == text


def test_a_window_cuts_nothing_that_is_hidden():
    pseudonyms = Pseudonyms.of([LETTER])
    start = LETTER.index("170 1234567") + 5

    assert "4567" not in pseudonyms.windows(LETTER, [(start, start + 20)])[0]


def test_answers_come_back_whole_whatever_their_shape():
    pseudonyms = Pseudonyms({"Karl": "Name1"})

    said = {"issues": [{"quote": "Name1 wrote", "score": 3}], "summary": None}

    assert pseudonyms.reveal_all(said) == {
        "issues": [{"quote": "Karl wrote", "score": 3}],
        "summary": None,
    }


@given(st.text(max_size=300), st.lists(st.sampled_from(LETTER.split(" ")), max_size=30))
@example("0À", ["Petrova,\n\nI’m"] * 2)
@example("_À_Petrova_ À7 À٢ Petrova0123456789", ["Petrova,\n\nI’m"] * 2)
def test_every_text_comes_back_as_it_was(rubbish: str, words: list[str]):
    text = f"{rubbish} {' '.join(words)}"
    pseudonyms = Pseudonyms.of([text])

    assert pseudonyms.reveal(pseudonyms.hide(text)) == text
