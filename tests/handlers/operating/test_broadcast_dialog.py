"""A broadcast: seen before it goes, sent once to everybody who can be reached, stopped midway."""

from datetime import UTC, datetime, time, timedelta

import pytest

from coach.quiet import QuietHours
from handlers.chat.deployment import Deployment
from handlers.operating import broadcasts as sending
from storage import broadcasts, jobs, people

NEWS = "The coach moves house on Sunday."


@pytest.fixture
async def operator(dialog) -> int:
    olga = dialog.telegram.add_person("Olga", "en", "olga").id
    dialog.context["deployment"] = Deployment(operators={olga})
    dialog.telegram.start(olga)
    await dialog.settle()
    return olga


@pytest.fixture
async def crowd(dialog) -> list[int]:
    """Four more people."""
    names = ("Ann", "Bob", "Cem", "Dora")
    known = [dialog.telegram.add_person(name, "en").id for name in names]
    for person in known:
        dialog.telegram.start(person)
    await dialog.settle()
    return known


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    monkeypatch.setattr(sending, "PACE", timedelta(seconds=1))


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed.answer or dialog.said(person)[-1]


async def composed(dialog, operator, text=NEWS):
    dialog.telegram.send_text(operator, "/admin")
    await dialog.settle()
    await press(dialog, operator, "Broadcast")
    dialog.telegram.send_text(operator, text)
    await dialog.settle()
    return dialog.said(operator)[-1]


async def pass_seconds(dialog, count):
    for _ in range(count):
        await dialog.later(timedelta(seconds=1))


def had(dialog, people_, text=NEWS):
    return [dialog.said(one).count(text) for one in people_]


async def test_it_is_shown_as_it_will_look_and_nobody_has_it_yet(dialog, operator, crowd):
    asked = await composed(dialog, operator)
    assert dialog.said(operator)[-2] == NEWS
    assert "It goes to 4 people who can be reached, in about 4 sec." in asked
    assert had(dialog, crowd) == [0, 0, 0, 0]


async def test_everybody_gets_it_once_a_few_at_a_time_and_without_a_sound(dialog, operator, crowd):
    await composed(dialog, operator)
    assert "of 4." in await press(dialog, operator, "Send to 4 people")
    assert sum(had(dialog, crowd)) < 4
    await pass_seconds(dialog, 20)
    assert had(dialog, crowd) == [1, 1, 1, 1]
    assert dialog.said(operator)[-1] == "Done: 4 of 4 have it."
    copies = dialog.telegram.calls("copyMessage")[1:]
    assert all(call.params["disable_notification"] for call in copies)


async def test_the_progress_is_told_while_it_goes(dialog, operator, crowd):
    await composed(dialog, operator)
    await press(dialog, operator, "Send to 4 people")
    told = set()
    for _ in range(8):
        await pass_seconds(dialog, 1)
        told.update(one for one in dialog.said(operator) if "On its way" in one)
    assert "On its way: 2 of 4" in {one.partition(".")[0] for one in told}


async def test_two_presses_send_it_once(dialog, operator, crowd):
    await composed(dialog, operator)
    screen = dialog.telegram.answers(operator)[-1]
    data = screen.body["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    dialog.telegram.press(operator, screen, data)
    dialog.telegram.press(operator, screen, data)
    await pass_seconds(dialog, 20)
    dialog.telegram.press(operator, screen, data, stale=True)
    await pass_seconds(dialog, 20)
    assert had(dialog, crowd) == [1, 1, 1, 1]


async def test_a_restart_in_the_middle_doubles_nothing(dialog, operator, crowd):
    await composed(dialog, operator)
    dialog.telegram.press_label(operator, "Send to 4 people")
    await dialog.hear()
    claimed = await dialog.store.write(
        jobs.claim,
        kind=sending.BROADCAST,
        owner="who dies",
        now=dialog.clock.now(),
        lease=timedelta(minutes=1),
        limit=1,
    )
    await dialog.store.write(jobs.release)  # the next process finds itself alone
    await pass_seconds(dialog, 20)
    with pytest.raises(Exception, match="broadcast"):  # whoever was slow writes nothing more
        await sending.send_on(claimed[0], now=dialog.clock.now(), **dialog.context)
    assert had(dialog, crowd) == [1, 1, 1, 1]


async def test_it_is_stopped_midway(dialog, operator, crowd):
    await composed(dialog, operator)
    await press(dialog, operator, "Send to 4 people")
    await pass_seconds(dialog, 2)
    await press(dialog, operator, "Stop")
    reached = sum(had(dialog, crowd))
    assert 0 < reached < 4
    assert f"Stopped. {reached} of 4 had it by then." in dialog.said(operator)
    await pass_seconds(dialog, 20)
    assert sum(had(dialog, crowd)) == reached


async def test_whoever_blocked_the_bot_or_is_on_a_pause_is_left_alone(dialog, operator, crowd):
    dialog.telegram.block(crowd[0])
    await dialog.settle()
    now = dialog.clock.now()
    await dialog.store.write(people.start_pause, crowd[1], now=now, until=None)
    assert "It goes to 2 people" in await composed(dialog, operator)
    await press(dialog, operator, "Send to 2 people")
    await pass_seconds(dialog, 20)
    assert had(dialog, crowd) == [0, 0, 1, 1]


async def test_who_blocks_it_meanwhile_is_counted_as_not_reached(dialog, operator, crowd):
    await composed(dialog, operator)
    await press(dialog, operator, "Send to 4 people")
    dialog.telegram.block(crowd[3])
    await pass_seconds(dialog, 20)
    end = next(one for one in dialog.said(operator) if one.startswith("Done"))
    assert end == "Done: 3 of 4 have it.\n1 person could not be reached."


async def test_where_it_is_night_it_comes_in_the_morning(dialog, operator, crowd):
    await dialog.store.write(people.set_timezone, crowd[2], "Asia/Tokyo")  # 21:00 there
    await dialog.store.write(people.set_quiet, crowd[2], QuietHours(time(20), time(7)))
    await composed(dialog, operator)
    await press(dialog, operator, "Send to 4 people")
    await pass_seconds(dialog, 20)
    assert had(dialog, crowd) == [1, 1, 0, 1]
    assert any("On its way: 3 of 4" in one for one in dialog.said(operator))
    await dialog.later(datetime(2026, 11, 20, 22, 0, 1, tzinfo=UTC) - dialog.clock.now())
    await pass_seconds(dialog, 2)
    assert had(dialog, crowd) == [1, 1, 1, 1]


async def test_another_message_takes_the_place_of_the_draft(dialog, operator, crowd):
    await composed(dialog, operator)
    old = dialog.telegram.answers(operator)[-1]
    dialog.telegram.send_text(operator, "A better one")
    await dialog.settle()
    data = old.body["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    pressed = dialog.telegram.press(operator, old, data)
    await dialog.settle()
    assert pressed.answer == "That broadcast isn't there any more."
    await press(dialog, operator, "Send to 4 people")
    await pass_seconds(dialog, 20)
    assert had(dialog, crowd) == [0, 0, 0, 0]
    assert had(dialog, crowd, "A better one") == [1, 1, 1, 1]


async def test_discarded_and_cancelled_nothing_goes(dialog, operator, crowd):
    await composed(dialog, operator)
    assert await press(dialog, operator, "Discard") == "Discarded. Nobody got it."
    dialog.telegram.send_text(operator, "/admin")
    await dialog.settle()
    await press(dialog, operator, "Broadcast")
    dialog.telegram.send_text(operator, "/cancel")
    await dialog.settle()
    dialog.telegram.send_text(operator, "Just a thought")
    await pass_seconds(dialog, 5)
    assert had(dialog, crowd, "Just a thought") == [0, 0, 0, 0]
    assert not dialog.telegram.calls("copyMessage")[1:]


async def test_one_at_a_time(dialog, operator, crowd):
    await composed(dialog, operator)
    await press(dialog, operator, "Send to 4 people")
    dialog.telegram.send_text(operator, "/admin")
    await dialog.settle()
    assert "On its way" in await press(dialog, operator, "Broadcast under way")


async def test_a_picture_goes_with_its_words(dialog, operator, crowd):
    dialog.telegram.send_text(operator, "/admin")
    await dialog.settle()
    await press(dialog, operator, "Broadcast")
    dialog.telegram.send_file(operator, "plan.pdf", b"%PDF-1.4 a plan", caption="The plan")
    await dialog.settle()
    await press(dialog, operator, "Send to 4 people")
    await pass_seconds(dialog, 20)
    assert had(dialog, crowd, "The plan") == [1, 1, 1, 1]


async def test_what_an_operator_sent_is_withdrawn_when_they_are_forgotten(dialog, operator, crowd):
    from storage import privacy

    await composed(dialog, operator)
    await press(dialog, operator, "Send to 4 people")
    await dialog.store.write(privacy.forget, operator)
    waiting = await dialog.store.read(lambda db: db.query("SELECT payload FROM jobs"))
    assert not [row for row in waiting if str(operator) in row["payload"]]
    assert await dialog.store.read(broadcasts.running) is None
