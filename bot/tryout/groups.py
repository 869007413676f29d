"""Groups: who is made a member, who leads, topics, and becoming a supergroup."""

from collections.abc import Sequence

from bot.tryout.chats import Chat, ChatType, Member, Status
from bot.tryout.messages import Body, Message
from bot.tryout.refusals import Missing, NotPossible
from bot.tryout.state import FIRST_GROUP_ID, FIRST_SUPERGROUP_ID
from bot.tryout.world import World


def add_group(
    world: World,
    title: str,
    members: Sequence[int],
    admins: Sequence[int] = (),
    *,
    supergroup: bool = False,
    is_forum: bool = False,
    with_bot: bool = True,
) -> Chat:
    """A group of people; the first administrator (or member) owns it and adds the bot."""
    if not members and not admins:
        raise NotPossible("A group needs a person.")
    people = list(dict.fromkeys([*admins, *members]))
    chat = Chat(_new_id(world, supergroup or is_forum), ChatType.GROUP, title, is_forum)
    if supergroup or is_forum:
        chat.type = ChatType.SUPERGROUP
    for who in people:
        status = Status.ADMINISTRATOR if who in admins else Status.MEMBER
        chat.members[world.person(who).id] = Member(status)
    chat.members[people[0]].status = Status.CREATOR
    world.state.chats[chat.id] = chat
    world.tell("chat", chat=world.seen_chat(chat))
    if with_bot:
        join(world, world.state.bot.id, chat.id, by=people[0])
    return chat


def join(world: World, user_id: int, chat_id: int, *, by: int | None = None) -> None:
    """Come into a group, or be brought by somebody; the bot needs somebody who brings it."""
    chat = _group(world, chat_id)
    if chat.present(user_id):
        return
    set_status(world, chat_id, user_id, Status.MEMBER, by=by)
    newcomer = world.user(user_id)
    world.post_service(chat, by or user_id, {"new_chat_members": [newcomer]})


def leave(world: World, user_id: int, chat_id: int, *, by: int | None = None) -> None:
    """Leave a group; `by` somebody else means being removed."""
    chat = _group(world, chat_id)
    if not chat.present(user_id):
        raise NotPossible("Not a member of this group.")
    status = Status.LEFT if by in {None, user_id} else Status.KICKED
    set_status(world, chat_id, user_id, status, by=by)
    world.post_service(chat, by or user_id, {"left_chat_member": world.user(user_id)})


def set_status(
    world: World,
    chat_id: int,
    user_id: int,
    status: Status,
    *,
    anonymous: bool = False,
    by: int | None = None,
) -> None:
    """Give somebody a place in a group and tell the bot of it."""
    chat = _group(world, chat_id)
    old = world.member_card(chat, user_id)
    chat.members[user_id] = Member(status, anonymous)
    body: Body = {"chat": world.chat_card(chat), "from": world.user(by or user_id)}
    body |= {"date": world.unix_time, "old_chat_member": old}
    body["new_chat_member"] = world.member_card(chat, user_id)
    if user_id == world.state.bot.id:
        world.update("my_chat_member", body)
    elif chat.leads(world.state.bot.id):
        world.update("chat_member", body)
    world.tell("chat", chat=world.seen_chat(chat))


def add_topic(world: World, user_id: int, chat_id: int, name: str) -> int:
    """Open a topic in a forum; its thread id is the id of the service message."""
    chat = _group(world, chat_id)
    if not chat.is_forum:
        raise NotPossible("This group has no topics.")
    made = {"name": name, "icon_color": 7322096}
    message = world.compose(chat, user_id, {"forum_topic_created": made})
    thread = chat.last_message_id + 1
    message.body |= {"message_thread_id": thread, "is_topic_message": True}
    chat.topics[thread] = name
    world.post(chat, message)
    world.tell("chat", chat=world.seen_chat(chat))
    return thread


def migrate(world: World, chat_id: int) -> Chat:
    """Turn a group into a supergroup with another id; both chats say so."""
    old = _group(world, chat_id)
    if old.type is not ChatType.GROUP or old.migrated_to:
        raise NotPossible("This is not a simple group.")
    new = Chat(_new_id(world, True), ChatType.SUPERGROUP, old.title)
    new.members = {who: Member(one.status, one.anonymous) for who, one in old.members.items()}
    world.state.chats[new.id] = new
    owner = next(who for who, one in old.members.items() if one.status is Status.CREATOR)
    world.post_service(old, owner, {"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    world.post_service(new, owner, {"migrate_from_chat_id": old.id})
    world.tell("chat", chat=world.seen_chat(old))
    world.tell("chat", chat=world.seen_chat(new))
    return new


def pin(world: World, user_id: int, chat_id: int, message: Message) -> None:
    """Pin a message and say so in the chat."""
    chat = world.chat(chat_id)
    if message.id in chat.pinned:
        return
    chat.pinned.append(message.id)
    world.tell("pinned", chat=chat_id, pinned=chat.pinned)
    world.post_service(chat, user_id, {"pinned_message": message.quoted()}, message.thread)


def _group(world: World, chat_id: int) -> Chat:
    chat = world.chat(chat_id)
    if chat.private:
        raise Missing("This is not a group.")
    return chat


def _new_id(world: World, supergroup: bool) -> int:
    first = FIRST_SUPERGROUP_ID if supergroup else FIRST_GROUP_ID
    return first - sum(1 for chat in world.state.chats.values() if not chat.private)
