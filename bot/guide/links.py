"""The places of the guide that can be found and linked to, and their names after ``?start=``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from bot.engine.guide import Guide
from bot.engine.subject import PLACES
from bot.guide.words import Words

LETTERS: Final = {
    "s": "step",
    "p": "programme",
    "a": "article",
    "b": "body",
    "w": "word",
    "g": "governorate",
    "q": "subject",
}
"""What a payload begins with, and the kind of what it opens. A flow is named by its id alone."""

_TITLES: Final[Mapping[str, Callable[[Words, str], str]]] = {
    "flow": lambda words, name: words.flows[name].title,
    "step": lambda words, name: words.steps[name].title,
    "programme": lambda words, name: words.programmes[name].title,
    "article": lambda words, name: words.articles[name].title,
    "body": lambda words, name: words.bodies[name].name,
    "word": lambda words, name: words.glossary[name].term,
    "governorate": lambda words, name: words.governorates[name].name,
    "subject": lambda words, name: words.subjects[name].title,
}
_OTHERS: Final = {"governorate": "governorates", "subject": "subjects"}


def title_of(words: Words, kind: str, name: str) -> str:
    """What a place is called."""
    return _TITLES[kind](words, name)


def is_known(guide: Guide, kind: str, name: str) -> bool:
    """Whether the guide has this place today."""
    where = PLACES.get(kind) or _OTHERS.get(kind)
    return where is not None and name in getattr(guide, where)


def opened(guide: Guide, payload: str) -> tuple[str, str] | None:
    """The kind and today's id of what a payload opens; ``None`` if the guide has no such thing."""
    if payload in guide.flows:
        return "flow", payload
    letter, _, name = payload.partition("-")
    kind = LETTERS.get(letter)
    match kind:
        case None:
            return None
        case "step" | "programme" | "article":
            today = guide.page(PLACES[kind], name)
            return (kind, today) if today else None
    return (kind, name) if is_known(guide, kind, name) else None


def payloads(guide: Guide) -> Iterator[tuple[str, str, str]]:
    """Every payload with the kind and id of what it opens, flows first."""
    yield from ((name, "flow", name) for name in guide.flows)
    for letter, kind in LETTERS.items():
        entries = getattr(guide, PLACES.get(kind) or _OTHERS[kind])
        yield from ((f"{letter}-{name}", kind, name) for name in entries)
