"""The terms under which an entry is indexed, with what each says about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from bot.search.entry import Entry
from bot.search.normalise import words_of
from bot.search.phrases import Phrase
from bot.search.stem import sure_forms, without_article
from bot.search.vocabulary import Vocabulary

# A title names what the entry is about; a keyword is what citizens call it, and some are broader
# than the entry; a description also speaks of neighbours: whom to ask, what comes next.
TITLE: Final = 3.0
KEYWORD: Final = 2.6
DESCRIPTION: Final = 1.0
UNCOVERED: Final = 6.0
"""Uncovered entries have keywords alone, against a covered entry's title and keyword together."""
_SYNONYM: Final = 0.85
"""The share of a word that its concept gets: the word itself is the better find."""
_CROWDING: Final = 0.35
"""A word among several in a title or a keyword says less: "coffee shop" is hardly about shops."""


def texts(entry: Entry) -> Iterator[tuple[float, str]]:
    """The texts of an entry that are searched, each with the weight of its field."""
    if entry.covered:
        yield from ((TITLE, title) for title in entry.titles.values())
        yield from ((DESCRIPTION, text) for text in entry.descriptions.values())
    field = KEYWORD if entry.covered else UNCOVERED
    for words in entry.keywords.values():
        yield from ((field, word) for word in words)


def phrases(entry: Entry) -> Iterator[tuple[Phrase, str]]:
    """The keywords of several words, each with the entry's id."""
    for words in entry.keywords.values():
        for phrase in map(words_of, words):
            if len(phrase) > 1:
                yield tuple(phrase), entry.id


def terms(entry: Entry, vocabulary: Vocabulary) -> dict[str, float]:
    """The terms of an entry with their weights: of each field the best place, fields added up."""
    best: defaultdict[str, dict[float, float]] = defaultdict(dict)
    for field, text in texts(entry):
        words = words_of(text)
        found = _covered(words, field, vocabulary) if entry.covered else _uncovered(words)
        for term, weight in found.items():
            best[term][field] = max(best[term].get(field, 0.0), weight)
    return {term: sum(fields.values()) for term, fields in best.items()}


def _covered(words: list[str], field: float, vocabulary: Vocabulary) -> dict[str, float]:
    telling = [word for word in words if not vocabulary.is_filler(word)]
    crowd = 1.0 if field == DESCRIPTION else max(1, len(telling)) ** _CROWDING
    found: dict[str, float] = {}
    for word in telling:
        found |= dict.fromkeys(vocabulary.concepts(word), field / crowd * _SYNONYM)
    for word in telling:
        found |= dict.fromkeys(sure_forms(word), field / crowd)
    return found | dict.fromkeys(vocabulary.concepts_in(words), field)


def _uncovered(words: list[str]) -> dict[str, float]:
    """Only the word as it stands: what is refused must be meant."""
    return (
        dict.fromkeys({words[0], without_article(words[0])}, UNCOVERED) if len(words) == 1 else {}
    )
