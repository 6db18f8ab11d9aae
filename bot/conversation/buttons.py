"""What buttons carry: a version, a verb and its object, such as ``1:answer:sector:trade``."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guide.screen import Button

VERSION = "1"
"""Raised when the meaning of a verb changes: older buttons then only show where one stands."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button, understood."""

    verb: str
    object: str = ""
    value: str = ""


def press(label: str, verb: str, *rest: str) -> Button:
    """A button with this label."""
    return Button(label, press=":".join((VERSION, verb, *rest)))


def parse(data: str) -> Press | None:
    """What a button of today's version means; ``None`` for any other data."""
    version, _, rest = data.partition(":")
    if version != VERSION or not rest:
        return None
    verb, _, rest = rest.partition(":")
    thing, _, value = rest.partition(":")
    return Press(verb, thing, value)
