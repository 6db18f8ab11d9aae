"""Loading the guide: everything that editors wrote, checked, with the revision it is."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from bot.engine.guide import Guide
from bot.engine.values import Json
from bot.guide.check import check
from bot.guide.draft import read
from bot.guide.problems import Problem
from bot.guide.shelf import Edition
from bot.guide.voice import Voice, load_voices
from bot.guide.words import Words

_PACKAGE = Path(__file__).resolve().parents[1]
_PARTS = ("flows", "content", "locales")


@dataclass(frozen=True, eq=False, repr=False)
class Loaded:
    """A guide as it was found. It may be served only if it has no problems."""

    guide: Guide | None
    """``None`` when it cannot be built."""
    words: Mapping[str, Words]
    """By language."""
    problems: tuple[Problem, ...]
    """Every fault, by file and line."""
    revision: str
    """Twelve hexadecimal digits that change with any byte of the guide or of the catalogs."""
    files: Mapping[str, Json]
    """What each file of the guide says, by its name."""


def load(directory: Path) -> Loaded:
    """Reads and checks the guide in a directory; its faults are in ``problems``, never raised.

    ``directory`` holds ``flows/`` and ``content/``, and ``locales/`` if its catalogs are its own.
    """
    while True:
        found = revision(directory)
        loaded = _loaded(_Found(found, directory))
        if revision(directory) == found:
            return loaded
        _loaded.cache_clear()  # a file was saved while others were being read


@dataclass(frozen=True)
class _Found:
    """A revision, and a directory that holds it: any other that does is as good."""

    revision: str
    directory: Path = field(compare=False)


@lru_cache(maxsize=2)
def _loaded(found: _Found) -> Loaded:
    """The guide of this revision: what the same bytes say need not be judged again."""
    draft = read(found.directory)
    whole = not draft.problems
    problems = [*draft.problems, *check(draft, locales_of(found.directory))]
    return Loaded(
        guide=draft.guide if whole else None,
        words=draft.words,
        problems=tuple(sorted(problems, key=lambda p: (p.file, p.line, p.column, p.code))),
        revision=found.revision,
        files={file: tree.value for file, tree in draft.files.items()},
    )


@lru_cache(maxsize=4)
def editions_of(loaded: Loaded, directory: Path) -> tuple[Edition, ...]:
    """The guide in each language. For one that can be built."""
    assert loaded.guide is not None
    voices = load_voices(locales_of(directory))
    return tuple(Edition(loaded.guide, loaded.words[code], voice) for code, voice in voices.items())


def find_guide(setting: Path | None) -> Path:
    """The guide's directory: the setting, else beside the code in a checkout, else as shipped."""
    if setting is not None:
        return setting
    checkout = _PACKAGE.parent
    return checkout if (checkout / "flows").is_dir() else _PACKAGE / "shipped"


def own_voice(language: str) -> Voice:
    """The bot's own voice in a language, for judging a guide: its catalogs may be the fault.

    Raises ``FileNotFoundError`` for a language that the bot does not come with.
    """
    return Voice.load(find_guide(None) / "locales", language)


def locales_of(directory: Path) -> Path:
    """The catalogs that go with a guide: its own, else those that come with the bot."""
    own = directory / "locales"
    return own if own.is_dir() else find_guide(None) / "locales"


def revision(directory: Path) -> str:
    """What the guide and its catalogs are, as twelve hexadecimal digits."""
    digest = sha256()
    for part in _PARTS:
        root = locales_of(directory) if part == "locales" else directory / part
        for path, name in sorted(
            (path, f"{part}/{path.relative_to(root)}") for path in _files(root)
        ):
            data = path.read_bytes()
            digest.update(f"{name}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()[:12]


def _files(root: Path) -> list[Path]:
    """The files under a directory, without what programs leave behind (``.x.swp``, ``x~``)."""
    return [
        Path(folder, file)
        for folder, _, files in os.walk(root)
        for file in files
        if not file.startswith(".") and not file.endswith("~")
    ]


@lru_cache(maxsize=2)
def compiled(loaded: Loaded) -> bytes:
    """The whole guide with the words of every language as JSON, to be kept with its revision.

    Keys stand as they were written: derivations read those before them.
    """
    whole = {"revision": loaded.revision, "files": loaded.files}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()
