"""Short codes that people read aloud and type: no I, O, 0 or 1 in them."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def random_code(length: int) -> str:
    """``length`` random characters; each adds five bits that cannot be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def typed(text: str) -> str:
    """What was meant by a code as somebody typed it: capitals and digits alone."""
    return "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())
