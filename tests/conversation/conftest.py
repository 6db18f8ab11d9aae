"""The real conversation over the real guide and a real SQLite store."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.conversation.conversation import Conversation
from bot.guide.load import load
from bot.guide.shelf import Shelf
from bot.guide.voice import load_voices
from bot.referrals.referrals import Referrals
from bot.search.catalogue import of_guide
from bot.search.index import Index
from bot.store.store import Store
from tests.conversation.citizen import Citizen
from tests.guide.small import CHECKOUT


def shelf_in(directory: Path) -> Shelf:
    """The guide in a directory, which must be without problems, with the bot's own voice."""
    loaded = load(directory)
    assert loaded.guide is not None, loaded.problems
    return Shelf(loaded.guide, loaded.words, load_voices(CHECKOUT / "locales"), loaded.revision)


@pytest.fixture(scope="session")
def real_shelf() -> Shelf:
    return shelf_in(CHECKOUT)


@pytest.fixture
def served(real_shelf: Shelf) -> list[Shelf]:
    """What is in service: a test that replaces the first item serves another revision."""
    return [real_shelf]


@pytest.fixture
def conversation(served: list[Shelf]) -> Conversation:
    indexes: dict[str, Index] = {}

    def index() -> Index:
        shelf = served[0]
        if shelf.revision not in indexes:
            indexes[shelf.revision] = of_guide(shelf.guide, shelf.words)
        return indexes[shelf.revision]

    return Conversation(lambda: served[0], Referrals(lambda: served[0]), index)


@pytest.fixture
def salma(store: Store, conversation: Conversation) -> Citizen:
    return Citizen(store, conversation)
