"""Pairs: nobody is left alone, and nobody meets anybody twice who could meet somebody else."""

from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.pairs import LARGEST, history, split


@given(st.sets(st.integers(1, 10**12), min_size=2, max_size=LARGEST), st.text(max_size=5))
def test_everybody_is_in_one_pair_and_only_an_odd_number_makes_one_trio(members, seed):
    pairs = split(members, {}, seed)

    assert sorted(member for pair in pairs for member in pair) == sorted(members)
    assert sorted(map(len, pairs)) == [2] * (len(pairs) - len(members) % 2) + [3] * (
        len(members) % 2
    )


@pytest.mark.parametrize("members", [(), (7,)])
def test_one_alone_has_nobody_to_read(members):
    assert split(members, {}, "week 1") == []


def test_more_than_can_be_looked_at_are_refused():
    with pytest.raises(ValueError, match="at most 15"):
        split(range(LARGEST + 1), {}, "week 1")


def test_the_same_seed_gives_the_same_pairs_whatever_the_order_of_the_members():
    assert split([1, 2, 3, 4, 5, 6], {}, "a") == split([6, 5, 4, 3, 2, 1], {}, "a")


def test_who_met_longest_ago_meets_again_first():
    met = history([[frozenset({1, 2}), frozenset({3, 4})], [frozenset({1, 3}), frozenset({2, 4})]])

    pairs = split([1, 2, 3, 4], met, "week 5")

    assert set(pairs) == {frozenset({1, 4}), frozenset({2, 3})}
    met = history([pairs, [frozenset({1, 2}), frozenset({3, 4})], [frozenset({1, 3, 2})]])
    assert set(split([1, 2, 3, 4], met, "week 7")) == {frozenset({1, 3}), frozenset({2, 4})}


def test_a_trio_counts_as_three_that_met():
    assert set(history([[frozenset({1, 2, 3})]])) == {
        frozenset(two) for two in combinations((1, 2, 3), 2)
    }


@pytest.mark.parametrize("members", [8, 9, 12])
def test_with_a_third_of_the_members_changing_hardly_a_pair_meets_again(members):
    """The share of pairs that met within the last n - 2 rounds, over 100 seeded runs: ≤ 0.05."""
    runs = [_run(Random(f"churn {members} {seed}"), members) for seed in range(100)]

    repeated, all_pairs = (sum(column) for column in zip(*runs, strict=True))
    assert repeated / all_pairs <= 0.05


def _run(draw, size, churn=0.3, rounds=6):
    members, strangers = list(range(size)), iter(range(size, 10_000))
    past, repeated, all_pairs = [], 0, 0
    for round_ in range(rounds):
        pairs = split(members, history(past), str(round_))
        recent = history(past[: size - 2])
        met = [frozenset(two) for pair in pairs for two in combinations(pair, 2)]
        repeated += sum(two in recent for two in met)
        all_pairs += len(met)
        past.insert(0, pairs)
        members = [next(strangers) if draw.random() < churn else one for one in members]
    return repeated, all_pairs
