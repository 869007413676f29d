"""The digest says who was there, who is back, and never who was not."""

from xml.etree import ElementTree

import pytest

from coach.cohorts import LARGEST, Mark, Standing, tally
from coach.digests import Digest, caption, initials, picture
from coach.pictures import LONGEST_CAPTION, SIZE

ANNA = Standing("Anna Ivanova", Mark.DONE, "https://github.com/anna/flow/pull/3")
BORIS = Standing("Boris", Mark.DONE)
CLARA = Standing("Clara", Mark.DONE, "https://example.org/post", returned=True)
DMITRI = Standing("Dmitri", Mark.AWAY)
EWA = Standing("Ewa", Mark.COMMITTED)


@pytest.fixture
def third_week():
    first = tally([ANNA, BORIS, None, DMITRI, EWA])
    return Digest("ML in autumn", 6, [first, tally([ANNA, None, None]), _now()])


def _now():
    return tally([ANNA, BORIS, CLARA, DMITRI, EWA, None])


def test_returns_come_first_then_who_showed_something(third_week):
    assert caption(third_week, "en").splitlines() == [
        "ML in autumn: week 3 of 6",
        "Back this week: Clara",
        "3 of 6 showed something this week.",
        "1 was quiet this week: the door is open.",
        "• Clara: https://example.org/post",
        "• Anna Ivanova: https://github.com/anna/flow/pull/3",
        "• Boris",
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_who_is_away_or_only_promised_has_no_name_in_it(third_week, language):
    for said in (caption(third_week, language), picture(third_week, language)):
        assert "Dmitri" not in said
        assert "Ewa" not in said


def test_initials_stand_only_for_those_who_share_their_links(third_week):
    letters = {
        one.text for one in ElementTree.fromstring(picture(third_week, "en")).iter() if one.text
    }

    assert {"AI", "C"} <= letters
    assert "B" not in letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Ivanova", "AI"),
        ("anna", "A"),
        ("Anna Maria von Berg", "AB"),
        ("🌸", ""),
        ("Юля Ё", "ЮЁ"),
    ],
)
def test_initials_are_two_at_most(name, letters):
    assert initials(name) == letters


def test_a_week_in_which_nobody_showed_anything_is_no_reproach():
    said = caption(Digest("ML", 4, [tally([None, None, DMITRI])]), "en")

    assert said.splitlines()[1:] == ["A quiet week. On to the next one."]


def test_a_caption_that_grows_too_long_loses_whole_lines_and_cuts_no_link():
    link = "https://example.org/" + "x" * 160
    done = [Standing(f"Member {number}", Mark.DONE, link) for number in range(LARGEST)]

    said = caption(Digest("ML", 8, [tally(done)]), "ru")

    assert len(said) <= LONGEST_CAPTION
    assert all(line.endswith("x" * 160) for line in said.splitlines() if "https" in line)


@pytest.mark.parametrize("members", [1, 3, LARGEST])
@pytest.mark.parametrize("weeks", [4, 8])
def test_nothing_lies_outside_of_the_picture(members, weeks):
    full = tally([CLARA] * members)
    drawn = ElementTree.fromstring(picture(Digest("Ω" * 90 or "ML", weeks, [full] * weeks), "ru"))

    for disc in drawn.iter("{http://www.w3.org/2000/svg}circle"):
        x, y, radius = (float(disc.get(name)) for name in ("cx", "cy", "r"))
        assert radius <= min(x, y)
        assert max(x, y) + radius <= SIZE
