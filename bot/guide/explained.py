"""What editors say of warnings that are as they should be: ``content/data/explained.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as Directory
from typing import Any, Final

from pydantic import TypeAdapter

from bot.engine.strict import Id, Strict
from bot.guide.kinds import EXPLAINED
from bot.guide.problems import Place, Problem
from bot.guide.shape import shaped
from bot.guide.strict_yaml import read_yaml
from bot.guide.words import Text


class Explanation(Strict):
    """Why a warning is no fault. It is for editors, and never shown to citizens."""

    warning: Id
    """The code of the warning."""
    at: Text
    """``steps/tax-file``: every such warning there; ``steps/tax-file/sector``: that one."""
    why: Text

    def fits(self, code: str, at: str) -> bool:
        """Whether this is said of the warning with this code at this place."""
        return code == self.warning and f"{at}/".startswith(f"{self.at}/")


ADAPTER: Final[TypeAdapter[Any]] = TypeAdapter(Explanation)


@dataclass(frozen=True)
class Explained:
    """The explanations by id, and what is wrong with their file."""

    entries: Mapping[str, Explanation]
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where each explanation is written."""

    def fits(self, code: str, at: str) -> bool:
        """Whether any explanation is said of the warning with this code at this place."""
        return any(entry.fits(code, at) for entry in self.entries.values())


def read_explained(directory: Directory) -> Explained:
    """The explanations of a guide; none if it has no such file."""
    path = directory / EXPLAINED
    if not path.is_file():
        return Explained({})
    tree = read_yaml(EXPLAINED, path.read_bytes())
    entries: dict[str, Explanation] = {}
    problems = list(tree.problems)
    for name, value in tree.value.items() if isinstance(tree.value, dict) else ():
        if not tree.faulty((name,)):
            entry, found = shaped(ADAPTER, tree, (name,), value)
            problems += found
            if entry is not None:
                entries[name] = entry
    return Explained(entries, tuple(problems), {name: tree.key((name,)) for name in entries})
