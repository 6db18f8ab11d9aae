"""What a turn of the conversation comes to, before anything is done about it.

Turns are decided without side effects; ``Conversation`` saves, refers, erases and answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from bot.conversation.project import Project
from bot.engine.values import Json
from bot.referrals.content import Message
from bot.store.leads import Lead
from bot.store.reports import ReportFact


@dataclass(frozen=True)
class Remark:
    """What a citizen wrote for the editors. It is kept without the person."""

    kind: Literal["told", "missed"]
    """What an office said of a page, or what was looked for in vain."""
    text: str
    about: str = ""
    """The page: ``steps/tax-file``."""


@dataclass(frozen=True)
class Hindrance:
    """What stopped a citizen at a step: to be counted, or to be told to an office."""

    step: str
    kind: str = ""
    """Of what is to be counted."""
    code: str = ""
    """Of what was counted and is to be told."""
    case: str = ""
    """The reference of the case as part of which it is told; else it is told without a person."""


@dataclass(frozen=True)
class Word:
    """What an officer says of a step, in the name of an office."""

    step: str
    fact: ReportFact
    office: str
    text: str = ""
    photo: str | None = None
    """Telegram's id of the photo of a receipt."""


@dataclass(frozen=True)
class Letter:
    """A message that goes to the office that has a case."""

    lead: Lead
    message: Message


@dataclass(frozen=True)
class Wish:
    """What a citizen wants to become of a case of theirs."""

    kind: Literal["withdraw", "reopen"]
    lead: Lead


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
    hindrance: Hindrance | None = None
    """Counted without the person, or told to an office."""
    word: Word | None = None
    """An officer's: kept, and shown beside the step."""
    letters: tuple[Letter, ...] = ()
    """Cross to the office."""
    changed: Message | None = None
    """Was edited: if it has crossed, so does the change."""
    wish: Wish | None = None
    """Closes a case, or opens it again."""
    erase: bool = False
    """Erase the citizen."""
