"""The words of the guide in one language: everything that a citizen reads of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bot.engine.strict import Strict

Text = Annotated[str, Field(pattern=r"\S")]
"""Words for a citizen: never empty."""


Says = tuple[Text, ...]
"""What citizens call it: their own words, by which it is found and answered."""


class OptionWords(Strict):
    """An option as its button shows it, and what people type instead."""

    label: Text
    says: Says = ()


def _labelled(raw: Any) -> Any:
    """A label alone as the words of an option."""
    return {"label": raw} if isinstance(raw, str) else raw


class QuestionWords(Strict):
    """How a question is asked, why, and the labels of its options by id."""

    ask: Text
    label: Text
    """The question in a word or two, for summaries."""
    why: Text
    hint: Text | None = None
    options: Mapping[str, Annotated[OptionWords, BeforeValidator(_labelled)]] = Field(
        default_factory=dict
    )


class BodyWords(Strict):
    """The name of an institution, and what it is there for."""

    name: Text
    about: Text
    says: Says = ()


class GovernorateWords(Strict):
    """The name of a governorate, and what is different there."""

    name: Text
    about: Text
    says: Says = ()


class EntryWords(Strict):
    """A word of the glossary, what it means, and what else people call it."""

    term: Text
    meaning: Text
    also: Says = ()


class SubjectWords(Strict):
    """What people look for, as they say it."""

    title: Text
    says: Says = ()


class ReplyWords(Strict):
    """A ready answer: its title on a button, and what the citizen reads."""

    title: Text
    text: Text


class SourceWords(Strict):
    """A source as it is cited."""

    title: Text
    publisher: Text


class Officialese(Strict):
    """Words of offices that nobody says, and what to write instead."""

    words: Says
    instead: Text


class FlowWords(Strict):
    """A flow as the menu shows it."""

    title: Text
    summary: Text
    says: Says = ()


class PageWords(Strict):
    """A step, programme or article: title, one line, and the body as Markdown source
    (see ``bot.guide.markup``)."""

    title: Text
    summary: Text
    says: Says = ()
    body: Text


@dataclass(frozen=True, eq=False, repr=False)
class Words:
    """The words of the guide in one language, by id. Compared and shown as the guide is."""

    language: str
    questions: Mapping[str, QuestionWords] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, BodyWords] = field(default_factory=dict)
    laws: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, SourceWords] = field(default_factory=dict)
    governorates: Mapping[str, GovernorateWords] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    replies: Mapping[str, ReplyWords] = field(default_factory=dict)
    charges: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    """Why a programme is not for somebody, by the id of the term."""
    holidays: Mapping[str, str] = field(default_factory=dict)
    menu: Mapping[str, str] = field(default_factory=dict)
    """The entries of the menu that hold several flows."""
    glossary: Mapping[str, EntryWords] = field(default_factory=dict)
    subjects: Mapping[str, SubjectWords] = field(default_factory=dict)
    uncovered: Mapping[str, SubjectWords] = field(default_factory=dict)
    """What people ask for and the guide does not cover."""
    fillers: Mapping[str, Says] = field(default_factory=dict)
    """Words that mean nothing to a search, in groups."""
    synonyms: Mapping[str, Says] = field(default_factory=dict)
    """Words that mean the same, by a common id of all languages."""
    officialese: Mapping[str, Officialese] = field(default_factory=dict)
    flows: Mapping[str, FlowWords] = field(default_factory=dict)
    steps: Mapping[str, PageWords] = field(default_factory=dict)
    programmes: Mapping[str, PageWords] = field(default_factory=dict)
    articles: Mapping[str, PageWords] = field(default_factory=dict)
