"""A real process forgets: nothing of a person is in its database, the log of that, or its logs."""

import pytest

from bot.tryout import world
from tests.program.processes import Program, running

pytestmark = [pytest.mark.timeout(300)]

NUMBER = 7_912_345_678
LETTER = """Dear Professor Quokkaberg,

in my last year as a lamplighter in Zanzibarville I wrote a small model that predicts which lanterns
fail. It cut the number of dark streets from 40 to 12 a week, and I recieve the alerts myself. My
friends Xanthippe and Wolfgango call it the lanternoscope. I would like to help with
your telescopes.

Kind regards,
Zelmira Quuxfield
"""
WORDS = """quokkaberg lamplighter zanzibarville lanterns recieve xanthippe wolfgango lanternoscope
zelmira quuxfield zquux photosynthograph marsupilarium"""


@pytest.fixture
async def program(tmp_path, monkeypatch):
    monkeypatch.setattr(world, "FIRST_PERSON_ID", NUMBER)
    async with running(tmp_path, LOG_LEVEL="DEBUG", BACKUPS_KEPT="0") as program:
        yield program


def found(program: Program) -> list[str]:
    """Which of a person's words and numbers stand in any file of the process, whatever its case."""
    files = [file for file in program.folder.rglob("*") if file.is_file()]
    assert {"bot.db", "bot.db-wal", "bot.db-shm", "stderr"} <= {file.name for file in files}
    held = b"".join(file.read_bytes() for file in files).lower()
    numbers = [str(NUMBER)] * (str(NUMBER).encode() in held)
    numbers += ["as SQLite writes it"] * (NUMBER.to_bytes(6, "big") in held)
    return numbers + [word for word in WORDS.split() if word.encode() in held]


async def test_what_is_in_hand_is_forgotten_too(program: Program) -> None:
    telegram, zelmira = program.telegram, program.newcomer("Zelmira", "zquux")
    assert zelmira == NUMBER
    telegram.start(zelmira)
    telegram.send_text(zelmira, LETTER)
    await program.says(zelmira, "What a hiring reader will think")
    telegram.send_text(zelmira, "/add photosynthograph :: marsupilarium")
    await program.says(zelmira, "photosynthograph")
    telegram.send_text(zelmira, "/forget")
    await program.says(zelmira, "Forget you?")
    await program.answers_press(zelmira, "Export first")
    await program.until(lambda: any("document" in one.body for one in telegram.answers(zelmira)))
    assert set(WORDS.split()) - {"zquux"} <= set(found(program))

    telegram.send_file(zelmira, "Quuxfield.txt", LETTER.replace("fail", "break").encode())
    telegram.press_label(zelmira, "Delete everything")
    await program.says(zelmira, "Done: I have forgotten you.")

    await program.until(lambda: not found(program))
    assert await program.end() == 0
    assert "DEBUG" in program.printed()
    printed = program.printed().lower()
    assert not [word for word in (*WORDS.split(), str(NUMBER)) if word in printed]
    left = b"".join(file.read_bytes() for file in program.folder.glob("bot.db*")).lower()
    assert not [word for word in WORDS.split() if word.encode() in left]
    assert NUMBER.to_bytes(6, "big") not in left
