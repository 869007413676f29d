"""Names: who is meant in a letter, in the language that it is written in."""

import pytest

from coach.names import name_words

NAMED = [
    ("To: Dr. Margarethe Voss, who reads this", ["Margarethe", "Voss"]),
    ("hello, i'm kai nakamura-lopez and i cook in a hotel by the sea", ["kai", "nakamura-lopez"]),
    (
        "Im letzten Jahr hat meine Kollegin Ayşe Yıldırım die Daten von Herrn Obermüller geprüft.",
        ["Ayşe", "Yıldırım", "Obermüller"],
    ),
    ("Mit Peter Weber habe ich die Anlage und die Daten geprüft.", ["Peter", "Weber"]),
    ("Avec mon collègue Loïc Kermarrec, nous avons écrit un programme.", ["Loïc", "Kermarrec"]),
    ("привет, это моя модель. я много над ней думала.\n\nспасибо, лада", ["лада"]),
    ("Меня зовут вера лисицына, я пишу программы каждый день.", ["вера", "лисицына"]),
]


@pytest.mark.parametrize(
    ("text", "names"), NAMED, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_name_is_known_by_its_place_or_because_no_dictionary_has_it(text, names):
    found = {word.casefold() for word in name_words(text)}
    assert found >= {name.casefold() for name in names}


@pytest.mark.parametrize(
    "text",
    [
        "I am excited about machine learning, and this is why the work matters to me.",
        "My name is on the list that the team and I keep for the data in Python.",
        "Die Auswertung der Versuchsprotokolle hat der Leitung viel Arbeit gespart.",
        "Это модель, которая по десяти словам понимает, что человек запутался.",
    ],
)
def test_work_names_nobody(text):
    assert list(name_words(text)) == []
