"""Misspelt words: the known words that look most like them."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

_SIZES: Final = (2, 3, 4)
_SHARED: Final = 0.34
_COMPARED: Final = 16
_LEAST_ALIKE: Final = 0.75
"""One wrong letter in a word of four, two in a word of eight: one in three can be any word."""


def _pieces(word: str) -> set[str]:
    edged = f"^{word}$"
    return {edged[i : i + n] for n in _SIZES for i in range(len(edged) - n + 1)}


def _alike(one: str, other: str) -> float:
    """The share of letters that are right: letters missing, added, wrong or swapped are mistakes.

    This is 1 less the optimal string alignment distance over the length of the longer word.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, there in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and there == one[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return 1 - row[-1] / max(len(one), len(other))


class Spelling:
    """Known words by their pieces of two to four letters.

    The pieces find candidates fast; how alike two words are is then told by the letters that were
    mistyped.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._sizes: dict[str, int] = {}
        self._by_piece: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            pieces = _pieces(word)
            self._sizes[word] = len(pieces)
            for piece in pieces:
                self._by_piece[piece].append(word)

    def near(self, word: str) -> dict[str, float]:
        """Known words that this one may be meant for, with how alike they are: 0.75 to 1."""
        alike = {known: _alike(word, known) for known in self._candidates(word)}
        return {known: like for known, like in alike.items() if like >= _LEAST_ALIKE}

    def _candidates(self, word: str) -> list[str]:
        """The words with the greatest share of common pieces (Dice)."""
        pieces = _pieces(word)
        common: Counter[str] = Counter()
        for piece in pieces:
            common.update(self._by_piece.get(piece, ()))
        shared = {
            known: share
            for known, count in common.items()
            if (share := 2 * count / (len(pieces) + self._sizes[known])) >= _SHARED
        }
        return heapq.nlargest(_COMPARED, shared, key=lambda known: (shared[known], known))
