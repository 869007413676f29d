"""A process dies while it reads a file: the file is read anew, and answered once."""

from bot.tryout.faults import FaultKind
from tests.bot.test_crash import LETTER, pytestmark, served, start, until

__all__ = ["pytestmark", "served", "start"]


def count(served, person, words):
    """How many messages of a chat hold some words."""
    return sum(words in (message.text or "") for message in served.telegram.answers(person))


async def test_a_file_that_was_being_read_is_read_anew_and_answered_once(served, start):
    anna = served.telegram.add_person("Anna").id
    served.telegram.start(anna)
    process = await start()

    served.telegram.fault(FaultKind.HELD, "getFile")
    served.telegram.send_file(anna, "letter.txt", LETTER.encode())
    await until(served, lambda: served.telegram.calls("getFile"))
    served.telegram.send_text(anna, "/letter")
    await until(served, lambda: count(served, anna, "Send me the letter"))
    process.kill()
    await process.wait()
    assert not count(served, anna, "Got it: letter.txt")

    await start()
    await until(served, lambda: count(served, anna, "What a hiring reader will think"))
    assert count(served, anna, "Got it: letter.txt") == 1
    assert count(served, anna, "What a hiring reader will think") == 1
    assert len(served.telegram.calls("getFile")) == 2
