"""/cohort in a group: an administrator chooses days and hours on one card, and starts it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from babel import Locale
from babel.dates import format_date

from coach import timezones
from coach.cohorts import LENGTHS, Calendar, Membership, Role, State, next_start, starts_to_choose
from coach.texts import LANGUAGES, OWN_NAMES, say, speakable
from coach.wallclock import local
from handlers.chat import replies
from handlers.chat.formatting import Said, Style
from handlers.chat.replies import Rows
from handlers.chat.rights import leads, may_set_up
from handlers.chat.work import Work
from handlers.cohorts.cohort_buttons import Say, SetUp, SetUpButton, set_up_button, week_button
from handlers.cohorts.cohort_plans import plan_follow_up, plan_group
from storage import Db, Store, cohorts, members, messages
from storage.cohorts import Cohort
from storage.members import Profile
from storage.people import Person

router = Router(name="cohorts")
router.message.filter(F.chat.type.in_({"group", "supergroup"}))
router.callback_query.filter(F.message.chat.type.in_({"group", "supergroup"}))

WEEKDAYS = range(1, 7)
"""When a week can be prompted (ISO); on Sunday the group looks back."""

HOURS = tuple(time(hour) for hour in (7, 8, 9, 10, 12, 17, 18, 19, 20))

IN_A_ROW = 3

LONGEST_NAME = 32

PRESSABLE = re.compile(r"[@#/.:]")
"""Signs that make a link, a mention or a hashtag of a name."""

LONGEST_TITLE = 60
"""Characters of a group's title that are repeated."""

DEFAULT_AT = time(9)


@router.message(Command("cohort"))
async def cohort(
    message: Message,
    bot: Bot,
    store: Store,
    now: datetime,
    work: Work,
    person: Person | None = None,
    default_zone: str = "UTC",
) -> None:
    """The set-up card for administrators; how the cohort stands for everybody else."""
    may = await may_set_up(message, bot)
    language = speakable(message.from_user.language_code if message.from_user else None)

    def answer(db: Db) -> None:
        thread = thread_of(message)
        here = cohorts.at(db, message.chat.id, thread)
        if here is None and may:
            here = cohorts.found(
                db,
                chat_id=message.chat.id,
                thread_id=thread,
                title=(message.chat.title or "")[:LONGEST_TITLE],
                language=person.language if person else language,
                calendar=_usual(person, now, default_zone),
                now=now,
            )
        said, rows = _shown(db, here, language, now, may=may)
        replies.send(
            db,
            key=f"answer:{message.chat.id}:{message.message_id}",
            chat_id=message.chat.id,
            thread_id=thread or None,
            said=said,
            now=now,
            rows=rows,
        )

    await store.write(answer)
    work.nudge("send")


def thread_of(message: Message) -> int:
    """The topic that a message was written in; 0 outside of topics."""
    return (message.message_thread_id or 0) if message.is_topic_message else 0


def _usual(person: Person | None, now: datetime, default_zone: str) -> Calendar:
    """What most groups would choose: six weeks from next Monday, Mondays at nine."""
    zone = (person and person.timezone) or default_zone
    return Calendar(next_start(local(now, zone).date()), 6, zone, 1, DEFAULT_AT)


def _shown(
    db: Db, here: Cohort | None, language: str, now: datetime, *, may: bool
) -> tuple[Said | str, Rows]:
    if here is None:
        return say(language, "cohorts.only_admins"), ()
    if here.state is State.DRAFT:
        if not may:
            return say(here.language, "cohorts.being_set_up"), ()
        return set_up_card(here)
    return card(db, here, now)


@router.callback_query(SetUpButton.filter())
async def set_up(
    callback: CallbackQuery,
    callback_data: SetUpButton,
    bot: Bot,
    store: Store,
    person: Person,
    now: datetime,
    work: Work,
) -> None:
    """A field of the card, its answer, or the start; for administrators only."""
    message = callback.message
    assert message is not None
    if not await leads(bot, message.chat.id, callback.from_user.id):
        await callback.answer(say(person.language, "cohorts.only_admins_press"), show_alert=True)
        return

    def change(db: Db) -> None:
        draft = cohorts.get(db, callback_data.cohort)
        if draft is None or draft.chat_id != message.chat.id or draft.state is not State.DRAFT:
            return
        name = shown_name(callback.from_user.first_name)
        said, rows = _set_up(db, draft, callback_data, person, name, now)
        replies.edit(
            db,
            key=f"press:{callback.id}",
            chat_id=message.chat.id,
            message=message.message_id,
            said=said,
            now=now,
            rows=rows,
        )
        if callback_data.field is SetUp.BEGIN:
            messages.call_it(db, card_key(draft), message.chat.id, message.message_id, now)
            _pin(db, callback, message.chat.id, message.message_id, now)

    await store.write(change)
    work.nudge("send")
    await callback.answer()


def _set_up(
    db: Db, draft: Cohort, pressed: SetUpButton, person: Person, name: str, now: datetime
) -> tuple[Said | str, Rows]:
    """What the card shows after a press."""
    match pressed.field:
        case SetUp.BEGIN:
            return _begin(db, draft, person, name, now)
        case SetUp.DROP:
            cohorts.drop_draft(db, draft.id)
            return say(draft.language, "cohorts.dropped"), ()
        case SetUp.CARD:
            return set_up_card(draft)
        case field if not pressed.value:
            return _question(draft, field, now)
        case field:
            _answer(db, draft, field, pressed.value, now)
            return set_up_card(cohorts.get(db, draft.id) or draft)


def _begin(db: Db, draft: Cohort, person: Person, name: str, now: datetime) -> tuple[Said, Rows]:
    """From here on people can join; whoever pressed is in, and sees to it."""
    today = local(now, draft.calendar.zone).date()
    if draft.calendar.starts_on <= today:
        calendar = replace(draft.calendar, starts_on=next_start(today))
        cohorts.set_calendar(db, draft.id, calendar)
    cohorts.set_state(db, draft.id, State.FORMING, before=State.DRAFT)
    begun = cohorts.get(db, draft.id) or draft
    members.join(
        db,
        cohort_id=begun.id,
        person_id=person.id,
        profile=Profile(name),
        state=Membership.ACTIVE,
        from_week=1,
        now=now,
        role=Role.ORGANISER,
    )
    plan_group(db, begun, now)
    plan_follow_up(db, begun, person, now)
    return card(db, begun, now)


def _pin(db: Db, callback: CallbackQuery, chat_id: int, message_id: int, now: datetime) -> None:
    """Pins the card, quietly; without the right to pin it stays where it is."""
    messages.add(
        db,
        key=f"pin:{callback.id}",
        chat_id=chat_id,
        method="pinChatMessage",
        params={"chat_id": chat_id, "message_id": message_id, "disable_notification": True},
        now=now,
    )


def shown_name(name: str) -> str:
    """A name as the group may see it: one line, not longer than a name is, and nothing in it
    that Telegram would make a link of."""
    return " ".join(PRESSABLE.sub(" ", name).split())[:LONGEST_NAME]


# The set-up card and its questions.


def set_up_card(draft: Cohort) -> tuple[Said, Rows]:
    """What would happen when, each field changed by its button."""
    language, calendar = draft.language, draft.calendar
    said = Said().line(say(language, "cohorts.set_up.title"), Style.BOLD)
    said.line(rhythm(language, calendar)).line()
    said.add(say(language, "cohorts.set_up.private"), Style.ITALIC)
    fields = {
        SetUp.START: say(language, "cohorts.set_up.from", day=day_name(language, calendar)),
        SetUp.WEEKS: say(language, "cohorts.weeks", count=calendar.weeks),
        SetUp.WEEKDAY: weekday_name(language, calendar.weekday),
        SetUp.AT: f"{calendar.at:%H:%M}",
        SetUp.ZONE: timezones.place(calendar.zone, language).name,
        SetUp.LANGUAGE: OWN_NAMES[language],
    }
    buttons = [set_up_button(label, draft.id, field) for field, label in fields.items()]
    begin = set_up_button(say(language, "cohorts.button.begin"), draft.id, SetUp.BEGIN)
    drop = set_up_button(say(language, "cohorts.button.drop"), draft.id, SetUp.DROP)
    return said, [*in_rows(buttons, 2), [begin], [drop]]


def rhythm(language: str, calendar: Calendar) -> str:
    """When a cohort begins, and when it is asked, in a sentence or two."""
    return say(
        language,
        "cohorts.rhythm",
        weeks=say(language, "cohorts.weeks", count=calendar.weeks),
        start=format_date(calendar.starts_on, "d MMMM", locale=language),
        day=say(language, f"cohorts.each.{calendar.weekday}"),
        time=f"{calendar.at:%H:%M}",
        place=timezones.place(calendar.zone, language).name,
    )


def day_name(language: str, calendar: Calendar) -> str:
    return format_date(calendar.starts_on, "d MMM", locale=language)


def weekday_name(language: str, iso: int) -> str:
    """The name of an ISO weekday (Monday = 1)."""
    name = Locale(language).days["stand-alone"]["wide"][iso - 1]
    return name[:1].upper() + name[1:]


def _question(draft: Cohort, field: SetUp, now: datetime) -> tuple[str, Rows]:
    """The answers that a field can have, and the way back."""
    language = draft.language
    buttons = [
        set_up_button(label, draft.id, field, value) for label, value in _choices(draft, field, now)
    ]
    back = set_up_button(say(language, "cohorts.button.back"), draft.id, SetUp.CARD)
    asked = say(language, f"cohorts.set_up.ask_{field.name.lower()}")
    return asked, [*in_rows(buttons, IN_A_ROW), [back]]


def _choices(draft: Cohort, field: SetUp, now: datetime) -> Sequence[tuple[str, str]]:
    language = draft.language
    match field:
        case SetUp.START:
            today = local(now, draft.calendar.zone).date()
            days = starts_to_choose(today)
            return [(format_date(day, "d MMMM", locale=language), day.isoformat()) for day in days]
        case SetUp.WEEKS:
            return [(say(language, "cohorts.weeks", count=n), str(n)) for n in LENGTHS]
        case SetUp.WEEKDAY:
            return [(weekday_name(language, iso), str(iso)) for iso in WEEKDAYS]
        case SetUp.AT:
            return [(f"{at:%H:%M}", f"{at:%H:%M}") for at in HOURS]
        case SetUp.ZONE:
            return [(place.name, place.zone) for place in timezones.likely(language)]
        case _:
            return [(OWN_NAMES[code], code) for code in LANGUAGES]


def _answer(db: Db, draft: Cohort, field: SetUp, value: str, now: datetime) -> None:
    """Takes an answer that is one of those offered; anything else changes nothing."""
    if value not in {offered for _, offered in _choices(draft, field, now)}:
        return
    if field is SetUp.LANGUAGE:
        cohorts.set_language(db, draft.id, value)
        return
    cohorts.set_calendar(db, draft.id, _changed(draft.calendar, field, value))


def _changed(calendar: Calendar, field: SetUp, value: str) -> Calendar:
    match field:
        case SetUp.START:
            return replace(calendar, starts_on=date.fromisoformat(value))
        case SetUp.WEEKS:
            return replace(calendar, weeks=int(value))
        case SetUp.WEEKDAY:
            return replace(calendar, weekday=int(value))
        case SetUp.AT:
            return replace(calendar, at=time.fromisoformat(value))
        case _:
            return replace(calendar, zone=value)


def in_rows(buttons: Sequence[replies.Button], size: int) -> list[list[replies.Button]]:
    """Buttons side by side, so many in a row."""
    return [list(buttons[at : at + size]) for at in range(0, len(buttons), size)]


# The card with Join, which stays pinned.


def card_key(here: Cohort) -> str:
    """By what the card of a cohort's round is known."""
    return f"cohort:{here.id}:{here.round}:card"


def show_card(db: Db, here: Cohort, now: datetime, cause: str) -> None:
    """The card as it is now, because of `cause`; without a card there is nothing to show."""
    if messages.message_id(db, card_key(here)) is None:
        return
    said, rows = card(db, here, now)
    replies.edit(
        db,
        key=f"{card_key(here)}:{cause}",
        chat_id=here.chat_id,
        message=card_key(here),
        said=said,
        now=now,
        rows=rows,
    )


def card(db: Db, here: Cohort, now: datetime) -> tuple[Said, Rows]:
    """What the cohort is, who is in, and the way in."""
    language = here.language
    names = [one.profile.name for one in members.learners(db, here.id)]
    said = Said().line(here.title or say(language, "cohorts.card.title"), Style.BOLD)
    said.line(rhythm(language, here.calendar))
    said.line(say(language, "cohorts.card.private")).line()
    joined = say(language, "cohorts.card.joined", count=len(names), names=", ".join(names))
    said.add(joined)
    if here.state is State.DONE:
        said.line().line().add(say(language, "cohorts.card.ended"))
        return said, ()
    return said, [[week_button(language, here.id, Say.JOIN)]]
