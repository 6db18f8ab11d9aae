"""Text that runs both ways on one line."""

from __future__ import annotations

import re
from typing import Final

ISOLATE, END = "\u2068", "\u2069"
_COMMAND: Final = re.compile(r"<code>.*?</code>|(?<![^\s(«>])(/[a-z_]+)(?![\w/])", re.DOTALL)
"""A command of the bot as a word of its own, outside code."""


def isolated(text: str) -> str:
    """The text between marks, so that its direction and its neighbours' stay apart.

    For what people wrote, Latin words, phone numbers and references inside Arabic sentences;
    never inside code, links or callback data.
    """
    return f"{ISOLATE}{text}{END}"


def commands_isolated(text: str) -> str:
    """The text with every command (``/delete``) isolated, so that its slash stays on its left."""
    return _COMMAND.sub(lambda found: isolated(found[1]) if found[1] else found[0], text)
