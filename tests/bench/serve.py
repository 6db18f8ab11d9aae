"""The bot as it runs, but for Telegram's limits: they would measure Telegram, not the bot."""

from __future__ import annotations

import asyncio

import uvloop

from bot import logs
from bot.app import running, settle_memory
from bot.settings import Settings, read_settings
from tests.town import unhurried


async def main() -> None:
    logs.configure(for_people=False)

    async with running(read_settings(Settings), pace=unhurried()):
        settle_memory()
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
