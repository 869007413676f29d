"""A question asks; it tells its reader nothing that they haven't said."""

import pytest

from coach.letters import Critique
from prompts.guards.letters import Letter
from prompts.guards.questions import asks_openly, without_tales

TEXT = (
    "I am a nurse in Graz. Last winter I wrote a small script in Python that counts refills; it "
    "cut the counting from about 40 minutes to 5. Two colleagues use it now."
)


@pytest.fixture
def letter():
    house = Critique(engine="house rules", label="", summary="")
    return Letter(TEXT, house, facts=("I have led the ward council since May.",))


@pytest.fixture
def russian_reader(letter):
    from dataclasses import replace

    return replace(letter, reader="ru")


@pytest.mark.parametrize(
    "question",
    [
        "What do your two colleagues do with the time?",
        "How many wards use the script today?",
        "What went wrong with it at first, and how did you notice?",
        "Which of the refills does your Python script miss?",
        "Whom do you lead in the ward council?",
    ],
)
def test_an_open_question_is_asked(letter, question):
    assert asks_openly(question, letter)


@pytest.mark.parametrize(
    "question",
    [
        "Were it 400 patients?",
        "Did three wards adopt it?",
        "How did Siemens react to your script?",
        "Did you use TensorFlow for it?",
        "Could you show it at https://example.org?",
        "Which prize did your script win?",
        "How large was the budget that you managed?",
        "You cut costs by half. How?",
        "Tell me more about your script.",
        "",
        "Why " + "very " * 60 + "small?",
    ],
)
def test_a_question_that_tells_something_is_not_asked(letter, question):
    assert not asks_openly(question, letter)


def test_a_reader_of_another_language_is_asked_likewise(russian_reader):
    assert asks_openly("Сколько отделений пользуется скриптом?", russian_reader)
    assert asks_openly("Что именно делает ваш скрипт на Python?", russian_reader)
    assert not asks_openly("Это было 400 пациентов?", russian_reader)
    assert not asks_openly("Что сказали в Google?", russian_reader)
    assert not asks_openly("Какую премию вы получили?", russian_reader)


def test_a_reason_keeps_the_sentences_that_invent_nothing(letter):
    said = "It says what you did. At Google they would call it a 90 % gain. The script comes first."
    assert without_tales(said, letter) == "It says what you did. The script comes first."
