"""What is stored of a citizen's project: the answers, the steps done, and the focus."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.engine.guide import Guide
from bot.engine.replay import carry
from bot.engine.values import Json


@dataclass(frozen=True)
class Focus:
    """What the citizen looks at, such as ``question:workers`` or ``roadmap``.

    ``draft`` holds what a question that takes several taps has collected so far.
    """

    kind: str
    name: str = ""
    draft: Json = None

    @classmethod
    def parse(cls, text: str) -> Focus:
        kind, _, name = text.partition(":")
        return cls(kind, name)

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind


MENU = Focus("menu")


@dataclass(frozen=True)
class Project:
    """One project of one citizen. Every change makes a new value; saving is the caller's."""

    flow: str | None = None
    answers: dict[str, Json] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    focus: Focus = MENU
    took_over: tuple[str, ...] = ()
    """The answers that the flow just entered took from an earlier one, until the next answer."""
    stopped: tuple[str, ...] = ()
    """What was counted as an obstacle today, so that it is not counted twice: day, step, kind."""
    keyboard: bool = False
    """Whether the "share my contact" keyboard is out."""
    keyboard_since: int = 0
    """The screen with which it came or went last."""

    @classmethod
    def restore(cls, stored: dict[str, Json], guide: Guide) -> Project:
        """The stored project under today's ids."""
        if not stored:
            return cls()
        flow = stored["flow"]
        done = (guide.renamed_steps.get(step, step) for step in stored["done"])
        return cls(
            flow=flow if flow in guide.flows else None,
            answers=carry(guide, stored["answers"]),
            done=tuple(dict.fromkeys(done)),
            focus=Focus(**stored["focus"]),
            took_over=tuple(stored["took_over"]),
            stopped=tuple(stored.get("stopped", ())),
            keyboard=stored["keyboard"],
            keyboard_since=stored.get("keyboard_since", 0),
        )

    def stored(self) -> dict[str, Json]:
        """The project as JSON data."""
        return vars(self) | {"focus": vars(self.focus)}

    def at(self, focus: Focus) -> Project:
        """The project with the citizen looking elsewhere; nothing else changes."""
        return self if focus == self.focus else replace(self, focus=focus)

    def answered(self, question: str, value: Json) -> Project:
        """The project with one more answer."""
        return replace(self, answers={**self.answers, question: value}, took_over=())

    def ticked(self, step: str, done: bool) -> Project:
        """The project with a step ticked off, or no longer."""
        others = tuple(each for each in self.done if each != step)
        return replace(self, done=(*others, step) if done else others)
