"""The main language of a letter is told by its words; doubt is said, not guessed."""

import pytest

from coach.language import PROOFREAD, UNDECIDED, detect
from coach.proofread.lexicon import load
from coach.proofread.tongues.tongue import TONGUES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I am writing because I want to learn how your team builds models.", "en"),
        ("Dear team, my name is Ольга and I have worked with data for two years.", "en"),
        ("Я пишу вам, потому что хочу учиться машинному обучению.", "ru"),
        ("Я работаю с PyTorch и scikit-learn два года, пишу код на Python.", "ru"),
        ("Sehr geehrte Damen und Herren, ich bewerbe mich um die Stelle.", "de"),
        ("Je vous écris parce que je cherche un stage dans votre équipe.", UNDECIDED),
        ("Я вже два роки працюю з даними і хочу вчитися далі у вашій школі.", UNDECIDED),
        ("PyTorch, scikit-learn, pandas", UNDECIDED),
        ("12 345", UNDECIDED),
        ("", UNDECIDED),
    ],
)
def test_tells_the_language(text: str, code: str) -> None:
    assert detect(text) == code


def test_the_languages_called_proofread_are_those_with_a_lexicon() -> None:
    assert {"en", *TONGUES} == PROOFREAD
    assert load("en")
    assert all(load(code) is None for code in (*TONGUES, UNDECIDED))
