"""A step: one thing to do at one body, told as UNCTAD's eRegulations would tell it."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator

from bot.engine.amounts import Fee, Time
from bot.engine.conditions import ALWAYS, When
from bot.engine.strict import Case, Flag, Id, Sourced, SourceId, Strict, Whole, cases, named


class Document(Strict):
    """A paper that a step takes: how many originals and copies, when, and who says so.

    No count at all means that the paper is asked for and the number of copies is not known.
    """

    id: Id
    originals: Whole = 0
    copies: Whole = 0
    when: When = ALWAYS
    source: SourceId | None = None


class Need(Strict):
    """What must be there before a step: one document, or any one of several."""

    any: tuple[Id, ...]
    when: When = ALWAYS


def _need(raw: Any) -> Any:
    if isinstance(raw, str):
        return {"any": [raw]}
    if isinstance(raw, dict) and len(raw) == 1 and "any" not in raw:
        [(name, rest)] = raw.items()
        if isinstance(rest, dict):
            return {"any": [name], **rest}
    return raw


class Step(Sourced):
    """One thing to do: where, with what, for how much, for how long, by which law."""

    step: Id
    when: When = ALWAYS
    at: Annotated[tuple[Case[Id], ...], BeforeValidator(cases)]
    needs: tuple[Annotated[Need, BeforeValidator(_need)], ...] = ()
    gives: tuple[Id, ...] = ()
    documents: tuple[Annotated[Document, BeforeValidator(named)], ...] = ()
    """``unknown`` in the list: the office may ask for more than what is known."""
    fee: Annotated[tuple[Case[Fee], ...], BeforeValidator(cases)]
    time: Annotated[tuple[Case[Time], ...], BeforeValidator(cases)]
    law: tuple[Id, ...] = ()
    optional: Flag = False
    """Nobody has to do it to open; it is shown so and left out of how long the road takes."""

    @cached_property
    def papers(self) -> tuple[Document, ...]:
        """The documents that are known by name."""
        return tuple(each for each in self.documents if each.id != "unknown")

    @property
    def may_ask_more(self) -> bool:
        """Whether the full list of documents is not known."""
        return len(self.papers) < len(self.documents)
