"""Screens: none may grow beyond what Telegram takes, whatever is answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.guide.draft import Draft
from bot.guide.pages.longest import longest_screens
from bot.guide.problems import Problem, problem
from bot.guide.shelf import Edition
from bot.guide.voice import load_voices

MOST_UNITS: Final = 4096
"""UTF-16 units of a message, after its entities are parsed."""


def check_screens(draft: Draft, locales: Path) -> Iterator[Problem]:
    """Screens that can become too long, in any language. For a guide without other faults."""
    for language, voice in load_voices(locales).items():
        for screen in longest_screens(Edition(draft.guide, draft.words[language], voice)):
            if screen.units > MOST_UNITS:
                told = {"what": screen.what, "language": language, "most": str(MOST_UNITS)}
                place = draft.files[screen.file].key((screen.what,))
                yield problem(
                    "screen-too-long", screen.file, place, units=str(screen.units), **told
                )
