"""The real guide and the small one, in both languages, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.guide.load import load, locales_of
from bot.guide.shelf import Edition
from bot.guide.voice import load_voices
from tests.guide.small import CHECKOUT, files, write

Editions = Mapping[str, Edition]


def editions(directory: Path) -> Editions:
    loaded = load(directory)
    assert loaded.problems == ()
    assert loaded.guide is not None
    voices = load_voices(locales_of(directory))
    return {lang: Edition(loaded.guide, loaded.words[lang], voices[lang]) for lang in voices}


@pytest.fixture(scope="session")
def real() -> Editions:
    """What is served from this checkout."""
    return editions(CHECKOUT)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Editions:
    """The small invented guide."""
    return editions(write(tmp_path_factory.mktemp("small") / "guide", files()))


@pytest.fixture
def english(small: Editions) -> Edition:
    return small["en"]


@pytest.fixture
def arabic(small: Editions) -> Edition:
    return small["ar"]
