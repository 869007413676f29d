"""One posting a letter, and one that waits for the next letter."""

from datetime import timedelta

import pytest

from coach.letters import Kind
from storage import letters, people, postings, retention


@pytest.fixture
def add(store, now):
    async def add(key: str, letter_id: int | None = None, person_id: int = 7):
        await store.write(people.seen, id=person_id, language="en", now=now)
        return await store.write(
            letters.add,
            person_id=person_id,
            chat_id=person_id,
            source_key=key,
            name="letter",
            media_type="text/plain",
            kind=Kind.COVER_LETTER,
            language="en",
            text=f"Dear team, {key}",
            letter_id=letter_id,
            now=now,
        )

    return add


async def keep(store, now, letter_id: int | None, text: str = "You have:\n- SQL"):
    facts = {"person_id": 7, "letter_id": letter_id, "name": "", "text": text, "now": now}
    return await store.write(postings.keep, **facts)


async def test_a_new_posting_takes_the_place_of_the_one_before(store, now, add):
    letter = (await add("a")).letter_id
    await keep(store, now, letter, "first")
    await keep(store, now, letter, "second")
    kept = await store.read(postings.of_letter, letter)
    assert kept is not None
    assert kept.text == "second"


async def test_what_waits_becomes_the_letters_once(store, now, add):
    letter = (await add("a")).letter_id
    await keep(store, now, None, "waits")
    assert await store.write(postings.attach, 7, letter)
    assert not await store.write(postings.attach, 7, letter)
    assert (await store.read(postings.of_letter, letter)).text == "waits"
    assert await store.read(postings.waiting, 7) is None


async def test_nothing_that_waits_is_anybody_elses(store, now, add):
    await add("a")
    other = await add("b", person_id=8)
    await keep(store, now, None)
    assert not await store.write(postings.attach, 8, other.letter_id)


async def test_it_goes_along_when_its_letter_becomes_part_of_another(store, now, add):
    first, second = await add("a"), await add("b")
    await keep(store, now, second.letter_id)
    facts = {"title": "", "kind": Kind.COVER_LETTER, "now": now}
    await store.write(letters.move, second, letter_id=first.letter_id, **facts)
    assert await store.read(postings.of_letter, first.letter_id)


async def test_one_that_waits_is_forgotten_in_time_and_one_with_a_letter_is_not(store, now, add):
    letter = (await add("a")).letter_id
    await keep(store, now, None)
    await keep(store, now, letter)
    await store.write(retention.forget_old, now + timedelta(days=61))
    assert await store.read(postings.waiting, 7) is None
    assert await store.read(postings.of_letter, letter)
