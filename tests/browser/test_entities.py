"""How the page shows words with entities, and that nothing in a letter is ever taken for markup."""

import pytest

from bot.tryout import utf16

pytestmark = pytest.mark.browser


def entity(text, piece, kind, **more):
    """An entity over a piece of a text, counted as Telegram counts."""
    start = utf16.length(text[: text.index(piece)])
    return {"type": kind, "offset": start, "length": utf16.length(piece), **more}


@pytest.fixture
async def chat(telegram, anna):
    telegram.start(anna)
    return anna


KINDS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre > code",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote .quote-words",
    "spoiler": ".spoiler",
}


async def test_each_kind_is_shown_over_its_own_words(tab, bot, chat):
    text = "🙂 before, then these words 🧑‍🚀, and after"
    for kind, css in KINDS.items():
        await bot.say(chat, text, entities=[entity(text, "these words 🧑‍🚀", kind)])
        await tab.until(f"document.querySelector('.theirs:last-child .words {css}')")
        shown = f"document.querySelector('.theirs:last-child .words {css}').textContent"
        assert await tab.value(shown) == "these words 🧑‍🚀", kind


async def test_nested_and_overlapping_entities_keep_every_word(tab, bot, chat):
    text = "one two three four"
    marks = [
        entity(text, "one two three", "bold"),
        entity(text, "two three", "italic"),
        entity(text, "three", "underline"),
    ]
    await bot.say(chat, text, entities=marks)
    await tab.sees(text, ".theirs .words")
    markup = await tab.value("document.querySelector('.theirs .words').innerHTML")
    assert markup == "<strong>one <em>two <u>three</u></em></strong> four"


async def test_entities_beyond_the_text_or_across_each_other_do_no_harm(tab):
    words = await tab.value(
        "import('/entities.js').then(({render}) => {"
        "  const mark = (type, offset, length) => ({type, offset, length});"
        "  const marks = [mark('bold', 0, 6), mark('italic', 3, 6), mark('code', 8, 99),"
        "    mark('bold', -3, 5), mark('spoiler', 50, 5), mark('underline', 2, 0), {type: 'new'}];"
        "  const box = document.createElement('p');"
        "  box.append(...render('abcdefghijkl', marks));"
        "  return box.innerHTML;"
        "})"
    )
    assert words == "<strong>abc<em>def</em></strong><em>gh<code>i</code></em><code>jkl</code>"


async def test_a_spoiler_is_hidden_until_it_is_pressed(tab, bot, chat):
    text = "The answer is 42"
    await bot.say(chat, text, entities=[entity(text, "42", "spoiler")])
    await tab.until("document.querySelector('.spoiler-words[aria-hidden]')")
    await tab.click(".spoiler")
    await tab.until("document.querySelector('.spoiler.shown .spoiler-words:not([aria-hidden])')")


async def test_a_pressed_command_is_sent(tab, bot, chat):
    await bot.hears("message")
    await bot.say(chat, "More: /help")
    await tab.click(".theirs .command", "/help")
    assert (await bot.hears("message"))["text"] == "/help"


async def test_a_disguised_link_asks_before_it_opens(tab, bot, chat):
    text = "https://good.example is fine"
    link = entity(text, "https://good.example", "text_link", url="https://bad.example/login")
    await bot.say(chat, text, entities=[link])
    await tab.click(".theirs a")
    await tab.sees("https://bad.example/login", "dialog")
    await tab.key("Escape")
    await tab.until("!document.querySelector('dialog')")


HOSTILE = [
    "<img src=x onerror=window.hit=1>",
    "<script>window.hit=1</script>",
    '"><svg onload=window.hit=1>',
    "{{constructor.constructor('window.hit=1')()}}",
    "javascript:window.hit=1",
    "‮txt.exe‬ \u0000 &lt;b&gt;",
]


async def test_a_hostile_letter_is_only_words(tab, telegram, bot, chat):
    for words in HOSTILE:
        sent = telegram.send_text(chat, words)[0]
        telegram.send_file(chat, words.replace("/", "_"), b"x", caption=words)
        await bot.say(chat, "Seen", reply_parameters={"message_id": sent.id})
        own = f".own[data-key='{sent.id}'] .words"
        await tab.until(f'document.querySelector("{own}")')
        assert await tab.value(f'document.querySelector("{own}").textContent') == sent.text
    assert await tab.value("window.hit === undefined")
    hostile = "document.querySelectorAll('#messages :is(script, iframe, img[src=x], svg[onload])')"
    assert await tab.value(f"{hostile}.length") == 0


async def test_a_link_that_is_no_web_address_cannot_be_followed(tab):
    for address in ("javascript:window.hit=1", "data:text/html,hello", "file:///etc/passwd"):
        tag = await tab.value(
            "import('/links.js').then(({linkNode}) =>"
            f" linkNode({address!r}, 'press me', ['press me']).tagName)"
        )
        assert tag == "SPAN", address


async def test_names_cannot_be_markup_either(tab, telegram, group):
    person = telegram.add_person("<b onclick=window.hit=1>Eve</b>", "en", "eve")
    telegram.join(person.id, group)
    telegram.send_text(person.id, "hello", group)
    await tab.click(".chat-row", "ML cohort")
    await tab.sees("<b onclick=window.hit=1>Eve</b>", ".theirs .sender")


async def test_the_page_has_no_inline_script_or_style_and_forbids_them(tab):
    await tab.value(
        "(() => { const node = document.createElement('script');"
        "node.textContent = 'window.hit = 1'; document.body.append(node); node.remove(); })()"
    )
    assert await tab.value("window.hit === undefined")
    assert all("Content Security Policy" in one for one in tab.complaints)
    tab.complaints.clear()
