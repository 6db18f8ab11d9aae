"""The bot as it runs, but for Telegram's limits: they would measure Telegram, not the bot."""

from __future__ import annotations

import asyncio

from bot import logs
from bot.app import running
from bot.settings import Settings, read_settings
from bot.telegram.pace import Pace, Time


async def main() -> None:
    logs.configure(for_people=False)

    async def at_once(_: float) -> None:
        return

    async with running(read_settings(Settings), pace=Pace(Time(sleep=at_once))):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
