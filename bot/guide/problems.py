"""A problem: a fault in the guide, with its place and its mend, in an editor's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from bot.guide.voice import Voice


class Place(NamedTuple):
    """A position in a file; both count from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in the guide. The words of ``code`` are in ``locales/<language>/check.po``."""

    file: str
    """Relative to the guide's directory."""
    line: int
    column: int
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


def problem(code: str, file: str, place: Place, /, **values: str) -> Problem:
    """A problem at a place."""
    return Problem(file, place.line, place.column, code, values)


def guess(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, or an empty string."""
    return next(iter(get_close_matches(name, sorted(known), n=1, cutoff=0.6)), "")


def worded(problem: Problem, voice: Voice) -> str:
    """What is wrong and what to write instead, in an editor's words, without the place."""
    said = voice.plain(f"problem.{problem.code}", **problem.values)
    if meant := problem.values.get("guess"):
        return f"{said} {voice.plain('problem.did-you-mean', guess=meant)}"
    return said
