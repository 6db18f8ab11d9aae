"""Phrases: several words that mean something only together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

from bot.search.stem import sure_forms

_WIDEST_STEP: Final = 2
"""Places from one word of a phrase to the next: one other word may stand between them."""

Phrase = tuple[str, ...]
"""The folded words of a phrase, in their order."""


class Phrases:
    """Phrases to be looked for in texts, each with the name that it stands for."""

    def __init__(self, phrases: Iterable[tuple[Phrase, str]]) -> None:
        self._by_first: defaultdict[str, set[tuple[Phrase, str]]] = defaultdict(set)
        for phrase, name in phrases:
            for form in sure_forms(phrase[0]):
                self._by_first[form].add((phrase, name))

    def within(self, text: Sequence[Set[str]]) -> Iterator[tuple[str, list[int]]]:
        """The names of the phrases in a text, each with the places of its words.

        ``text`` holds the forms of each of its words. A phrase is found when its words stand in
        their order with at most one other word between two of them.
        """
        for start, found in enumerate(text):
            tried = {pair for form in found for pair in self._by_first.get(form, ())}
            for phrase, name in tried:
                if places := _places(phrase, text, start):
                    yield name, places


def _places(phrase: Phrase, text: Sequence[Set[str]], start: int) -> list[int]:
    """Where the words of the phrase stand, the first at ``start``; empty if one is missing."""
    places = [start]
    for word in phrase[1:]:
        after = range(places[-1] + 1, min(places[-1] + 1 + _WIDEST_STEP, len(text)))
        place = next((p for p in after if not sure_forms(word).isdisjoint(text[p])), None)
        if place is None:
            return []
        places.append(place)
    return places
