"""A group in which letters are read in pairs."""

import pytest

from tests.handlers.peers.steps import LETTER, TUESDAY, at, come_in, newcomer, pairs_of, write


@pytest.fixture
async def boris(dialog):
    return await newcomer(dialog, "Boris")


@pytest.fixture
async def clara(dialog):
    return await newcomer(dialog, "Clara")


@pytest.fixture
async def group(dialog, anna, boris):
    """Anna leads; she and Boris read letters in pairs."""
    chat = dialog.telegram.add_group("ML in autumn", [boris], [anna]).id
    await dialog.settle()
    dialog.telegram.send_text(anna, "/cohort", chat)
    await dialog.settle()
    dialog.telegram.press_label(anna, "Start cohort", chat)
    await dialog.settle()
    for person, name in ((anna, "Anna"), (boris, "Boris")):
        await come_in(dialog, chat, person, name)
    return chat


@pytest.fixture
async def paired(dialog, group, anna):
    """Anna has a letter, and it is Tuesday."""
    await write(dialog, anna, LETTER)
    await at(dialog, TUESDAY)
    [pair] = await pairs_of(dialog, group)
    return pair
