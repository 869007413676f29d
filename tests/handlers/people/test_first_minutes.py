"""The first minutes: what Start says, the four questions, what links bring, and the way around."""

import pytest

from coach.reminders import Kind
from coach.texts import say
from handlers.people.start import TOPICS
from storage import habits, letters, people, reminders
from storage.people import Person

LETTER = "I write to apply for the position in your speech team, where I could build on it. " * 6


@pytest.fixture
def newcomer(dialog):
    """Comes with the language of their app."""

    def come(language: str = "en") -> int:
        return dialog.telegram.add_person("Nadja", language, "nadja").id

    return come


async def start(dialog, person, payload=""):
    dialog.telegram.start(person, payload)
    await dialog.settle()
    return dialog.said(person)[-1]


async def press(dialog, person, label):
    dialog.telegram.press_label(person, label)
    await dialog.settle()
    return dialog.said(person)[-1]


async def write(dialog, person, text):
    dialog.telegram.send_text(person, text)
    await dialog.settle()
    return dialog.said(person)[-1]


def labels(dialog, person):
    rows = (dialog.telegram.answers(person)[-1].keyboard or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def known(dialog, person) -> Person:
    found = await dialog.store.read(people.get, person)
    assert found
    return found


async def test_start_is_one_message_with_three_lines_and_the_first_question(dialog, newcomer):
    nadja = newcomer()
    said = await start(dialog, nadja)

    assert len(dialog.said(nadja)) == 1
    assert said.startswith(say("en", "start.welcome").strip())
    assert len(say("en", "start.welcome").strip().splitlines()) == 3
    assert "1 of 4" in said
    assert labels(dialog, nadja) == ["English", "Русский", "Skip"]


async def test_four_taps_set_everything(dialog, newcomer):
    nadja = newcomer()
    await start(dialog, nadja)
    assert "2 of 4" in await press(dialog, nadja, "English")
    assert "3 of 4" in await press(dialog, nadja, "Berlin")
    assert "4 of 4" in await press(dialog, nadja, "Apply")
    said = await press(dialog, nadja, "Saturday 10:00")

    assert "English · Berlin, 13:00 · Apply · Saturday 10:00" in said
    assert len(dialog.said(nadja)) == 1
    assert labels(dialog, nadja) == []
    person = await known(dialog, nadja)
    plan = await dialog.store.read(habits.plan, nadja)
    pace = await dialog.store.read(reminders.plan_of, nadja, Kind.NUDGE)
    assert (person.timezone, plan.goal, pace.weekdays) == ("Europe/Berlin", "apply", {6})


async def test_every_step_can_be_skipped_and_nothing_is_set(dialog, newcomer):
    nadja = newcomer()
    await start(dialog, nadja)
    for _ in range(4):
        said = await press(dialog, nadja, "Skip")

    assert "That's all." in said
    assert (await known(dialog, nadja)).timezone is None
    assert await dialog.store.read(habits.plan, nadja) is None
    assert await dialog.store.read(reminders.plans_of, nadja) == []


@pytest.mark.parametrize("taps", range(4))
async def test_a_letter_never_waits_for_a_question(dialog, newcomer, taps):
    nadja = newcomer()
    await start(dialog, nadja)
    for _ in range(taps):
        await press(dialog, nadja, "Skip")
    await write(dialog, nadja, LETTER)

    assert await dialog.store.read(letters.count, nadja) == 1


async def test_the_questions_go_on_after_a_letter(dialog, newcomer):
    nadja = newcomer()
    await start(dialog, nadja)
    question = dialog.telegram.answers(nadja)[0]
    await write(dialog, nadja, LETTER)

    dialog.telegram.press(
        nadja, question.id, question.keyboard["inline_keyboard"][0][0]["callback_data"]
    )
    await dialog.settle()

    assert "2 of 4" in dialog.said(nadja)[0]


async def test_another_language_is_spoken_at_once_in_the_menu_as_well(dialog, newcomer):
    nadja = newcomer("en")
    await start(dialog, nadja)
    said = await press(dialog, nadja, "Русский")

    assert said.startswith(say("ru", "start.welcome").strip())
    assert "2 из 4" in said
    menu = next(menu for key, menu in dialog.telegram.state.menus.items() if str(nadja) in key)
    assert menu[0]["description"] == say("ru", "start.commands.letter")


@pytest.mark.parametrize(("app", "spoken"), [("ru", "ru"), ("ru-RU", "ru"), ("de", "en")])
async def test_the_language_of_the_app_is_where_we_begin(dialog, newcomer, app, spoken):
    assert say(spoken, "start.welcome").strip() in await start(dialog, newcomer(app))


async def test_a_city_may_be_typed_and_the_next_question_follows(dialog, newcomer):
    nadja = newcomer()
    await start(dialog, nadja)
    await press(dialog, nadja, "Skip")
    said = await write(dialog, nadja, "Vienna")

    assert "3 of 4" in said
    assert (await known(dialog, nadja)).timezone == "Europe/Vienna"
    assert "4 of 4" in await press(dialog, nadja, "Interviews")


async def test_a_place_nobody_knows_is_asked_for_again_and_a_shared_one_is_taken(dialog, newcomer):
    nadja = newcomer()
    await start(dialog, nadja)
    await press(dialog, nadja, "Skip")
    assert await write(dialog, nadja, "Xyzzyville") == say("en", "onboarding.zone.unsure")
    dialog.telegram.send_content(nadja, {"location": {"latitude": 52.52, "longitude": 13.4}})
    await dialog.settle()

    assert "3 of 4" in dialog.said(nadja)[-1]
    assert (await known(dialog, nadja)).timezone == "Europe/Berlin"


async def test_a_double_press_and_an_old_one_change_nothing_else(dialog, newcomer):
    nadja = newcomer()
    await start(dialog, nadja)
    first = dialog.telegram.answers(nadja)[0]
    english = first.keyboard["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        dialog.telegram.press(nadja, first.id, english)
    await dialog.settle()

    assert "2 of 4" in dialog.said(nadja)[-1]
    assert len(dialog.said(nadja)) == 1


async def test_a_forged_answer_is_left_alone(dialog, newcomer):
    nadja = newcomer()
    await start(dialog, nadja)
    first = dialog.telegram.answers(nadja)[0]
    for data in ("first:zone:Mars/Olympus:0", "first:goal:gold:0", "first:when:9-9999:0"):
        dialog.telegram.press(nadja, first.id, data, stale=True)
        await dialog.settle()

    assert (await known(dialog, nadja)).timezone is None
    assert await dialog.store.read(habits.plan, nadja) is None


async def test_whoever_comes_back_is_not_asked_again(dialog, newcomer):
    nadja = newcomer()
    await start(dialog, nadja)
    await write(dialog, nadja, LETTER)

    assert await start(dialog, nadja) == say("en", "start.again")


async def test_a_review_this_link_says_how_to_send_below_the_welcome(dialog, newcomer):
    nadja = newcomer()
    said = await start(dialog, nadja, "review")

    assert said == say("en", "letters.what_next").strip()
    assert "1 of 4" in dialog.said(nadja)[0]
    await write(dialog, nadja, LETTER)
    assert await dialog.store.read(letters.count, nadja) == 1
    assert await start(dialog, nadja, "review") == say("en", "letters.what_next").strip()


async def test_help_opens_every_topic_in_place(dialog, anna):
    assert await write(dialog, anna, "/help") == say("en", "start.help.first").strip()
    messages = len(dialog.said(anna))
    for topic in TOPICS:
        said = await press(dialog, anna, say("en", f"start.help.button.{topic}"))
        assert said == say("en", f"start.help.{topic}").strip()
        await press(dialog, anna, "All topics")

    assert len(dialog.said(anna)) == messages


async def test_settings_say_how_things_stand_and_change_language_and_clock(dialog, anna):
    said = await write(dialog, anna, "/settings")
    assert "Language: English" in said
    assert "Quiet: " in said
    assert "Язык: Русский" in await press(dialog, anna, "Русский")
    await press(dialog, anna, "Сменить часовой пояс")
    await press(dialog, anna, "Москва")

    assert (await known(dialog, anna)).timezone == "Europe/Moscow"
    assert "Москва" in await write(dialog, anna, "/settings")


async def test_help_brings_the_menu_of_a_chat_with_its_own_language_up_to_date(dialog, anna):
    await write(dialog, anna, "/settings")
    await press(dialog, anna, "Русский")
    menus = dialog.telegram.state.menus
    key = next(key for key in menus if str(anna) in key)
    menus[key] = []
    await write(dialog, anna, "/help")
    assert menus[key][0]["description"] == say("ru", "start.commands.letter")


async def test_help_leaves_the_menu_of_the_app_alone(dialog, anna):
    await write(dialog, anna, "/help")
    assert not any(str(anna) in key for key in dialog.telegram.state.menus)


async def test_an_invitation_goes_on_below_the_welcome_and_the_questions_leave_it_alone(
    dialog, anna, newcomer
):
    group = dialog.telegram.add_group("ML", [], [anna]).id
    dialog.telegram.send_text(anna, "/cohort", group)
    await dialog.settle()
    dialog.telegram.press_label(anna, "Start cohort", group)
    nadja = newcomer()
    dialog.telegram.join(nadja, group)
    await dialog.settle()
    pressed = dialog.telegram.press_label(nadja, "Join", group)
    await dialog.settle()
    await start(dialog, nadja, pressed.url.partition("start=")[2])

    assert "1 of 4" in dialog.said(nadja)[0]
    assert "The group sees your name (Nadja)" in dialog.said(nadja)[-1]
    question = dialog.telegram.answers(nadja)[0]
    dialog.telegram.press(nadja, question, "first:language::0")
    await dialog.settle()
    assert "You are in" in await press(dialog, nadja, "Join as Nadja")
    assert "When will it happen?" in await write(dialog, nadja, "A speech model for Frisian")


async def test_an_invitation_that_is_no_longer_good_still_welcomes(dialog, newcomer):
    nadja = newcomer()
    said = await start(dialog, nadja, "c_gone")
    assert said == say("en", "cohorts.join.dead")
    assert "1 of 4" in dialog.said(nadja)[0]
