"""The whole bot under a shower of updates: ``make fuzz UPDATES=100000``.

It runs as on a server, with a database of its own, beside a light Telegram. Updates come in
rounds, by webhook or by polling; after each round every person who is owed an answer must have
one. What must never be is collected, and ends the run with the exit status 1.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from sqlite3 import OperationalError
from typing import Any

import psutil  # type: ignore[import-untyped]
from aiohttp import ClientSession

from bot.app import Dalil, running
from bot.errors import StoreUnavailable
from bot.settings import Settings
from bot.store import leads, offices, outbox, updates
from bot.store.sealing import new_key
from bot.store.store import Transaction, upgrade
from bot.telegram.parsing import update_id
from bot.telegram.webhook import SECRET_HEADER
from tests.fuzz.crowd import BOT, a_crowd
from tests.fuzz.figures import Figures, listening
from tests.fuzz.light_telegram import LightTelegram
from tests.fuzz.updates import Generator, Sample
from tests.town import free_port, unhurried

ROUND = 64
PERSON_PER_UPDATES = 400
FEWEST_PEOPLE = 15
COMMITS_PER_UPDATE = 3
OFFICES = ("head-office", "damascus", "homs", "aleppo")
MOST_GROWTH = 40.0
"""MB of resident memory between a third of the way and the end; a leak of 1 kB per update is 66."""


class Clock:
    """A minute passes with each round, so that codes expire and guessers are forgiven."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Shower:
    """One run."""

    dalil: Dalil
    telegram: LightTelegram
    generator: Generator
    random: Random
    figures: Figures
    clock: Clock
    carrier: ClientSession | None
    """Brings updates to the webhook; without it the bot polls."""
    broken: set[int] = field(default_factory=set)

    async def rain(self, total: int) -> None:
        """So many updates, in rounds."""
        process = psutil.Process()
        started, brought = time.monotonic(), 0
        self.dalil.store.before_commit = _weak_disk(self.random, total)
        while brought < total and not self.figures.faults:
            self.clock.now += timedelta(minutes=1)
            await self._invite()
            samples = [self.generator.draw() for _ in range(min(ROUND, total - brought))]
            await self._round(samples)
            brought += len(samples)
            self.figures.megabytes.append(process.memory_info().rss / 1e6)
        self.dalil.store.before_commit = None
        self.figures.seconds = time.monotonic() - started
        self.figures.calls = self.telegram.calls
        await self._look_back()

    async def _invite(self) -> None:
        if len(self.generator.codes) < 2:
            named = self.random.choice(OFFICES)
            # The weak disk may refuse this, too: the next round tries again.
            with suppress(StoreUnavailable):
                code = await self.dalil.store.run(lambda tx: offices.invite(tx, named))
                self.generator.codes.append(code)

    async def _round(self, samples: list[Sample]) -> None:
        for sample in samples:
            self.figures.kinds[sample.kind] += 1
            number = update_id(sample.raw)
            if not sample.real and number is not None:
                self.broken.add(number)
        posts = {s.chat: self.telegram.chat(s.chat).posts for s in samples if s.owed}
        if self.carrier is None:
            await self.telegram.brings([s.raw for s in samples if update_id(s.raw) is not None])
        else:
            await self._carry(samples)
        await self.dalil.sender.finish()
        for sample in samples:
            if sample.owed:
                self.figures.owed += 1
                self._check(sample, posts[sample.chat])
        self.telegram.answered.clear()

    def _check(self, sample: Sample, posts: int) -> None:
        if sample.callback:
            answered = sample.callback in self.telegram.answered
        else:
            answered = self.telegram.chat(sample.chat).posts > posts
        if not answered:
            self.figures.faults.append(f"unanswered: {sample.kind} {str(sample.raw)[:600]}")

    async def _carry(self, samples: list[Sample]) -> None:
        lanes: dict[int, list[Sample]] = defaultdict(list)
        for sample in samples:
            lanes[sample.chat].append(sample)
        await asyncio.gather(*map(self._carry_lane, lanes.values()))

    async def _carry_lane(self, samples: list[Sample]) -> None:
        """One chat's updates as Telegram's webhook brings them: each until it is settled."""
        for sample in samples:
            while (status := await self._bring(sample)) == 503:
                self.figures.brought_again += 1
            if status != 200:
                self.figures.faults.append(f"webhook {status}: {str(sample.raw)[:600]}")

    async def _bring(self, sample: Sample) -> int:
        assert self.carrier is not None
        async with self.carrier.post("/webhook", data=json.dumps(sample.raw)) as answer:
            return answer.status

    async def _look_back(self) -> None:
        """What the database and Telegram's side know at the end."""

        def look(tx: Transaction) -> list[str]:
            aside = updates.list_set_aside(tx)
            self.figures.set_aside = len(aside)
            self.figures.leads = leads.counts(tx)
            found = [f"outbox: {outbox.counts(tx)}"] if outbox.counts(tx)["dead"] else []
            for each in aside:
                number = update_id(updates.read_set_aside(tx, each.incident))
                if number is not None and number not in self.broken:
                    found.append(f"set aside, though Telegram can send it: {each.error}")
            return found

        self.figures.faults += await self.dalil.store.run(look)
        self.figures.faults += self.telegram.complaints
        if self.figures.growth > MOST_GROWTH:
            self.figures.faults.append(f"memory grew by {self.figures.growth:.1f} MB")


@asynccontextmanager
async def at_work(
    directory: Path, seed: int, total: int, webhook: bool, figures: Figures
) -> AsyncIterator[Shower]:
    """The whole bot beside a light Telegram, and a crowd for so many updates."""
    random, clock = Random(seed), Clock()
    crowd = a_crowd(random, max(FEWEST_PEOPLE, total // PERSON_PER_UPDATES))
    telegram = LightTelegram(crowd)
    await telegram.start()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = Settings(
        _env_file=None,
        telegram_token=f"{BOT}:fuzz",
        telegram_api=telegram.url,
        data_dir=directory,
        key=new_key(),
        port=port,
        webhook_url=address if webhook else None,
    )
    upgrade(settings.database)
    generator = Generator(random, crowd, telegram)
    try:
        async with running(settings, clock, unhurried()) as dalil:
            secret = {SECRET_HEADER: telegram.webhook.get("secret_token", "")}
            async with ClientSession(address, headers=secret) as carrier:
                shower = Shower(dalil, telegram, generator, random, figures, clock, None)
                if webhook:
                    shower.carrier = carrier
                yield shower
    finally:
        await telegram.stop()


def _weak_disk(random: Random, total: int) -> Any:
    """Refuses a commit now and then: seldom, since the bot waits a second after some of them."""
    share = max(4, total // 2000) / (total * COMMITS_PER_UPDATE)

    def refuse() -> None:
        if random.random() < share:
            raise OperationalError("database is locked")

    return refuse


async def shower(directory: Path, seed: int, total: int, *, webhook: bool) -> Figures:
    """Runs the bot under so many updates and says what came of it."""
    figures = Figures()
    with listening(figures):
        async with at_work(directory, seed, total, webhook, figures) as one:
            await one.rain(total)
    return figures


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--polling", action="store_true", help="the bot asks for updates itself")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        run = shower(Path(directory), asked.seed, asked.updates, webhook=not asked.polling)
        figures = asyncio.run(run)
    print(figures)
    sys.exit(1 if figures.faults else 0)


if __name__ == "__main__":
    main()
