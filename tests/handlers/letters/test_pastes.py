"""What Telegram's apps cut up is put together again."""

from hypothesis import given
from hypothesis import strategies as st

from bot.tryout.splitting import split
from handlers.chat.formatting import units
from handlers.letters.pastes import MAY_GO_ON, joined

SENTENCES = st.lists(
    st.text(st.sampled_from("abcdé Яж"), min_size=40, max_size=400).filter(str.strip), min_size=4
)


def test_paragraphs_stay_paragraphs() -> None:
    letter = "\n\n".join(
        f"Paragraph {number}: " + ("we tried it. " * 30).strip() for number in range(12)
    )

    parts = split(letter)

    assert len(parts) > 1
    assert joined(parts) == letter


def test_a_word_that_was_cut_is_whole_again() -> None:
    letter = "x" * 9000

    assert joined(split(letter)) == letter


@given(SENTENCES, st.sampled_from(["\n\n", "\n", " "]), st.integers(4, 12))
def test_joining_keeps_every_word_in_its_order(
    sentences: list[str], between: str, times: int
) -> None:
    letter = between.join(sentences * times)

    parts = split(letter)

    assert joined(parts).split() == letter.split()
    assert all(units(part) >= MAY_GO_ON for part in parts[:-1])
