"""Screens: none may grow beyond what Telegram takes, whatever is answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bot.guide.draft import Draft
from bot.guide.pages.longest import Screenful, longest_screens
from bot.guide.problems import Problem, problem
from bot.guide.shelf import Edition
from bot.guide.voice import load_voices

MOST_UNITS: Final = 4096
"""UTF-16 units of a message, after its entities are parsed."""


def check_screens(draft: Draft, locales: Path) -> Iterator[Problem]:
    """Screens that can become too long, in any language. For a guide without other faults."""
    for language, voice in load_voices(locales).items():
        edition = Edition(draft.guide, draft.words[language], voice)
        for screen in _longest_of_each(longest_screens(edition)):
            if screen.units > MOST_UNITS:
                told = {"what": screen.what, "language": language, "most": str(MOST_UNITS)}
                place = draft.files[screen.file].key((screen.what,))
                yield problem(
                    "screen-too-long", screen.file, place, units=str(screen.units), **told
                )


def _longest_of_each(screens: Iterable[Screenful]) -> Iterable[Screenful]:
    """Of each screen the longest: several flows may lead to it, and it is told once."""
    found: dict[tuple[str, str], Screenful] = {}
    for screen in screens:
        key = (screen.file, screen.what)
        found[key] = max(screen, found.get(key, screen), key=lambda each: each.units)
    return found.values()
