"""Free text to what the guide has on it, in either language, in dialect, Arabizi or misspelt.

The product builds an `Index` from its guide. ``setup`` and ``rank`` search any list of topics, so
that a search can be measured on topics and queries made up for the purpose.
"""

from __future__ import annotations

from bot.search.entry import Entry, Finding, Hit
from bot.search.index import Index
from bot.search.lexicon import Lexicon
from bot.search.measured import rank, setup

__all__ = ["Entry", "Finding", "Hit", "Index", "Lexicon", "rank", "setup"]
