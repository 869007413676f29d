"""Cards of one's own in a dialog: kept at once by /add, else shown first; each kept once."""

import pytest

from storage import notes

LETTER = (
    "Dear hiring team,\n\n"
    "I built a pipeline in Flink that cut the delay of our reports from 6 hours to 4 minutes. "
    "I am applying becuase your team works on the same problem at ten times the scale, and the "
    "talk that your engineers gave about late events described what I had met. "
    "I would like to work on it with you, and I can begin in March.\n\n"
    "Kind regards,\nSam Example"
)


STICKER = {
    "file_id": "f",
    "file_unique_id": "u",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
}


async def say(dialog, person, text, **more) -> str:
    dialog.telegram.send_text(person, text, **more)
    await dialog.settle()
    return dialog.said(person)[-1]


async def press(dialog, person, label) -> str:
    dialog.telegram.press_label(person, label)
    await dialog.settle()
    return dialog.said(person)[-1]


async def kept(dialog, person) -> list[tuple[str, str]]:
    found = await dialog.store.read(notes.find, person, "")
    return sorted((note.front, note.back) for note in found)


async def test_add_keeps_its_cards_at_once(dialog, anna) -> None:
    await say(dialog, anna, "/add What is recall? :: TP / (TP + FN)")
    shown = dialog.said(anna)[-2]
    assert "Kept: 1 card" in shown
    assert "What is recall?" in shown
    assert "TP / (TP + FN)" in shown
    assert "When shall I bring you" in dialog.said(anna)[-1]
    shown = await say(dialog, anna, "/add a :: b\nIt is {{c1::Paris}}")
    assert "Kept: 2 cards" in shown
    assert "more" not in shown

    assert await kept(dialog, anna) == [
        ("It is {{c1::Paris}}", ""),
        ("What is recall?", "TP / (TP + FN)"),
        ("a", "b"),
    ]


async def test_what_add_kept_can_be_changed_and_deleted_below_it(dialog, anna) -> None:
    await say(dialog, anna, "/add a :: b")
    await press(dialog, anna, "Change")
    await say(dialog, anna, "better :: b")
    assert await kept(dialog, anna) == [("better", "b")]
    await press(dialog, anna, "Delete")
    await press(dialog, anna, "Yes, delete it")

    assert await kept(dialog, anna) == []


async def test_of_many_cards_the_first_are_shown(dialog, anna) -> None:
    await say(dialog, anna, "/add " + "\n".join(f"q{number} :: a" for number in range(10)))
    shown = dialog.said(anna)[-2]

    assert "Kept: 10 cards" in shown
    assert "… and 2 more" in shown
    await press(dialog, anna, "7")
    assert dialog.said(anna)[-2].startswith("q6")


async def test_a_line_nobody_asked_to_keep_is_shown_and_kept_by_one_press(dialog, anna) -> None:
    shown = await say(dialog, anna, "What is recall? :: TP / (TP + FN)")

    assert "What is recall?" in shown
    assert await kept(dialog, anna) == []
    await press(dialog, anna, "Keep")
    assert "Kept: 1 card" in dialog.said(anna)[-2]
    assert await kept(dialog, anna) == [("What is recall?", "TP / (TP + FN)")]


async def test_keeping_twice_keeps_once(dialog, anna) -> None:
    await say(dialog, anna, "a :: b")
    dialog.telegram.press_label(anna, "Keep")
    dialog.telegram.press_label(anna, "Keep")
    await dialog.settle()

    assert await kept(dialog, anna) == [("a", "b")]
    assert "already" in dialog.said(anna)[-2]


async def test_several_lines_are_several_cards_and_one_can_be_left_out(dialog, anna) -> None:
    await say(dialog, anna, "a :: b\nc ::: d\nIt is {{c1::Paris}}")
    shown = await press(dialog, anna, "2")
    assert "Asked both ways" in shown
    await press(dialog, anna, "Leave out")
    await press(dialog, anna, "Keep")
    assert "Kept: 2 cards" in dialog.said(anna)[-2]

    assert await kept(dialog, anna) == [("It is {{c1::Paris}}", ""), ("a", "b")]


async def test_a_card_that_was_left_out_can_be_taken_back_in(dialog, anna) -> None:
    await say(dialog, anna, "a :: b\nc :: d")
    await press(dialog, anna, "1")
    await press(dialog, anna, "Leave out")
    await press(dialog, anna, "1 ✕")
    await press(dialog, anna, "Take it back in")
    await press(dialog, anna, "Keep")

    assert await kept(dialog, anna) == [("a", "b"), ("c", "d")]


async def test_a_card_can_be_changed_before_it_is_kept(dialog, anna) -> None:
    await say(dialog, anna, "a :: b")
    assert "a :: b" in await press(dialog, anna, "Change")
    assert "better" in await say(dialog, anna, "better :: b")
    await press(dialog, anna, "Keep")

    assert await kept(dialog, anna) == [("better", "b")]


async def test_a_letter_is_read_even_while_a_card_is_awaited(dialog, anna) -> None:
    for asks, month in (("/add", "March"), ("a :: b", "April")):
        await say(dialog, anna, asks)
        if asks != "/add":
            await press(dialog, anna, "Change")
        await say(dialog, anna, LETTER.replace("March", month))
        assert any("because" in said for said in dialog.said(anna)[-2:])


async def test_a_sticker_while_a_card_is_awaited_is_no_card_and_no_mishap(dialog, anna) -> None:
    asked = await say(dialog, anna, "/add")
    dialog.telegram.send_content(anna, {"sticker": STICKER})
    await dialog.settle()

    assert dialog.said(anna)[-1] != asked
    assert await kept(dialog, anna) == []
    await say(dialog, anna, "a :: b")
    assert await kept(dialog, anna) == [("a", "b")]


async def test_once_kept_a_card_awaits_no_other_words(dialog, anna) -> None:
    await say(dialog, anna, "a :: b")
    await press(dialog, anna, "Change")
    await press(dialog, anna, "Keep")
    assert "short for a letter" in await say(dialog, anna, "hello")


async def test_not_now_keeps_nothing(dialog, anna) -> None:
    await say(dialog, anna, "a :: b")
    assert "Not kept" in await press(dialog, anna, "Not now")

    assert await kept(dialog, anna) == []


async def test_the_command_alone_asks_and_the_next_message_is_cards(dialog, anna) -> None:
    assert "Question :: Answer" in await say(dialog, anna, "/add")
    assert "a line such as" in await say(dialog, anna, "no card at all")
    await say(dialog, anna, "a :: b")

    assert await kept(dialog, anna) == [("a", "b")]


async def test_lines_that_are_clearly_cards_need_no_command(dialog, anna) -> None:
    assert "2 cards" in await say(dialog, anna, "a :: b\nc :: d")


async def test_what_could_not_be_read_is_said_beside_the_cards(dialog, anna) -> None:
    await say(dialog, anna, "/add a :: b\nnothing here")
    shown = dialog.said(anna)[-2]

    assert "“nothing here”: two colons are missing" in shown


async def test_any_message_becomes_a_card_when_its_question_is_asked(dialog, anna) -> None:
    await say(dialog, anna, "Kafka keeps an ordered log.")
    message = dialog.telegram.history(anna)[-2].id
    assert "Send me the question" in await say(dialog, anna, "/add", reply_to=message)
    await say(dialog, anna, "What does Kafka keep?")
    assert "Kafka keeps an ordered log." in dialog.said(anna)[-2]

    assert await kept(dialog, anna) == [("What does Kafka keep?", "Kafka keeps an ordered log.")]


async def test_a_reply_with_the_question_needs_nothing_more(dialog, anna) -> None:
    await say(dialog, anna, "Kafka keeps an ordered log.")
    message = dialog.telegram.history(anna)[-2].id
    await say(dialog, anna, "/add What does Kafka keep?", reply_to=message)

    assert await kept(dialog, anna) == [("What does Kafka keep?", "Kafka keeps an ordered log.")]


async def test_what_is_known_is_not_kept_again(dialog, anna) -> None:
    for _ in range(2):
        await say(dialog, anna, "/add a :: b")

    assert "1 was in your deck already" in dialog.said(anna)[-1]
    assert await kept(dialog, anna) == [("a", "b")]


async def test_a_letter_brings_cards_that_are_shown_before_they_are_kept(dialog, anna) -> None:
    await say(dialog, anna, LETTER)
    shown = await press(dialog, anna, "Make cards")
    assert "from your letter" in shown
    assert "Flink" in shown
    assert await kept(dialog, anna) == []
    await press(dialog, anna, "Keep")
    assert "Kept: 2 cards" in dialog.said(anna)[-2]

    assert "because" in [back for _, back in await kept(dialog, anna)]


async def test_the_offer_of_somebody_else_tells_nothing(dialog, anna) -> None:
    await say(dialog, anna, "secret :: words")
    data = dialog.telegram.answers(anna)[-1].keyboard["inline_keyboard"][0][0]["callback_data"]
    ben = dialog.telegram.add_person("Ben", "en", "ben").id
    dialog.telegram.start(ben)
    await dialog.settle()
    dialog.telegram.press(ben, dialog.telegram.answers(ben)[-1], data, stale=True)
    await dialog.settle()

    assert "no longer" in dialog.said(ben)[-1]
    assert await kept(dialog, ben) == []


@pytest.mark.parametrize("choice", ["open", "page", "card", "turn", "change", "keep", "no"])
@pytest.mark.parametrize("number", [-1, 99])
async def test_a_forged_number_changes_nothing(dialog, anna, choice, number) -> None:
    await say(dialog, anna, "a :: b\nc :: d")
    message = dialog.telegram.answers(anna)[-1]
    data = f"offer:{choice}:1:{number}"
    dialog.telegram.press(anna, message, data, stale=True)
    await dialog.settle()
    await say(dialog, anna, "x :: y")

    assert {"x"}.isdisjoint(front for front, _ in await kept(dialog, anna))


async def test_a_button_of_cards_that_are_kept_says_so(dialog, anna) -> None:
    await say(dialog, anna, "a :: b\nc :: d")
    message = dialog.telegram.answers(anna)[-1]
    await press(dialog, anna, "Keep")
    for choice in ("page", "card", "turn", "change", "keep"):
        dialog.telegram.press(anna, message, f"offer:{choice}:1:0", stale=True)
        await dialog.settle()
        assert any("already" in one for one in dialog.said(anna)[-2:])

    assert await kept(dialog, anna) == [("a", "b"), ("c", "d")]


async def test_what_a_posting_asks_for_in_vain_can_become_cards(dialog, anna) -> None:
    await say(dialog, anna, LETTER)
    await say(dialog, anna, "/posting You have:\n- a forklift licence\n- Flink\n")
    shown = await press(dialog, anna, "Make cards")
    assert "forklift licence" in shown
    await press(dialog, anna, "Keep")

    assert any("forklift licence" in front for front, _ in await kept(dialog, anna))


@pytest.mark.parametrize("text", ["/add", "/add a :: b\nc", "/add a ::: b", "/add x {{c1::y}}"])
async def test_it_speaks_russian(dialog, text) -> None:
    boris = dialog.telegram.add_person("Борис", "ru", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    said = await say(dialog, boris, text)

    assert any("а" <= letter <= "я" for letter in said.lower())
