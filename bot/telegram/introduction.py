"""How the bot introduces itself in Telegram: name, descriptions and commands in each language.

Telegram keeps them between starts and limits how often they change, so only what differs is sent.
Nothing here may stop a start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from aiogram import Bot
from aiogram.methods import (
    GetMyCommands,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
    TelegramMethod,
)

from bot.guide.languages import ORIGINAL
from bot.guide.voice import Voice
from bot.telegram.writing import Flooded, NotWritten, Refused, telling

log = structlog.get_logger()

PRIVATE_COMMANDS = ("start", "menu", "roadmap", "cases", "language", "privacy", "help", "delete")
GROUP_COMMANDS = ("office", "guide", "bind")
SCOPES = {"all_private_chats": PRIVATE_COMMANDS, "all_group_chats": GROUP_COMMANDS}


@dataclass(frozen=True)
class _Entry:
    """One thing that Telegram keeps: how to read it, how to set it, and what it should be."""

    read: TelegramMethod[Any]
    write: TelegramMethod[Any]
    wanted: object
    part: str = ""
    """Where in the answer of ``read`` it stands; the whole answer if empty."""


async def introduce(bot: Bot, voices: Mapping[str, Voice]) -> None:
    """Sets what differs; logs what fails, and gives up when Telegram cannot be reached."""
    for entry in _entries(voices):
        try:
            await _update(bot, entry)
        except (Refused, Flooded) as error:
            log.warning("introduction.refused", what=entry.write.__api_method__, error=str(error))
        except NotWritten as error:
            log.warning("introduction.given-up", error=str(error))
            return


async def _update(bot: Bot, entry: _Entry) -> None:
    with telling():
        # The lean session returns plain JSON, whatever aiogram promises.
        now: Any = await bot(entry.read)
        if (now.get(entry.part) if entry.part else now) != entry.wanted:
            await bot(entry.write)


def _entries(voices: Mapping[str, Voice]) -> list[_Entry]:
    """Everything in each language; the original also for people whose language we do not speak.

    Telegram knows languages by two letters only; in others, people see the original too.
    """
    entries: list[_Entry] = []
    for code in ("", *(code for code in voices if len(code) == 2)):
        voice = voices[code or ORIGINAL]
        language = {"language_code": code} if code else {}
        entries += _texts(voice, language)
        for scope, commands in SCOPES.items():
            entries.append(_commands(voice, language, scope, commands))
    return entries


def _texts(voice: Voice, language: dict[str, Any]) -> list[_Entry]:
    name, short, long = (voice.plain(f"bot.{part}") for part in ("name", "short", "description"))
    return [
        _Entry(
            GetMyName.model_construct(**language),
            SetMyName.model_construct(name=name, **language),
            name,
            "name",
        ),
        _Entry(
            GetMyDescription.model_construct(**language),
            SetMyDescription.model_construct(description=long, **language),
            long,
            "description",
        ),
        _Entry(
            GetMyShortDescription.model_construct(**language),
            SetMyShortDescription.model_construct(short_description=short, **language),
            short,
            "short_description",
        ),
    ]


def _commands(voice: Voice, language: dict[str, Any], scope: str, names: tuple[str, ...]) -> _Entry:
    wanted = [{"command": name, "description": voice.plain(f"command.{name}")} for name in names]
    fields = language | {"scope": {"type": scope}}
    return _Entry(
        GetMyCommands.model_construct(**fields),
        SetMyCommands.model_construct(**fields | {"commands": wanted}),
        wanted,
    )
