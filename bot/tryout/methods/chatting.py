"""What the bot asks and does about chats: who is there, topics, invitations, leaving."""

from typing import Any

from bot.tryout import groups
from bot.tryout.chats import Chat, ChatType, Status
from bot.tryout.files import DOWNLOAD_LIMIT, find
from bot.tryout.messages import Body
from bot.tryout.methods.targets import Params, known_chat, need_lead, open_chat
from bot.tryout.refusals import bad_request
from bot.tryout.world import World

RIGHTS = "not enough rights to manage topics in the chat"


def get_me(world: World, params: Params) -> Body:
    """getMe."""
    return world.state.bot.me()


def get_chat(world: World, params: Params) -> Body:
    """getChat."""
    chat = known_chat(world, params)
    if chat.private and not world.person(chat.id).started:
        raise bad_request("chat not found")
    full: dict[str, Any] = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.pinned and chat.pinned[-1] in chat.messages:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].quoted()
    return world.chat_card(chat) | full


def get_chat_member(world: World, params: Params) -> Body:
    """getChatMember."""
    chat = open_chat(world, params)
    user_id = params["user_id"]
    if user_id not in world.state.people and user_id != world.state.bot.id:
        raise bad_request("user not found")
    if chat.private:
        return {"user": world.user(user_id), "status": str(Status.MEMBER)}
    return world.member_card(chat, user_id)


def get_chat_administrators(world: World, params: Params) -> list[Body]:
    """getChatAdministrators: without other bots, as Telegram does."""
    chat = open_chat(world, params)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [world.member_card(chat, who) for who in chat.members if chat.leads(who)]


def get_chat_member_count(world: World, params: Params) -> int:
    """getChatMemberCount."""
    chat = open_chat(world, params)
    return 2 if chat.private else sum(1 for who in chat.members if chat.present(who))


def leave_chat(world: World, params: Params) -> bool:
    """leaveChat."""
    chat = open_chat(world, params)
    if chat.private:
        raise bad_request("chat not found")
    groups.leave(world, world.state.bot.id, chat.id)
    return True


def ban_chat_member(world: World, params: Params) -> bool:
    """banChatMember."""
    chat = _led_group(world, params, "not enough rights to restrict/unrestrict chat member")
    if chat.leads(params["user_id"]):
        raise bad_request("user is an administrator of the chat")
    if chat.present(params["user_id"]):
        groups.leave(world, params["user_id"], chat.id, by=world.state.bot.id)
    return True


def unban_chat_member(world: World, params: Params) -> bool:
    """unbanChatMember: somebody banned has left afterwards."""
    chat = _led_group(world, params, "not enough rights to restrict/unrestrict chat member")
    who = params["user_id"]
    if chat.status(who) is Status.KICKED:
        groups.set_status(world, chat.id, who, Status.LEFT, by=world.state.bot.id)
    return True


def create_invite_link(world: World, params: Params) -> Body:
    """createChatInviteLink."""
    _led_group(world, params, "not enough rights to manage chat invite link")
    link = f"https://t.me/+local{world.state.next_id()}"
    return {
        "invite_link": link,
        "creator": world.state.bot.user(),
        "creates_join_request": False,
        "is_primary": False,
        "is_revoked": False,
    }


def create_forum_topic(world: World, params: Params) -> Body:
    """createForumTopic."""
    chat = _forum(world, params)
    if not 1 <= len(params["name"]) <= 128:
        raise bad_request("TOPIC_TITLE_EMPTY" if not params["name"] else "topic name is too long")
    thread = groups.add_topic(world, world.state.bot.id, chat.id, params["name"])
    return {"message_thread_id": thread, "name": params["name"], "icon_color": 7322096}


def close_forum_topic(world: World, params: Params) -> bool:
    """closeForumTopic."""
    chat, thread = _topic(world, params)
    if thread in chat.closed_topics:
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.closed_topics.append(thread)
    world.post_service(chat, world.state.bot.id, {"forum_topic_closed": {}}, thread)
    return True


def reopen_forum_topic(world: World, params: Params) -> bool:
    """reopenForumTopic."""
    chat, thread = _topic(world, params)
    if thread not in chat.closed_topics:
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.closed_topics.remove(thread)
    world.post_service(chat, world.state.bot.id, {"forum_topic_reopened": {}}, thread)
    return True


def get_file(world: World, params: Params) -> Body:
    """getFile: up to 20 MB."""
    file = find(world.state.files, params["file_id"])
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return file.card() | {"file_path": file.path}


def get_user_profile_photos(world: World, params: Params) -> Body:
    """getUserProfilePhotos: nobody here has any."""
    if params["user_id"] not in world.state.people:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


def _led_group(world: World, params: Params, words: str) -> Chat:
    chat = open_chat(world, params)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    need_lead(world, chat, words)
    return chat


def _forum(world: World, params: Params) -> Chat:
    chat = open_chat(world, params)
    if chat.type is not ChatType.SUPERGROUP or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    need_lead(world, chat, RIGHTS)
    return chat


def _topic(world: World, params: Params) -> tuple[Chat, int]:
    chat = _forum(world, params)
    if params["message_thread_id"] not in chat.topics:
        raise bad_request("message thread not found")
    return chat, params["message_thread_id"]
