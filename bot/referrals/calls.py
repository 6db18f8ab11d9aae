"""What the post is to do for a row: one call to Telegram after the other, each noted by itself.

``part`` names a call within its row: of those that are planned, the first whose part has not been
done is next. So a row that needs a thread, a card in it and then a message survives a death
between any two of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.guide.screen import Screen
from bot.referrals.content import Content


@dataclass(frozen=True, slots=True)
class Show:
    """Post a screen, or edit the message ``edit`` to show it; if that is gone, post it anew."""

    part: str
    chat: int
    screen: Screen
    edit: int | None = None
    thread: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Carry:
    """Post what a person sent, as a copy under a name of ours; ``screen`` stands under it.

    ``edit``: the copy, whose text below it has changed.
    """

    part: str
    chat: int
    content: Content
    screen: Screen
    name: str
    edit: int | None = None
    thread: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class OpenThread:
    """Make a thread in a forum. What it gives is the thread's number."""

    part: str
    chat: int
    title: str


@dataclass(frozen=True, slots=True)
class SetThread:
    """Close a thread, or open it again."""

    part: str
    chat: int
    thread: int
    open: bool


@dataclass(frozen=True, slots=True)
class React:
    """Put a thumb on a message: it was sent. Losing this loses nothing."""

    part: str
    chat: int
    message: int


Call = Show | Carry | OpenThread | SetThread | React
