"""The index: entries by their terms, and how a query's words are weighed against them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.search.entry import Entry, Finding, Hit
from bot.search.lexicon import Lexicon
from bot.search.normalise import words_of
from bot.search.phrases import Phrases
from bot.search.stem import sure_forms
from bot.search.terms import KEYWORD, phrases, terms, texts
from bot.search.vocabulary import QueryWord, Vocabulary, concept

# Scores count in "one word that no other entry has", so that they do not depend on how many
# entries there are.
_SATURATION: Final = 1.5
"""BM25's k1: how soon it no longer matters that a term is in the title as well."""
_WHOLE_WORD: Final = 0.9
_WHOLE: Final = 1.4
"""Each word of a keyword phrase that is found whole: its least score, and then the factor."""
_UNKNOWN: Final = 0.6
"""What an unknown word leaves unexplained: it may be talk, or just what the guide has not."""
_OUTSIDE: Final = 0.7
"""The same for a word that is known from uncovered entries only."""
_SLIGHT: Final = 0.2
"""The same for a number or a single letter: it tells how much or when, or is a slip."""
_LIKELY: Final = 0.6
"""The worth above which a meaning may be a word of a phrase, or tell of a business."""
_SURE_OF_UNCOVERED: Final = 0.86
"""The worth from which on a meaning counts for an uncovered entry: a guess must not refuse."""

# When nothing is found. A match may rest on one word that says much, or on common words if these
# are all that was said. The more remains unexplained, the more the rest must say, and least so
# when the query says that it is about a business.
_LEAST_SCORE: Final = 1.1
_LEAST_EVIDENCE: Final = 0.6
_LEAST_EVIDENCE_WITH_PURPOSE: Final = 0.3
_ALL_EXPLAINED: Final = 0.95
# An uncovered entry wins even when it is a little behind, since a wrong answer is worse than none;
# but not so when the query says that it is about a business.
_UNCOVERED_WINS: Final = 0.93
_UNCOVERED_WINS_OVER_PURPOSE: Final = 1.3
_TAIL: Final = 0.3
"""Hits below this share of the best one are noise."""
_MOST_HITS: Final = 10


@dataclass
class _Match:
    """How well an entry fits: the score, and how much of what was said it explains."""

    score: float = 0.0
    explained: float = 0.0

    def convinces(self, least: float) -> bool:
        """Whether the match is good enough to be shown, with at least so much evidence."""
        enough = self.score >= _LEAST_SCORE and self.score * self.explained >= least
        return enough or self.explained >= _ALL_EXPLAINED


class Index:
    """What can be found. It does not change; finding reads no file and takes about 1 ms."""

    def __init__(self, entries: Sequence[Entry], vocabulary: Vocabulary, lexicon: Lexicon) -> None:
        self._vocabulary = vocabulary
        self._purpose = {concept(name) for name in lexicon.purpose}
        self._uncovered = {entry.id for entry in entries if not entry.covered}
        self._phrases = Phrases(pair for entry in entries for pair in phrases(entry))
        self._weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for entry in entries:
            for term, weight in terms(entry, vocabulary).items():
                self._weights[term][entry.id] = weight
        self._rarity = _rarity(self._weights, len(entries))
        self._covered = {
            term for term, having in self._weights.items() if not self._uncovered.issuperset(having)
        }
        self._outside = _forms_of(entry for entry in entries if not entry.covered) - self._covered

    @classmethod
    def build(cls, entries: Iterable[Entry], lexicon: Lexicon) -> Index:
        """An index of covered and uncovered entries. Raises ``ValueError`` if two share an id."""
        entries = list(entries)
        if len({entry.id for entry in entries}) < len(entries):
            raise ValueError("two entries have the same id")
        words = {word for entry in entries for _, text in texts(entry) for word in words_of(text)}
        return cls(entries, Vocabulary(words, lexicon), lexicon)

    def rank(self, query: str, language: str) -> list[Hit]:
        """The covered entries that fit a query, best first and at most ten; none if none fits."""
        return list(self.search(query, language).hits)

    def search(self, query: str, language: str) -> Finding:
        """The hits for a query, or the uncovered entry that fits it better.

        ``language`` is the one in which the person reads; they may write another.
        """
        words = self._vocabulary.read(query, language)
        whole = self._whole(words)
        matches = self._matches(words, whole)
        best = sorted(
            matches, key=lambda name: (-matches[name].score, -matches[name].explained, name)
        )
        covered = [name for name in best if name not in self._uncovered]
        uncovered = next((name for name in best if name in self._uncovered), None)
        top = matches[covered[0]] if covered else _Match()
        outside = whole.get(uncovered, set()) if uncovered else set()
        purpose = self._has_purpose(word for at, word in enumerate(words) if at not in outside)
        needed = _UNCOVERED_WINS_OVER_PURPOSE if purpose else _UNCOVERED_WINS
        if uncovered and matches[uncovered].score >= top.score * needed:
            return Finding(uncovered=uncovered)
        if not top.convinces(_LEAST_EVIDENCE_WITH_PURPOSE if purpose else _LEAST_EVIDENCE):
            return Finding()
        hits = [Hit(name, matches[name].score) for name in covered[:_MOST_HITS]]
        return Finding(tuple(hit for hit in hits if hit.score > _TAIL * top.score))

    def _has_purpose(self, words: Iterable[QueryWord]) -> bool:
        """Whether words beside those of an uncovered phrase ("driving licence") tell of one."""
        return any(
            word.meanings.get(name, 0.0) > _LIKELY for word in words for name in self._purpose
        )

    def _matches(
        self, words: Sequence[QueryWord], whole: Mapping[str, set[int]]
    ) -> dict[str, _Match]:
        """Every entry that any word points to; what is explained is a share, 0 to 1."""
        matches: defaultdict[str, _Match] = defaultdict(_Match)
        said = 0.0
        for place, word in enumerate(words):
            found = self._found(word.meanings)
            for name in (name for name, places in whole.items() if place in places):
                score = found.get(name, _Match()).score
                found[name] = _Match(max(score, _WHOLE_WORD) * _WHOLE, 1.0)
            weight = self._importance(word)
            said += weight
            for name, match in found.items():
                matches[name].score += match.score
                matches[name].explained += match.explained * weight
        for match in matches.values():
            match.explained = match.explained / said if said else 1.0  # a phrase of fillers
        return matches

    def _whole(self, words: Sequence[QueryWord]) -> Mapping[str, set[int]]:
        """The entries of which a keyword phrase stands in the query, and the places of its words."""
        whole: defaultdict[str, set[int]] = defaultdict(set)
        likely = [
            word.forms | {term for term, worth in word.meanings.items() if worth > _LIKELY}
            for word in words
        ]
        for name, places in self._phrases.within(likely):
            whole[name].update(places)
        return whole

    def _found(self, meanings: Mapping[str, float]) -> dict[str, _Match]:
        """The entries that one word points to, each by its best meaning."""
        found: dict[str, _Match] = {}
        for term, worth in meanings.items():
            for name, weight in self._weights.get(term, {}).items():
                if name in self._uncovered and worth < _SURE_OF_UNCOVERED:
                    continue
                strength = weight * (_SATURATION + 1) / (weight + _SATURATION)
                score = worth * self._rarity[term] * strength
                if name not in found or score > found[name].score:
                    found[name] = _Match(score, worth)
        return found

    def _importance(self, word: QueryWord) -> float:
        if word.filler:
            return 0.0
        known = {term: worth for term, worth in word.meanings.items() if term in self._covered}
        if max(known.values(), default=0.0) >= _LIKELY:
            return max(self._rarity[term] * worth for term, worth in known.items())
        if word.slight:
            return _SLIGHT
        said_outside = any(
            worth >= _SURE_OF_UNCOVERED and term in self._outside
            for term, worth in word.meanings.items()
        )
        return _OUTSIDE if said_outside else _UNKNOWN


def _forms_of(entries: Iterable[Entry]) -> set[str]:
    """The sure forms of every word that is said of the entries, in phrases as well."""
    said = (word for entry in entries for _, text in texts(entry) for word in words_of(text))
    return {form for word in said for form in sure_forms(word)}


def _rarity(weights: Mapping[str, Mapping[str, float]], entries: int) -> dict[str, float]:
    """The inverse document frequency of each term: 1 for one that a single entry has.

    An entry that merely mentions a term makes it common by a share only.
    """

    def idf(count: float) -> float:
        return math.log(1 + (entries - count + 0.5) / (count + 0.5))

    unique = idf(1)
    counts = {
        term: sum(min(1.0, weight / KEYWORD) for weight in having.values())
        for term, having in weights.items()
    }
    return {term: idf(count) / unique for term, count in counts.items()}
