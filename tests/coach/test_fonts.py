import pytest

from coach import fonts

pytest.importorskip("fontTools")


@pytest.mark.parametrize("weight", fonts.WEIGHTS)
def test_the_table_of_widths_is_that_of_the_bundled_font(weight):
    from importlib.resources import as_file

    from coach.fonts.build import widths

    with as_file(fonts.file_of(weight)) as file:
        assert fonts.advances(weight) == widths(file)


@pytest.mark.parametrize("weight", fonts.WEIGHTS)
def test_a_font_stays_small_and_has_cyrillic(weight):
    assert len(fonts.file_of(weight).read_bytes()) < 300_000
    assert set("ЖжЁёҐґЎў–—…") <= fonts.advances(weight).keys()


def test_both_weights_have_the_same_characters():
    assert fonts.advances("regular").keys() == fonts.advances("bold").keys()


def test_the_licence_travels_with_the_fonts():
    licence = (fonts.file_of("regular").parent / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
