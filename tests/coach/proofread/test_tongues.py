"""Letters in Russian and in German: what is mended, and what is left alone."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import tongues as seeding
from benchmarks.proofreader import tally
from coach.letters import Edit, EditKind
from coach.proofread import proofread
from coach.proofread.tongues import umlauts
from coach.proofread.tongues.listed import words

LETTERS = Path(__file__).parents[2] / "letters" / "tongues"


def apply(text: str, edits: list[Edit]) -> str:
    for edit in reversed([edit for edit in edits if not edit.ask]):
        text = text[: edit.start] + edit.right + text[edit.end :]
    return text


@pytest.mark.parametrize(
    ("language", "text", "mended"),
    [
        ("ru", "Я изучаю машиное обученее.", None),
        ("ru", "Мы повысили точнсть модели.", "Мы повысили точность модели."),
        ("ru", "Я провёл исследоваине рынка.", "Я провёл исследование рынка."),
        ("ru", "Мне нравится разра ботка сервисов.", "Мне нравится разработка сервисов."),
        ("ru", "Мне очень нравиться писать код.", "Мне очень нравится писать код."),
        ("ru", "Он не учиться у вас.", "Он не учится у вас."),
        ("ru", "Хотелось бы учится дальше.", "Хотелось бы учиться дальше."),
        ("ru", "Мы решали задачи задачи вместе.", "Мы решали задачи вместе."),
        ("ru", "Я живу в в Казани.", "Я живу в Казани."),
        ("ru", "Вообщем, всё получилось.", "В общем, всё получилось."),
        ("ru", "Cистема работает.", "Система работает."),
        ("ru", "Я могу заниматся анализом.", "Я могу заниматься анализом."),
        ("ru", "Он занимаеться анализом.", "Он занимается анализом."),
        ("de", "Hiermit bewerbe ich mich um ein Praktikumm.", None),
        ("de", "Meine Erfahrnug ist groß.", "Meine Erfahrung ist groß."),
        ("de", "Ich habe die Daten analisiert.", "Ich habe die Daten analysiert."),
        ("de", "Ich habe viel viel gelernt.", "Ich habe viel gelernt."),
        ("de", "Ich bin sicher, das ich passe.", "Ich bin sicher, dass ich passe."),
        ("de", "Das war eine große Vorraussetzung.", "Das war eine große Voraussetzung."),
    ],
)
def test_mends_a_slip(language: str, text: str, mended: str | None) -> None:
    edits = proofread(text, language=language)

    assert edits
    assert mended is None or apply(text, edits) == mended


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Мой пайплайн считает эмбеддинги батчами, а демо лежит в репозитории."),
        ("ru", "Я работаю с Kubernetes, PyTorch и scikit-learn уже три года."),
        ("ru", "Ёлка ещё стоит, а елка еще стоит; всё и все написаны верно."),
        ("ru", "Моими наставниками были Арсений Жлоб-Гурвич и Зухра Мамытбекова."),
        ("ru", "I wrote this paragraph in English because the course is in English."),
        ("ru", "Мы учимся и нравимся, он учится, а ему нравится учиться."),
        ("ru", "Это может мне нравиться, и ему должно нравиться, где мне учиться."),
        ("ru", "Писал на замковом (за́мок) и т.д., напр. в 2020 г. и соотв. позже."),
        ("ru", "`рботаю` лежит по адресу https://пример.рф/рботаю"),
        ("de", "Die Datenbankabfrage lief auf dem Hochleistungsrechner der Fakultät."),
        ("de", "Ich habe mit Herrn Kowalczyk und Frau Nguyen-Brandl gearbeitet."),
        ("de", "Das Machine Learning Team nutzt Feature Engineering und Deep Learning."),
        ("de", "Ich moechte mich fuer die Stelle bewerben und waere gern taetig."),
        ("de", "Die Strasse ist gross, und ich weiss, dass es massgeblich ist."),
        ("de", "Das, was ich sagte, das ich gut finde, ist das Ziel."),
        ("de", "Konfigurations- und Bereitstellungsskripte, z.B. bzw. ca. usw."),
        ("en", "Я рботаю с данными, and this stays an English letter about data science."),
    ],
)
def test_leaves_right_prose_alone(language: str, text: str) -> None:
    assert [(edit.wrong, edit.right) for edit in proofread(text, language=language)] == []


def test_reads_each_paragraph_in_its_own_language() -> None:
    text = (
        "I have worked with data for three years and I want to join your team.\n\n"
        "Я хочу учиться у вас, потому что мне нравится иследовать данные.\n\n"
        "Ich möchte bei Ihnen lernen, weil mir die Erfahrnug mit Daten wichtig ist."
    )
    for language in ("en", "ru", "de"):
        rights = [edit.right for edit in proofread(text, language=language)]
        assert "исследовать" in rights
        assert "Erfahrung" in rights


def test_a_word_used_three_times_and_a_known_word_are_the_writers_own() -> None:
    assert proofread("Наш серрвис растёт.", language="ru")
    assert proofread("Это серрвис. Тот серрвис. Мой серрвис.", language="ru") == []
    assert proofread("Мы сделали серрвис.", language="ru", known=frozenset({"серрвис"})) == []


def test_an_unknown_capitalised_word_within_a_sentence_is_never_certain_in_russian() -> None:
    edits = proofread("Я учился у профессора Рябинкова в Мосвке.", language="ru")
    assert all(edit.ask for edit in edits)


def test_mends_in_the_spelling_that_the_letter_keeps() -> None:
    (dotted,) = proofread("Это ещщё не всё.", language="ru")
    assert dotted.right == "ещё"
    assert umlauts.transcribed("Übung für Größe") == "Uebung fuer Groeße"
    assert umlauts.sharp("schliessen") == "schließen"
    assert umlauts.sharp("Kreisstadt") == "Kreisstadt"


@pytest.mark.parametrize("language", ["ru", "de"])
def test_finds_most_seeded_slips_and_raises_next_to_no_false_alarm(language: str) -> None:
    blocks = (LETTERS / f"{language}.txt").read_text("utf-8").split("\n\n")
    rows = seeding.rows(blocks, language, 5)

    found, _ = tally(
        rows, lambda text: [(e.start, e.end, e.right) for e in proofread(text, language=language)]
    )

    assert found.precision >= 0.95
    assert found.recall >= 0.85
    assert found.false_clean == 0


@pytest.mark.parametrize("language", ["ru", "de"])
def test_own_letters_are_clean(language: str) -> None:
    text = (LETTERS / f"{language}.txt").read_text("utf-8")
    assert [(edit.wrong, edit.right) for edit in proofread(text, language=language)] == []


WORDS = st.sampled_from(
    sorted(
        [
            *words(
                "привет рботаю вкоманде ещё Cистема е\u0301лка das dass Strasse Datanbank für und"
            ),
            *words(". , - ( ` https://x.de a\u0308 ЖЖЖ ß ﬁ 1с тся ться \ufffc \u200b Łódź"),
            *("\n", "\n\n"),
        ]
    )
)


@given(
    st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=80), st.sampled_from(["ru", "de"])
)
def test_any_text_is_read_and_mending_twice_is_mending_once(text: str, language: str) -> None:
    edits = proofread(text, language=language)

    assert all(text[edit.start : edit.end] == edit.wrong != edit.right for edit in edits)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    mended = apply(text, edits)
    assert apply(mended, proofread(mended, language=language)) == mended


def test_kinds_tell_what_was_mended() -> None:
    (edit,) = proofread("Cистема работает.", language="ru")
    assert edit.kind is EditKind.CONFUSION
    assert (
        edit.reason == "Letters of two alphabets in one word; they look alike but are not the same."
    )


@pytest.mark.parametrize("language", ["ru", "de"])
def test_a_long_text_takes_time_in_proportion(language: str) -> None:
    words = {"ru": "ыфвапр олджэ ", "de": "xqwertz blörk "}
    text = words[language] * 5_000
    proofread(text, language=language)


def test_plain_russian_words_are_no_mojibake() -> None:
    assert proofread("Её проект и её… команда.", language="ru") == []
    assert [e.right for e in proofread("РџСЂРёРІРµС‚, мир!", language="ru")] == ["Привет"]
