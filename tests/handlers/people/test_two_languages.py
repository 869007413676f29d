"""A letter is proofread in its own language, and spoken of in its writer's."""

import re

import pytest

from coach.texts import say

RUSSIAN = """Уважаемая команда «Полярис»!

Я преподаю физику в школе и третий год по вечерам занимаюсь машинным обучением. Прошлой зимой
я сделал поиск по школьной библиотеке: 4200 книг, которые вводили вручную, и ученики, которые
ошибаются в каждой второй фамилии. Первая версия находила 61 запрос из 100, а после того как я
добавил исправление опечаток, стала находить 88. Мне нравится програмирование, и я хочу учиться
у людей, которые делают такое для миллионов.

С уважением, Иван Петров"""

GERMAN = """Sehr geehrtes Team von Nordwind,

seit acht Jahren unterrichte ich Physik, und seit drei Jahren beschäftige ich mich abends mit
maschinellem Lernen. Im letzten Winter habe ich eine Suche für unsere Schulbibliothek gebaut:
4200 Bücher, von Hand eingetippt, und Schüler, die jeden zweiten Namen falsch schreiben. Die erste
Fassung fand 61 von 100 Anfragen; nachdem ich eine Rechtschreibhilfe ergänzt hatte, fand sie 88.
Ich würde gern von Menschen lernen, die das warscheinlich für Millionen machen.

Mit freundlichen Grüßen
Ilze Kalniņa"""

ENGLISH = """Dear search team,

for eight years I taught physics, and for three years I have spent my evenings on machine learning.
Last winter I built a search for our school library: 4,200 books, typed in by hand, and pupils who
misspell every second author. The first version found 61 of 100 queries; after I added a spelling
step it found 88, and the librarian recieved fewer questions. I would like to learn from people who
do this for millions.

Kind regards, Ilze"""

LETTERS = {
    "ru": (RUSSIAN, "програмирование → программирование"),
    "de": (GERMAN, "warscheinlich → wahrscheinlich"),
    "en": (ENGLISH, "recieved → received"),
}


async def answers_to(dialog, spoken: str, letter: str) -> list[str]:
    person = dialog.telegram.add_person("Ilze", spoken, "ilze").id
    dialog.telegram.start(person)
    await dialog.settle()
    before = len(dialog.said(person))
    dialog.telegram.send_text(person, letter)
    await dialog.settle()
    return dialog.said(person)[before:]


def without_quotes(text: str, letter: str) -> str:
    """What is ours of an answer: the words of the letter are taken out."""
    words = sorted(set(re.findall(r"\w+", letter)), key=len, reverse=True)
    return re.sub(rf"\b({'|'.join(map(re.escape, words))})\b", "", text)


@pytest.mark.parametrize("spoken", ["en", "ru"])
@pytest.mark.parametrize("written", LETTERS)
async def test_slips_are_found_in_the_letters_language_and_told_in_the_persons(
    dialog, spoken, written
) -> None:
    letter, slip = LETTERS[written]
    said = await answers_to(dialog, spoken, letter)
    everything = "\n".join(said)

    assert say(spoken, f"names.language.{written}") in everything
    assert say(spoken, "letters.critique.title") in everything
    assert slip in everything
    ours = without_quotes(everything, f"{letter} {slip}")
    other = "[а-яё]{4,}" if spoken == "en" else "[a-z]{4,} [a-z]{3,}"
    assert not re.search(other, ours.lower()), re.search(f".*{other}.*", ours.lower())
