"""The bot's menus, names and descriptions, by scope and language."""

import re
from typing import Any

from bot.tryout.messages import Body
from bot.tryout.methods.targets import Params
from bot.tryout.refusals import bad_request
from bot.tryout.world import World

NAME = re.compile(r"[a-z0-9_]{1,32}")
MOST = 100
SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
LONGEST = {"name": 64, "description": 512, "short_description": 120}


def set_my_commands(world: World, params: Params) -> bool:
    """setMyCommands for a scope and a language."""
    commands = params["commands"]
    if len(commands) > MOST:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for one in commands:
        if not NAME.fullmatch(one["command"].removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.state.menus[_key(world, params)] = commands
    world.tell("commands")
    return True


def get_my_commands(world: World, params: Params) -> list[Body]:
    """getMyCommands: exactly those set for this scope and language."""
    return world.state.menus.get(_key(world, params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    """deleteMyCommands."""
    world.state.menus.pop(_key(world, params), None)
    world.tell("commands")
    return True


def set_chat_menu_button(world: World, params: Params) -> bool:
    """setChatMenuButton for one private chat or for all."""
    button = params.get("menu_button") or {"type": "default"}
    world.state.menu_buttons[str(params.get("chat_id") or "")] = button
    world.tell("commands")
    return True


def get_chat_menu_button(world: World, params: Params) -> Body:
    """getChatMenuButton."""
    buttons = world.state.menu_buttons
    default: dict[str, Any] = buttons.get("", {"type": "commands"})
    return buttons.get(str(params.get("chat_id") or ""), default)


def set_profile(field: str) -> Any:
    """setMyName, setMyDescription or setMyShortDescription."""

    def run(world: World, params: Params) -> bool:
        value = params.get(field) or ""
        if len(value) > LONGEST[field]:
            raise bad_request(f"{field.replace('_', ' ')} is too long")
        world.state.profile[f"{field}|{params.get('language_code') or ''}"] = value
        return True

    return run


def get_profile(field: str) -> Any:
    """getMyName, getMyDescription or getMyShortDescription."""

    def run(world: World, params: Params) -> Body:
        saved = world.state.profile
        fallback = saved.get(f"{field}|", world.state.bot.first_name if field == "name" else "")
        return {field: saved.get(f"{field}|{params.get('language_code') or ''}") or fallback}

    return run


def _key(world: World, params: Params) -> str:
    scope = params.get("scope") or {"type": "default"}
    kind = scope["type"]
    if kind not in SCOPES:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    if any(field not in scope for field in SCOPES[kind]):
        raise bad_request("Can't parse BotCommandScope: Empty chat_id specified")
    if "chat_id" in scope and scope["chat_id"] not in world.state.chats:
        raise bad_request("chat not found")
    where = " ".join([kind, *(str(scope[field]) for field in SCOPES[kind])])
    return f"{where}|{params.get('language_code') or ''}"
