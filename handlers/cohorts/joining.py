"""Joining a cohort, in private: what the others will see, a goal in a line, when it will happen."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from coach.cohorts import Membership, Sharing, first_week, has_place
from coach.texts import say
from handlers.chat.formatting import Said
from handlers.chat.presses import Told, reply, show
from handlers.chat.replies import Rows
from handlers.chat.work import ModelFacts, Work
from handlers.cohorts import pairs, places
from handlers.cohorts.cohort_buttons import Choice, MemberButton, Say, WeekButton, member_button
from handlers.cohorts.cohort_plans import plan_follow_up
from handlers.cohorts.cohorts import show_card, shown_name
from handlers.habits.nudges import MOMENTS
from handlers.people import onboarding
from storage import Db, Store, cohorts, invitations, members
from storage.cohorts import Cohort
from storage.members import Member, Profile
from storage.people import Person

router = Router(name="joining")
router.message.filter(F.chat.type == "private")

PREFIX = "c_"
"""What a deep link into a cohort begins with; its token follows."""

LONGEST_LINE = 200
"""Characters of a goal or of an if–then plan."""


class Joining(StatesGroup):
    """The dialog of somebody who was invited; its data holds the cohort and the profile."""

    deciding = State()
    name = State()
    goal = State()
    moment = State()


def door(username: str | None, token: str) -> str:
    """The address that leads from a group into the private chat, with an invitation."""
    return f"https://t.me/{username}?start={PREFIX}{token}"


@router.callback_query(WeekButton.filter(F.say == Say.JOIN))
async def join_pressed(
    callback: CallbackQuery,
    callback_data: WeekButton,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    token: Callable[[], str],
) -> None:
    """Join, in a group: leads into the private chat, since Telegram lets nobody be written to who
    hasn't come there. The invitation is that person's own and expires."""
    message = callback.message
    assert message is not None
    fresh = token()

    def invite(db: Db) -> bool:
        here = cohorts.get(db, callback_data.cohort)
        if here is None or here.chat_id != message.chat.id or here.state not in places.OPEN:
            return False
        invitations.invite(db, token=fresh, cohort_id=here.id, person_id=person.id, now=now)
        return True

    if await store.write(invite):
        me = await bot.me()
        await callback.answer(url=door(me.username, fresh))
    else:
        await callback.answer(say(person.language, "cohorts.join.over"), show_alert=True)


@router.message(CommandStart(deep_link=True, magic=F.args.startswith(PREFIX)))
async def invited(
    message: Message,
    command: CommandObject,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
    model: ModelFacts,
) -> None:
    """Somebody came through an invitation: what the others will see, before they are in. To
    somebody new the welcome is said above it."""
    offered = (command.args or "").removeprefix(PREFIX)
    first_name = message.from_user.first_name if message.from_user else ""

    def welcome(db: Db) -> tuple[Cohort, Profile] | None:
        here = cohorts.get(db, invitations.cohort_of(db, offered, now) or 0)
        if here is None or here.state not in places.OPEN:
            return None
        known = members.get(db, here.id, person.id)
        return here, known.profile if known else Profile(shown_name(first_name))

    found = await store.read(welcome)
    if found:
        await _remember(state, Joining.deciding, found[0].id, found[1])

    def show_place(db: Db) -> Told:
        if onboarding.is_new(db, person):
            onboarding.welcome(db, person, message, model, now)
        if found is None:
            return say(person.language, "cohorts.join.dead"), ()
        here, profile = found
        return places.place(db, here, person, profile)

    await reply(message, store, now, work, show_place)


@router.callback_query(
    MemberButton.filter(F.choice.in_({Choice.LINKS, Choice.SWAPS, Choice.MENTORS}))
)
async def turned(
    callback: CallbackQuery,
    callback_data: MemberButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """How much is shared: turned on or off, before joining and at any time after."""
    invited_to = await _invited_to(state, callback_data.cohort)

    def turn(db: Db) -> tuple[Said | str, Rows]:
        found = places.mine(db, person, callback_data.cohort, invited_to)
        if found is None:
            return say(person.language, "cohorts.join.not_yours"), ()
        here, profile, member = found
        changed = places.turned(profile, callback_data.choice)
        if member:
            members.change(db, here.id, person.id, changed)
            if not changed.swaps:
                pairs.depart(db, person.id, now, cohort_id=here.id)
        kept.append(changed)
        return places.place(db, here, person, changed)

    kept: list[Profile] = []
    await show(callback, store, now, work, turn)
    if invited_to and kept:
        await _remember(state, Joining.deciding, callback_data.cohort, kept[0])


@router.callback_query(MemberButton.filter(F.choice == Choice.NAME))
async def name_asked(
    callback: CallbackQuery,
    callback_data: MemberButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """Another name for the group: the next message is it."""
    invited_to = await _invited_to(state, callback_data.cohort)
    found = await store.read(places.mine, person, callback_data.cohort, invited_to)
    if found:
        await _remember(state, Joining.name, callback_data.cohort, found[1])
    asked = say(person.language, f"cohorts.join.{'ask_name' if found else 'not_yours'}")
    await show(callback, store, now, work, lambda _db: (asked, ()))


@router.message(
    StateFilter(Joining.name),
    F.text & ~F.text.startswith("/") & (F.text.len() <= LONGEST_LINE),
)
async def name_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The name that the group will see. A longer text was meant as a letter."""
    cohort_id, profile = await _kept(state)
    named = replace(profile, name=shown_name(message.text or "") or profile.name)
    await _remember(state, Joining.deciding, cohort_id, named)

    def change(db: Db) -> tuple[Said | str, Rows]:
        here = cohorts.get(db, cohort_id)
        if here is None:
            return say(person.language, "cohorts.join.dead"), ()
        members.change(db, here.id, person.id, named)
        show_card(db, here, now, f"{message.chat.id}:{message.message_id}")
        return places.place(db, here, person, named)

    await reply(message, store, now, work, change)


@router.callback_query(MemberButton.filter(F.choice == Choice.JOIN))
async def joined(
    callback: CallbackQuery,
    callback_data: MemberButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """They are in, or on the list; the goal is asked for next."""
    invited_to = await _invited_to(state, callback_data.cohort)

    def join(db: Db) -> tuple[Said | str, Rows]:
        found = places.mine(db, person, callback_data.cohort, invited_to)
        if found is None:
            return say(person.language, "cohorts.join.not_yours"), ()
        here, profile, member = found
        if member:
            return say(person.language, "cohorts.join.already"), ()
        taken.append(_take_in(db, here, person, profile, now, callback.id))
        return _welcomed(here, person.language, taken[0])

    taken: list[Member | None] = []
    await show(callback, store, now, work, join)
    if taken and taken[0]:
        await _remember(state, Joining.goal, callback_data.cohort, taken[0].profile)


def _take_in(
    db: Db, here: Cohort, person: Person, profile: Profile, now: datetime, cause: str
) -> Member | None:
    """A place from the first week that is left, or a place on the list; None when no week is."""
    week = first_week(here.calendar, now)
    if week is None:
        return None
    room = has_place(len(members.learners(db, here.id)))
    member = members.join(
        db,
        cohort_id=here.id,
        person_id=person.id,
        profile=profile,
        state=Membership.ACTIVE if room else Membership.WAITING,
        from_week=week,
        now=now,
    )
    if room:
        plan_follow_up(db, here, person, now)
        show_card(db, here, now, cause)
    return member


def _welcomed(here: Cohort, language: str, member: Member | None) -> tuple[str, Rows]:
    if member is None:
        return say(language, "cohorts.join.no_week"), ()
    if member.state is Membership.WAITING:
        return say(language, "cohorts.join.waiting", title=here.title), ()
    key = "cohorts.join.in_late" if member.from_week > 1 else "cohorts.join.in"
    said = say(language, key, title=here.title, week=member.from_week)
    skip = member_button(language, "skip", here.id, Choice.SKIP)
    return f"{said}\n\n{say(language, 'cohorts.join.ask_goal')}", [[skip]]


@router.message(
    StateFilter(Joining.goal, Joining.moment),
    F.text & ~F.text.startswith("/") & (F.text.len() <= LONGEST_LINE),
)
async def line_typed(
    message: Message,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """The goal, or the if–then plan, in their own words."""
    cohort_id, profile = await _kept(state)
    goal = await state.get_state() == Joining.goal.state
    line = " ".join((message.text or "").split())
    changed = replace(profile, goal=line) if goal else replace(profile, moment=line)
    await _next(state, cohort_id, changed, goal=goal)

    def keep(db: Db) -> tuple[str, Rows]:
        members.change(db, cohort_id, person.id, changed)
        return _asked_next(person.language, cohort_id, goal=goal)

    await reply(message, store, now, work, keep)


@router.callback_query(MemberButton.filter(F.choice.in_({Choice.SKIP, Choice.MOMENT})))
async def line_pressed(
    callback: CallbackQuery,
    callback_data: MemberButton,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
    state: FSMContext,
) -> None:
    """A moment that was offered, or nothing said for now."""
    asked = await state.get_state()
    chosen = callback_data.value if callback_data.value in MOMENTS else ""
    if asked not in (Joining.goal.state, Joining.moment.state):
        await _ended(callback, callback_data.cohort, chosen, store, person, now, work)
        return
    cohort_id, profile = await _kept(state)
    goal = asked == Joining.goal.state
    changed = replace(profile, moment=chosen) if chosen and not goal else profile
    await _next(state, cohort_id, changed, goal=goal)

    def keep(db: Db) -> tuple[str, Rows]:
        members.change(db, cohort_id, person.id, changed)
        return _asked_next(person.language, cohort_id, goal=goal)

    await show(callback, store, now, work, keep)


async def _ended(
    callback: CallbackQuery,
    cohort_id: int,
    chosen: str,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """Another question has been asked since, so this one is over: it closes with what was
    pressed."""

    def close(db: Db) -> tuple[str, Rows]:
        found = places.mine(db, person, cohort_id, None)
        if found is None:
            return say(person.language, "cohorts.join.not_yours"), ()
        here, profile, _ = found
        if chosen:
            members.change(db, here.id, person.id, replace(profile, moment=chosen))
        return _asked_next(person.language, here.id, goal=False)

    await show(callback, store, now, work, close)


async def _next(state: FSMContext, cohort_id: int, profile: Profile, *, goal: bool) -> None:
    if goal:
        await _remember(state, Joining.moment, cohort_id, profile)
    else:
        await state.clear()


def _asked_next(language: str, cohort_id: int, *, goal: bool) -> tuple[str, Rows]:
    """After the goal the moment; after the moment, how it goes on."""
    if not goal:
        return say(language, "cohorts.join.done"), ()
    moments = [
        (
            say(language, f"habits.moment.{name}"),
            MemberButton(cohort=cohort_id, choice=Choice.MOMENT, value=name).pack(),
        )
        for name in MOMENTS
    ]
    skip = member_button(language, "skip", cohort_id, Choice.SKIP)
    return say(language, "cohorts.join.ask_moment"), [moments[:2], moments[2:], [skip]]


# What the dialog remembers.


async def _remember(state: FSMContext, stage: State, cohort_id: int, profile: Profile) -> None:
    await state.set_state(stage)
    await state.set_data({"cohort": cohort_id, "profile": asdict(profile)})


async def _kept(state: FSMContext) -> tuple[int, Profile]:
    data = await state.get_data()
    return data["cohort"], _profile(data["profile"])


async def _invited_to(state: FSMContext, cohort_id: int) -> Profile | None:
    """What somebody has chosen so far who was invited to this very cohort."""
    data = await state.get_data()
    return _profile(data["profile"]) if data.get("cohort") == cohort_id else None


def _profile(kept: dict[str, Any]) -> Profile:
    fields: dict[str, Any] = kept | {"sharing": Sharing(kept["sharing"])}
    return Profile(**fields)
