"""What the guide covers and what it does not know, flow by flow; and what is due to be read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from bot.engine.flow import Flow
from bot.engine.guide import Guide
from bot.engine.reach import reached
from bot.engine.step import Step
from bot.engine.strict import Case, Sourced
from bot.engine.values import Json
from bot.guide.kinds import PAGES
from bot.guide.load import Loaded


@dataclass(frozen=True)
class Share:
    """How many of the steps of a flow say something."""

    known: int
    of: int

    def __str__(self) -> str:
        return f"{self.known}/{self.of}"


@dataclass(frozen=True)
class Coverage:
    """One flow in numbers."""

    flow: str
    questions: int
    steps: int
    programmes: int
    articles: int
    sources: int
    """Facts cited by its steps, programmes and articles."""
    unknowns: int
    """Fees, times, lists of papers, ceilings and terms that nobody published."""
    body: Share
    documents: Share
    fee: Share
    time: Share
    law: Share
    languages: Share
    """Pages that have words in every language."""


def coverage(loaded: Loaded) -> Iterator[Coverage]:
    """Every flow in numbers. For a guide that can be built."""
    if loaded.guide is not None:
        for flow in loaded.guide.flows.values():
            yield _coverage(loaded, loaded.guide, flow)


def _coverage(loaded: Loaded, guide: Guide, flow: Flow) -> Coverage:
    steps = [guide.steps[name] for name in guide.steps if name in reached(guide, flow)]
    programmes = [guide.programmes[name] for name in flow.programmes]
    articles = [guide.articles[name] for name in flow.articles]
    pages: list[Sourced] = [*steps, *programmes, *articles]
    named = {
        "steps": [step.step for step in steps],
        "programmes": list(flow.programmes),
        "articles": list(flow.articles),
    }
    worded = sum(
        all(name in getattr(words, kind) for words in loaded.words.values())
        for kind, names in named.items()
        for name in names
    )
    unknown_sums = sum(any(c.value.unknown for c in p.ceiling) for p in programmes)
    unknown_terms = sum(p.may_ask_more for p in programmes)
    return Coverage(
        flow=flow.flow,
        questions=len(flow.ask),
        steps=len(steps),
        programmes=len(programmes),
        articles=len(articles),
        sources=len({source for page in pages for source in page.sources}),
        unknowns=sum(map(_unknowns, steps)) + unknown_sums + unknown_terms,
        body=Share(sum(bool(step.at) for step in steps), len(steps)),
        documents=Share(sum(bool(step.papers) for step in steps), len(steps)),
        fee=Share(sum(_says(step.fee) for step in steps), len(steps)),
        time=Share(sum(_says(step.time) for step in steps), len(steps)),
        law=Share(sum(bool(step.law) for step in steps), len(steps)),
        languages=Share(worded, len(pages)),
    )


def _unknowns(step: Step) -> int:
    facts = (step.fee, step.time)
    return sum(any(c.value.unknown for c in cases) for cases in facts) + step.may_ask_more


def _says(cases: Sequence[Case[Json]]) -> bool:
    """Whether somebody published it, at least for some."""
    return any(not case.value.unknown for case in cases)


def as_json(found: Coverage) -> Json:
    """The numbers for programs."""
    return asdict(found)


@dataclass(frozen=True)
class Due:
    """A page whose sources are to be read again."""

    body: str
    editor: str
    page: str
    since: date


def stale(guide: Guide, today: date) -> list[Due]:
    """The pages past their day of recheck, by body, then editor, the longest due first."""
    found: list[Due] = []
    for kind in PAGES:
        for name, page in getattr(guide, kind).items():
            since = page.read + timedelta(days=page.recheck)
            if today > since:
                bodies = getattr(page, "at", getattr(page, "by", ()))
                body = bodies[0].value if bodies else "-"
                found.append(Due(body, page.editor or "-", f"{kind}/{name}", since))
    return sorted(found, key=lambda due: (due.body, due.editor, due.since, due.page))
