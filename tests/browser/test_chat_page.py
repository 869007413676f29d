"""What people do on the chat page and see there, in a real browser."""

import pytest

pytestmark = pytest.mark.browser


async def test_an_empty_chat_says_what_to_try(tab):
    await tab.sees("Drop a letter here", "h2")
    await tab.click(".empty button", "Start")
    await tab.sees("/start", ".own .words")
