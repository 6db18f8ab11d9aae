"""The guide in service: replaced as a whole, and only by one that is sound and proved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path

import structlog

from bot.errors import DalilError
from bot.guide.languages import ORIGINAL
from bot.guide.load import Loaded, compiled, editions_of, load, own_voice
from bot.guide.problems import Problem, worded
from bot.guide.prove import Proof, Report, prove
from bot.guide.shelf import Shelf
from bot.guide.voice import Voice
from bot.search.catalogue import of_guide
from bot.search.index import Index
from bot.store import revisions
from bot.store.store import Store

log = structlog.get_logger()

OPERATORS = "en"
"""The language of what a server prints."""


class GuideRefused(DalilError):
    """The guide has problems, or what it promises does not hold; the text lists everything."""

    def __init__(self, told: Callable[[str], Sequence[str]]) -> None:
        """``told``: a line for each fault, in a language."""
        lines = [*told(OPERATORS), "The guide is not served until these are mended."]
        super().__init__("\n".join(lines))
        self.told = told


def listed(problems: tuple[Problem, ...], language: str) -> list[str]:
    """A line for each problem, in this language, beginning with its place."""
    voice = own_voice(language)
    return [f"{p.file}:{p.line}:{p.column}  {worded(p, voice)}" for p in problems]


def sound(directory: Path) -> Loaded:
    """The guide in a directory. Raises ``GuideRefused`` for one with problems."""
    loaded = load(directory)
    if loaded.problems:
        raise GuideRefused(partial(listed, loaded.problems))
    return loaded


def _unproved(loaded: Loaded, directory: Path, proof: Proof, language: str) -> list[str]:
    """What does not hold of a guide, with whom it fails, in this language."""
    editions = {each.voice.language: each for each in editions_of(loaded, directory)}
    report = Report(editions.get(language) or editions[ORIGINAL], directory)
    return [*report.failures(proof), *listed(proof.problems, language)]


@lru_cache(maxsize=2)
def proof_of(loaded: Loaded, directory: Path) -> Proof:
    """The proof of one loaded guide, made once."""
    return prove(loaded, directory)


class GuideInService:
    """The shelf in service, and the index of what can be looked up in it."""

    def __init__(self, directory: Path, store: Store) -> None:
        self._directory = directory
        self._store = store
        self.shelf: Shelf
        self.index: Index

    def voice(self) -> Voice:
        """The bot's own voice in the language of the groups."""
        return self.shelf.voices[ORIGINAL]

    async def reload(self) -> None:
        """Serves what the directory holds now.

        A revision never served before is proved, and kept before the first citizen sees it
        (design law 9). Raises ``GuideRefused``; what was in service then stays.
        """
        loaded = await asyncio.to_thread(sound, self._directory)
        assert loaded.guide is not None
        revision = loaded.revision
        if not await self._store.run(lambda tx: revisions.first_served(tx, revision)):
            await self._proved(loaded)
        await self._store.run(lambda tx: revisions.keep(tx, revision, compiled(loaded)))
        voices = {each.voice.language: each.voice for each in editions_of(loaded, self._directory)}
        self.index = await asyncio.to_thread(of_guide, loaded.guide, loaded.words)
        self.shelf = Shelf(loaded.guide, loaded.words, voices, revision)
        log.info("guide.served", revision=revision)

    async def _proved(self, loaded: Loaded) -> None:
        proof = await asyncio.to_thread(proof_of, loaded, self._directory)
        if not proof.holds:
            raise GuideRefused(partial(_unproved, loaded, self._directory, proof))
