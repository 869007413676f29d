"""That the page can be read and used: contrast, names for every control, a phone's width."""

import pytest

pytestmark = pytest.mark.browser

AA = 4.5
"""The least contrast of text (WCAG 2.2, success criterion 1.4.3)."""

PALE = """
(() => {
  const brush = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const mix = (top, below, share) => top * share + below * (1 - share);
  const over = (top, below) => below.map((one, i) => mix(top[i], one, top[3]));
  const ground = (node) => {
    if (!node) return [255, 255, 255];
    const own = rgba(getComputedStyle(node).backgroundColor);
    return own[3] === 1 ? own.slice(0, 3) : over(own, ground(node.parentElement));
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (node) => {
    const below = ground(node);
    const pair = [light(over(rgba(getComputedStyle(node).color), below)), light(below)];
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (words.nextNode()) {
    const node = words.currentNode.parentElement;
    const seen = words.currentNode.data.trim() && node.checkVisibility();
    if (seen && !node.closest(":disabled, .spoiler, .sr-only") && contrast(node) < %s) {
      found.push(`${words.currentNode.data.trim()}: ${contrast(node).toFixed(2)}`);
    }
  }
  return found;
})()
"""

NAMELESS = """
[...document.querySelectorAll("button, a, input, textarea, select, img")]
  .filter((node) => node.checkVisibility() && !node.closest("[aria-hidden=true]"))
  .filter((node) => node.tagName !== "IMG" || !node.hasAttribute("alt"))
  .filter((node) => !(node.ariaLabel || node.textContent.trim() || node.labels?.length))
  .map((node) => node.outerHTML)
"""


@pytest.fixture
async def busy_chat(telegram, bot, anna, boris, group, tab):
    """The group with a bit of everything in it."""
    telegram.promote(telegram.state.bot.id, group)
    telegram.send_text(anna, "/cohort@sogood_bot and https://example.org", group)
    row = [
        {"text": "Start", "callback_data": "a", "style": "primary"},
        {"text": "Join", "callback_data": "b", "style": "success"},
        {"text": "Cancel", "callback_data": "c", "style": "danger"},
        {"text": "Rules", "url": "https://example.org"},
    ]
    text = "plain code and a quote, /help"
    marks = [
        {"type": "code", "offset": 6, "length": 4},
        {"type": "blockquote", "offset": 15, "length": 7},
    ]
    sent = await bot.say(group, text, entities=marks, reply_markup={"inline_keyboard": [row]})
    await bot.call("pinChatMessage", chat_id=group, message_id=sent["message_id"])
    for person in (boris, anna):
        telegram.send_text(person, "A reply with /help", group, reply_to=sent["message_id"])
        telegram.send_file(person, "letter.txt", b"Dear team", group, caption="and this")
    telegram.react(boris, sent["message_id"], "🔥", group)
    await bot.call("sendPoll", chat_id=group, question="Ready?", options=["Yes", "No"])
    await tab.click(".chat-row", "ML cohort")
    await tab.sees("Ready?", ".poll")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_all_words_stand_out_from_what_is_behind_them(tab, busy_chat, theme):
    await tab.theme(theme)
    assert await tab.value(PALE % AA) == []


async def test_every_control_has_a_name(tab, busy_chat):
    assert await tab.value(NAMELESS) == []


async def test_a_phone_shows_the_list_or_one_chat_and_nothing_sticks_out(tab, busy_chat):
    await tab.size(360, 740, phone=True)
    await tab.until("!document.querySelector('.chats').checkVisibility()")
    for step in ("#back", ".chat-row", "#clock-face"):
        assert await tab.value("document.documentElement.scrollWidth") <= 360
        assert await tab.value("document.querySelector('#log').scrollWidth") <= 360
        await tab.click(step)
    await tab.click("#hour")
    await tab.click("#field")
    await tab.write("from the phone")
    await tab.click("#send")
    await tab.sees("from the phone", ".own .words")


async def test_a_keyboard_is_enough_to_reach_a_button(tab, telegram, bot, anna):
    telegram.start(anna)
    markup = {"inline_keyboard": [[{"text": "Apply all", "callback_data": "a"}]]}
    await bot.say(anna, "Seven slips", reply_markup=markup)
    await tab.sees("Seven slips", ".words")
    await tab.value("document.querySelector('#log').focus()")
    await tab.key("ArrowUp")
    assert "Seven slips" in await tab.value("document.activeElement.ariaLabel")
    await tab.key("Tab")
    assert await tab.value("document.activeElement.textContent") == "Apply all"
    await tab.key("Enter")
    assert (await bot.hears("callback_query"))["data"] == "a"
    await tab.key("Escape")
    assert await tab.value("document.activeElement.id") == "field"


async def test_a_long_answer_is_shown_from_its_first_line(tab, telegram, bot, anna):
    telegram.start(anna)
    await bot.say(anna, "\n".join(f"Line {number}" for number in range(80)))
    await tab.sees("Line 79", ".theirs .words")
    await tab.until("!document.querySelector('#down').hidden")
    top = "document.querySelector('.theirs').getBoundingClientRect().top"
    log = "document.querySelector('#log').getBoundingClientRect().top"
    assert 0 <= await tab.value(f"{top} - {log}") <= 20
    await tab.click("#down")
    await tab.until("document.querySelector('#down').hidden")


async def test_the_answer_to_a_button_further_up_comes_into_sight(tab, telegram, bot, anna):
    telegram.start(anna)
    markup = {"inline_keyboard": [[{"text": "One by one", "callback_data": "1"}]]}
    await bot.say(anna, "Seven slips", reply_markup=markup)
    await bot.say(anna, "\n".join(f"Line {number}" for number in range(80)))
    await tab.sees("Line 79", ".theirs .words")
    await tab.until("!document.querySelector('#down').hidden")
    await tab.click(".key", "One by one")
    await bot.hears("callback_query")
    await bot.say(anna, "1 of 7")
    await tab.sees("1 of 7", ".theirs .words")
    await tab.until("document.querySelector('#down').hidden")


async def test_stop_stays_within_reach_while_a_long_answer_is_written(tab, telegram, bot, anna):
    telegram.start(anna)
    long = "\n".join(f"Line {number}" for number in range(80))
    await bot.call("sendMessageDraft", chat_id=anna, draft_id=7, can_stop=True, text=long)
    await tab.sees("Line 79", ".draft")
    await tab.until("!document.querySelector('#down').hidden")
    below = "document.querySelector('.stop').getBoundingClientRect().bottom"
    log = "document.querySelector('#log').getBoundingClientRect().bottom"
    assert await tab.value(f"{below} <= {log}")
