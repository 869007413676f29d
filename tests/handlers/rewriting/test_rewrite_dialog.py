"""One passage is said better: chosen, shown word by word, answered, taken, taken out again."""

import asyncio

import pytest

from bot.conversations import Conversations
from handlers.chat.work import ModelFacts
from prompts import Failure
from storage import facts, letters, people, reviews, rewrites
from storage.rewrites import RewriteState
from tests.fakes.asking import FakeAsk

LETTER = """Dear hiring team at Nordwind,

I am applying for the junior machine learning role. For two years I have cleaned sensor data at a
small farm-equipment company, and last spring I built a model that predicts which pumps fail. It
cut unplanned stops by a third in one season, and the mechanics now plan their week with it.

I recieve the alerts myself, so I know which ones are wrong. I would like to do this work with
people who read failures as carefully as successes.

Kind regards,
Sam Example
"""

NO_SLIPS = {"confirm": [1], "reject": [], "edits": []}


def issue(quote, criterion="specificity_to_addressee"):
    return {
        "quote": quote,
        "criterion": criterion,
        "severity": "major",
        "why": "Any team would nod at this.",
        "advice": "Say what you want to learn from them.",
    }


CRITIQUE = {
    "strengths": [{"quote": "It cut unplanned stops by a third", "why": "An outcome."}],
    "issues": [
        issue("I would like to do this work with people who read failures"),
        issue("I recieve the alerts myself", "clarity_voice"),
    ],
    "scores": [],
    "rewrites": [
        {
            "quote": "For two years I have cleaned sensor data",
            "replacement": "I have cleaned sensor data for two years",
            "why": "The deed comes first.",
            "questions": ["What was wrong with the data?"],
        }
    ],
    "summary": "A reader will remember the pumps.",
}

BETTER = "I want to work with people who read failures as carefully as successes."
ANOTHER = "People who read failures as carefully as successes are whom I want to work with."
QUESTIONS = ["Which failure did you learn from?", "Who read it with you?"]


def proposal(replacement=BETTER, questions=()):
    return {"replacement": replacement, "why": "It is shorter.", "questions": list(questions)}


@pytest.fixture
def ask(dialog) -> FakeAsk:
    ask = FakeAsk()
    dialog.context |= {"ask": ask, "model_on": True, "model": ModelFacts(True, "tiny", "localhost")}
    return ask


@pytest.fixture
async def read(dialog, anna, ask):
    """Anna's letter has been read by a model that she lets read."""
    await dialog.store.write(people.agree_to_model, anna, dialog.clock.now())
    ask.enqueue(NO_SLIPS)
    ask.enqueue(CRITIQUE)
    dialog.telegram.send_text(anna, LETTER)
    await dialog.settle()


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed


async def write(dialog, person, text):
    dialog.telegram.send_text(person, text)
    await dialog.settle()


async def choose(dialog, person, number="1"):
    await press(dialog, person, "Rewrite a passage")
    return await press(dialog, person, number)


def styled(dialog, person, style):
    """The words of the last message in a style."""
    message = dialog.telegram.answers(person)[-1]
    raw = message.text.encode("utf-16-le")
    return [
        raw[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le")
        for one in message.body.get("entities", ())
        if one["type"] == style
    ]


def buttons(dialog, person):
    """The last message's buttons, by their labels."""
    keyboard = dialog.telegram.answers(person)[-1].keyboard or {}
    return {
        button["text"]: button["callback_data"]
        for row in keyboard.get("inline_keyboard", ())
        for button in row
    }


async def standing(dialog, anna):
    """Every edit of the newest review of Anna's letter, and whether it is accepted."""

    def look(db):
        version = letters.latest(db, anna)
        return [
            (one.edit.right, one.state.value, one.rewrite is not None)
            for one in reviews.edits(db, reviews.latest(db, version.id).id)
        ]

    return await dialog.store.read(look)


async def downloaded(dialog, anna):
    await press(dialog, anna, "Download")
    document = dialog.telegram.answers(anna)[-1].body["document"]
    return dialog.telegram.file(document["file_id"]).decode()


async def test_the_passages_have_the_numbers_of_the_critique(dialog, anna, read):
    await press(dialog, anna, "Rewrite a passage")
    said = dialog.said(anna)[-1]
    assert said.startswith("Which passage shall we say better?")
    assert "1. I would like to do this work" in said
    assert "2. I recieve the alerts myself" in said
    assert "3. For two years I have cleaned sensor data" in said


async def test_before_and_after_are_told_apart_word_by_word(dialog, anna, read, ask):
    ask.enqueue(proposal(questions=QUESTIONS))
    await choose(dialog, anna)

    said = dialog.said(anna)[-1]
    assert "I would like to do this work with people who read failures" in said
    assert f"{BETTER} [{QUESTIONS[0]}] [{QUESTIONS[1]}]" in said
    assert styled(dialog, anna, "strikethrough") == ["would like to do this"]
    assert "want to" in styled(dialog, anna, "bold")
    assert "Why: It is shorter." in said
    asked = ask.asked[-1]
    assert asked.prompt.id == "rewrite"
    assert "Nordwind" not in str(asked.inputs)
    assert "Any team would nod" in asked.inputs["advice"]


async def test_words_of_the_critique_are_shown_without_asking_again(dialog, anna, read, ask):
    await choose(dialog, anna, "3")
    assert "I have cleaned sensor data for two years" in dialog.said(anna)[-1]
    assert len(ask.asked) == 2


async def test_taken_it_is_downloaded_and_undone_it_is_not(dialog, anna, read, ask):
    ask.enqueue(proposal())
    await choose(dialog, anna)
    await press(dialog, anna, "Take it")
    assert dialog.said(anna)[-1].startswith("It is in your letter now.")
    assert "1 passage said anew." in "".join(dialog.said(anna))
    assert "I want to work with\npeople who read failures" in await downloaded(dialog, anna)

    await press(dialog, anna, "Undo")
    assert "1 passage said anew." not in "".join(dialog.said(anna))
    assert await downloaded(dialog, anna) == LETTER.strip()


async def test_apply_all_goes_past_it_and_the_slips_in_it_are_gone(dialog, anna, read, ask):
    ask.enqueue(proposal("The alerts come to me, so I know which ones are wrong."))
    await choose(dialog, anna, "2")
    assert await standing(dialog, anna) == [("receive", "open", False)]
    await press(dialog, anna, "Take it")
    [(right, state, anew)] = await standing(dialog, anna)
    assert (state, anew) == ("accepted", True)
    assert "come to me" in right
    await press(dialog, anna, "Undo")
    await press(dialog, anna, "Apply all")
    assert await standing(dialog, anna) == [("receive", "accepted", False)]


async def test_an_answer_is_a_fact_and_the_passage_is_said_with_it(dialog, anna, read, ask):
    ask.enqueue(proposal(questions=QUESTIONS))
    await choose(dialog, anna)
    await press(dialog, anna, "Answer")
    assert "Question 1 of 2" in dialog.said(anna)[-1]
    assert "I remember it as a fact about you" in dialog.said(anna)[-1]

    await write(dialog, anna, "A pump that we drowned in 2025 at Nordwind")
    assert "✓ A pump that we drowned in 2025" in dialog.said(anna)[-2]
    assert QUESTIONS[1] in dialog.said(anna)[-1]

    with_fact = "I want to work with people who read failures, as we did with the pump of 2025."
    ask.enqueue(proposal(with_fact))
    await press(dialog, anna, "Skip")
    assert with_fact in dialog.said(anna)[-1]
    asked = ask.asked[-1].inputs
    assert asked["facts"][0].startswith("Which failure did you learn from? A pump")
    assert "Nordwind" not in str(asked)
    [fact] = await dialog.store.read(facts.of_person, anna)
    assert fact.answer == "A pump that we drowned in 2025 at Nordwind"


async def test_what_is_answered_is_no_gap_any_more_whatever_the_model_does(dialog, anna, read, ask):
    ask.enqueue(proposal(questions=QUESTIONS))
    await choose(dialog, anna)
    await press(dialog, anna, "Answer")
    await write(dialog, anna, "A pump that we drowned")
    ask.enqueue(Failure.UNREACHABLE)
    await press(dialog, anna, "Skip")
    said = dialog.said(anna)[-1]
    assert f"{BETTER} [{QUESTIONS[1]}]" in said
    assert QUESTIONS[0] not in said


async def test_facts_go_with_the_next_letter_too(dialog, anna, read, ask):
    ask.enqueue(proposal(questions=QUESTIONS[:1]))
    await choose(dialog, anna)
    await press(dialog, anna, "Answer")
    ask.enqueue(proposal(ANOTHER))
    await write(dialog, anna, "A pump that we drowned")
    ask.enqueue(NO_SLIPS)
    ask.enqueue(CRITIQUE)
    ask.enqueue(Failure.TIMEOUT)  # the word on the new version
    await write(dialog, anna, LETTER.replace("small", "tiny"))

    critique = next(one for one in ask.asked[::-1] if one.prompt.id == "critique")
    assert critique.inputs["facts"] == ["Which failure did you learn from? A pump that we drowned"]


async def test_what_the_guard_refuses_is_shown_as_questions_only(dialog, anna, read, ask):
    invented = "I led 12 engineers at Google who read failures every single day."
    ask.enqueue(proposal(invented, QUESTIONS))
    ask.enqueue(proposal(invented, QUESTIONS))
    await choose(dialog, anna)
    said = dialog.said(anna)[-1]
    assert "I won't put words in your mouth" in said
    assert QUESTIONS[0] in said
    assert "Google" not in said
    assert "Take it" not in buttons(dialog, anna)


async def test_another_way_is_asked_with_a_wish_and_what_came_before(dialog, anna, read, ask):
    ask.enqueue(proposal())
    await choose(dialog, anna)
    await press(dialog, anna, "Another way")
    ask.enqueue(proposal(ANOTHER))
    await press(dialog, anna, "Shorter")

    assert ANOTHER in dialog.said(anna)[-1]
    assert (ask.asked[-1].inputs["wish"], ask.asked[-1].inputs["earlier"]) == ("shorter", [BETTER])


async def test_after_a_few_ways_the_writers_own_words_are_left(dialog, anna, read, ask):
    ways = [f"{BETTER[:-1]}{'!' * n}" for n in range(4)]
    for way in ways:
        ask.enqueue(proposal(way))
    await choose(dialog, anna)
    for _ in ways[1:]:
        await press(dialog, anna, "Another way")
        await press(dialog, anna, "Just different")
    assert list(buttons(dialog, anna)) == ["Take it", "Leave it", "My own words"]


@pytest.mark.parametrize("failure", [Failure.TIMEOUT, Failure.BUDGET, Failure.RUBBISH])
async def test_a_failing_model_leaves_the_letter_and_another_try(dialog, anna, read, ask, failure):
    ask.enqueue(failure)
    await choose(dialog, anna)
    assert "Your letter is untouched." in dialog.said(anna)[-1]
    ask.enqueue(proposal())
    await press(dialog, anna, "Ask again")
    assert BETTER in dialog.said(anna)[-1]


@pytest.mark.parametrize(
    ("nonsense", "told"),
    [
        ("", "had no words for this passage"),
        (
            "I would like to do this work with people who read failures as carefully as successes.",
            "found no other words",
        ),
        ("Я хочу работать с теми, кто читает неудачи так же внимательно.", "another language"),
        ("I want to work with **people** who read failures carefully.", "links, brackets"),
        (
            "Sure! Here is the passage: I want to work with careful people.",
            "talked about your text",
        ),
        ("Lorem ipsum dolor amet consectetur adipiscing elit eiusmod.", "nothing to do with"),
    ],
)
async def test_nonsense_is_told_kindly_and_nothing_is_offered(
    dialog, anna, read, ask, nonsense, told
):
    ask.enqueue(proposal(nonsense))
    await choose(dialog, anna)
    said = dialog.said(anna)[-1]
    assert told in said
    assert "Your letter is untouched." in said
    assert list(buttons(dialog, anna)) == ["Leave it", "Ask again", "My own words"]
    assert not any(one[2] for one in await standing(dialog, anna))


async def test_when_another_way_fails_the_first_is_still_there(dialog, anna, read, ask):
    ask.enqueue(proposal())
    await choose(dialog, anna)
    await press(dialog, anna, "Another way")
    ask.enqueue(Failure.UNREACHABLE)
    await press(dialog, anna, "Warmer")
    assert "Your letter is untouched." in dialog.said(anna)[-1]
    await press(dialog, anna, "Take it")
    assert ("accepted", True) in [one[1:] for one in await standing(dialog, anna)]


async def test_when_another_way_invents_the_first_stays_with_what_is_asked(dialog, anna, read, ask):
    ask.enqueue(proposal())
    await choose(dialog, anna)
    await press(dialog, anna, "Another way")
    for _ in range(2):
        ask.enqueue(proposal("I led 12 engineers at Google who read failures.", QUESTIONS[:1]))
    await press(dialog, anna, "More concrete")
    said = dialog.said(anna)[-1]
    assert said.startswith("I found no other way without inventing something.")
    assert f"{BETTER} [{QUESTIONS[0]}]" in said
    assert "Google" not in said
    assert "Take it" in buttons(dialog, anna)


async def waiting(dialog, anna, ask):
    """A model holds back its answer; the hold, and what is settling."""
    hold = asyncio.Event()
    ask.enqueue(proposal(), hold=hold)
    dialog.telegram.press_label(anna, "Rewrite a passage")
    await dialog.settle()
    dialog.telegram.press_label(anna, "1")
    settling = asyncio.create_task(dialog.settle())
    await asyncio.wait_for(ask.reached.wait(), 60)
    return hold, settling


async def test_stop_frees_the_model_and_its_answer_is_thrown_away(dialog, anna, read, ask):
    _, settling = await waiting(dialog, anna, ask)
    await dialog.send()
    dialog.telegram.press_label(anna, "Stop")
    await dialog.hear()
    await asyncio.wait_for(settling, 60)
    await dialog.settle()
    assert "Stopped. Your letter is untouched." in dialog.said(anna)[-1]
    assert BETTER not in dialog.said(anna)[-1]


async def test_a_letter_that_is_deleted_meanwhile_gets_no_words(dialog, anna, read, ask):
    hold, settling = await waiting(dialog, anna, ask)

    def delete(db):
        version = letters.latest(db, anna)
        db.run("DELETE FROM letters WHERE id = :id", id=version.letter_id)

    await dialog.store.write(delete)
    hold.set()
    await asyncio.wait_for(settling, 60)
    await dialog.settle()
    assert BETTER not in "".join(dialog.said(anna))
    pressed = await press(dialog, anna, "Stop")
    assert "no longer have" in pressed.answer


async def test_after_a_restart_the_dialog_goes_on(dialog, anna, read, ask):
    """The state lies in rows: another dispatcher would read the same."""
    ask.enqueue(proposal(questions=QUESTIONS[:1]))
    await choose(dialog, anna)
    await press(dialog, anna, "Answer")
    dialog.dispatcher.fsm.storage = Conversations(dialog.store, dialog.clock)
    ask.enqueue(proposal(ANOTHER))
    await write(dialog, anna, "A pump that we drowned")
    assert ANOTHER in dialog.said(anna)[-1]


async def test_every_step_pressed_twice_is_one_step(dialog, anna, read, ask):
    ask.enqueue(proposal())
    dialog.telegram.press_label(anna, "Rewrite a passage")
    await dialog.settle()
    dialog.telegram.press_label(anna, "1")
    dialog.telegram.press_label(anna, "1")
    ask.enqueue(proposal())
    await dialog.settle()
    dialog.telegram.press_label(anna, "Take it")
    second = dialog.telegram.press_label(anna, "Take it")
    await dialog.settle()
    assert "done already" in second.answer
    assert [one[2] for one in await standing(dialog, anna)].count(True) == 1
    first = dialog.telegram.press_label(anna, "Undo")
    second = dialog.telegram.press_label(anna, "Undo")
    await dialog.settle()
    assert ("Taken out again." in first.answer, "done already" in second.answer) == (True, True)


async def test_another_way_pressed_twice_asks_once(dialog, anna, read, ask):
    ask.enqueue(proposal())
    await choose(dialog, anna)
    await press(dialog, anna, "Another way")
    ask.enqueue(proposal(ANOTHER))
    dialog.telegram.press_label(anna, "Warmer")
    dialog.telegram.press_label(anna, "Warmer")
    await dialog.settle()
    assert sum(one.prompt.id == "rewrite" for one in ask.asked) == 2


async def test_a_strangers_press_changes_nothing(dialog, anna, read, ask):
    ask.enqueue(proposal())
    await choose(dialog, anna)
    data = buttons(dialog, anna)["Take it"]
    boris = dialog.telegram.add_person("Boris", "en").id
    dialog.telegram.start(boris)
    await dialog.settle()
    pressed = dialog.telegram.press(boris, dialog.telegram.answers(boris)[-1], data, stale=True)
    await dialog.settle()
    assert "no longer have" in pressed.answer
    assert not any(one[2] for one in await standing(dialog, anna))


async def test_a_newer_review_has_the_rewrite_too(dialog, anna, read, ask):
    ask.enqueue(proposal())
    await choose(dialog, anna)
    await press(dialog, anna, "Take it")

    def read_again(db):
        version = letters.latest(db, anna)
        before = reviews.latest(db, version.id)
        after = reviews.save(
            db, version_id=version.id, review=before.review, now=dialog.clock.now()
        )
        reviews.carry(db, before=before.id, after=after.id)

    await dialog.store.write(read_again)
    await press(dialog, anna, "Undo")
    assert not any(one[2] for one in await standing(dialog, anna))
    await press(dialog, anna, "Take it")
    assert any(one[2] for one in await standing(dialog, anna))


async def test_left_it_stays_and_another_can_be_chosen(dialog, anna, read, ask):
    ask.enqueue(proposal())
    await choose(dialog, anna)
    await press(dialog, anna, "Leave it")
    assert dialog.said(anna)[-1].startswith("It stays as you wrote it.")
    await press(dialog, anna, "Another passage")
    assert dialog.said(anna)[-1].startswith("Which passage")


async def test_a_letter_sent_while_a_question_is_open_is_a_letter(dialog, anna, read, ask):
    ask.enqueue(proposal(questions=QUESTIONS))
    await choose(dialog, anna)
    await press(dialog, anna, "Answer")
    ask.enqueue(NO_SLIPS)
    ask.enqueue(CRITIQUE)
    ask.enqueue(Failure.TIMEOUT)  # the word on the new version
    await write(dialog, anna, LETTER.replace("small", "tiny") + "\n" + "More of it. " * 60)
    assert await dialog.store.read(facts.of_person, anna) == []


async def test_what_is_typed_for_a_passage_that_is_gone_is_read_as_ever(dialog, anna, read, ask):
    ask.enqueue(proposal(questions=QUESTIONS))
    await choose(dialog, anna)
    await press(dialog, anna, "Answer")

    def delete(db):
        db.run("DELETE FROM rewrites")

    await dialog.store.write(delete)
    await write(dialog, anna, "A pump")
    assert "short for a letter" in dialog.said(anna)[-1]
    assert await dialog.store.read(facts.of_person, anna) == []


@pytest.fixture
async def house(dialog, anna):
    """Anna's letter has been read by the house; there is no model."""
    weak = LETTER.replace("I would like to do this", "I am a passionate team player and want this")
    dialog.telegram.send_text(anna, weak)
    await dialog.settle()


async def choose_first(dialog, anna):
    await press(dialog, anna, "Rewrite a passage")
    await press(dialog, anna, next(iter(buttons(dialog, anna))))


async def test_without_a_model_the_writer_says_it(dialog, anna, house):
    await choose_first(dialog, anna)
    said = dialog.said(anna)[-1]
    assert said.startswith("How would you say it yourself?")
    assert "?" in said.partition("yourself?")[2]

    await write(dialog, anna, "My pumps taught me\nto read failures.")
    assert "My pumps taught me to read failures." in dialog.said(anna)[-1]
    assert "Your own words." in dialog.said(anna)[-1]
    await press(dialog, anna, "Take it")
    text = await downloaded(dialog, anna)
    assert "My pumps taught me to read failures." in text
    assert await dialog.store.read(facts.of_person, anna) == []


async def test_without_a_model_the_same_words_are_no_rewrite(dialog, anna, house):
    await choose_first(dialog, anna)
    passage = await dialog.store.read(lambda db: rewrites.get(db, 1))
    version = await dialog.store.read(letters.latest, anna)
    await write(dialog, anna, version.text[passage.start : passage.end])
    assert "stands there already" in dialog.said(anna)[-1]
    assert (await dialog.store.read(rewrites.get, 1)).state is RewriteState.TYPING


async def test_a_model_that_may_not_read_is_not_asked(dialog, anna, ask, house):
    await choose_first(dialog, anna)
    assert dialog.said(anna)[-1].startswith("How would you say it yourself?")
    assert ask.asked == []


async def test_consent_taken_back_while_waiting_asks_nothing(dialog, anna, read, ask):
    dialog.telegram.press_label(anna, "Rewrite a passage")
    await dialog.settle()
    dialog.telegram.press_label(anna, "1")
    await dialog.hear()
    await dialog.store.write(people.decline_model, anna, dialog.clock.now())
    await dialog.settle()
    assert not any(one.prompt.id == "rewrite" for one in ask.asked)
    assert "My own words" in buttons(dialog, anna)


async def test_words_that_the_guard_refuses_are_asked_for_once_more(dialog, anna, read, ask):
    ask.enqueue(proposal("I led 12 engineers at Google who read failures.", QUESTIONS[:1]))
    ask.enqueue(proposal())
    await choose(dialog, anna)
    assert len(ask.asked[-2:]) == 2
    assert ask.asked[-1].inputs["barred"]
    assert BETTER in dialog.said(anna)[-1]
