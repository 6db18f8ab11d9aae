"""Bot API methods with which a bot describes itself, and files."""

import re
from typing import Any

from bot.localtelegram.chats import Json
from bot.localtelegram.errors import bad_request
from bot.localtelegram.files import MOST_FETCHED_BYTES
from bot.localtelegram.text import utf16_length
from bot.localtelegram.wire import Params
from bot.localtelegram.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_COMMAND_DESCRIPTION = 256
_MOST_COMMANDS = 100
_SCOPES = frozenset(
    [
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ]
)
_LANGUAGE = re.compile(r"([a-z]{2})?")


def set_my_commands(world: World, params: Params) -> bool:
    """setMyCommands"""
    commands = params.structure("commands", "list of bot commands")
    if not isinstance(commands, list) or not all(isinstance(one, dict) for one in commands):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command.get("command", "").removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 0 < utf16_length(command.get("description", "")) <= _LONGEST_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.known_bot.commands[_scope(world, params), _language(params)] = commands
    for chat in world.chats.values():
        if chat.private:
            world.changed(chat)
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    """getMyCommands"""
    return world.known_bot.commands.get((_scope(world, params), _language(params)), [])


def delete_my_commands(world: World, params: Params) -> bool:
    """deleteMyCommands"""
    world.known_bot.commands.pop((_scope(world, params), _language(params)), None)
    return True


def set_my_name(world: World, params: Params) -> bool:
    """setMyName"""
    done = _set(world.known_bot.names, params, "name", 64)
    if not params.text("language_code") and params.text("name"):
        world.rename_bot(params.text("name") or "")
    return done


def get_my_name(world: World, params: Params) -> Json:
    """getMyName"""
    bot = world.known_bot
    return {"name": _get(bot.names, params) or bot.user["first_name"]}


def set_my_description(world: World, params: Params) -> bool:
    """setMyDescription"""
    return _set(world.known_bot.descriptions, params, "description", 512)


def get_my_description(world: World, params: Params) -> Json:
    """getMyDescription"""
    return {"description": _get(world.known_bot.descriptions, params)}


def set_my_short_description(world: World, params: Params) -> bool:
    """setMyShortDescription"""
    return _set(world.known_bot.short_descriptions, params, "short_description", 120)


def get_my_short_description(world: World, params: Params) -> Json:
    """getMyShortDescription"""
    return {"short_description": _get(world.known_bot.short_descriptions, params)}


def set_chat_menu_button(world: World, params: Params) -> bool:
    """setChatMenuButton"""
    button = params.structure("menu_button", "menu button") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse menu button: Unsupported menu button type")
    if params.has("chat_id"):
        world.private_chat_of(params.address()).menu = button
    else:
        world.known_bot.menu = button
    return True


def get_chat_menu_button(world: World, params: Params) -> Json:
    """getChatMenuButton"""
    own = world.private_chat_of(params.address()).menu if params.has("chat_id") else None
    return own or world.known_bot.menu


def get_file(world: World, params: Params) -> Json:
    """getFile"""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = world.files.by_id(file_id)
    if len(file.upload.data) > MOST_FETCHED_BYTES:
        raise bad_request("file is too big")
    return file.as_json()


def _language(params: Params) -> str:
    language = params.text("language_code") or ""
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _scope(world: World, params: Params) -> str:
    """The scope as one word: its type, then the chat and the user if it has them."""
    scope: dict[str, Any] = params.structure("scope", "BotCommandScope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if "chat_id" in scope:
        world.find_chat(scope["chat_id"])
    return ":".join(str(scope[part]) for part in ("type", "chat_id", "user_id") if part in scope)


def _set(texts: dict[str, str], params: Params, name: str, longest: int) -> bool:
    text = params.text(name) or ""
    if utf16_length(text) > longest:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    if text:
        texts[_language(params)] = text
    else:
        texts.pop(_language(params), None)
    return True


def _get(texts: dict[str, str], params: Params) -> str:
    return texts.get(_language(params), "") or texts.get("", "")
