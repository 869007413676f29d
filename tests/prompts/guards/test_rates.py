"""The guard is measured on rewrites that were written without looking at it."""

import pytest

from benchmarks.guard import LEAST_CAUGHT, MOST_REFUSED, Rates, judged


@pytest.fixture(scope="module")
def rewrites():
    return list(judged())


@pytest.mark.parametrize("half", LEAST_CAUGHT)
def test_fabrications_are_caught_and_honest_rewrites_pass(rewrites, half):
    rates = Rates.of(one for one in rewrites if one.half == half)
    print(f"{half}: {rates}")
    assert rates.caught >= LEAST_CAUGHT[half]
    assert rates.refused <= MOST_REFUSED[half]


def test_there_are_hundreds_of_each_in_two_languages(rewrites):
    for half in LEAST_CAUGHT:
        rates = Rates.of(one for one in rewrites if one.half == half)
        assert min(rates.fabrications, rates.honest) >= 80
    assert {one.language for one in rewrites} == {"en", "ru"}


def test_no_rewrite_with_a_new_digit_link_or_address_passes(rewrites):
    """Numbers and links are counted, not understood: there is nothing to miss."""
    slipped = [one.said for one in rewrites if one.sort in ("link", "percent") and one.is_wrong]
    assert slipped == []
