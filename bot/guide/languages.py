"""Languages: those whose folders are there, and what Unicode's data knows of each."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from babel import Locale
from babel.localedata import exists

ORIGINAL: Final = "ar"
"""What an editor writes first, what a newcomer sees first, and what always must be there."""
_CODE: Final = re.compile(r"[a-z]{2,3}")
_REGIONS: Final = {"ar": "ar_SY", "en": "en_GB"}
"""``ar_SY`` says كانون الثاني, where plain ``ar`` says يناير."""


def languages_in(root: Path) -> tuple[str, ...]:
    """The languages with a folder under ``content/`` or ``locales/``: the original, then by code.

    A folder without a file is no language: that is what is left when its files are removed.
    """
    return (ORIGINAL, *(code for code in _codes(root) if code != ORIGINAL and exists(code)))


def strange_in(root: Path) -> tuple[str, ...]:
    """The folders that are named like a language, but like none whose rules are known."""
    return tuple(code for code in _codes(root) if not exists(code))


def _codes(root: Path) -> list[str]:
    folders = root.iterdir() if root.is_dir() else ()
    return sorted(
        folder.name
        for folder in folders
        if _CODE.fullmatch(folder.name) and any(path.is_file() for path in folder.rglob("*"))
    )


def locale_of(language: str) -> Locale:
    """How the language writes days and in which direction it runs, as Syria has it."""
    return Locale.parse(_REGIONS.get(language, language))


def right_to_left(language: str) -> bool:
    """Whether the language runs from right to left."""
    return locale_of(language).text_direction == "rtl"
