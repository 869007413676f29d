"""A cohort as people use it: the whole bot and its chat page, as `try` starts them."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.browser.conftest import opened

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def page(chromium, tmp_path):
    """The page of a playground of its own."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "try", "--no-browser", "--port", "0"),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=PIPE,
    )
    assert program.stdout
    try:
        async with asyncio.timeout(90):
            address = (await program.stdout.readline()).decode().strip()
        async with opened(chromium, address) as tab:
            yield tab
    finally:
        program.terminate()
        await program.wait()


async def write(page, text):
    await page.click("#field")
    await page.write(text)
    await page.key("Enter")


async def test_join_in_the_group_leads_into_the_private_chat_and_in(page):
    await page.click(".chat-row", "ML cohort")
    await write(page, "/cohort")
    await page.click(".key", "Start cohort")
    await page.sees("1 in: Anna", ".theirs .words")

    await page.click(".person", "Борис")
    await page.click(".chat-row", "ML cohort")
    await page.click(".key", "Join")
    await page.sees("/start c_", ".own .words")
    await page.sees("Группа видит ваше имя (Борис)", ".theirs .words")

    await page.click(".key", "Делиться ссылками")
    await page.sees("Видит и ссылки", ".theirs .words")
    await page.click(".key", "Присоединиться: Борис")
    await page.sees("Одной строкой", ".theirs .words")
    await write(page, "Модель речи для фризского")
    await page.click(".key", "После завтрака")
    await page.sees("Готово. Когда начнётся неделя", ".theirs .words")

    await page.click(".chat-row", "ML cohort")
    await page.sees("2 in: Anna, Борис", ".theirs .words")
