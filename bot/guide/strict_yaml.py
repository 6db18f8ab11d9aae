"""Strict YAML: mappings, lists, text, whole numbers, ``true`` and ``false``, and nothing else.

YAML's surprises (``no`` that means false, ``10_000`` that means ten thousand, a key that wins
over its twin) are either plain text or problems here, and every value knows its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.engine.values import Json
from bot.guide.problems import Place, Problem, problem

Path = tuple[str | int, ...]
"""The keys and list positions from the top of a file down to a value."""

_NUMBER = re.compile(r"^(0|-?[1-9][0-9]*)$")
_ODD_NUMBER = re.compile(r"^[-+]?([0-9][0-9_,]*|0[xob][0-9a-fA-F_]+)$")
_DECIMAL = re.compile(
    r"^[-+]?([0-9][0-9_]*)?\.[0-9]+([eE][-+]?[0-9]+)?$|^[-+]?\.inf$|^\.nan$", re.I
)
_EMPTY = ("", "~", "null", "Null", "NULL")
_PARTS = re.compile(r"\A---\n(?P<head>.*?\n)---(?:\n|\Z)(?P<body>.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Tree:
    """What a file says, and where it says it."""

    file: str
    value: Json = None
    """``None`` if the file could not be read at all."""
    keys: Mapping[Path, Place] = field(default_factory=dict)
    values: Mapping[Path, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path = ()) -> Place:
        """Where the value is, or its key when the value starts on a later line."""
        found = self._resolved(path)
        value = self.values.get(found, Place())
        key = self.keys.get(found, value)
        return key if key.line < value.line else value

    def key(self, path: Path) -> Place:
        """Where the key is, or else the value that should have it."""
        return self.keys.get(self._resolved(path)) or self.place(path)

    def _resolved(self, path: Path) -> Path:
        """The path as it was written, where the models made a long form out of a short one.

        ``id`` alone and a fact without cases lack the segments of the long form: these are
        skipped. ``{id: {…}}`` has a level more: it is entered.
        """
        found: Path = ()
        for segment in path:
            if (*found, segment) in self.values:
                found = (*found, segment)
            elif (*(inner := self._named(found)), segment) in self.values:
                found = (*inner, segment)
        return found

    def _named(self, path: Path) -> Path:
        """Into an item ``{id: {…}}`` of a list; the path itself if there is no such item."""
        inside = [key for key in self.keys if key[:-1] == path]
        in_list = bool(path) and isinstance(path[-1], int)
        return inside[0] if in_list and len(inside) == 1 else path

    def at(self, path: Path) -> tuple[Path, Json]:
        """The path as it was written, and what is written there."""
        found = self._resolved(path)
        value = self.value
        for segment in found:
            value = value[segment]
        return found, value

    def faulty(self, path: Path) -> bool:
        """Whether something within this value is not strict YAML."""
        if not path:
            return bool(self.problems)
        first, last = self.values[path], self._last_line(path)
        return any(first.line <= each.line <= last for each in self.problems)

    def _last_line(self, path: Path) -> int:
        inside = (at.line for p, at in self.values.items() if p[: len(path)] == path)
        return max(inside, default=1)


def read_yaml(file: str, data: bytes) -> Tree:
    """The file as a tree; everything that is not strict YAML is among its problems."""
    text = _decoded(file, data)
    return _read(file, text, 0) if isinstance(text, str) else Tree(file, problems=(text,))


def read_markdown(file: str, data: bytes) -> Tree:
    """A Markdown file with YAML between two ``---`` lines on top, its body under ``body``."""
    text = _decoded(file, data)
    if not isinstance(text, str):
        return Tree(file, problems=(text,))
    parts = _PARTS.match(text)
    if parts is None:
        return Tree(file, problems=(problem("front-matter", file, Place()),))
    head = _read(file, parts["head"], 1)
    if not isinstance(head.value, dict):
        return head
    start = text.count("\n", 0, parts.start("body")) + 1
    return Tree(
        file,
        {**head.value, "body": parts["body"]},
        {**head.keys, ("body",): Place(start)},
        {**head.values, ("body",): Place(start)},
        head.problems,
    )


def _decoded(file: str, data: bytes) -> str | Problem:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return problem("not-utf-8", file, Place(line))


def _read(file: str, text: str, lines_above: int) -> Tree:
    reader = _Reader(file, lines_above)
    try:
        value = reader.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = Place(mark.line + 1 + lines_above, mark.column + 1) if mark else Place()
        reader.say("yaml-syntax", at, detail=error.problem or "")
        value = None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        reader.say("yaml-character", Place(before.count("\n") + 1 + lines_above))
        value = None
    return Tree(file, value, reader.keys, reader.values, tuple(reader.problems))


class _Reader:
    """Builds a tree from YAML's events; a value that is a problem is left out of it."""

    def __init__(self, file: str, lines_above: int) -> None:
        self.file = file
        self.lines_above = lines_above
        self.keys: dict[Path, Place] = {}
        self.values: dict[Path, Place] = {}
        self.problems: list[Problem] = []

    def say(self, code: str, at: Place, **values: str) -> None:
        self.problems.append(problem(code, self.file, at, **values))

    def document(self, events: Iterator[Any]) -> Json:
        value: Json = None
        started = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if started:
                    self.say("yaml-documents", self._at(event))
                    break
                started = True
            elif isinstance(event, yaml.NodeEvent):
                value = self._node(event, events, ())
        if not started:
            self.say("file-empty", Place())
        return value

    def _at(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(mark.line + 1 + self.lines_above, mark.column + 1)

    def _node(self, event: Any, events: Iterator[Any], path: Path) -> Json:
        at = self._at(event)
        self.values[path] = at
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self.say("yaml-anchor", at)
        elif event.tag is not None:
            self.say("yaml-tag", at, name=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style else self._plain(event.value, at)
        return None

    def _mapping(self, events: Iterator[Any], path: Path) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            at = self._at(event)
            if isinstance(event, yaml.ScalarEvent) and event.value not in _EMPTY:
                key = event.value
            else:
                self.say("yaml-key", at)
                self._skip(event, events)
                key = f"\0{at.line}:{at.column}"
            first = key not in found
            if not first:
                self.say("yaml-duplicate", at, key=key, line=str(self.keys[(*path, key)].line))
                self._skip(next(events), events)
                continue
            self.keys[(*path, key)] = at
            found[key] = self._node(next(events), events, (*path, key))
        return {key: value for key, value in found.items() if not key.startswith("\0")}

    def _list(self, events: Iterator[Any], path: Path) -> list[Json]:
        found: list[Json] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._node(event, events, (*path, len(found))))
        return found

    def _skip(self, event: Any, events: Iterator[Any]) -> None:
        """Reads past a node whose value is of no use."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return
            event = next(events)

    def _plain(self, text: str, at: Place) -> Json:
        """What a text without quotes means."""
        if text in ("true", "false"):
            return text == "true"
        if _NUMBER.match(text):
            return int(text)
        if text in _EMPTY:
            self.say("yaml-empty", at)
        elif _DECIMAL.match(text):
            self.say("yaml-decimal", at, value=text)
        elif _ODD_NUMBER.match(text):
            self.say("yaml-number", at, value=text)
        else:
            return text
        return None
