"""What comes in from a citizen's chat and what goes out to it, whatever carries it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guide.screen import Screen
from bot.referrals.content import Message


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote, as the messenger names them. ``telegram`` is the id of person and chat."""

    telegram: int
    name: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Command:
    """A command such as ``/start``, without the slash, and what stood behind it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that is no command; ``sent``: the whole message, as it may cross to an office."""

    text: str
    sent: Message | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button pressed: what it carried, and the message on which it stood."""

    data: str
    message: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A contact shared; ``own`` only if it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Anything else: a sticker, a voice message, a photo, a location …"""

    kind: str
    sent: Message | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that was sent before, as it is now."""

    sent: Message


Event = Command | Typed | Pressed | Shared | Other | Edited


@dataclass(frozen=True, slots=True)
class Keyboard:
    """A message of its own that brings the "share my contact" keyboard, or takes it away."""

    text: str
    share: str | None
    """The label of the button; ``None`` takes the keyboard away."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The citizen's next screen, and how it reaches them."""

    citizen: int
    """Our own citizen number; 0 after an erasure: nothing is to be noted of this screen."""
    telegram: int
    screen: Screen
    number: int
    """The citizen's screen counter: a higher one replaces a lower one that waits."""
    edit: int | None
    """The message to edit; ``None`` posts a new one below and disarms the shown one."""
    toast: str = ""
    """What the pressed button answers, if anything."""
    keyboard: Keyboard | None = None
