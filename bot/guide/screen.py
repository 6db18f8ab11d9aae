"""What a person sees in a chat: a text in Telegram's HTML and rows of buttons."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

LONGEST_TEXT = 4096
"""UTF-16 units of a message after its entities are parsed."""
ON_A_PAGE = 8
"""Entries of a list on one screen: what a small phone shows above the foot."""
SHORT_LABEL = 18
"""Characters up to which two buttons stand in one row on a small phone."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it presses, opens an address, or copies a text."""

    label: str
    press: str = ""
    url: str = ""
    copy: str = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One message with its buttons."""

    text: str
    rows: Rows = ()

    @property
    def digest(self) -> str:
        """Says whether two screens show the same."""
        seen = [self.text]
        for row in self.rows:
            seen += ["", *(f"{b.label}\0{b.press}\0{b.url}\0{b.copy}" for b in row)]
        return hashlib.blake2b("\n".join(seen).encode(), digest_size=8).hexdigest()


def in_rows(buttons: list[Button], *, mirrored: bool) -> Rows:
    """Short buttons two to a row, mirrored from right to left (clients do not mirror); long ones alone."""
    rows: list[tuple[Button, ...]] = []
    waiting: Button | None = None
    for button in buttons:
        if len(button.label) > SHORT_LABEL:
            rows += [(waiting,)] if waiting else []
            rows.append((button,))
            waiting = None
        elif waiting:
            rows.append((button, waiting) if mirrored else (waiting, button))
            waiting = None
        else:
            waiting = button
    return (*rows, (waiting,)) if waiting else tuple(rows)
