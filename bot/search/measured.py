"""The search over a plain list of topics, as a score of its quality calls it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.guide.draft import read
from bot.guide.load import find_guide
from bot.search.catalogue import lexicon, uncovered
from bot.search.entry import Entry
from bot.search.index import Index

LANGUAGES: Final = ("ar", "en")
_built: dict[str, Index] = {}


def setup(topics: Sequence[Mapping[str, Any]]) -> None:
    """Indexes topics for `rank`, with the words and the uncovered subjects of the guide.

    What is a topic is covered here, whatever the guide says of it.

    A topic has ``id``, and ``title``, ``description`` (texts) and ``keywords`` (a list), each for
    ``_ar`` and ``_en``.
    """
    worded = read(find_guide(None)).words
    asked = {topic["id"] for topic in topics}
    others = (entry for entry in uncovered(worded) if entry.id not in asked)
    apart = [replace(entry, id=f"uncovered:{entry.id}") for entry in others]
    _built["topics"] = Index.build([*map(_topic, topics), *apart], lexicon(worded))


def rank(query: str, language: str) -> list[str]:
    """The ids of the topics that fit a query, best first; raises ``KeyError`` before `setup`."""
    return [hit.id for hit in _built["topics"].rank(query, language)]


def _topic(topic: Mapping[str, Any]) -> Entry:
    titles, descriptions, keywords = (
        {language: topic[f"{field}_{language}"] for language in LANGUAGES}
        for field in ("title", "description", "keywords")
    )
    return Entry(topic["id"], titles, descriptions, keywords)
