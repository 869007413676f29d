"""The guess of tokens errs upwards."""

from prompts.tokens import tokens


def test_latin_letters_take_fewer_tokens_than_others() -> None:
    assert tokens("") == 0
    assert tokens("a" * 35) == 10
    assert tokens("я" * 35) == 18
    assert tokens("aя") == 1
