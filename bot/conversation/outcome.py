"""What a turn of the conversation comes to, before anything is done about it.

Turns are decided without side effects; ``Conversation`` saves, refers, erases and answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from bot.conversation.project import Project
from bot.engine.values import Json


@dataclass(frozen=True)
class Remark:
    """What a citizen wrote for the editors. It is kept without the person."""

    kind: Literal["told", "missed"]
    """What an office said of a page, or what was looked for in vain."""
    text: str
    about: str = ""
    """The page: ``steps/tax-file``."""


@dataclass(frozen=True)
class Outcome:
    """The project after the turn, and what is to be done and said besides."""

    project: Project
    notes: tuple[Markup, ...] = ()
    """Shown above the next screen."""
    toast: str = ""
    """Shown for a moment over the pressed button."""
    below: bool = False
    """Posts a new screen although a button was pressed."""
    language: str | None = None
    """The language that the citizen chose."""
    contact: dict[str, Json] | None = None
    """Consent was given: refer, and this is how the citizen can be reached."""
    remark: Remark | None = None
    """Kept for the editors."""
    erase: bool = False
    """Erase the citizen."""
