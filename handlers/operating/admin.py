"""/admin: how the bot does, for whoever runs it; one message, changed by its buttons.

It tells numbers, kinds and causes; nobody's name, number or words.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from coach.durations import told
from coach.texts import say
from handlers.chat.deployment import OPEN, Deployment, by_operator
from handlers.chat.formatting import Said, Style
from handlers.chat.presses import Told, reply, show
from handlers.chat.replies import Rows
from handlers.chat.work import Work
from handlers.operating.admin_buttons import AdminButton, Deed, admin_button
from storage import Db, Store, broadcasts, dead, figures, jobs, spending
from storage.jobs import DeadJob
from storage.people import Person

router = Router(name="admin")
for observer in (router.message, router.callback_query):
    observer.filter(by_operator)
router.message.filter(F.chat.type == "private")
router.callback_query.filter(F.message.chat.type == "private")

WEEK = timedelta(days=7)
BUDGET = timedelta(hours=24)
"""The span that a person's tokens are counted in (bot/ledger.py)."""

NEAR = 0.8
"""The share of the budget from which on somebody is near it."""

PAGE = 5
"""Dead letters on one screen."""


@router.message(Command("admin"))
async def admin(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
    deployment: Deployment = OPEN,
) -> None:
    """How everything stands."""
    problem = await deployment.problem()
    today = _midnight(now, person.timezone or default_zone)
    await reply(message, store, now, work, lambda db: home(db, person, problem, today, now))


@router.callback_query(AdminButton.filter(F.deed == Deed.HOME))
async def home_again(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    default_zone: str = "UTC",
    deployment: Deployment = OPEN,
) -> None:
    """How everything stands now."""
    problem = await deployment.problem()
    today = _midnight(now, person.timezone or default_zone)
    await show(callback, store, now, work, lambda db: home(db, person, problem, today, now))


@router.callback_query(AdminButton.filter(F.deed == Deed.DEAD))
async def dead_letters(
    callback: CallbackQuery,
    callback_data: AdminButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """What was given up."""
    await show(
        callback, store, now, work, lambda db: dead_screen(db, person, now, skip=callback_data.id)
    )


@router.callback_query(AdminButton.filter(F.deed == Deed.DROP_ASK))
async def drop_asked(
    callback: CallbackQuery,
    callback_data: AdminButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Surely? Whoever waits for it will wait for ever."""
    language = person.language
    rows = [
        [
            admin_button(language, "drop_yes", Deed.DROP, callback_data.id),
            admin_button(language, "back", Deed.DEAD),
        ]
    ]
    await show(callback, store, now, work, lambda _db: (say(language, "admin.dead.drop"), rows))


@router.callback_query(AdminButton.filter(F.deed.in_({Deed.RETRY, Deed.RETRY_ALL, Deed.DROP})))
async def dealt_with(
    callback: CallbackQuery,
    callback_data: AdminButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """A dead letter, or all of them, goes back to work or away; the rest is shown."""

    def deal(db: Db) -> Told | None:
        done = _deal(db, callback_data, now)
        return dead_screen(db, person, now) if done else None

    refused = say(person.language, "admin.dead.gone")
    await show(callback, store, now, work, deal, refused=refused)
    work.nudge(*await store.read(_kinds_due, now))


@router.callback_query(AdminButton.filter(F.deed == Deed.BUDGETS))
async def budgets(
    callback: CallbackQuery,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    deployment: Deployment = OPEN,
) -> None:
    """What the model costs, and who is near their share."""
    await show(callback, store, now, work, lambda db: budget_screen(db, person, deployment, now))


def home(db: Db, person: Person, problem: str | None, today: datetime, now: datetime) -> Told:
    """Ready or not, how much there is, what waits."""
    language, said = person.language, Said(ours=True)
    said.line(say(language, "admin.title"), Style.BOLD)
    ready = say(language, "admin.ready")
    said.line(say(language, "admin.not_ready", reason=problem) if problem else ready)
    said.line()
    for name, figure in figures.figures(db, today=today, week=now - WEEK).items():
        facts = {"total": figure.total, "today": figure.today, "week": figure.week}
        said.line(say(language, f"admin.figure.{name}", **facts))
    said.line().line(say(language, "admin.queue.title"), Style.BOLD)
    for line in _queue(db, language, now):
        said.line(line)
    count, gone = dead.counted(db)
    if gone:
        said.line(say(language, "admin.queue.unreachable", count=gone))
    return said, _home_rows(db, language, count)


def _queue(db: Db, language: str, now: datetime) -> Sequence[str]:
    """What waits, kind by kind. What is in hand, as this very question, doesn't."""
    oldest = jobs.oldest_due(db, now)
    lines: list[str] = []
    for kind, states in sorted(jobs.counts(db).items()):
        facts = {"kind": kind, "waiting": states.get("waiting", 0)}
        if kind in oldest:
            age = told(language, now - oldest[kind])
            lines.append(say(language, "admin.queue.due", age=age, **facts))
        elif facts["waiting"]:
            lines.append(say(language, "admin.queue.later", **facts))
    return lines or [say(language, "admin.queue.empty")]


def _home_rows(db: Db, language: str, dead_count: int) -> Rows:
    running = broadcasts.running(db)
    cast = (
        admin_button(language, "progress", Deed.PROGRESS, running.id)
        if running
        else admin_button(language, "broadcast", Deed.BROADCAST)
    )
    return [
        [
            admin_button(language, "dead", Deed.DEAD, count=dead_count),
            admin_button(language, "budgets", Deed.BUDGETS),
        ],
        [cast, admin_button(language, "refresh", Deed.HOME)],
    ]


def dead_screen(db: Db, person: Person, now: datetime, skip: int = 0) -> Told:
    """A page of what was given up: its kind, since when, why; never what is in it."""
    language, said = person.language, Said()
    count, _ = dead.counted(db)
    said.line(say(language, "admin.dead.title", count=count), Style.BOLD)
    page = dead.newest(db, limit=PAGE, skip=skip)
    for number, one in enumerate(page, start=skip + 1):
        said.line(_dead_line(language, number, one, now))
    if not page:
        said.line(say(language, "admin.dead.none"))
    return said, _dead_rows(language, page, skip, count)


def _dead_line(language: str, number: int, one: DeadJob, now: datetime) -> str:
    facts = {"kind": one.kind, "error": one.error or "?", "tries": one.attempts}
    age = told(language, now - one.died_at)
    return say(language, "admin.dead.line", number=number, age=age, **facts)


def _dead_rows(language: str, page: Sequence[DeadJob], skip: int, count: int) -> Rows:
    rows = [
        [
            admin_button(language, "retry", Deed.RETRY, one.id, number=number),
            admin_button(language, "drop", Deed.DROP_ASK, one.id, number=number),
        ]
        for number, one in enumerate(page, start=skip + 1)
    ]
    below = [admin_button(language, "back", Deed.HOME)]
    if count > 1:
        below.insert(0, admin_button(language, "retry_all", Deed.RETRY_ALL, count=count))
    older = [admin_button(language, "older", Deed.DEAD, skip + PAGE)]
    return [*rows, *[older] * (skip + PAGE < count), below]


def _deal(db: Db, pressed: AdminButton, now: datetime) -> bool:
    match pressed.deed:
        case Deed.RETRY:
            return jobs.revive(db, pressed.id, now)
        case Deed.DROP:
            return dead.drop(db, pressed.id)
        case _:
            return dead.revive_all(db, now) > 0


def _kinds_due(db: Db, now: datetime) -> Sequence[str]:
    return tuple(jobs.oldest_due(db, now))


def budget_screen(db: Db, person: Person, deployment: Deployment, now: datetime) -> Told:
    """The last 24 hours in calls and tokens."""
    language, said, since = person.language, Said(), now - BUDGET
    spent = spending.spent_since(db, since)
    facts = {"calls": spent.calls, "failed": spent.failed, "tokens": spent.tokens}
    said.line(say(language, "admin.budgets.title"), Style.BOLD)
    said.line(say(language, "admin.budgets.spent", **facts))
    share = deployment.daily_tokens
    if not share:
        said.line(say(language, "admin.budgets.boundless"))
    else:
        said.line(say(language, "admin.budgets.share", tokens=share))
        near = spending.heaviest_since(db, since, at_least=round(share * NEAR))
        for person_id, tokens in near:
            alias, percent = deployment.alias(person_id), tokens * 100 // share
            said.line(say(language, "admin.budgets.near", alias=alias, percent=percent))
        if not near:
            said.line(say(language, "admin.budgets.nobody"))
    return said, [[admin_button(language, "back", Deed.HOME)]]


def _midnight(now: datetime, zone: str) -> datetime:
    """When the operator's day began."""
    local = now.astimezone(ZoneInfo(zone))
    return local.replace(hour=0, minute=0, second=0, microsecond=0)
