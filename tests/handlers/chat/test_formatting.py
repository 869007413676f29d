"""Long answers are cut into messages that Telegram takes, and the styles stay where they were."""

from hypothesis import given
from hypothesis import strategies as st

from bot.tryout.entities import checked, found_in
from handlers.chat.formatting import Said, Style, units

LETTERS = st.text(st.sampled_from("ab Яж🙂\n"), max_size=60)
PARTS = st.lists(st.tuples(LETTERS, st.lists(st.sampled_from(Style), max_size=2)), max_size=30)


def test_a_short_text_is_one_message_with_offsets_in_utf_16_units() -> None:
    said = Said().add("🙂 ").add("bold", Style.BOLD).add(" end")

    (piece,) = said.pieces()

    assert piece.text == "🙂 bold end"
    assert piece.entities == [{"type": "bold", "offset": 3, "length": 4}]


def test_a_long_text_is_cut_at_a_paragraph_end() -> None:
    said = Said().add("first\n\nsecond part")

    assert [piece.text for piece in said.pieces(limit=12)] == ["first", "second part"]


def test_nothing_to_say_is_no_message() -> None:
    assert Said().add("").line().pieces() == []


@given(PARTS, st.integers(4, 40), st.integers(1, 5))
def test_every_piece_fits_and_every_entity_lies_inside_it(
    parts: list[tuple[str, list[Style]]], limit: int, entities: int
) -> None:
    said = Said()
    for text, styles in parts:
        said.add(text, *dict.fromkeys(styles))

    pieces = said.pieces(limit, entities + 2)

    for piece in pieces:
        assert 0 < units(piece.text) <= limit
        assert len(piece.entities) <= entities + 2
        for entity in piece.entities:
            assert entity["offset"] >= 0
            assert entity["length"] > 0
            assert entity["offset"] + entity["length"] <= units(piece.text)


@given(PARTS, st.integers(4, 40))
def test_cutting_loses_nothing_but_white_space(
    parts: list[tuple[str, list[Style]]], limit: int
) -> None:
    said = Said()
    for text, styles in parts:
        said.add(text, *dict.fromkeys(styles))

    kept = "".join(piece.text for piece in said.pieces(limit))

    assert "".join(kept.split()) == "".join(said.text.split())
    assert sum(1 for piece in said.pieces(limit) if not piece.text.strip()) == 0


PRESSED = "see https://evil.org/x, me@x.org, @evil_bot, #evil, $EVIL, t.me/evil or tg://evil now"
HARMLESS = {style.value for style in Style}


def test_what_a_letter_says_cannot_be_pressed() -> None:
    (piece,) = Said().line("Quote").line(PRESSED, Style.QUOTE).pieces()

    kinds = {entity["type"] for entity in found_in(piece.text, piece.entities)}

    assert kinds == {"blockquote", "code"}


def test_our_own_links_can_be_pressed() -> None:
    (piece,) = Said("Write to me: https://t.me/coach", ours=True).pieces()

    assert [entity["type"] for entity in found_in(piece.text, piece.entities)] == ["url"]


def test_a_style_gives_way_to_an_address() -> None:
    (piece,) = Said().add("The letter.md of Mila", Style.BOLD).pieces()

    assert [(one["type"], one["offset"], one["length"]) for one in piece.entities] == [
        ("bold", 0, 4),
        ("bold", 13, 8),
        ("code", 4, 9),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["https://", "evil", ".org", "@", "me", " ", "#", "\n", "a.b", "🙂"]),
            st.lists(st.sampled_from(Style), max_size=1),
        ),
        max_size=25,
    )
)
def test_however_styles_and_addresses_meet_telegram_takes_it_and_nothing_can_be_pressed(
    parts: list[tuple[str, list[Style]]],
) -> None:
    said = Said()
    for text, styles in parts:
        said.add(text, *styles)

    for piece in said.pieces():
        taken = found_in(piece.text, checked(piece.text, piece.entities))
        assert {entity["type"] for entity in taken} <= HARMLESS
