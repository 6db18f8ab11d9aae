"""A bench for each story; what the bot sent in it is read back by another library."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.guide.shelf import Shelf
from bot.guide.voice import load_voices
from bot.localtelegram import LocalTelegram
from bot.store.sealing import Seal
from bot.store.store import Store
from tests.referrals.country import LOCALES, small_guide, small_words
from tests.telegram.bench import LAYLA, TOKEN, Bench, Clock, House, Json, Patience, People, open_bot
from tests.telegram.reading_back import problems


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    words = {language: small_words(language) for language in ("ar", "en")}
    return Shelf(small_guide(), words, load_voices(LOCALES), "r1")


@pytest.fixture
async def people() -> AsyncIterator[People]:
    local = LocalTelegram(bot_token=TOKEN, first_retry=0.01)
    await local.start()
    async with aiohttp.ClientSession() as session:
        yield People(local, session)
    await local.stop()
    assert problems(local.world.calls) == []


@pytest.fixture
async def bench(
    people: People, database_url: str, seal: Seal, shelf: Shelf
) -> AsyncIterator[Bench]:
    clock, patience = Clock(), Patience()
    store = Store.open(database_url, seal, clock)
    bot = open_bot(people.local)
    bench = Bench(people, House(store, shelf, bot, patience), store, shelf, clock, patience)
    yield bench
    await bench.house.close()
    await bot.session.close()
    await store.close()


@pytest.fixture
async def layla(bench: Bench) -> Json:
    """Layla has said hello; her screen."""
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    [screen] = bench.people.screens(71)
    return screen
