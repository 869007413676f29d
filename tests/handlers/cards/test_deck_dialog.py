"""The decks in a dialog: looked through, searched, a card changed and deleted, starters taken."""

import pytest

from coach.starters import topics
from coach.texts import catalogue
from handlers.cards.deck_buttons import leech_rows
from handlers.chat.replies import send
from storage import cards, notes


async def say(dialog, person, text) -> str:
    dialog.telegram.send_text(person, text)
    await dialog.settle()
    return dialog.said(person)[-1]


async def press(dialog, person, label) -> str:
    dialog.telegram.press_label(person, label)
    await dialog.settle()
    return dialog.said(person)[-1]


async def own(dialog, person, lines="recall :: TP / (TP + FN)") -> None:
    await say(dialog, person, f"/add {lines}")


async def fronts(dialog, person) -> list[str]:
    return sorted(note.front for note in await dialog.store.read(notes.find, person, ""))


async def test_an_empty_deck_says_how_to_begin(dialog, anna) -> None:
    assert "No cards yet" in await say(dialog, anna, "/deck")


async def test_a_deck_is_counted_and_looked_through(dialog, anna) -> None:
    await own(dialog, anna, "\n".join(f"card {number} :: x" for number in range(10, 21)))

    assert "My own: 11 cards (11 new)" in await say(dialog, anna, "/deck")
    first = await press(dialog, anna, "My own")
    assert "card 10" in first
    assert "1–8 of 11" in first
    second = await press(dialog, anna, "›")
    assert "card 20" in second
    assert "9–11 of 11" in second


async def test_questions_are_counted_apart_from_the_cards_that_ask_them(dialog, anna) -> None:
    await own(dialog, anna, "recall ::: TP / (TP + FN)\nloss :: what is minimised")

    assert "My own: 2 cards with 3 questions (3 new)" in await say(dialog, anna, "/deck")


async def test_a_card_is_found_by_a_word_on_either_side(dialog, anna) -> None:
    await own(dialog, anna)

    assert "recall" in await say(dialog, anna, "/deck FN")
    assert "No card has “zebra” in it" in await say(dialog, anna, "/deck zebra")
    await say(dialog, anna, "/deck")
    await press(dialog, anna, "Find")
    assert "recall" in await say(dialog, anna, "RECALL")


async def test_a_card_is_changed(dialog, anna) -> None:
    await own(dialog, anna)
    await say(dialog, anna, "/deck recall")
    assert "not asked yet" in await press(dialog, anna, "1")
    assert "recall :: TP" in await press(dialog, anna, "Change")
    assert "Not read" in await say(dialog, anna, "what?")
    assert "Changed" in await say(dialog, anna, "What is recall? :: TP / (TP + FN)")

    assert await fronts(dialog, anna) == ["What is recall?"]


async def test_a_card_can_become_another_kind(dialog, anna) -> None:
    await own(dialog, anna)
    await say(dialog, anna, "/deck recall")
    await press(dialog, anna, "1")
    await press(dialog, anna, "Change")
    assert "Asked both ways" in await say(dialog, anna, "recall ::: TP / (TP + FN)")


async def test_a_card_is_deleted_after_a_question(dialog, anna) -> None:
    await own(dialog, anna)
    await say(dialog, anna, "/deck recall")
    await press(dialog, anna, "1")
    assert "what you remember of it?" in await press(dialog, anna, "Delete")
    await press(dialog, anna, "Keep it")
    assert await fronts(dialog, anna) == ["recall"]
    await press(dialog, anna, "Delete")
    assert "Deleted" in await press(dialog, anna, "Yes, delete it")

    assert await fronts(dialog, anna) == []
    assert "No cards yet" in await press(dialog, anna, "Back")


def test_only_what_starts_a_session_or_a_cohort_has_start_on_its_button() -> None:
    """A script, or a hurried eye, takes the first button that begins with the word."""
    labels = {str(text) for key, text in catalogue("en").items() if ".button." in key}

    assert {label for label in labels if "Start" in label} == {"Start", "Start cohort"}


async def test_a_starter_topic_is_shown_before_it_is_kept(dialog, anna) -> None:
    await say(dialog, anna, "/deck")
    await press(dialog, anna, "Ready-made cards")
    shown = await press(dialog, anna, "Statistics")
    assert "Posterior is proportional" in shown
    assert await fronts(dialog, anna) == []
    await press(dialog, anna, "Keep")
    assert f"Kept: {len(topics()['ml::stats'])} cards" in dialog.said(anna)[-2]

    assert "Statistics: 6 cards" in await say(dialog, anna, "/deck")


async def test_a_topic_stays_named_while_its_cards_are_looked_at(dialog, anna) -> None:
    await say(dialog, anna, "/deck")
    await press(dialog, anna, "Ready-made cards")
    await press(dialog, anna, "Metrics")
    assert "Metrics" in await press(dialog, anna, "›")
    await press(dialog, anna, "9")
    assert "Metrics" in await press(dialog, anna, "Back")
    assert "Press a topic" in await press(dialog, anna, "Back")


async def test_a_topic_offers_only_what_is_not_kept_yet(dialog, anna) -> None:
    await say(dialog, anna, "/deck")
    await press(dialog, anna, "Ready-made cards")
    await press(dialog, anna, "Trees and ensembles")
    await press(dialog, anna, "Keep")
    await say(dialog, anna, "/deck")
    await press(dialog, anna, "Ready-made cards")

    assert "Trees and ensembles" not in str(dialog.telegram.answers(anna)[-1].keyboard)
    assert "ML basics · 5" in str(dialog.telegram.answers(anna)[-1].keyboard)


async def test_the_starter_cards_are_russian_for_who_reads_russian(dialog) -> None:
    boris = dialog.telegram.add_person("Борис", "ru", "boris").id
    dialog.telegram.start(boris)
    await dialog.settle()
    await say(dialog, boris, "/deck")
    await press(dialog, boris, "Готовые карточки")

    assert "доверительном интервале" in await press(dialog, boris, "Статистика")
    await press(dialog, boris, "Сохранить")
    assert any("p-значение" in front for front in await fronts(dialog, boris))


async def test_a_note_of_somebody_else_tells_nothing(dialog, anna) -> None:
    await own(dialog, anna, "secret :: words")
    await say(dialog, anna, "/deck secret")
    data = dialog.telegram.answers(anna)[-1].keyboard["inline_keyboard"][0][0]["callback_data"]
    ben = dialog.telegram.add_person("Ben", "en", "ben").id
    dialog.telegram.start(ben)
    await dialog.settle()
    for deed in ("show", "ask", "gone"):
        button = data.replace("show", deed)
        dialog.telegram.press(ben, dialog.telegram.answers(ben)[-1], button, stale=True)
        await dialog.settle()
        assert "gone" in dialog.said(ben)[-1]

    assert await fronts(dialog, anna) == ["secret"]


async def leech(dialog, anna) -> None:
    """Anna's only card is spoken of as one that won't stick."""
    await own(dialog, anna)
    note = (await dialog.store.read(notes.find, anna, "recall"))[0]
    card = (await dialog.store.read(cards.of_note, anna, note.id))[0]
    await dialog.store.write(
        send,
        key="leech",
        chat_id=anna,
        said="A leech.",
        now=dialog.clock.now(),
        rows=leech_rows("en", int(card.id)),
    )
    await dialog.settle()


async def test_a_leech_is_rewritten(dialog, anna) -> None:
    await leech(dialog, anna)
    assert "asks for one thing" in await press(dialog, anna, "Rewrite it with me")
    assert "back among your cards" in await say(dialog, anna, "What share is found? :: recall")

    assert await fronts(dialog, anna) == ["What share is found?"]


async def test_a_leech_is_split_and_its_parts_are_shown_before_they_take_its_place(
    dialog, anna
) -> None:
    await leech(dialog, anna)
    await press(dialog, anna, "Split it in two")
    assert "one card still" in await say(dialog, anna, "a :: b")
    await say(dialog, anna, "a :: b\nc :: d")
    assert await fronts(dialog, anna) == ["recall"]
    await press(dialog, anna, "Keep")

    assert await fronts(dialog, anna) == ["a", "c"]


async def test_a_leech_gets_a_hint(dialog, anna) -> None:
    await leech(dialog, anna)
    await press(dialog, anna, "Add a hint")
    await say(dialog, anna, "the nurse who misses nobody")

    assert await fronts(dialog, anna) == ["recall\n(Hint: the nurse who misses nobody)"]


@pytest.mark.parametrize(
    ("answer", "left"), [("Yes, delete it", []), ("Keep it", ["recall"])]
)  # fmt: skip
async def test_a_leech_is_deleted_after_a_question(dialog, anna, answer, left) -> None:
    await leech(dialog, anna)
    await press(dialog, anna, "Delete it")
    await press(dialog, anna, answer)

    assert await fronts(dialog, anna) == left


async def test_a_leech_can_stay_as_it_is(dialog, anna) -> None:
    await leech(dialog, anna)
    await press(dialog, anna, "Add a hint")
    assert "stays as it is" in await press(dialog, anna, "Leave it as it is")
