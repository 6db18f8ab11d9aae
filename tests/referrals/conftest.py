"""The country of the stories, open on a store of its own for each."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.guide.shelf import Shelf
from bot.guide.voice import load_voices
from bot.store.sealing import Seal
from bot.store.store import Store
from tests.referrals.country import LOCALES, Clock, Country, small_guide, small_words


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    words = {language: small_words(language) for language in ("ar", "en")}
    return Shelf(small_guide(), words, load_voices(LOCALES), "r1")


@pytest.fixture
async def country(database_url: str, seal: Seal, shelf: Shelf) -> AsyncIterator[Country]:
    clock = Clock()
    store = Store.open(database_url, seal, clock)
    yield Country(store, shelf, clock)
    await store.close()
