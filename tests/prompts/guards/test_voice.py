"""A rewrite sounds like the one who wrote the letter."""

from hypothesis import given, settings
from hypothesis import strategies as st

from prompts.guards import voice

FORMAL = (
    "I have worked as a clerk for eleven years. I do not know whether a bank is the right place "
    "for me, but I have learned to check what I am told. I will finish the course in June. "
) * 3
CHATTY = "I've worked the phones for four years. It isn't glamorous – but I can't complain. " * 5


def test_contractions_stay_with_those_who_use_them():
    said = "I've checked it, and I don't know; I can't say more. It's fine."
    assert voice.in_their_marks(said, CHATTY) == said
    formal = voice.in_their_marks(said, FORMAL)
    assert formal == "I have checked it, and I do not know; I cannot say more. It's fine."


def test_marks_are_the_letters_own():
    letter = "She said “no” – and I’d no answer – so I wrote “yes”."
    assert voice.in_their_marks('I wrote "yes" — I\'d no answer.', letter) == (
        "I wrote “yes” – I’d no answer."
    )
    assert voice.in_their_marks("Он сказал “да”.", "Я ответил «нет».") == "Он сказал «да»."


def test_a_letter_without_marks_of_its_own_leaves_the_rewrites():
    assert voice.in_their_marks("I wrote “yes” – twice.", "I wrote.") == "I wrote “yes” – twice."


def test_yo_is_written_by_those_who_write_it():
    plain = "Я работаю бухгалтером и веду учет по трем складам. " * 10
    assert voice.in_their_marks("Веду учёт.", plain) == "Веду учет."
    assert voice.in_their_marks("Веду учёт.", plain + "Ещё учусь.") == "Веду учёт."


def test_a_worn_phrase_may_stay_but_not_come():
    assert voice.worn("I am a team player with a proven track record.", FORMAL)
    assert not voice.worn("I am a team player.", FORMAL + "I am a team player.")


def test_a_sentence_without_breath_is_nobodys_voice():
    breathless = "I checked the list and " * 8 + "went home."
    assert voice.breathless(breathless, FORMAL)
    assert not voice.breathless(breathless, breathless)
    assert not voice.breathless("I checked the list. " * 20, FORMAL)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200))
def test_marks_change_marks_and_contractions_only(said, letter):
    marked = voice.in_their_marks(said, letter)
    assert [one for one in marked if one.isdigit()] == [one for one in said if one.isdigit()]
    assert voice.in_their_marks(marked, letter) == marked


def test_the_honest_rewrites_of_the_set_keep_the_voice_of_their_letters():
    """What the measure says of rewrites that people would take, and of the worn ones."""
    from benchmarks.guard import sounds

    heard = list(sounds())
    kept = sum(not strange for strange, _ in heard)
    assert kept / len(heard) >= 0.98
    lengths = [length for _, length in heard]
    assert sum(0.5 <= length <= 1.6 for length in lengths) / len(lengths) >= 0.8
