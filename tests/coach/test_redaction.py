"""Redaction: a peer reads the work, not the name, the employer or the way to write to them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.redaction import Covered, hide, names_in, redact

LETTER = """Dear Ms Petrova and the Zalando hiring team,

I am Anna Ivanova, a data engineer in Lisbon who moves into machine learning. At Brightmere I built
a pipeline with PyTorch and Kafka that scored 2 million rows a day; my manager, Karl Müller, still
uses it. See github.com/anna/flow or write to anna@example.org, +49 170 1234567.

Zalando taught me patience in March 2021. I live at 12 Hill Street.

- Led four people at Data Masters GmbH

Kind regards,
Anna Ivanova
"""

PISMO = """Уважаемая Мария Петровна!

Меня зовут Борис Иванов, я работаю в Ромашке аналитиком. В ООО «Лютик» мы с Ольгой Смирновой
сделали модель на Python. Живу на ул. Ленина, д. 5. Борису нравится Kafka.

С уважением,
Борис Иванов
"""


def test_what_names_anybody_is_gone_and_the_work_is_left():
    text = redact(LETTER, names=["Anna Ivanova"]).text

    for name in [
        "Petrova",
        "Zalando",
        "Anna",
        "Ivanova",
        "Brightmere",
        "Karl",
        "Müller",
        "Lisbon",
        "Masters",
    ]:
        assert name not in text
    for way in ("github.com", "example.org", "1234567", "Hill Street"):
        assert way not in text
    for work in ("data engineer", "PyTorch and Kafka", "2 million rows", "March 2021", "hiring"):
        assert work in text


def test_russian_names_are_covered_in_every_case():
    text = redact(PISMO, names=["Борис Иванов"], language="ru").text

    for name in ["Мария", "Борис", "Иванов", "Ромашк", "Лютик", "Ольг", "Смирнов", "Ленина"]:
        assert name not in text
    assert "аналитиком" in text
    assert "Python" in text
    assert "[имя]" in text


def test_what_the_writer_wants_covered_is_covered_wherever_it_stands():
    text = "The project was called bluebird. Bluebird's budget was small."

    assert "luebird" not in redact(text, names=["bluebird"]).text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call me: +7 (912) 345-67-89.", Covered.PHONE),
        ("Write to a.b@example.co.uk please.", Covered.EMAIL),
        ("My code: https://example.org/me?x=1", Covered.LINK),
        ("I wrote @annaflow a note.", Covered.LINK),
        ("I worked for Big Data Ltd.", Covered.COMPANY),
        ("Ich wohne in der Torstraße 12.", Covered.ADDRESS),
    ],
)
def test_each_kind_is_known(text, kind):
    assert [cover.kind for cover in redact(text).covers] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "I trained a model on 2 million rows in 2021 and cut the cost by 30 %.",
        "We moved from SQL to Spark, and from Docker to Kubernetes.",
        "In March I read about BERT in English.",
        "Я обучил модель на Python за 3 недели.",
    ],
)
def test_work_that_names_nobody_is_left_alone(text):
    assert redact(text).text == text


def test_a_name_of_two_words_is_one_gap():
    assert redact("My mentor was Karl Müller there.").text == "My mentor was [name] there."


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(["Anna", "и", "at", "Ivanova", "модель", "Zürich", "\n", ".", "7"])),
    st.text(max_size=40),
)
def test_what_is_covered_lies_in_order_and_the_rest_is_untouched(words, noise):
    text = " ".join(words) + noise
    redacted = redact(text, names=["Anna Ivanova"])

    at, rest = 0, []
    for cover in redacted.covers:
        assert at <= cover.start < cover.end <= len(text)
        rest.append(text[at : cover.start])
        at = cover.end
    rest.append(text[at:])
    left = redacted.text
    for piece in rest:
        assert piece in left
        left = left[left.index(piece) + len(piece) :]
    assert "anna" not in " ".join(rest).casefold().split()


def test_the_writer_can_cover_more_and_gaps_stay_whole():
    text = redact("I met Anna in the lighthouse. Head of Tides, 2019.", names=["Anna"]).text

    more = hide(text, ["lighthouse", "head of tides", "2019", "name", ""])

    assert more == "I met [name] in the [hidden]. [hidden], [hidden]."


def test_a_covered_russian_word_goes_in_every_case():
    assert hide("Я люблю маяк, у маяка светло.", ["маяк"], language="ru").count("[скрыто]") == 2


def test_the_names_of_a_letter_are_known_for_each_of_its_passages():
    assert {"Anna Ivanova", "Karl Müller"} <= set(names_in(LETTER))
