"""Changing a few lines of a YAML file by hand, so to speak: every other byte stays as it is.

The strict reader knows where each value stands. What is new is written out and set between the
lines that are there; what is there is moved to the right at most, with its comments.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import yaml

from bot.engine.values import Json
from bot.guide.amend.amendment import Unamendable
from bot.guide.strict_yaml import read_yaml

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ENDLESS = 2**31
"""No line is folded, however long it is."""
_Edit = tuple[int, int, Sequence[str]]
"""From which line to before which, from 0, and what stands there then."""


class Page:
    """A file that is a mapping, while it is changed."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._read(text)

    def _read(self, text: str) -> None:
        self.text = text
        self._tree = read_yaml(self.file, text.encode())
        self._lines = text.split("\n")
        self._end = "\r" if self._lines[0].endswith("\r") else ""

    def value(self, key: str) -> Json:
        """What stands under a key of the file, as it is written there."""
        return self._tree.value.get(key)

    def put_first(self, key: str, case: Mapping[str, Json], dropped: Collection[int]) -> None:
        """Sets a case before all others of a fact, without those at the dropped positions.

        A fact that has no cases yet becomes the last case.
        """
        if isinstance(self.value(key), list):
            self.put_item(key, case, 0, dropped)
            return
        first, last = self._block(key)
        start = self._tree.values[(key,)]
        head, fact = self._lines[first], f"  - is:{self._end}"
        if start.line == first + 1:
            fact = f"  - is: {head[start.column - 1 :]}"
            head = f"{key}:{self._end}"
        new = f"  - {one_line(case)}{self._end}"
        rest = [f"    {line}" if line.strip() else line for line in self._lines[first + 1 : last]]
        self._replace((first, last, [head, new, fact, *rest]))

    def put_item(self, key: str, item: Json, at: int, dropped: Collection[int]) -> None:
        """Sets an item before the one at a position of a list, without the dropped ones."""
        items = self.value(key)
        first, last = self._block(key)
        if not items or self._tree.values[(key, 0)].line == first + 1:
            kept = [each for i, each in enumerate(items) if i not in dropped]
            place = at - sum(i < at for i in dropped)
            self._replace((first, last, self._listed(key, [*kept[:place], item, *kept[place:]])))
            return
        place = first + 1 if at == 0 else last if at == len(items) else self._item(key, at)[0]
        start = self._tree.values[(key, 0)]
        margin = self._lines[start.line - 1][: start.column - 1].rpartition("-")[0]
        edits: list[_Edit] = [(*self._item(key, index), ()) for index in dropped]
        self._replace((place, place, [f"{margin}- {_item_line(item)}{self._end}"]), *edits)

    def begin_list(self, key: str, item: Json, before: str) -> None:
        """Begins a list before another key, above its comments."""
        place = self._without_comments(0, self._block(before)[0])
        self._replace((place, place, self._listed(key, [item])))

    def put_value(self, key: str, value: Json) -> None:
        """Sets a value in the place of all that stands under a key, comments among it too."""
        first, last = self._block(key)
        self._replace((first, last, [f"{key}: {one_line(value)}{self._end}"]))

    def remove(self, key: str) -> None:
        """Takes out a key with all that stands under it."""
        self._replace((*self._block(key), ()))

    def put_day(self, key: str, day: date) -> None:
        """Sets another day in the place of the one that is there."""
        first, _ = self._block(key)
        line = _DAY.sub(day.isoformat(), self._lines[first], count=1)
        self._replace((first, first + 1, [line]))

    def put_name(self, key: str, name: str) -> None:
        """Adds a name to a list of names."""
        names = self.value(key)
        place = self._tree.values[(key, len(names) - 1)]
        index, after = place.line - 1, place.column - 1 + len(names[-1])
        line = self._lines[index]
        if line[: place.column - 1].strip() == "-":
            new = [line, f"{line[: place.column - 1]}{name}{self._end}"]
        else:
            new = [f"{line[:after]}, {name}{line[after:]}"]
        self._replace((index, index + 1, new))

    def _block(self, key: str) -> tuple[int, int]:
        """The lines of a key with its value: from the first to before the second, from 0.

        Comments after the value belong to what comes next.
        """
        first = self._tree.keys[(key,)].line - 1 if (key,) in self._tree.keys else -1
        if first < 0 or not self._lines[first].startswith(f"{key}:"):
            raise Unamendable(
                f'{self.file} has no line that begins with "{key}:". Write {key} on a line of '
                "its own, as in the other files beside it, and accept the report again."
            )
        after = (at.line - 1 for path, at in self._tree.keys.items() if len(path) == 1)
        last = min((line for line in after if line > first), default=len(self._lines))
        return first, self._without_comments(first, last)

    def _without_comments(self, first: int, last: int) -> int:
        while last > first + 1 and self._lines[last - 1].strip().partition("#")[0] == "":
            last -= 1
        return last

    def _item(self, key: str, index: int) -> tuple[int, int]:
        """The lines of an item of a list, from 0. A comment above it is not among them."""
        following = self._tree.values.get((key, index + 1))
        last = following.line - 1 if following else self._block(key)[1]
        first = self._tree.values[(key, index)].line - 1
        return first, self._without_comments(first, last)

    def _listed(self, key: str, items: Sequence[Json]) -> list[str]:
        return [f"{key}:{self._end}", *(f"  - {_item_line(each)}{self._end}" for each in items)]

    def _replace(self, *edits: _Edit) -> None:
        lines = list(self._lines)
        for first, last, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
            lines[first:last] = new
        self._read("\n".join(lines))


def one_line(value: Json) -> str:
    """A value in YAML, on one line."""
    written: str = yaml.safe_dump(
        value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=_ENDLESS
    )
    return written.removesuffix("\n").removesuffix("\n...")


def with_entry(text: str, name: str, entry: Json, comment: str = "") -> str:
    """The text of a file that is a mapping from ids, with one more entry at its end."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [f"{name}: {one_line(entry)}"]
    if isinstance(entry, dict):
        lines = [f"{name}:", *(f"  {key}: {one_line(value)}" for key, value in entry.items())]
    if comment:
        lines = ["", f"# {comment}", *lines]
    whole = text if text.endswith("\n") or not text else text + end
    return whole + "".join(f"{line}{end}" for line in lines)


def _item_line(item: Json) -> str:
    """An item of a list as editors write it: ``id: {…}`` without braces of its own."""
    if isinstance(item, dict) and len(item) == 1:
        [(name, rest)] = item.items()
        return f"{name}: {one_line(rest)}"
    return one_line(item)
