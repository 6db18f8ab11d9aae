"""Reads the bot's requests back with somebody else's library, so that no typing error goes out.

The bot builds its requests from plain dicts; python-telegram-bot knows the Bot API on its own. A
request passes if the method exists there, has every parameter that it needs and none that is
unknown, and every object in it is read without a field left over.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import telegram
from telegram import Bot, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

Json = dict[str, Any]

NEWER: dict[str, set[str]] = {}
"""Parameters that the Bot API has and python-telegram-bot does not know yet, by method."""

NEEDED = {
    "sendLocation": {"latitude", "longitude"},
    "sendVenue": {"latitude", "longitude", "title", "address"},
    "editMessageText": {"chat_id", "message_id"},
    "editMessageCaption": {"chat_id", "message_id"},
    "editMessageReplyMarkup": {"chat_id", "message_id"},
}
"""What the Bot API needs although that library can do without: it also takes whole objects, and
messages that were sent inline, which this bot never does."""


def problems(calls: Iterable[Json]) -> list[str]:
    """What is wrong with recorded calls (``/client/calls``); empty if they are all well-formed."""
    return [problem for call in calls for problem in _problems(call["method"], call["params"])]


def _problems(method: str, params: Json) -> list[str]:
    known = _parameters(method)
    if known is None:
        return [f"{method} is no method of the Bot API"]
    uploads = {str(each).partition("attach://")[2] for each in params.values()}
    unknown = params.keys() - known.keys() - uploads - NEWER.get(method, set())
    needed = {name for name, must in known.items() if must} | NEEDED.get(method, set())
    missing = needed - params.keys()
    return [
        *(f"{method}: unknown parameter {name!r}" for name in sorted(unknown)),
        *(f"{method}: {name!r} is missing" for name in sorted(missing)),
        *(
            f"{method}: {trouble}"
            for name in params.keys() & _OBJECTS.keys()
            for trouble in _leftovers(name, params[name])
        ),
    ]


@cache
def _parameters(method: str) -> dict[str, bool] | None:
    """The parameters of a method, and whether each must be given.

    What that library takes by keyword only is its own: timeouts, and shorthands for other
    parameters.
    """
    snake = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", method).lower()
    function = getattr(Bot, snake, None)
    if function is None:
        return None
    found = inspect.signature(function).parameters.values()
    return {
        each.name: each.default is inspect.Parameter.empty
        for each in found
        if each.name != "self" and each.kind is not inspect.Parameter.KEYWORD_ONLY
    }


def _leftovers(name: str, value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    found = []
    for each in values:
        if not isinstance(each, dict):
            found.append(f"{name} is no object")
            continue
        try:
            read = _OBJECTS[name](each)
        except (TypeError, KeyError, ValueError) as error:
            found.append(f"{name} cannot be read: {error}")
        else:
            found += [f"{name} has unknown {field}" for field in _unknown(read)]
    return found


def _unknown(read: Any) -> list[str]:
    """Fields that the library put aside, anywhere within what it read."""
    if isinstance(read, tuple | list):
        return [field for each in read for field in _unknown(each)]
    if not isinstance(read, telegram.TelegramObject):
        return []
    within = [getattr(read, name, None) for kind in type(read).__mro__ for name in _slots(kind)]
    return [*read.api_kwargs, *_unknown([each for each in within if each is not read])]


def _slots(kind: type) -> list[str]:
    return [name for name in getattr(kind, "__slots__", ()) if not name.startswith("_")]


def _markup(value: Json) -> telegram.TelegramObject:
    if "inline_keyboard" in value:
        return _reader(InlineKeyboardMarkup)(value)
    if "keyboard" in value:
        return _reader(ReplyKeyboardMarkup)(value)
    if value.get("remove_keyboard") is True:
        # Always true, so that library does not take it as an argument.
        rest = {name: given for name, given in value.items() if name != "remove_keyboard"}
        return _reader(ReplyKeyboardRemove)(rest)
    raise KeyError("no known kind of reply_markup")


def _reader(kind: type[telegram.TelegramObject]) -> Callable[[Json], telegram.TelegramObject]:
    def read(value: Json) -> telegram.TelegramObject:
        return kind.de_json(value, None)

    return read


_OBJECTS: dict[str, Callable[[Json], telegram.TelegramObject]] = {
    "reply_markup": _markup,
    "link_preview_options": _reader(telegram.LinkPreviewOptions),
    "scope": _reader(telegram.BotCommandScope),
    "commands": _reader(telegram.BotCommand),
    "entities": _reader(telegram.MessageEntity),
    "caption_entities": _reader(telegram.MessageEntity),
    "reply_parameters": _reader(telegram.ReplyParameters),
    "menu_button": _reader(telegram.MenuButton),
    "reaction": _reader(telegram.ReactionType),
}
