from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach import fonts
from coach.lettering import drawable, fit, width, wrap

ROOM = st.floats(min_value=1, max_value=1000)
WEIGHT = st.sampled_from(sorted(fonts.WEIGHTS))


@given(st.text(), ROOM, WEIGHT)
def test_a_line_that_was_fitted_never_leaves_its_room(text, room, weight):
    assert fit(text, room, 40, least=20, weight=weight).width <= room + 1e-6


@given(st.text(max_size=300), ROOM, st.integers(1, 4))
def test_wrapped_lines_stay_in_their_room_and_number(text, room, most):
    lines = wrap(text, room, 27, lines=most)
    assert len(lines) <= most
    assert all(line.width <= room + 1e-6 for line in lines)


def test_a_text_is_set_smaller_before_it_is_cut():
    natural = width("Владислав", 40)
    assert fit("Владислав", natural, 40, least=20).size == pytest.approx(40, abs=0.1)
    smaller = fit("Владислав", natural * 0.7, 40, least=20)
    assert (smaller.text, smaller.size < 40) == ("Владислав", True)
    cut = fit("Владислав", natural * 0.3, 40, least=20)
    assert cut.size == 20
    assert cut.text.startswith("Вл")
    assert cut.text.endswith("…")


def test_wrapping_breaks_between_words_and_loses_none_that_has_room():
    text = "One honest sentence about what you made this week"
    lines = wrap(text, 300, 27, lines=9)
    assert len(lines) > 1
    assert " ".join(line.text for line in lines) == text


def test_what_the_fonts_lack_is_left_out_of_a_name():
    assert drawable("  Anna\n🚀  Лапина \u202e\x00") == "Anna Лапина"
    assert drawable("山田") == ""
    assert drawable("Rene\u0301") == "René"


def test_the_widths_hold_for_every_letter_we_write():
    alphabet = "".join(map(chr, [*range(0x410, 0x450), 0x401, 0x451, *range(0x20, 0x7F)]))
    assert drawable(alphabet + "«»„“”’–—…№₽€") == " ".join(f"{alphabet}«»„“”’–—…№₽€".split())


@given(st.text())
def test_any_text_becomes_sound_xml_and_is_read_back(text):
    line = fit(text, 2000, 20, least=1)
    element = ElementTree.fromstring(line.svg(1, 2, fill="#000"))
    assert (element.text or "") == line.text
