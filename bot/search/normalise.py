"""Text as citizens type it, taken apart into words of one spelling."""

from __future__ import annotations

import re
from typing import Final

from bot.engine.readers.text import fold

LONGEST_QUERY: Final = 300
"""Characters that are read of a query: who writes more has said it by then."""
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ARABIC: Final = re.compile(r"[\u0621-\u064a]")
_DRAWN_OUT: Final = re.compile(r"([^\W\d])\1\1+")


def words_of(text: str) -> list[str]:
    """The words of a text: folded (hamza, alef, taa marbuta, digits, case) and not drawn out.

    ``مخـــبز`` and ``مخبز`` are one word, and so are ``كتيييير`` and ``كتير``. An apostrophe stays
    inside a word: in Arabizi it is a part of a letter (``3'`` is غ).
    """
    return _WORD.findall(_DRAWN_OUT.sub(r"\1", fold(text[:LONGEST_QUERY])))


def is_arabic(word: str) -> bool:
    """Whether the word has an Arabic letter."""
    return _ARABIC.search(word) is not None
