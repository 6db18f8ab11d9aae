"""Names: everything that is named exists, and nothing has a name that something else has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.guide.check.uses import WORDS_ALONE, uses
from bot.guide.draft import Draft
from bot.guide.kinds import PAGES
from bot.guide.problems import Problem, guess
from bot.guide.strict_yaml import Path


def _worded(draft: Draft, kind: str) -> frozenset[str]:
    """The ids of a kind that has no file of its own: those with words in any language."""
    return frozenset().union(*(named[kind] for named in draft.named_in.values()))


def check_names(draft: Draft) -> Iterator[Problem]:
    """Names of nothing, names given twice, and former ids that are still in use."""
    given = {document for step in draft.guide.steps.values() for document in step.gives}
    known = {kind: _worded(draft, kind) for kind in WORDS_ALONE}
    known = {**draft.names, **known, "documents": known["documents"] | given}
    for kind, name, (what, used, path) in uses(draft):
        if used not in known[what]:
            told = {"name": used, "guess": guess(used, known[what])}
            yield draft.fault(f"unknown-{what}", kind, name, path, **told)
    yield from _twice(draft)
    yield from _former(draft)
    if not draft.problems:
        yield from _uncited(draft)


def _uncited(draft: Draft) -> Iterator[Problem]:
    """Every source is cited, or listed with the reason why not; none is both."""
    cited = {name for _, _, (kind, name, _) in uses(draft) if kind == "sources"}
    calendar = draft.guide.calendar
    cited |= {holiday.source for holiday in calendar.holidays}
    cited |= {part.source for part in (calendar.week, calendar.hours) if part}
    for name in draft.guide.sources:
        if name not in cited and name not in draft.names["unused"]:
            yield draft.fault("source-uncited", "sources", name, (), name=name)
    for name in sorted(draft.names["unused"]):
        if name in cited:
            yield draft.fault("source-cited", "unused", name, (), name=name)
        elif name not in draft.names["sources"]:
            told = {"name": name, "guess": guess(name, draft.names["sources"])}
            yield draft.fault("unknown-sources", "unused", name, (), **told)


def _repeated(values: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Every value that was there before, with its index."""
    seen: Counter[str] = Counter()
    for index, value in enumerate(values):
        seen[value] += 1
        if seen[value] > 1:
            yield index, value


def _twice(draft: Draft) -> Iterator[Problem]:
    for name, question in draft.guide.questions.items():
        for index, option in _repeated(question.option_ids()):
            yield draft.fault("twice", "questions", name, ("options", index), name=option)
    for name, flow in draft.guide.flows.items():
        lists: dict[str, Iterable[str]] = {
            "ask": [item.id for item in flow.ask],
            "goals": flow.goals,
            "programmes": flow.programmes,
            "articles": flow.articles,
        }
        for key, values in lists.items():
            for index, value in _repeated(values):
                yield draft.fault("twice", "flows", name, (key, index), name=value)
        for derived in flow.derive:
            if derived in draft.names["questions"]:
                yield draft.fault(
                    "derive-is-question", "flows", name, ("derive", derived), name=derived
                )
    for kind, page_id, key, values in _lists(draft):
        for index, value in _repeated(values):
            yield draft.fault("twice", kind, page_id, (key, index), name=value)


def _lists(draft: Draft) -> Iterator[tuple[str, str, str, Iterable[str]]]:
    """The lists of steps, programmes and articles in which nothing stands twice."""
    for name, step in draft.guide.steps.items():
        yield "steps", name, "gives", step.gives
        yield "steps", name, "law", step.law
    for kind in PAGES:
        for name, page in getattr(draft.guide, kind).items():
            yield kind, name, "sources", page.sources
            yield kind, name, "glossary", page.glossary


def _former(draft: Draft) -> Iterator[Problem]:
    """``was``: an id that is in use again, or that two entries claim."""
    guide = draft.guide
    questions = [(name, ("was",), question.was) for name, question in guide.questions.items()]
    yield from _claims(draft, "questions", draft.names["questions"], questions)
    for kind in PAGES:
        pages = [(name, ("was",), page.was) for name, page in getattr(guide, kind).items()]
        yield from _claims(draft, kind, draft.names[kind], pages)
    for name, question in guide.questions.items():
        options = [
            (name, ("options", index, option.id, "was"), option.was)
            for index, option in enumerate(question.options)
        ]
        yield from _claims(draft, "questions", frozenset(question.option_ids()), options)


def _claims(
    draft: Draft,
    kind: str,
    used: frozenset[str],
    entries: Sequence[tuple[str, Path, tuple[str, ...]]],
) -> Iterator[Problem]:
    seen: set[str] = set()
    for name, path, former in entries:
        for index, old in enumerate(former):
            if old in used:
                yield draft.fault("was-in-use", kind, name, (*path, index), name=old)
            elif old in seen:
                yield draft.fault("was-twice", kind, name, (*path, index), name=old)
            seen.add(old)
