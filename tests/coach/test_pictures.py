import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach import fonts
from coach.lettering import width
from coach.pictures import HEAT, LONGEST_CAPTION, SIZE, Day, MonthFacts, caption, month
from coach.weeks import Account, State

NOVEMBER = date(2026, 11, 1)
TODAY = date(2026, 11, 19)
LANGUAGES = ("en", "ru")
WEIGHT_OF = {str(number): name for name, number in fonts.WEIGHTS.items()}


def picture(language="en", **facts):
    given = {"month": NOVEMBER, "today": TODAY, "account": Account(), **facts}
    return month(MonthFacts(**given), language)


def said(language="en", **facts):
    given = {"month": NOVEMBER, "today": TODAY, "account": Account(), **facts}
    return caption(MonthFacts(**given), language)


def texts(svg):
    return [one for one in ElementTree.fromstring(svg).iter() if one.tag.endswith("text")]


def words(svg):
    return " ".join(one.text or "" for one in texts(svg))


def edges(text):
    """Where a text begins and ends across the card."""
    wide = width(text.text or "", float(text.get("font-size")), WEIGHT_OF[text.get("font-weight")])
    x = float(text.get("x"))
    begins = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.get("text-anchor")]
    return begins, begins + wide


ACCOUNTS = st.builds(
    Account,
    streak=st.integers(0, 5000),
    longest=st.integers(0, 5000),
    done=st.integers(0, 5000),
    reserves=st.integers(0, 2),
    score=st.none() | st.floats(0, 1),
    returned=st.booleans(),
)
COUNTS = st.integers(0, 10**7)


@settings(max_examples=60, deadline=None)
@given(
    name=st.text(max_size=300),
    account=ACCOUNTS,
    first=st.dates(date(2000, 1, 1), date(2100, 12, 1)),
    done=st.dictionaries(st.integers(0, 30), st.builds(Day, COUNTS, COUNTS, COUNTS)),
    states=st.lists(st.sampled_from(State), max_size=6),
    language=st.sampled_from(LANGUAGES),
)
def test_no_text_leaves_the_card_whatever_the_name_and_the_month(
    name, account, first, done, states, language
):
    days = {first.replace(day=1) + timedelta(days=day): what for day, what in done.items()}
    monday = first.replace(day=1) - timedelta(days=first.replace(day=1).weekday())
    weeks = {monday + timedelta(days=7 * number): state for number, state in enumerate(states)}
    svg = picture(
        language, name=name, account=account, month=first, today=first, days=days, weeks=weeks
    )
    for text in texts(svg):
        begins, ends = edges(text)
        assert 0 <= begins <= ends <= SIZE
        assert 0 < float(text.get("y")) < SIZE
    told = said(language, account=account, month=first, today=first, days=days)
    assert 0 < len(told) <= LONGEST_CAPTION


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Ann <b>&\"'", "]]></svg><script>x</script>", "a\x00\ud800b"])
def test_a_name_is_text_and_never_markup(name, language):
    svg = picture(language, name=name)
    tags = {one.tag.split("}")[1] for one in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "rect", "text", "circle", "path"}


def test_a_name_that_cannot_be_drawn_leaves_no_word_behind():
    assert "for" not in words(picture(name="山田 🚀")).split()


@pytest.mark.parametrize("first", [date(2026, number, 1) for number in range(1, 13)])
def test_every_day_of_a_month_stands_once(first):
    numbers = [int(one.text) for one in texts(picture(month=first)) if one.get("font-size") == "22"]
    following = (first + timedelta(days=31)).replace(day=1)
    assert sorted(numbers) == list(range(1, (following - first).days + 1))


def test_a_day_shows_a_mark_for_each_kind_and_is_the_warmer_for_more():
    empty, full = picture(), picture(days={date(2026, 11, 3): Day(1, 1, 30)})
    assert full.count("<circle") == empty.count("<circle") + 1
    assert full.count("<path") == empty.count("<path") + 2
    assert HEAT[4] in full
    assert HEAT[4] not in empty
    heats = [Day().heat, Day(cards=1).heat, Day(cards=20).heat, Day(1, 0, 5).heat, Day(1, 1).heat]
    assert heats == [0, 1, 2, 3, 4]


def test_days_of_other_months_are_not_counted():
    other = {date(2026, 10, 31): Day(5), date(2025, 11, 3): Day(7), date(2026, 11, 3): Day(1)}
    assert "1 proof, 0 letters, 0 cards" in said(days=other)


def test_weeks_say_done_and_reserve_and_nothing_of_an_open_one():
    weeks = {date(2026, 11, 2): State.DONE, date(2026, 11, 9): State.OPEN}
    plain = words(picture(weeks=weeks)).split()
    assert (plain.count("done"), plain.count("reserve")) == (1, 0)
    held = Account(streak=3, covered=(date(2026, 11, 9),))
    assert "reserve" in words(picture(weeks=weeks, account=held)).split()


def test_the_row_of_weeks_and_its_reserves_are_told_in_words():
    account = Account(streak=4, longest=4, done=4, reserves=1, score=0.784)
    shown = words(picture(account=account))
    assert "weeks in a row" in shown
    assert "One reserve in hand for a busy week." in shown
    assert "78 of 100" in shown
    assert "4 недели подряд. В запасе одна неделя." in said("ru", account=account)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_return_is_celebrated_in_the_picture_and_in_its_words(language):
    back = Account(streak=1, longest=6, done=9, score=0.5, returned=True)
    greeting = {"en": "You are back.", "ru": "Вы снова здесь."}[language]
    assert greeting in words(picture(language, account=back))
    assert greeting in said(language, account=back)
    assert greeting not in words(picture(language, account=Account(streak=1, score=0.5)))


def test_steadiness_is_told_from_the_third_week_on():
    for done, told in ((1, False), (2, False), (3, True)):
        account = Account(streak=done, longest=done, done=done, score=1.0)
        assert ("100 of 100" in words(picture(account=account))) is told
        assert ("Steadiness" in said(account=account)) is told


def test_an_empty_month_invites_and_reproaches_nothing():
    told = said()
    assert told.startswith("November 2026: nothing marked yet")
    assert "Your first week begins with one proof." in words(picture())
    assert not re.search(r"miss|fail|lost|broke", told + words(picture()), re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_month_that_is_over_says_that_the_row_is_of_today(language):
    october = date(2026, 10, 1)
    account = Account(streak=3, longest=3, done=3, score=0.8, returned=True)
    today = {"en": "3 weeks in a row as of today.", "ru": "3 недели подряд на сегодня."}
    assert today[language] in said(language, month=october, account=account)
    shown = words(picture(language, month=october, account=account))
    assert today[language][2:-1] in shown
    assert {"en": "Steadiness today", "ru": "Постоянство сегодня"}[language] in shown
    back = {"en": "You are back", "ru": "Вы снова здесь"}[language]
    assert back not in shown + said(language, month=october, account=account)


def test_an_empty_month_that_is_over_promises_nothing():
    assert said(month=date(2026, 10, 1)).startswith("October 2026: a quiet month")
    assert said(month=date(2026, 11, 30)).startswith("November 2026: nothing marked yet")


def test_after_a_broken_row_the_longest_one_stays_in_sight():
    gone = Account(streak=0, longest=6, done=9, reserves=0, score=0.4)
    assert "Your longest so far: 6 weeks." in words(picture(account=gone))


def test_an_unknown_language_is_told_in_english():
    assert picture("pt-BR") == picture("en")
