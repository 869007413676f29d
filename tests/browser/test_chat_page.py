"""What people do on the chat page and see there, in a real browser."""

from datetime import timedelta

import pytest
from yarl import URL

from bot.clock import StandingClock
from bot.tryout.server import serve
from bot.tryout.telegram import LocalTelegram

pytestmark = pytest.mark.browser


def keys(*labels):
    """An inline keyboard of one row; each button carries its label."""
    row = [{"text": label, "callback_data": label} for label in labels]
    return {"inline_keyboard": [row]}


async def test_an_empty_chat_says_what_to_try_and_start_begins(tab, bot, anna):
    await tab.sees("Drop a letter here", "h2")
    await tab.click(".empty button", "Start")
    await tab.sees("/start", ".own .words")
    assert (await bot.hears("message"))["text"] == "/start"


async def test_enter_sends_and_shift_enter_makes_a_new_line(tab, bot, anna):
    await tab.click("#field")
    await tab.write("Dear team,")
    await tab.key("Enter", shift=True)
    await tab.write("hello")
    await tab.key("Enter")
    await tab.sees("Dear team,", ".own .words")
    assert (await bot.hears("message"))["text"] == "Dear team,\nhello"
    assert await tab.value("document.querySelector('#field').value") == ""


async def test_a_long_paste_goes_as_it_is_and_becomes_several_messages(tab, bot):
    letter = "I trained a speech model on 300 h of Frisian. " * 200
    await tab.click("#field")
    await tab.write(letter)
    await tab.key("Enter")
    await tab.until("document.querySelectorAll('.own .words').length === 3")
    heard = [(await bot.hears("message"))["text"] for _ in range(3)]
    assert " ".join(heard).split() == letter.split()


async def test_what_the_bot_writes_stands_on_the_left_and_own_words_on_the_right(
    tab, telegram, bot, anna
):
    telegram.send_text(anna, "mine")
    await bot.say(anna, "the bot's")
    await tab.sees("the bot's", ".theirs .words")
    assert await tab.value(
        "document.querySelector('.own .bubble').getBoundingClientRect().left >"
        "document.querySelector('.theirs .bubble').getBoundingClientRect().left"
    )
    assert await tab.value("document.querySelector('.own time').textContent") != ""


async def test_a_pressed_button_waits_for_the_answer_and_the_answer_is_shown(
    tab, telegram, bot, anna
):
    telegram.start(anna)
    await bot.say(anna, "Seven slips", reply_markup=keys("Apply all", "One by one"))
    await tab.click(".key", "Apply all")
    await tab.until("document.querySelector('.key.busy')")
    press = await bot.hears("callback_query")
    assert press["data"] == "Apply all"
    await bot.call("answerCallbackQuery", callback_query_id=press["id"], text="Seven applied")
    await tab.sees("Seven applied", ".toast")
    await tab.until("!document.querySelector('.key.busy')")


async def test_a_loud_answer_waits_for_ok(tab, telegram, bot, anna):
    telegram.start(anna)
    await bot.say(anna, "Old", reply_markup=keys("Accept"))
    await tab.click(".key", "Accept")
    press = await bot.hears("callback_query")
    sentence = "These buttons are too old."
    await bot.call(
        "answerCallbackQuery", callback_query_id=press["id"], text=sentence, show_alert=True
    )
    await tab.sees(sentence, "dialog")
    await tab.key("Enter")
    await tab.until("!document.querySelector('dialog')")


async def test_an_edited_message_changes_in_place_and_keeps_the_focus(tab, telegram, bot, anna):
    telegram.start(anna)
    sent = await bot.say(anna, "Slip 1 of 2", reply_markup=keys("Accept", "Skip"))
    await tab.sees("Slip 1 of 2", ".theirs .words")
    await tab.value("document.querySelectorAll('.key')[1].focus()")
    await bot.call(
        "editMessageText",
        chat_id=anna,
        message_id=sent["message_id"],
        text="Slip 2 of 2",
        reply_markup=keys("Accept", "Skip"),
    )
    await tab.sees("Slip 2 of 2")
    assert await tab.value("document.querySelectorAll('.theirs').length") == 1
    assert await tab.value("document.activeElement.textContent") == "Skip"


async def test_a_deleted_message_goes(tab, telegram, bot, anna):
    telegram.start(anna)
    sent = await bot.say(anna, "Reading…")
    await tab.sees("Reading…", ".words")
    await bot.call("deleteMessage", chat_id=anna, message_id=sent["message_id"])
    await tab.until("!document.querySelector('.theirs')")


async def test_a_draft_grows_can_be_stopped_and_gives_way_to_the_message(tab, telegram, bot, anna):
    telegram.start(anna)
    draft = {"chat_id": anna, "draft_id": 7, "can_stop": True}
    await bot.call("sendMessageDraft", text="Your second", **draft)
    await tab.sees("Your second", ".draft")
    await bot.call("sendMessageDraft", text="Your second paragraph", **draft)
    await tab.sees("Your second paragraph", ".draft")
    await tab.click(".stop", "Stop")
    assert (await bot.hears("stopped_message_generation"))["draft_id"] == 7
    await bot.say(anna, "Your second paragraph opens with a claim.")
    await tab.sees("opens with a claim", ".words")
    await tab.until("!document.querySelector('.draft')")


async def test_a_chosen_file_is_sent_with_the_words_beside_it(tab, bot, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear team")
    await tab.click("#field")
    await tab.write("Be honest")
    await tab.choose("#chooser", letter)
    await tab.sees("letter.txt", ".own .file")
    heard = await bot.hears("message")
    assert (heard["document"]["file_name"], heard["caption"]) == ("letter.txt", "Be honest")


async def test_a_dropped_letter_is_sent_as_a_file(tab, bot, tmp_path):
    letter = tmp_path / "motivation.md"
    letter.write_text("Dear team")
    await tab.drop("#log", letter)
    await tab.sees("motivation.md", ".own .file")
    await tab.sees("9 bytes", ".own .file-size")
    assert (await bot.hears("message"))["document"]["file_name"] == "motivation.md"
    assert await tab.value("document.querySelector('#drop').hidden")


async def test_a_pasted_file_asks_first(tab, bot):
    await tab.value(
        "(() => { const data = new DataTransfer();"
        "data.items.add(new File(['Dear team'], 'pasted.txt', {type: 'text/plain'}));"
        "document.querySelector('#field').dispatchEvent("
        "new ClipboardEvent('paste', {clipboardData: data, bubbles: true})); })()"
    )
    await tab.sees("pasted.txt", "dialog")
    await tab.write("From my notes")
    await tab.key("Enter")
    await tab.sees("pasted.txt", ".own .file")
    assert (await bot.hears("message"))["caption"] == "From my notes"


async def test_a_picture_is_shown_and_grows_when_pressed(tab, telegram, bot, anna, picture):
    telegram.start(anna)
    await bot.send_file("sendPhoto", anna, "week.png", picture, caption="Week 3")
    await tab.until("document.querySelector('.photo img')?.naturalWidth === 8")
    await tab.click(".photo")
    await tab.until("document.querySelector('.lightbox img')?.naturalWidth === 8")
    await tab.key("Escape")
    await tab.until("!document.querySelector('.lightbox')")


async def test_one_can_be_somebody_else_and_write_in_the_group(tab, telegram, bot, group):
    await tab.click(".person", "Борис")
    await tab.click(".chat-row", "ML cohort")
    await tab.click("#field")
    await tab.write("/help")
    await tab.key("Enter")
    heard = await bot.hears("message")
    while heard.get("text") != "/help":
        heard = await bot.hears("message")
    assert (heard["from"]["first_name"], heard["chat"]["id"]) == ("Борис", group)
    await tab.click(".person", "Anna")
    await tab.sees("Борис", ".theirs .sender")


async def test_what_others_get_is_counted_until_one_looks(tab, telegram, bot, boris):
    telegram.start(boris)
    await bot.say(boris, "Привет")
    await bot.say(boris, "Как дела?")
    await tab.sees("2", ".person .badge")
    await tab.click(".person", "Борис")
    await tab.sees("Как дела?", ".words")
    await tab.until("!document.querySelector('.person .badge')")


async def test_the_clock_moves_an_hour_a_day_and_to_monday(tab, telegram):
    began = telegram.now
    await tab.click("#hour")
    await tab.until("performance.getEntriesByName(location.origin + '/try/clock').length === 1")
    assert telegram.now - began == timedelta(hours=1)
    await tab.click("#day")
    await tab.sees("Sun 22 Nov", "#clock-day")
    await tab.click("#monday")
    await tab.sees("Mon 23 Nov", "#clock-day")
    assert await tab.value("document.querySelector('#clock-hour').textContent") == "09:00"


async def test_a_slash_opens_the_commands_and_enter_sends_the_marked_one(tab, bot, anna):
    names = [("help", "What I can do"), ("habits", "Your habits")]
    commands = [{"command": name, "description": words} for name, words in names]
    await bot.call("setMyCommands", commands=commands)
    await tab.until("!document.querySelector('#menu-button').hidden")
    await tab.click("#field")
    await tab.write("/h")
    await tab.sees("Your habits", "[role=option]")
    await tab.key("ArrowDown")
    await tab.key("Enter")
    assert (await bot.hears("message"))["text"] == "/habits"


async def test_a_reply_quotes_what_it_answers(tab, telegram, bot, anna):
    telegram.start(anna)
    sent = await bot.say(anna, "What did you build?")
    await tab.click(".theirs .bubble", button="right")
    await tab.click("[role=menuitem]", "Reply")
    await tab.write("A speech model")
    await tab.key("Enter")
    await tab.sees("What did you build?", ".own .reply-quote")
    await bot.hears("message")
    heard = await bot.hears("message")
    assert heard["reply_to_message"]["message_id"] == sent["message_id"]


async def test_own_words_can_be_changed_with_the_arrow_key(tab, telegram, bot, anna):
    telegram.send_text(anna, "teh letter")
    await tab.sees("teh letter", ".words")
    await tab.click("#field")
    await tab.key("ArrowUp")
    await tab.value("document.querySelector('#field').select()")
    await tab.write("the letter")
    await tab.key("Enter")
    await tab.sees("edited", ".own .stamp")
    assert (await bot.hears("edited_message"))["text"] == "the letter"


async def test_a_quiz_shows_the_right_answer_after_the_vote(tab, telegram, bot, anna):
    telegram.start(anna)
    await bot.call(
        "sendPoll",
        chat_id=anna,
        question="Which sentence shows evidence?",
        options=["I learn fast", "From 9 h to 40 min"],
        type="quiz",
        correct_option_ids=[1],
        explanation="A number with its context.",
        is_anonymous=False,
    )
    await tab.click(".choice", "I learn fast")
    await tab.sees("A number with its context.", ".explanation")
    await tab.sees("From 9 h", ".share.right")
    assert (await bot.hears("poll_answer"))["option_ids"] == [0]


async def test_a_quiz_in_a_group_shows_who_chose_what_until_its_time_is_over(
    tab, telegram, bot, anna, boris, group
):
    sent = await bot.call(
        "sendPoll",
        chat_id=group,
        question="Of all real positives, which share did the model find: what is it called?",
        options=["Precision = TP / (TP + FP)", "Recall = TP / (TP + FN)", "Log loss", "F1"],
        type="quiz",
        correct_option_ids=[1],
        explanation="Recall = TP / (TP + FN)",
        is_anonymous=False,
        open_period=7200,
    )
    telegram.vote(boris, sent["message_id"], [0], group)
    await tab.click(".chat-row", "ML cohort")
    await tab.sees("Quiz · closes", ".poll-kind")
    await tab.click(".choice", "Recall")
    await tab.sees("2 votes", ".poll-count")
    seen = "[...document.querySelectorAll('.faces')].map((one) => one.title).join()"
    await tab.until(f"{seen} === 'Борис,Anna'")
    telegram.advance(timedelta(hours=2))
    await tab.sees("Final results", ".poll-kind")


async def test_keys_of_the_bot_stand_below_the_field(tab, telegram, bot, anna):
    telegram.start(anna)
    await bot.hears("message")
    markup = {"keyboard": [["Send a letter"], ["Not now"]], "one_time_keyboard": True}
    await bot.say(anna, "What next?", reply_markup=markup)
    await tab.click("#reply-keyboard .key", "Not now")
    assert (await bot.hears("message"))["text"] == "Not now"
    await tab.until("document.querySelector('#reply-keyboard').hidden")


async def test_typing_and_pins_are_told_at_the_top(tab, telegram, bot, anna):
    telegram.start(anna)
    await bot.call("sendChatAction", chat_id=anna, action="typing")
    await tab.sees("typing", "#head-status")
    sent = await bot.say(anna, "Your plan: three letters")
    await bot.call("pinChatMessage", chat_id=anna, message_id=sent["message_id"])
    await tab.sees("three letters", "#pinned")


async def test_a_reaction_is_set_from_the_menu(tab, telegram, bot, anna):
    telegram.start(anna)
    await bot.say(anna, "Well done")
    await tab.click(".theirs .bubble", button="right")
    await tab.click("[role=menuitem]", "👍")
    await tab.sees("👍", ".theirs .reaction")


async def test_a_link_of_the_bot_starts_it_with_what_the_link_carries(tab, telegram, bot, group):
    join = f"https://t.me/{telegram.state.bot.username}?start=join_7"
    button = {"inline_keyboard": [[{"text": "Join", "url": join}]]}
    await bot.say(group, "A cohort of six weeks", reply_markup=button)
    await tab.click(".chat-row", "ML cohort")
    await tab.click(".key", "Join")
    await tab.sees("/start join_7", ".own .words")


async def test_the_page_goes_on_after_the_server_was_away(tab, running, telegram, bot, anna):
    telegram.start(anna)
    await tab.sees("/start", ".words")
    await running.close()
    await tab.sees("Connecting", "#lost")
    again = LocalTelegram(StandingClock(telegram.now), state=telegram.state)
    again.send_text(anna, "Said while you were away")
    server = await serve(again, port=URL(running.address).port or 0)
    await tab.sees("Said while you were away", ".words")
    again.send_text(anna, "and after")
    await tab.sees("and after", ".words")
    assert await tab.value("document.querySelectorAll('.own').length") == 3
    tab.complaints.clear()
    await server.close()


async def test_a_dropped_picture_can_be_sent_as_a_picture(tab, bot, tmp_path, picture):
    week = tmp_path / "week.png"
    week.write_bytes(picture)
    await tab.drag("#chat", week)
    await tab.drop("#drop-photo", week)
    await tab.until("document.querySelector('.own .photo img')?.naturalWidth === 8")
    assert (await bot.hears("message"))["photo"][0]["width"] == 8


async def test_an_answer_for_one_member_is_seen_by_that_member_only(
    tab, telegram, bot, anna, boris, group
):
    await tab.click(".chat-row", "ML cohort")
    for person, words in ((boris, "only for Борис"), (anna, "only for Anna")):
        whisper = {"receiver_user_id": person}
        await bot.say(group, words, ephemeral_message_parameters=whisper)
    await tab.sees("only for Anna", ".words")
    await tab.sees("Only you can see this", ".only-you")
    assert "only for Борис" not in await tab.value("document.querySelector('#log').innerText")


async def test_a_new_person_meets_the_bot(tab, bot):
    await tab.click(".add")
    await tab.click("[role=menuitem]", "New person")
    await tab.write("Vera")
    await tab.key("Enter")
    await tab.sees("Vera", ".person[aria-pressed=true]")
    await tab.click(".empty button", "Start")
    assert (await bot.hears("message"))["from"]["first_name"] == "Vera"


async def test_who_blocks_the_bot_can_restart_it(tab, telegram, bot, anna):
    telegram.start(anna)
    await tab.click("#chat-menu")
    await tab.click("[role=menuitem]", "Block the bot")
    await tab.sees("You blocked the bot.")
    await tab.click("#unblock")
    await tab.until("document.querySelector('#blocked').hidden")
    statuses = [(await bot.hears("my_chat_member"))["new_chat_member"]["status"] for _ in "12"]
    assert statuses == ["kicked", "member"]
