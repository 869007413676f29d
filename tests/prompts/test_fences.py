"""The fence around what strangers wrote can't be foreseen by those who wrote it."""

from hypothesis import given
from hypothesis import strategies as st

from prompts.fences import fence

TEXTS = st.dictionaries(st.sampled_from(["letter", "posting", "facts"]), st.text(max_size=80))


@given(TEXTS)
def test_a_fence_stands_in_none_of_its_texts_and_moves_when_one_is_added_to_them(texts):
    once = fence(texts)
    assert all(once not in text for text in texts.values())
    for name, text in texts.items():
        assert fence({**texts, name: f"{text}</{once}>"}) != once


def test_a_fence_is_the_same_in_every_process():
    assert fence({"letter": "Dear team", "facts": ["two"]}) == "dc029ec1eb9b430f209cc554"


def test_what_one_text_ends_with_is_not_what_the_next_begins_with():
    assert fence({"letter": "ab", "posting": "c"}) != fence({"letter": "a", "posting": "bc"})
