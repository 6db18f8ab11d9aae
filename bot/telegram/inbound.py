"""What an update means here, once it is parsed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.events import Event, Person
from bot.referrals.case.officers import Who
from bot.referrals.content import Message


@dataclass(frozen=True, slots=True)
class FromCitizen:
    """Something a person did in their private chat. ``callback``: the press to answer."""

    update: int
    chat: int
    person: Person
    event: Event
    message: int
    callback: str = ""


@dataclass(frozen=True, slots=True)
class Blocking:
    """A person blocked the bot, or let it in again."""

    update: int
    chat: int
    blocked: bool


@dataclass(frozen=True, slots=True)
class StaffMessage:
    """A message in a group, or a change of one; ``text`` is empty if it has none.

    ``public``: everybody can read the group.
    """

    update: int
    chat: int
    title: str
    who: Who
    text: str
    message: Message
    edited: bool = False
    public: bool = False


@dataclass(frozen=True, slots=True)
class StaffPress:
    """A button pressed in a group. ``public``: everybody can read it."""

    update: int
    chat: int
    who: Who
    data: str
    message: int
    callback: str
    public: bool = False


@dataclass(frozen=True, slots=True)
class MemberChange:
    """A member of a group came, left, or was made an administrator, or is one no longer."""

    update: int
    chat: int
    who: Who
    present: bool


@dataclass(frozen=True, slots=True)
class BotMembership:
    """The bot's own standing in a group."""

    update: int
    chat: int
    present: bool
    administrator: bool


@dataclass(frozen=True, slots=True)
class Migration:
    """The group ``old`` became the supergroup ``new``."""

    update: int
    chat: int
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing to do with us."""

    update: int
    chat: int = 0


FromGroup = StaffMessage | StaffPress | MemberChange | BotMembership | Migration
Inbound = FromCitizen | Blocking | FromGroup | Ignored
