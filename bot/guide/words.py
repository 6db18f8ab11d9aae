"""The words of the guide in one language: everything that a citizen reads of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from bot.engine.flow import Strict

Text = Annotated[str, Field(pattern=r"\S")]
"""Words for a citizen: never empty."""


class QuestionWords(Strict):
    """How a question is asked, why, and the labels of its options by id."""

    ask: Text
    label: Text
    """The question in a word or two, for summaries."""
    why: Text
    hint: Text | None = None
    options: Mapping[str, Text] = {}


class BodyWords(Strict):
    """The name of an institution, and what it is there for."""

    name: Text
    about: Text


class SourceWords(Strict):
    """A source as it is cited."""

    title: Text
    publisher: Text


class FlowWords(Strict):
    """A flow as the menu shows it."""

    title: Text
    summary: Text


class StepWords(Strict):
    """A step: title, one line, and the body as Markdown source (see ``bot.guide.markup``)."""

    title: Text
    summary: Text
    body: Text


@dataclass(frozen=True)
class Words:
    """The words of the guide in one language, by id."""

    language: str
    questions: Mapping[str, QuestionWords] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, BodyWords] = field(default_factory=dict)
    laws: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, SourceWords] = field(default_factory=dict)
    governorates: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    charges: Mapping[str, str] = field(default_factory=dict)
    flows: Mapping[str, FlowWords] = field(default_factory=dict)
    steps: Mapping[str, StepWords] = field(default_factory=dict)
