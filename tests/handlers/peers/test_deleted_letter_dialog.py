"""A letter that is deleted takes back what was given of it to be read."""

from storage import excerpts
from tests.handlers.peers.steps import give, look_at_all_of_it, newest, press, write

OTHER = """Dear committee,

My grandmother kept bees, and I kept the books: forty hives, nine kinds of honey, one scale that
lied. When I was fourteen I wrote a table that found the lie, and I have liked tables ever since
then, as others like the sea or the hills or a good long book in the evening.

With best wishes,
Anna
"""


async def delete(dialog, person, row):
    await write(dialog, person, "/letters")
    await press(dialog, person, f"{row}. ")
    await press(dialog, person, "Delete")
    await press(dialog, person, "Yes, delete")


async def test_what_was_given_is_gone_from_its_readers_chat(dialog, paired, anna, boris):
    await give(dialog, anna)
    assert any("lanternoscope" in said for said in dialog.said(boris))

    await delete(dialog, anna, 1)

    assert not any("lanternoscope" in said for said in dialog.said(boris))
    assert any("Anna has taken back what you had to read." in said for said in dialog.said(boris))
    assert "taken back, too" in newest(dialog, anna)
    assert await dialog.store.read(excerpts.of_pair, paired.id) == []


async def test_a_draft_goes_without_a_word_to_anybody(dialog, paired, anna, boris):
    await look_at_all_of_it(dialog, anna)
    before = dialog.said(boris)
    await delete(dialog, anna, 1)
    assert dialog.said(boris) == before
    assert await dialog.store.read(excerpts.of_pair, paired.id) == []


async def test_what_was_given_of_another_letter_stays(dialog, paired, anna, boris):
    await give(dialog, anna)
    await write(dialog, anna, OTHER)
    await delete(dialog, anna, 1)
    assert "taken back" not in newest(dialog, anna)
    assert any("lanternoscope" in said for said in dialog.said(boris))
    assert len(await dialog.store.read(excerpts.of_pair, paired.id)) == 1
