"""What the bot does in a group: it tells where it works, moves with it, and notices when it is sent
away or brought back."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import ChatMemberUpdated, Message

from coach.cohorts import Role, State
from coach.texts import say, speakable
from handlers.chat import replies
from handlers.chat.presses import tell
from handlers.chat.work import Work
from handlers.cohorts.cohort_weeks import say_week_again
from handlers.cohorts.cohorts import card_key
from storage import Db, Store, chats, cohorts, members, messages, people

router = Router(name="groups")
router.message.filter(F.chat.type.in_({"group", "supergroup"}))


@router.message(Command("start", "help"))
async def help_group(message: Message, bot: Bot, store: Store, now: datetime, work: Work) -> None:
    """Letters are private, so the group only learns where to write."""
    me = await bot.me()
    language = speakable(message.from_user.language_code if message.from_user else None)
    said = say(language, "start.help_group", link=f"https://t.me/{me.username}?start=group")
    await tell(store, message, said, now, work)


@router.message(F.migrate_to_chat_id)
async def group_became_supergroup(
    message: Message, store: Store, now: datetime, work: Work
) -> None:
    """The group has a new id; everything that names the old one moves along. Its messages can't
    be changed any more, so the week is said once more."""
    old, new = message.chat.id, message.migrate_to_chat_id
    assert new is not None

    def move(db: Db) -> None:
        messages.move_chat(db, old, new)
        for here in cohorts.in_chat(db, new):
            messages.forget_message(db, card_key(here))
            if here.state is State.RUNNING:
                say_week_again(db, here, now)

    await store.write(move)
    work.nudge("send")


@router.my_chat_member(F.chat.type.in_({"group", "supergroup"}))
async def sent_away_or_back(
    update: ChatMemberUpdated, store: Store, now: datetime, work: Work
) -> None:
    """A group that removes the bot hears nothing more and its cohorts rest; one that brings it
    back goes on."""
    away = update.new_chat_member.status in {"kicked", "left"}

    def note(db: Db) -> None:
        if away:
            if chats.lose(db, update.chat.id, "kicked", now):
                _rest(db, update.chat.id, now)
            return
        chats.regain(db, update.chat.id)
        for here in cohorts.in_chat(db, update.chat.id):
            begun = here.calendar.week_at(now) is not None
            after = State.RUNNING if begun else State.FORMING
            cohorts.set_state(db, here.id, after, before=State.PAUSED)

    await store.write(note)
    work.nudge("send")


def _rest(db: Db, chat_id: int, now: datetime) -> None:
    """Its cohorts are on a pause, and their organisers hear of it, once (row 43)."""
    for here in cohorts.in_chat(db, chat_id):
        if not cohorts.set_state(db, here.id, State.PAUSED, before=here.state):
            continue
        for member in members.of_cohort(db, here.id):
            person = people.get(db, member.person_id)
            if person is None or member.role is not Role.ORGANISER:
                continue
            replies.send(
                db,
                key=f"cohort:{here.id}:lost:{person.id}:{now.timestamp()}",
                chat_id=person.chat_id,
                said=say(person.language, "cohorts.lead.lost", title=here.title),
                now=now,
            )
