"""What a proof found: failures and warnings with their places, and how much was looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.engine.values import Json
from bot.guide.kinds import DIRECTORIES, FOLDERS
from bot.guide.strict_yaml import Path

Answered = tuple[tuple[str, Json], ...]
"""Answers to questions, in the order of the flow."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What something is said of, and where that is written."""

    at: str
    """``steps/tax-file``, perhaps with what it is about: ``steps/tax-file/sector``."""
    file: str
    path: Path = ()
    """The keys in the file, down to the value."""


def spot(kind: str, name: str, path: Path = (), about: str = "") -> Spot:
    """A place in the entry of this kind; ``about`` tells findings of one code there apart."""
    at = f"{kind}/{name}/{about}" if about else f"{kind}/{name}"
    if kind in FOLDERS:
        return Spot(at, f"{FOLDERS[kind][0]}/{name}.yaml", path)
    return Spot(at, DIRECTORIES[kind][0], (name, *path))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold. The words of ``code`` are in ``locales/<language>/prove.po``."""

    code: str
    spot: Spot
    is_failure: bool
    """False: a warning, which an editor may explain."""
    values: Mapping[str, str] = field(default_factory=dict)
    witness: Answered | None = None
    """Answers for which it does not hold; ``None`` where no answers matter."""


def failure(code: str, at: Spot, witness: Answered | None = None, /, **values: str) -> Finding:
    """What makes the proof fail."""
    return Finding(code, at, True, values, witness)


def warning(code: str, at: Spot, witness: Answered | None = None, /, **values: str) -> Finding:
    """What an editor should look at, or explain."""
    return Finding(code, at, False, values, witness)


@dataclass(frozen=True, slots=True)
class Reached:
    """Something that someone reaches, and the fewest answers with which they do."""

    at: str
    flow: str
    answers: Answered


@dataclass(slots=True)
class Tally:
    """How many classes of answers were looked at, where most of them were, and what was reached."""

    classes: int = 0
    widest: int = 0
    questions: tuple[str, ...] = ()
    """The questions that the widest search read."""

    reached: list[Reached] = field(default_factory=list)

    def add(self, classes: int, questions: tuple[str, ...]) -> None:
        """Counts one search."""
        self.classes += classes
        if classes > self.widest:
            self.widest, self.questions = classes, questions


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a property says of one entry: what refutes it, if anything does."""

    spot: Spot
    refute: Callable[[Tally], Iterable[Finding]]
