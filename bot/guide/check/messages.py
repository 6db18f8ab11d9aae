"""The messages that the code asks for: each has words, and no words wait for code that is gone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from bot.guide.check.catalogs import entries
from bot.guide.languages import ORIGINAL
from bot.guide.problems import Place, Problem, guess, problem

_CALLS: Final = frozenset({"say", "plain", "count", "plain_count"})
_CALL: Final = re.compile(rb"\.(say|plain|count|plain_count)\(")
_ID: Final = re.compile(r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$")
_BEGINNING: Final = re.compile(r"^([a-z][a-z0-9-]*\.)+$")


@lru_cache(maxsize=8)
def _asked_in(code: Path) -> tuple[tuple[str, str, Place], ...]:
    """Each id in a call, with its file and place. The code does not change while it runs."""
    found: list[tuple[str, str, Place]] = []
    for file in sorted(code.rglob("*.py")):
        source = file.read_bytes()
        if _CALL.search(source):
            name_of_file = f"{code.name}/{file.relative_to(code).as_posix()}"
            found += [(name, name_of_file, place) for name, place in _asked(ast.parse(source))]
    return tuple(found)


def missing_messages(code: Path, locales: Path) -> list[Problem]:
    """Ids in the Python files under ``code`` that have no words: the bot could not speak.

    Only calls must have words: ``a.b`` elsewhere may be the name of a file.
    """
    known = entries(locales)[ORIGINAL]
    return [
        problem("message-missing", file, place, name=name, guess=guess(name, known))
        for name, file, place in _asked_in(code)
        if name not in known
    ]


def unused_messages(code: Path, locales: Path) -> list[Problem]:
    """Words whose id is written nowhere under ``code``.

    An id that stands in a table and not in a call counts as used. Of an id that is put together
    at run time (``f"refused.{code}"``) only the beginning is known: all ids that begin so count.
    """
    written: set[str] = set()
    beginnings: set[str] = set()
    for file in code.rglob("*.py"):
        tree = ast.parse(file.read_bytes())
        written |= {text for text, _ in _texts(tree)}
        beginnings |= {text for text in _beginnings(tree) if _BEGINNING.match(text)}
    return [
        problem("message-unused", entry.file, Place(entry.line), name=name)
        for name, entry in entries(locales)[ORIGINAL].items()
        if name not in written and not name.startswith(tuple(beginnings))
    ]


def _asked(tree: ast.AST) -> Iterator[tuple[str, Place]]:
    """Every id that is written out in a call of the voice."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[first, *_]) if name in _CALLS:
                yield from ((text, at) for text, at in _texts(first) if _ID.match(text))


def _texts(tree: ast.AST) -> Iterator[tuple[str, Place]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, Place(node.lineno, node.col_offset + 1)


def _beginnings(tree: ast.AST) -> Iterator[str]:
    """What stands before the first value of each f-string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node.values:
            yield from (text for text, _ in _texts(node.values[0]))
