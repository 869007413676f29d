"""What people do when they read each other's letters, and the letter they give."""

from datetime import UTC, datetime, timedelta

from coach.cohorts import Membership
from storage import cohorts, members, pairs
from storage.members import Profile

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WORDS = ["lanternoscope", "quokkaberg", "zanzibarville", "ivanova", "lamplighter"]
LETTER = """Dear Professor Quokkaberg,

in my last year as a lamplighter in Zanzibarville I built the lanternoscope, which predicts lamps.

I would like to help with your telescopes, and I learn quickly from the people around me.

Kind regards,
Anna Ivanova
"""
CLOSED = "Nothing to do here any more"


async def newcomer(dialog, name):
    person = dialog.telegram.add_person(name, "en", name.lower()).id
    dialog.telegram.start(person)
    await dialog.settle()
    return person


async def come_in(dialog, group, person, name, *, swaps=True, **changes):
    cohort = await dialog.store.read(cohorts.at, group)
    await dialog.store.write(
        members.join,
        cohort_id=cohort.id,
        person_id=person,
        profile=Profile(name, swaps=swaps),
        state=Membership.ACTIVE,
        from_week=1,
        now=dialog.clock.now(),
        **changes,
    )


async def at(dialog, when):
    dialog.clock.move(when - dialog.clock.now())
    await dialog.tick()


async def write(dialog, person, text):
    dialog.telegram.send_text(person, text)
    await dialog.settle()


async def press(dialog, person, label):
    pressed = dialog.telegram.press_label(person, label)
    await dialog.settle()
    return pressed


async def forge(dialog, person, data):
    """A press with data of one's own making, on the newest message."""
    pressed = dialog.telegram.press(
        person, dialog.telegram.answers(person)[-1], data.pack(), stale=True
    )
    await dialog.settle()
    return pressed


def newest(dialog, person):
    return dialog.said(person)[-1]


async def the_cohort(dialog, group):
    return await dialog.store.read(cohorts.at, group)


async def pairs_of(dialog, group):
    cohort = await the_cohort(dialog, group)
    return await dialog.store.read(pairs.of_cohort, cohort.id)


async def look_at_all_of_it(dialog, anna):
    await press(dialog, anna, "Choose a letter")
    await press(dialog, anna, " · 20 Nov")
    await press(dialog, anna, "All of it")
    return newest(dialog, anna)


async def give(dialog, anna):
    await look_at_all_of_it(dialog, anna)
    return await press(dialog, anna, "Give it to")


def excerpt_shown(dialog, boris):
    return next(
        one for one in dialog.telegram.answers(boris) if "gives you this to read" in one.text
    )


async def leave(dialog, person):
    """By the buttons of one's own place; the last is pressed twice."""
    await write(dialog, person, "/cohort")
    await press(dialog, person, "ML in autumn")
    await press(dialog, person, "Leave")
    asked = dialog.telegram.answers(person)[-1]
    surely = asked.keyboard["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        dialog.telegram.press(person, asked, surely, stale=True)
    await dialog.settle()
