"""The words that a search knows beside those of its entries. Editors write them as content."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Lexicon:
    """Words that mean nothing to a search, and words that mean the same.

    ``synonyms`` maps the id of a concept to its words in all languages, single or in phrases.
    ``purpose`` names the concepts by which people say that they mean a business: "open", "licence",
    "factory". With one of them a query needs more to be taken for an uncovered subject. Raises
    ``ValueError`` when it names a concept that has no words.
    """

    fillers: Collection[str] = ()
    synonyms: Mapping[str, Collection[str]] = field(default_factory=dict)
    purpose: Collection[str] = ()

    def __post_init__(self) -> None:
        if strange := set(self.purpose) - self.synonyms.keys():
            raise ValueError(f"purpose names concepts without words: {', '.join(sorted(strange))}")
