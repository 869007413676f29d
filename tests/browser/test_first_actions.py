"""How much a newcomer has to do: a critique in at most three actions, a check-in in at most six.

An action is a click, or a text that is pasted or typed, or the key that sends it. Time that
passes isn't one: the playground's own clock is moved to the week's Monday.
"""

from dataclasses import dataclass

import pytest

from tests.browser.devtools import Tab

pytestmark = pytest.mark.browser

LETTER = """Dear search team,

I read your post about ranking rare queries twice, because I spend my evenings on the same problem.
For eight years I taught physics in Riga. Last winter I built a small search engine for our school
library: 4,200 books, typed in by hand, and pupils who misspell every second author. My first
version found 61 of 100 test queries; after I added a spelling step it found 88, and the librarian
recieved fewer questions. I would like to learn from people who do this for millions.

I have written about what went wrong, and I would gladly show it to you.

Kind regards,
Ilze
"""


@dataclass
class Hand:
    """Somebody at the page; counts what they do."""

    tab: Tab
    actions: int = 0

    async def click(self, css: str, text: str = "") -> None:
        self.actions += 1
        await self.tab.click(css, text)

    async def paste(self, text: str) -> None:
        self.actions += 1
        await self.tab.value("document.querySelector('#field').focus()")
        await self.tab.write(text)

    async def enter(self) -> None:
        self.actions += 1
        await self.tab.key("Enter")


async def test_from_nothing_to_a_critique_in_three_actions(page):
    hand = Hand(page)
    await hand.click(".empty button", "Start")
    await page.sees("the letter you are about to send", ".theirs .words")
    await hand.paste(LETTER)
    await hand.enter()
    await page.sees("What a hiring reader will think", ".theirs .words")
    assert hand.actions <= 3


async def test_from_nothing_to_a_check_in_in_six_actions(page):
    hand = Hand(page)
    await hand.click(".chat-row", "ML cohort")
    await hand.paste("/cohort")
    await hand.enter()
    await hand.click(".key", "Start cohort")
    await page.sees("1 in: Anna", ".theirs .words")
    await page.click("#monday")
    await hand.click(".key", "Done")
    await page.sees("✓ Anna", ".theirs .words")
    assert hand.actions <= 6
