"""What every entry of the guide names: of which kind, which id, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from bot.engine.amounts import Amounts, Duration
from bot.engine.flow import Flow
from bot.engine.guide import Guide
from bot.engine.programme import NOT_PUBLISHED, Programme
from bot.engine.step import Document, Step
from bot.engine.strict import Sourced
from bot.engine.subject import PLACES
from bot.guide.draft import Draft
from bot.guide.strict_yaml import Path

Use = tuple[str, str, Path]
"""The kind of what is named, its id, and the path to the place in the entry that names it."""
WORDS_ALONE = ("documents", "charges", "reasons")
"""What consists of words alone: it is defined by being named."""


def uses(draft: Draft) -> Iterator[tuple[str, str, Use]]:
    """Everything that one entry names of another, with the kind and id of the entry."""
    guide = draft.guide
    for name, flow in guide.flows.items():
        yield from (("flows", name, use) for use in _of_flow(flow))
    for name, step in guide.steps.items():
        yield from (("steps", name, use) for use in (*_of_page(step), *_of_step(step)))
    for name, programme in guide.programmes.items():
        found = (*_of_page(programme), *_of_programme(programme))
        yield from (("programmes", name, use) for use in found)
    for name, article in guide.articles.items():
        yield from (("articles", name, use) for use in _of_page(article))
    for name, flows in guide.menu.items():
        yield from (("menu", name, ("flows", each, (i,))) for i, each in enumerate(flows))
    for name, subject in guide.subjects.items():
        key, place = subject.place
        yield "subjects", name, (PLACES[key], place, (key,))
        for question in subject.answers:
            yield "subjects", name, ("questions", question, ("answers", question))
    yield from _of_directories(guide)


def _of_flow(flow: Flow) -> Iterator[Use]:
    for index, item in enumerate(flow.ask):
        yield "questions", item.id, ("ask", index)
    listed = {"steps": flow.goals, "programmes": flow.programmes, "articles": flow.articles}
    for kind, names in listed.items():
        key = "goals" if kind == "steps" else kind
        yield from ((kind, name, (key, index)) for index, name in enumerate(names))
    yield "topics", flow.refer, ("refer",)


def _of_page(page: Sourced) -> Iterator[Use]:
    for index, source in enumerate(page.sources):
        yield "sources", source, ("sources", index)
    for index, entry in enumerate(page.glossary):
        yield "glossary", entry, ("glossary", index)


def _of_step(step: Step) -> Iterator[Use]:
    for index, body in enumerate(step.at):
        yield "bodies", body.value, ("at", index, "is")
    yield from _of_facts(step)


def _of_programme(programme: Programme) -> Iterator[Use]:
    for index, body in enumerate(programme.by):
        yield "bodies", body.value, ("by", index, "is")
    for index, term in enumerate(programme.terms):
        if term.id != NOT_PUBLISHED:
            yield "reasons", term.id, ("terms", index)
        if term.source:
            yield "sources", term.source, ("terms", index, "source")
    yield "sources", programme.status.source, ("status", "source")
    yield from _of_facts(programme)


def _of_facts(page: Step | Programme) -> Iterator[Use]:
    for index, law in enumerate(page.law):
        yield "laws", law, ("law", index)
    facts: list[tuple[Amounts | Duration, Path]] = [*amounts(page), *_durations(page)]
    for fact, path in facts:
        if fact.source:
            yield "sources", fact.source, (*path, "source")
    for amount, path in amounts(page):
        if amount.charge:
            yield "charges", amount.charge, (*path, "charge")
    for paper, path in _papers(page):
        if paper.source:
            yield "sources", paper.source, (*path, "source")
    yield from (("documents", name, path) for name, path in document_uses(page))


def _of_directories(guide: Guide) -> Iterator[tuple[str, str, Use]]:
    for name, source in guide.sources.items():
        if source.office:
            yield "sources", name, ("offices", source.office, ("office",))
    for name, law in guide.laws.items():
        yield "laws", name, ("sources", law.source, ("source",))
    for name, body in guide.bodies.items():
        yield from (("bodies", name, use) for use in _each("sources", body.sources, "sources"))
        yield from (("bodies", name, use) for use in _each("laws", body.laws, "laws"))
        if body.status:
            yield "bodies", name, ("sources", body.status.source, ("status", "source"))
    for name, place in guide.governorates.items():
        found = _each("sources", place.sources, "sources")
        yield from (("governorates", name, use) for use in found)
    for name, entry in guide.glossary.items():
        yield from (("glossary", name, use) for use in _each("sources", entry.sources, "sources"))
        yield from (("glossary", name, use) for use in _each("bodies", entry.see, "see"))
    for name, office in guide.offices.items():
        if office.governorate:
            yield "offices", name, ("governorates", office.governorate, ("governorate",))
        if office.body:
            yield "offices", name, ("bodies", office.body, ("body",))
        yield from (("offices", name, use) for use in _each("topics", office.topics, "topics"))
    for name, reply in guide.replies.items():
        yield from (("replies", name, use) for use in _each("topics", reply.topics, "topics"))


def _each(kind: str, names: tuple[str, ...], key: str) -> Iterator[Use]:
    for index, name in enumerate(names):
        yield kind, name, (key, index)


def document_uses(page: Step | Programme) -> Iterator[tuple[str, Path]]:
    """The documents that a step or programme takes or needs, each with its path in it."""
    yield from ((paper.id, path) for paper, path in _papers(page))
    for index, need in enumerate(page.needs if isinstance(page, Step) else ()):
        for inner, document in enumerate(need.any):
            yield document, ("needs", index, "any", inner)


def _papers(page: Step | Programme) -> Iterator[tuple[Document, Path]]:
    listed = {"documents": page.documents}
    if isinstance(page, Programme):
        listed["security"] = page.security
    for key, papers in listed.items():
        for index, paper in enumerate(papers):
            if paper.id != NOT_PUBLISHED:
                yield paper, (key, index)


def amounts(page: Step | Programme) -> Iterator[tuple[Amounts, Path]]:
    """Every price of a step or sum of a programme, parts and disagreements included."""
    key, cases = ("fee", page.fee) if isinstance(page, Step) else ("ceiling", page.ceiling)
    stack: list[tuple[Amounts, Path]] = [
        (case.value, (key, index, "is")) for index, case in enumerate(cases)
    ]
    while stack:
        value, path = stack.pop(0)
        yield value, path
        stack += [(part, (*path, "parts", i)) for i, part in enumerate(value.parts)]
        stack += [(part, (*path, "differ", i)) for i, part in enumerate(value.differ)]


def _durations(page: Step | Programme) -> Iterator[tuple[Duration, Path]]:
    key, spans = (
        ("time", [case.value for case in page.time])
        if isinstance(page, Step)
        else ("term", [case.value for case in page.term])
    )
    for index, span in enumerate(spans):
        path: Path = (key, index, "is")
        yield span, path
        yield from ((each, (*path, "differ", i)) for i, each in enumerate(span.differ))
