"""A cohort as people use it: the whole bot and its chat page, as `try` starts them."""

import pytest

pytestmark = pytest.mark.browser


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
