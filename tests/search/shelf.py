"""A small catalogue to search, with the words of the guide in service."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.guide.draft import read
from bot.guide.load import find_guide
from bot.search import Entry, Index
from bot.search.catalogue import lexicon, uncovered

HERE = Path(__file__).parent


def catalogue() -> Iterator[Entry]:
    for name, words in _file("catalogue").items():
        yield Entry(
            name,
            titles={language: said["title"] for language, said in words.items()},
            descriptions={language: said["about"] for language, said in words.items()},
            keywords={language: said["says"] for language, said in words.items()},
        )


@cache
def shelf() -> Index:
    worded = read(find_guide(None)).words
    covered = list(catalogue())
    asked = {entry.id for entry in covered}
    others = (entry for entry in uncovered(worded) if entry.id not in asked)
    return Index.build([*covered, *others], lexicon(worded))


def queries() -> list[dict[str, Any]]:
    """The queries on what the catalogue has, or on what no guide to business has."""
    names = {entry.id for entry in catalogue()}
    asked: list[dict[str, Any]] = _file("queries")
    return [query for query in asked if not query["expect"] or names & set(query["expect"])]


def _file(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
