"""Six weeks of a cohort of twelve in moved time: people come late, leave and block the bot, the
group becomes a supergroup, its administrator is anonymous and goes; every question, check-in and
digest comes once and right, and the group never hears of a letter or of who was absent."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from bot.tryout.chats import Status
from coach.cohorts import State
from storage import cohorts, members, pairs

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
WEEKS = 6
NAMES = (
    "Anna Boris Clara Dmitri Ewa Farid Grace Hanako Igor Jonas Katya Liam Mirela".split()  # noqa: SIM905
)
SECRET = "zanzibarite"
LEAST_TELLING = 20
"""Shorter lines of a critique could stand anywhere."""

LETTER = (
    f"Dear hiring team, at {SECRET} works I built a pipeline that scores two million rows. " * 8
    + "Kind regards"
)

SHOWS = {
    # who shows something in which week: by a button, a link in the group, or in private
    1: {"Anna": "button", "Boris": "link", "Clara": "private", "Dmitri": "button"},
    2: {"Boris": "link", "Ewa": "command", "Farid": "private"},
    3: {"Anna": "button", "Clara": "link", "Grace": "link"},
    4: {"Boris": "private", "Hanako": "button", "Dmitri": "link"},
    5: {"Clara": "button", "Mirela": "link", "Jonas": "command"},
    6: {"Boris": "link", "Clara": "link", "Liam": "button"},
}
SHARE = {"Boris", "Clara"}
READ = {"Boris", "Clara", "Dmitri", "Ewa", "Farid", "Grace", "Igor"}
GONE_FROM = {4: "Igor"}
"""Who leaves at the beginning of which week; Mirela, who waits, gets the place."""

AWAY = {2: {"Anna"}, 5: {"Boris", "Grace"}}


@dataclass
class Season:
    """The cast, the chat they are in by now, and what is to be counted."""

    dialog: object
    people: dict[str, int]
    chat: int
    thread: int | None = None
    told: list[tuple[datetime, str, str]] = field(default_factory=list)

    async def at(self, when):
        self.dialog.clock.move(when - self.dialog.clock.now())
        await self.dialog.tick()

    async def through(self, first, last, step=timedelta(hours=3)):
        moment = first
        while moment < last:
            await self.at(moment)
            moment += step

    async def write(self, name, text, chat=None, **more):
        self.dialog.telegram.send_text(self.people[name], text, chat, **more)
        await self.dialog.settle()

    async def press(self, name, label, chat=None):
        pressed = self.dialog.telegram.press_label(self.people[name], label, chat)
        await self.dialog.settle()
        return pressed

    async def join(self, name):
        pressed = await self.press(name, "Join", self.chat)
        self.dialog.telegram.start(self.people[name], pressed.url.split("start=")[1])
        await self.dialog.settle()
        if name in SHARE:
            await self.press(name, "Share my links", self.people[name])
        if name in READ:
            await self.press(name, "Read letters in pairs", self.people[name])
        await self.press(name, f"Join as {name}", self.people[name])

    async def show(self, name, how, week):
        link = f"https://github.com/{name.lower()}/work/pull/{week}"
        there = {"thread": self.thread} if self.thread else {}
        if how == "button":
            await self.press(name, "Done", self.chat)
            await self.write(name, link)
        elif how == "link":
            await self.write(name, f"done {link}", self.chat, reply_to=self.prompt().id, **there)
        elif how == "command":
            await self.write(name, f"/checkin {link}", self.chat, **there)
        else:
            await self.write(name, f"/checkin {link}")

    def prompt(self):
        """The week's message as the group sees it now."""
        answers = self.dialog.telegram.answers(self.chat)
        return next(one for one in reversed(answers) if one.text.startswith("Week "))

    def said_in_group(self, first, last):
        """Every text that the bot sent or put into the group between two instants."""
        return [
            call.params.get("text") or call.params.get("caption") or ""
            for call in self.dialog.telegram.calls()
            if call.chat_id is not None and call.chat_id < 0 and first <= call.at < last
        ]

    async def cohort(self):
        return await self.dialog.store.read(cohorts.at, self.chat, self.thread or 0)


@pytest.fixture
async def cast(dialog):
    found = {}
    for name in NAMES:
        found[name] = dialog.telegram.add_person(name, "en", name.lower()).id
        dialog.telegram.start(found[name])
    await dialog.settle()
    return found


@pytest.fixture(params=["group", "topic"])
async def season(request, dialog, cast):
    """A group that will grow, or a topic of a forum; Anna leads it without showing herself."""
    forum = request.param == "topic"
    others = [number for name, number in cast.items() if name != "Anna"]
    chat = dialog.telegram.add_group(
        "ML in autumn", others, [cast["Anna"]], supergroup=forum, is_forum=forum
    ).id
    dialog.telegram.promote(cast["Anna"], chat, Status.CREATOR, anonymous=True)
    thread = dialog.telegram.add_topic(cast["Anna"], chat, "Study") if forum else None
    await dialog.settle()
    season = Season(dialog, cast, chat, thread)
    there = {"thread": thread} if forum else {}
    await season.write("Anna", "/cohort", chat, **there)
    await season.press("Anna", "Start cohort", chat)
    for name in NAMES[1:11]:
        await season.join(name)
    await season.write("Boris", LETTER)
    return season


async def events(season, week):
    """What happens at the beginning of a week, before anybody checks in."""
    dialog, cast = season.dialog, season.people
    if week == 2:
        await season.join("Liam")
        await season.join("Mirela")
    if week == 3 and season.thread is None:
        season.chat = dialog.telegram.migrate(season.chat).id
        await dialog.settle()
    if week == 4:
        dialog.telegram.block(cast["Katya"])
        await dialog.settle()
    if name := GONE_FROM.get(week):
        await season.write(name, "/cohort")
        for label in ("ML in autumn", "Leave", "Leave this cohort"):
            await season.press(name, label, cast[name])
    if week == 5:
        dialog.telegram.leave(cast["Anna"], season.chat)
        await dialog.settle()


async def test_six_weeks_with_all_that_can_happen(season):
    dialog, cast = season.dialog, season.people
    met = list[frozenset[int]]()
    for week in range(1, WEEKS + 1):
        begin = MONDAY + (week - 1) * WEEK
        await season.at(begin)
        await events(season, week)
        await season.through(begin + DAY, begin + 2 * DAY)
        for name, how in SHOWS[week].items():
            await season.show(name, how, week)
        for name in AWAY.get(week, ()):
            await season.press(name, "Away this week", season.chat)
        await season.through(begin + 2 * DAY, begin + WEEK)
        await check_week(season, week, begin)
        met += await check_pairs(season, week, begin)
    await season.through(MONDAY + WEEKS * WEEK, MONDAY + WEEKS * WEEK + 5 * DAY)

    assert len(met) == len(set(met)), "seven and six readers in three weeks need not meet twice"
    ended = await dialog.store.read(cohorts.of_person, cast["Boris"])
    assert [one.state for one in ended] == [State.DONE]
    everything = " ".join(season.said_in_group(MONDAY - WEEK, dialog.clock.now() + DAY))
    assert SECRET not in everything
    about_the_letter = [said for said in dialog.said(cast["Boris"]) if SECRET in said]
    assert about_the_letter
    for line in (line for said in about_the_letter for line in said.splitlines()):
        assert len(line) < LEAST_TELLING or line not in everything
    for name in NAMES:
        if name == "Katya":
            continue
        summaries = [one for one in dialog.said(cast[name]) if "this round is over" in one]
        in_it = await dialog.store.read(members.get, ended[0].id, cast[name])
        assert len(summaries) == (in_it is not None and in_it.state.value == "active")


async def check_pairs(season, week, begin):
    """In every other week each reader who is there stands in one pair, or in the one trio, and is
    told once; nobody meets twice who could meet somebody else."""
    cohort = await season.cohort()
    made = await season.dialog.store.read(pairs.of_week, cohort.id, begin.date())
    gone = {name for since, name in GONE_FROM.items() if since <= week}
    readers = READ - gone if week % 2 else set()
    assert sorted(one for pair in made for one in pair.members) == sorted(
        season.people[name] for name in readers
    )
    return [frozenset(two) for pair in made for two in combinations(pair.members, 2)]


async def check_week(season, week, begin):
    """One question, one digest, one quiz at most; the right names and no other."""
    texts = season.said_in_group(begin, begin + WEEK)
    kinds = Counter(
        "prompt"
        if text.startswith(f"Week {week} of")
        else "digest"
        if f"week {week} of" in text
        else ""
        for text in texts
    )
    new = [
        call
        for call in season.dialog.telegram.calls()
        if call.chat_id is not None
        and call.chat_id < 0
        and begin <= call.at < begin + WEEK
        and call.method in ("sendMessage", "sendPhoto", "sendPoll")
        and call.status == 200
    ]
    said = Counter(call.method for call in new)
    assert kinds["digest"] == 1, texts
    assert said["sendPhoto"] == 1
    assert said["sendPoll"] == 1
    assert said["sendMessage"] == 1 + (week == 3 and season.thread is None), [
        call.params.get("text") for call in new
    ]
    days = Counter(call.at.date() for call in new)
    if not (week == 3 and season.thread is None):
        assert max(days.values()) == 1
    shown, away = set(SHOWS[week]), AWAY.get(week, set())
    digest = next(text for text in texts if f"week {week} of" in text)
    prompt = season.prompt().text
    assert f"{len(shown)} of " in digest
    for name in NAMES:
        assert (f"• {name}" in digest) == (name in shown), (name, digest)
        assert (f"✓ {name}" in prompt) == (name in shown), (name, prompt)
    quiet = set(NAMES) - shown
    for text in texts:
        if text.startswith(("Week ", "ML in autumn: week")):
            assert not [name for name in quiet if name in text], text
    if away:
        assert f"{len(away)} away" in prompt
    if season.thread is not None:
        assert {call.params.get("message_thread_id") for call in new} == {str(season.thread)}
