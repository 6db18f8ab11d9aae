"""The proof of a guide: every property over the answers that it reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Final

from bot.engine.classes import TooManyClasses
from bot.guide.explained import Explained, read_explained
from bot.guide.kinds import EXPLAINED
from bot.guide.load import Loaded, editions_of
from bot.guide.problems import Problem
from bot.guide.prove import (
    ends,
    needs,
    options,
    pages,
    programmes,
    questions,
    reached,
    screens,
)
from bot.guide.prove.findings import Claim, Finding, Spot, Tally, failure
from bot.guide.prove.ground import Ground
from bot.guide.shelf import Edition
from bot.guide.style import STYLE

PROPERTIES: Final[Mapping[str, tuple[Callable[[Ground], Iterator[Claim]], tuple[str, ...]]]] = {
    "reached": (reached.claims, ("dead-in-flow",)),
    "programmes": (programmes.claims, ()),
    "needs": (needs.claims, ("to-bring",)),
    "ends": (ends.claims, ("ends-refused",)),
    "screens": (screens.claims, ()),
    "options": (options.claims, ()),
    "questions": (questions.claims, ("options-alike", "option-idle")),
    "pages": (pages.claims, ("never-asked",)),
}
"""Of each property, what it claims, and the warnings that it may give."""


@dataclass(frozen=True)
class Proven:
    """What became of one property."""

    name: str
    looked_at: int
    """Of how many entries something was claimed."""
    tally: Tally
    seconds: float
    findings: tuple[Finding, ...]
    explained: int = 0
    """Warnings that an editor has explained; they are not among the findings."""


@dataclass(frozen=True)
class Proof:
    """What became of all properties. The guide may be served if ``holds``."""

    properties: tuple[Proven, ...]
    problems: tuple[Problem, ...]
    """What is wrong with the file of explanations."""
    unexplaining: tuple[Finding, ...]
    """Explanations of warnings that there are not."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, property by property."""
        found = (finding for each in self.properties for finding in each.findings)
        return (*found, *self.unexplaining)

    @property
    def failures(self) -> tuple[Finding, ...]:
        """What does not hold."""
        return tuple(finding for finding in self.findings if finding.is_failure)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What nobody has explained yet."""
        return tuple(finding for finding in self.findings if not finding.is_failure)

    @property
    def holds(self) -> bool:
        """Whether nothing failed; warnings may be left."""
        return not self.failures and not self.problems

    @property
    def classes(self) -> int:
        """The classes of answers that were looked at, over all properties."""
        return sum(each.tally.classes for each in self.properties)

    @property
    def widest(self) -> Proven:
        """The property with the search that looked at the most classes."""
        return max(self.properties, key=lambda each: each.tally.widest)


def prove(loaded: Loaded, directory: Path, names: Collection[str] = tuple(PROPERTIES)) -> Proof:
    """Proves the named properties of a guide that was loaded from the directory without problems.

    Raises ``ValueError`` for a guide with problems: what is broken cannot be proved.
    """
    if loaded.guide is None or loaded.problems:
        raise ValueError(f"the guide has {len(loaded.problems)} problems: check it first")
    return prove_editions(editions_of(loaded, directory), read_explained(directory), names)


def prove_editions(
    editions: tuple[Edition, ...], explained: Explained, names: Collection[str] = tuple(PROPERTIES)
) -> Proof:
    """Proves the named properties of a sound guide, given in every language."""
    ground = Ground(editions)
    properties = [_proven(ground, name) for name in PROPERTIES if name in names]
    warnings = [f for each in properties for f in each.findings if not f.is_failure]
    elsewhere = (c for name, (_, codes) in PROPERTIES.items() if name not in names for c in codes)
    return Proof(
        properties=tuple(_without_explained(each, explained) for each in properties),
        problems=explained.problems,
        unexplaining=tuple(_idle(explained, warnings, {*elsewhere, *STYLE})),
    )


def _proven(ground: Ground, name: str) -> Proven:
    started, tally, looked_at = perf_counter(), Tally(), 0
    findings: list[Finding] = []
    claims, _ = PROPERTIES[name]
    for claim in claims(ground):
        looked_at += 1
        try:
            findings += claim.refute(tally)
        except TooManyClasses as error:
            findings.append(failure("too-wide", claim.spot, None, questions=str(error)))
    return Proven(name, looked_at, tally, perf_counter() - started, tuple(findings))


def _without_explained(proven: Proven, explained: Explained) -> Proven:
    left = tuple(
        finding
        for finding in proven.findings
        if finding.is_failure or not explained.fits(finding.code, finding.spot.at)
    )
    return replace(proven, findings=left, explained=len(proven.findings) - len(left))


def _idle(
    explained: Explained, warnings: Iterable[Finding], elsewhere: Iterable[str]
) -> list[Finding]:
    """Failures for explanations of nothing. ``elsewhere``: codes that were not looked for now."""
    found, other = list(warnings), frozenset(elsewhere)
    return [
        failure("explains-nothing", Spot(f"explained/{name}", EXPLAINED, (name,)), None, name=name)
        for name, entry in explained.entries.items()
        if entry.warning not in other
        and not any(entry.fits(each.code, each.spot.at) for each in found)
    ]
