"""A remark advises freely, and tells its writer nothing of themselves that they haven't said."""

import json
from pathlib import Path

import pytest

from prompts.guards.remarks import Known

LETTER = (
    "I have been a nurse in Graz for six years. I wrote a script in Python that cut the counting "
    "from about 40 minutes to 5. Two colleagues use it. I read your paper, Larkspur team."
)
GOLD = Path("tests/letters/gold")


def tells(said, reader="en", source=LETTER, language="en"):
    return Known(source, language, reader).tells(said)


@pytest.mark.parametrize(
    "said",
    [
        "Your 3 years at Google are the strongest proof.",
        "You led 12 people, so say it first.",
        "Your work at Siemens belongs into the opening.",
        "Say more about your TensorFlow project.",
        "You were a manager: lead with that.",
        "Your role as head of the ward proves it.",
        "You saved 80 % of the time, which is a result.",
        "Since you studied in Vienna, say so.",
        "Your code is at https://example.org/other, link it.",
    ],
)
def test_a_fact_that_the_writer_never_gave_is_noticed(said):
    assert tells(said)


@pytest.mark.parametrize(
    "said",
    [
        "Cut it to 2 sentences.",
        "Name 1–2 results of your work.",
        "You tell four stories in ten lines; keep one.",
        "Show it on GitHub or with a Kaggle notebook.",
        "Your six years in Graz are worth a sentence.",
        "Your script cut 40 minutes to 5: say who noticed.",
        "Two of your colleagues use it, which is proof.",
        "A reader has 30 seconds; put your best line first.",
        "Say what you would do at Larkspur in the first week.",
        "Machine learning teams ask for SQL, PyTorch and statistics.",
        "As a nurse you know what a night shift costs: say it.",
    ],
)
def test_advice_and_what_the_letter_says_pass(said):
    assert not tells(said)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Ваши шесть лет в Граце стоит назвать раньше.", False),
        ("Сократите до двух предложений и назовите 1–2 результата.", False),
        ("Скрипт на Python сократил подсчёт с 40 минут до 5: скажите, кто это заметил.", False),
        ("Ваши восемь лет в Google говорят сами за себя.", True),
        ("Вы обучили 30 коллег, скажите об этом.", True),
    ],
)
def test_a_remark_in_another_language_is_held_to_the_same(said, told):
    assert tells(said, reader="ru") is told


def test_the_posting_and_facts_count_as_given():
    said = "Your 4 years with Kubernetes answer what Initech asks for."
    assert tells(said)
    assert not tells(said, source=f"{LETTER} Initech. Four years of Kubernetes.")


def remarks():
    """What people wrote about the letters of the gold set, with the letter each is about."""
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        letter = next(
            (one for one in Path("tests/letters").rglob(gold["letter"]) if one.is_file()), None
        )
        said = [gold["overall"]["verdict"], *(one["why"] for one in gold["strengths"])]
        said += [one[key] for one in gold["issues"] for key in ("problem", "fix")]
        if letter is not None:
            yield from ((letter.read_text("utf-8"), gold["language"], one) for one in said)


def test_nearly_all_that_people_remarked_about_letters_passes():
    judged = [
        (Known(text, language, language).tells(said), said) for text, language, said in remarks()
    ]
    refused = [said for told, said in judged if told]
    print(f"{len(refused)}/{len(judged)} human remarks refused: {refused}")
    assert len(judged) >= 60
    assert len(refused) <= 0.03 * len(judged)
