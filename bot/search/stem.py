"""Light stemming: the forms under which one word may be found.

A hard stemmer picks one stem and is often wrong (``البان``, dairy, begins like an article). Here a
word has several forms, each with a weight for how sure it is; texts are indexed under the sure
ones, and a query looks for all of them. A form that is no word finds nothing and does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from bot.search.normalise import is_arabic

_ARTICLES: Final = ("وال", "بال", "كال", "فال", "عال", "هال", "لل", "ال")
_PARTICLES: Final = ("و", "ب", "ل", "ف", "ك", "ع")
_VERBAL: Final = (
    "بي", "بت", "بن", "عم", "حي", "حت", "لي", "لت", "لن", "لا", "وا", "ي", "ت", "ن", "ا", "س",
)  # fmt: skip
_ENDINGS: Final = (
    "ياتهم", "ياتي", "اتهم", "اتها", "اتنا", "اتي", "اتو", "تها", "تهم", "تنا", "هون", "كون",
    "يات", "يين", "يون", "يه", "ات", "ين", "ون", "ان", "ها", "هن", "هم", "نا", "كم", "تي", "تو",
    "ني", "ه", "ي", "و", "ا", "ت", "ك",
)  # fmt: skip
_ENGLISH_ENDINGS: Final = (
    ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("'s", ""),
    ("ings", ""), ("ing", ""), ("ing", "e"), ("ied", "y"), ("ed", ""), ("ed", "e"), ("es", ""),
    ("s", ""), ("ly", ""), ("ers", ""), ("er", ""), ("ment", ""),
)  # fmt: skip

# How sure a form is. An article is hardly ever a part of the word; an ending or a particle of one
# letter sometimes is; a verb's prefix of one letter often is.
_ARTICLE: Final = 0.98
_ENDING: Final = 0.92
_PARTICLE: Final = 0.85
_VERB: Final = 0.75
_SURE: Final = 0.85
_SHORTEST: Final = 3
"""Letters that must remain: with fewer, unlike words fall together."""
_REMEMBERED: Final = 20_000
"""Words whose forms are kept: those of a guide and its lexicon several times over."""


@lru_cache(maxsize=_REMEMBERED)
def forms(word: str) -> Mapping[str, float]:
    """The forms of a folded word with their weights, at most 1; the word itself weighs 1."""
    return MappingProxyType(_arabic(word) if is_arabic(word) else _english(word))


@lru_cache(maxsize=_REMEMBERED)
def sure_forms(word: str) -> frozenset[str]:
    """The forms that are right more often than not; texts are indexed under these."""
    return frozenset(form for form, weight in forms(word).items() if weight >= _SURE)


def without_article(word: str) -> str:
    """The word without a plain Arabic article."""
    return word.removeprefix("ال") if len(word) >= _SHORTEST + len("ال") else word


def _arabic(word: str) -> dict[str, float]:
    found = {word: 1.0}
    for prefixes, weight in ((_ARTICLES, _ARTICLE), (_PARTICLES, _PARTICLE), (_VERBAL, _VERB)):
        for rest in _without_prefix(word, prefixes):
            found.setdefault(rest, weight)
    for form, weight in list(found.items()):
        for ending in _ENDINGS:
            if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST:
                found.setdefault(form.removesuffix(ending), weight * _ENDING)
    return found


def _without_prefix(word: str, prefixes: tuple[str, ...]) -> Iterator[str]:
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST:
            yield word.removeprefix(prefix)


def _english(word: str) -> dict[str, float]:
    found = {word: 1.0}
    for ending, instead in _ENGLISH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            form = word.removesuffix(ending) + instead
            found.setdefault(form, _ENDING)
            if not instead and form[-1] == form[-2]:
                found.setdefault(form[:-1], _ENDING)  # shopping, shop
    return found
