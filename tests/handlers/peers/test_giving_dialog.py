"""A letter is given in private, without names, for a week; the group hears nothing of it."""

import logging
from datetime import timedelta

from handlers.cohorts.peer_buttons import PairButton, Read, ReadButton, Step
from storage import excerpts
from tests.handlers.peers.steps import (
    CLOSED,
    WEEK,
    WORDS,
    excerpt_shown,
    forge,
    give,
    look_at_all_of_it,
    newest,
    press,
    write,
)


async def test_a_letter_is_seen_without_names_given_and_answered(dialog, paired, anna, boris):
    shown = await look_at_all_of_it(dialog, anna)
    assert "Boris would read this:" in shown
    for word in WORDS[1:4]:
        assert word not in shown.lower()
    assert not any("lanternoscope" in one for one in dialog.said(boris)), "nothing has left"

    await press(dialog, anna, "Give it to Boris")
    assert "Boris has it." in newest(dialog, anna)
    got = excerpt_shown(dialog, boris)
    assert "Anna gives you this to read. It is gone on 1 December." in got.text
    assert "the lanternoscope, which predicts lamps" in got.text
    assert got.body["has_protected_content"]

    await press(dialog, boris, "Answer")
    assert "1/3 · What is clear?" in newest(dialog, boris)
    await write(dialog, boris, "What you built.")
    await press(dialog, boris, "Skip")
    assert "3/3 · One line to cut?" in newest(dialog, boris)
    await write(dialog, boris, "The last one.")

    assert "Thank you. Anna gets your answers now." in newest(dialog, boris)
    told = newest(dialog, anna)
    assert "Boris has read your passage." in told
    assert "What is clear?\nWhat you built." in told
    assert "One line to cut?\nThe last one." in told
    assert "vague" not in told


async def test_a_passage_can_be_pressed_or_typed_and_keeps_no_name_of_the_letter(
    dialog, paired, anna
):
    await press(dialog, anna, "Choose a letter")
    await press(dialog, anna, " · 20 Nov")
    await press(dialog, anna, "I would like to help")
    assert "I would like to help with your telescopes" in newest(dialog, anna)
    assert "lanternoscope" not in newest(dialog, anna)

    await press(dialog, anna, "Another letter")
    await press(dialog, anna, " · 20 Nov")
    await write(dialog, anna, "I, Ivanova, like to help, says @anna.")
    assert "[name], like to help" in newest(dialog, anna)
    assert "anna" not in newest(dialog, anna).lower()


async def test_more_can_be_covered_and_what_was_shown_before_is_not_given(
    dialog, paired, anna, boris
):
    await look_at_all_of_it(dialog, anna)
    old = dialog.telegram.answers(anna)[-1]
    data = old.keyboard["inline_keyboard"][0][0]["callback_data"]
    await press(dialog, anna, "Black out more")
    await write(dialog, anna, "lanternoscope, last year")
    assert "in my [hidden] as a lamplighter" in newest(dialog, anna)

    stale = dialog.telegram.press(anna, old, data)
    await dialog.settle()
    assert CLOSED in stale.answer

    await press(dialog, anna, "Give it to Boris")
    got = excerpt_shown(dialog, boris).text
    assert "lanternoscope" not in got
    assert "[hidden]" in got


async def test_words_that_are_not_there_change_nothing(dialog, paired, anna):
    await look_at_all_of_it(dialog, anna)
    await press(dialog, anna, "Black out more")
    await write(dialog, anna, "submarine")
    assert newest(dialog, anna).startswith("I didn't find that in the text.")
    assert "lanternoscope" in newest(dialog, anna)


async def test_without_a_letter_one_is_asked_for_and_a_long_one_asks_for_a_passage(
    dialog, paired, anna, boris
):
    await press(dialog, boris, "Choose a letter")
    assert "I have no letter of yours yet." in newest(dialog, boris)

    await press(dialog, anna, "Choose a letter")
    await press(dialog, anna, " · 20 Nov")
    await write(dialog, anna, "I learn quickly. " * 240)
    assert "more than fits into one message" in newest(dialog, anna)
    assert await dialog.store.read(excerpts.of_pair, paired.id) == []


async def test_a_double_press_gives_once(dialog, paired, anna, boris):
    await look_at_all_of_it(dialog, anna)
    preview = dialog.telegram.answers(anna)[-1]
    data = preview.keyboard["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        dialog.telegram.press(anna, preview, data, stale=True)
    await dialog.settle()

    assert len([one for one in dialog.said(boris) if "gives you this" in one]) == 1
    again = await forge(dialog, anna, PairButton(pair=paired.id, step=Step.CHOOSE))
    assert CLOSED in again.answer
    assert "Boris has it." in newest(dialog, anna)


async def test_a_question_is_answered_once_and_an_old_one_not_skipped(dialog, paired, anna, boris):
    await give(dialog, anna)
    await press(dialog, boris, "Answer")
    await write(dialog, boris, "x" * 501)
    assert "up to 500 characters" in newest(dialog, boris)
    [first] = await dialog.store.read(excerpts.of_pair, paired.id)
    for _ in range(2):
        await forge(dialog, boris, ReadButton(excerpt=first.id, read=Read.SKIP, question=1))
    assert await dialog.store.read(excerpts.answers, first.id) == [""]

    for _ in range(2):
        await press(dialog, boris, "Skip")
    assert "had nothing to add" in newest(dialog, anna)
    late = await forge(dialog, boris, ReadButton(excerpt=first.id, read=Read.ANSWER))
    assert CLOSED in late.answer
    assert len([one for one in dialog.said(anna) if "had nothing to add" in one]) == 1


async def test_after_seven_days_it_is_gone_from_the_chat_and_the_store(dialog, paired, anna, boris):
    await give(dialog, anna)
    await press(dialog, boris, "Answer")
    await write(dialog, boris, "Your model.")
    [given] = await dialog.store.read(excerpts.of_pair, paired.id)
    await dialog.later(WEEK - timedelta(minutes=1))
    assert any("lanternoscope" in one for one in dialog.said(boris))

    await dialog.later(timedelta(minutes=1))
    assert not any("lanternoscope" in one for one in dialog.said(boris))
    assert any("is gone, as promised after 7 days" in one for one in dialog.said(boris))
    assert await dialog.store.read(excerpts.get, given.id) is None
    assert any("Your model." in one for one in dialog.said(anna)), "what was said so far"
    await write(dialog, boris, "Too late.")
    assert newest(dialog, boris).startswith(CLOSED)


async def test_nothing_of_a_text_stays_with_a_reader_who_could_not_get_it(
    dialog, paired, anna, boris
):
    await look_at_all_of_it(dialog, anna)
    dialog.telegram.press_label(anna, "Give it to")
    dialog.telegram.block(boris)
    await dialog.settle()

    def waiting(db):
        return db.query("SELECT payload FROM jobs WHERE payload LIKE '%lanternoscope%'")

    assert await dialog.store.read(waiting) == []
    assert not any("lanternoscope" in one for one in dialog.said(boris))


async def test_strangers_and_forged_buttons_change_and_learn_nothing(
    dialog, group, paired, anna, boris, clara
):
    await give(dialog, anna)
    [given] = await dialog.store.read(excerpts.of_pair, paired.id)
    forged = [PairButton(pair=paired.id, step=step, version=1, seal="0" * 12) for step in Step]
    forged += [ReadButton(excerpt=given.id, read=read, question=1) for read in Read]
    forged += [PairButton(pair=999, step=Step.CHOOSE), ReadButton(excerpt=99, read=Read.REPORT)]
    for data in forged:
        assert CLOSED in (await forge(dialog, clara, data)).answer
    theirs = PairButton(pair=paired.id, step=Step.WHOLE, version=1)
    assert CLOSED in (await forge(dialog, boris, theirs)).answer, "it is Anna's letter"

    assert await dialog.store.read(excerpts.of_pair, paired.id) == [given]
    assert not any("lantern" in one for one in dialog.said(clara))


async def test_no_word_of_a_letter_reaches_the_group_or_a_log(
    dialog, group, paired, anna, boris, caplog
):
    caplog.set_level(logging.DEBUG)
    await give(dialog, anna)
    await press(dialog, boris, "Answer")
    await write(dialog, boris, "The lanternoscope is clear.")
    await press(dialog, boris, "Skip")
    await press(dialog, boris, "Skip")
    await press(dialog, boris, "Report")
    await dialog.later(WEEK)
    await dialog.tick()

    heard = " ".join(one.text or "" for one in dialog.telegram.answers(group)).lower()
    logged = " ".join(record.getMessage() for record in caplog.records).lower()
    for word in WORDS:
        assert word not in heard
        assert word not in logged


async def test_the_night_of_a_reader_is_left_in_peace(dialog, paired, anna, boris):
    await dialog.later(timedelta(hours=13))
    await give(dialog, anna)
    assert not any("gives you this" in one for one in dialog.said(boris))

    await dialog.later(timedelta(hours=9))
    assert excerpt_shown(dialog, boris)


async def test_letters_are_called_by_their_file_or_by_how_they_begin(dialog, paired, anna):
    dialog.telegram.send_file(anna, "Anna-CV.txt", b"Lamplighter for three years, then a clerk.")
    await dialog.settle()
    await press(dialog, anna, "Choose a letter")

    [asked] = [one for one in dialog.telegram.answers(anna) if one.text == "Which letter?"]
    rows = asked.keyboard["inline_keyboard"]
    assert [row[0]["text"].split(" · ")[0] for row in rows] == [
        "Anna-CV.txt",
        "in my last year as a…",
    ]
