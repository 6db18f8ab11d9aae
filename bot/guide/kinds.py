"""Which files a guide is made of: for each kind of entry its file or folder, and its model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from bot.engine.article import Article
from bot.engine.directory import (
    Body,
    Calendar,
    Entry,
    Governorate,
    Law,
    Office,
    Reply,
    Source,
    Topic,
)
from bot.engine.flow import Flow, Question
from bot.engine.guide import PageKind
from bot.engine.programme import Programme
from bot.engine.step import Step
from bot.engine.strict import Id, SourceId
from bot.engine.subject import Subject
from bot.guide.words import (
    BodyWords,
    EntryWords,
    FlowWords,
    GovernorateWords,
    Officialese,
    PageWords,
    QuestionWords,
    ReplyWords,
    Says,
    SourceWords,
    SubjectWords,
    Text,
)

Adapter = TypeAdapter[Any]
_TEXT: Final[Adapter] = TypeAdapter(Text)

DIRECTORIES: Final[Mapping[str, tuple[str, Adapter]]] = {
    "questions": ("flows/questions.yaml", TypeAdapter(Question)),
    "menu": ("flows/menu.yaml", TypeAdapter(tuple[Id, ...])),
    "subjects": ("flows/subjects.yaml", TypeAdapter(Subject)),
    "topics": ("flows/topics.yaml", TypeAdapter(Topic)),
    "replies": ("flows/replies.yaml", TypeAdapter(Reply)),
    "sources": ("content/data/sources.yaml", TypeAdapter(Source)),
    "laws": ("content/data/laws.yaml", TypeAdapter(Law)),
    "bodies": ("content/data/bodies.yaml", TypeAdapter(Body)),
    "governorates": ("content/data/governorates.yaml", TypeAdapter(Governorate)),
    "offices": ("content/data/offices.yaml", TypeAdapter(Office)),
    "glossary": ("content/data/glossary.yaml", TypeAdapter(Entry)),
    "unused": ("content/data/unused-facts.yaml", _TEXT),
}
"""What is written as a mapping from ids in one file: the file, and the model of an entry."""
FOLDERS: Final[Mapping[str, tuple[str, str, Adapter]]] = {
    "flows": ("flows", "flow", TypeAdapter(Flow)),
    "steps": ("flows/steps", "step", TypeAdapter(Step)),
    "programmes": ("flows/programmes", "programme", TypeAdapter(Programme)),
    "articles": ("flows/articles", "article", TypeAdapter(Article)),
}
"""What has a file each: the folder, the key that repeats the file's name, and the model."""
EXPLAINED: Final = "content/data/explained.yaml"
"""Why warnings are as they should be. It is read where warnings are told; it need not be there."""
CALENDAR: Final = ("content/data/calendar.yaml", TypeAdapter[Any](Calendar))
WORDS: Final[Mapping[str, Adapter]] = {
    "questions": TypeAdapter(QuestionWords),
    "documents": _TEXT,
    "bodies": TypeAdapter(BodyWords),
    "laws": _TEXT,
    "sources": TypeAdapter(SourceWords),
    "governorates": TypeAdapter(GovernorateWords),
    "offices": _TEXT,
    "topics": _TEXT,
    "replies": TypeAdapter(ReplyWords),
    "charges": _TEXT,
    "reasons": _TEXT,
    "holidays": _TEXT,
    "menu": _TEXT,
    "glossary": TypeAdapter(EntryWords),
    "subjects": TypeAdapter(SubjectWords),
    "uncovered": TypeAdapter(SubjectWords),
    "fillers": TypeAdapter(Says),
    "synonyms": TypeAdapter(Says),
    "officialese": TypeAdapter(Officialese),
    "flows": TypeAdapter(FlowWords),
}
"""The files of ``content/<language>/words/``, and the model of an entry."""
PAGES: Final[tuple[PageKind, ...]] = ("steps", "programmes", "articles")
"""The folders of ``content/<language>/`` that hold a text for each entry."""
PAGE_WORDS: Final[Adapter] = TypeAdapter(PageWords)
_ID: Final = TypeAdapter[Any](Id)
_SOURCE_ID: Final = TypeAdapter[Any](SourceId)


def words_file(language: str, kind: str) -> str:
    """The file that holds the short words of a kind in a language."""
    return f"content/{language}/words/{kind}.yaml"


def page_file(language: str, kind: str, name: str) -> str:
    """The file that holds the text of a step, programme or article in a language."""
    return f"content/{language}/{kind}/{name}.md"


def ids_of(kind: str) -> Adapter:
    """What an id of this kind looks like."""
    return _SOURCE_ID if kind in ("sources", "unused") else _ID


def kinds_of_file() -> Iterator[tuple[str, Adapter, bool]]:
    """Every kind of YAML file: its name, its model, and whether it is a mapping from ids to it."""
    for file, adapter in DIRECTORIES.values():
        yield file.removesuffix(".yaml").replace("/", "."), adapter, True
    for kind, (_, _, adapter) in FOLDERS.items():
        yield "flows" if kind == "flows" else f"flows.{kind}", adapter, False
    for kind, adapter in WORDS.items():
        yield f"content.words.{kind}", adapter, True
    file, adapter = CALENDAR
    yield file.removesuffix(".yaml").replace("/", "."), adapter, False
