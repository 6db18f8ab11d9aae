"""What ``dalil doctor`` found: each with its mend in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["fine", "notice", "serious"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``serious``: citizens or offices are or will be hurt. ``fine`` ones have no mend."""

    about: str
    level: Level
    text: str
    mend: str = ""


def fine(about: str, text: str) -> Finding:
    """All is well."""
    return Finding(about, "fine", text)


def notice(about: str, text: str, mend: str) -> Finding:
    """To be looked at some time."""
    return Finding(about, "notice", text, mend)


def serious(about: str, text: str, mend: str) -> Finding:
    """To be mended now."""
    return Finding(about, "serious", text, mend)
