"""Names: everything that is named exists, and nothing has a name that something else has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.engine.flow import Amounts, Duration, Flow, Step
from bot.guide.draft import Draft
from bot.guide.problems import Problem, guess
from bot.guide.strict_yaml import Path

Use = tuple[str, str, Path]
"""The kind of what is named, its id, and the path to the place in the entry that names it."""


def document_uses(step: Step) -> Iterator[tuple[str, Path]]:
    """The documents that a step takes or needs, each with its path in the step."""
    for index, paper in enumerate(step.documents):
        if paper.id != "unknown":
            yield paper.id, ("documents", index)
    for index, need in enumerate(step.needs):
        for inner, document in enumerate(need.any):
            yield document, ("needs", index, "any", inner)


def amounts(step: Step) -> Iterator[tuple[Amounts, Path]]:
    """Every price of a step, parts and disagreements included, each with its path."""
    stack: list[tuple[Amounts, Path]] = [
        (case.value, ("fee", index, "is")) for index, case in enumerate(step.fee)
    ]
    while stack:
        value, path = stack.pop(0)
        yield value, path
        stack += [(part, (*path, "parts", i)) for i, part in enumerate(value.parts)]
        stack += [(part, (*path, "differ", i)) for i, part in enumerate(value.differ)]


def _durations(step: Step) -> Iterator[tuple[Duration, Path]]:
    for index, case in enumerate(step.time):
        path: Path = ("time", index, "is")
        yield case.value, path
        yield from ((each, (*path, "differ", i)) for i, each in enumerate(case.value.differ))


def _step_uses(step: Step) -> Iterator[Use]:
    for index, body in enumerate(step.at):
        yield "bodies", body.value, ("at", index, "is")
    for index, law in enumerate(step.law):
        yield "laws", law, ("law", index)
    for index, source in enumerate(step.sources):
        yield "sources", source, ("sources", index)
    facts: list[tuple[Amounts | Duration, Path]] = [*amounts(step), *_durations(step)]
    for fact, path in facts:
        if fact.source:
            yield "sources", fact.source, (*path, "source")
    for index, paper in enumerate(step.documents):
        if paper.source:
            yield "sources", paper.source, ("documents", index, "source")


def _flow_uses(flow: Flow) -> Iterator[Use]:
    for index, item in enumerate(flow.ask):
        yield "questions", item.id, ("ask", index)
    for index, goal in enumerate(flow.goals):
        yield "steps", goal, ("goals", index)


def _uses(draft: Draft) -> Iterator[tuple[str, str, Use]]:
    """Everything that one entry names of another kind, with the kind and id of the entry."""
    guide = draft.guide
    for name, flow in guide.flows.items():
        yield from (("flows", name, use) for use in _flow_uses(flow))
    for name, step in guide.steps.items():
        yield from (("steps", name, use) for use in _step_uses(step))
    for name, law in guide.laws.items():
        yield "laws", name, ("sources", law.source, ("source",))
    for name, body in guide.bodies.items():
        for index, source in enumerate(body.sources):
            yield "bodies", name, ("sources", source, ("sources", index))
    for name, office in guide.offices.items():
        if office.governorate:
            yield "offices", name, ("governorates", office.governorate, ("governorate",))


def _worded(draft: Draft, kind: str) -> frozenset[str]:
    """The ids of a kind that has no file of its own: those with words in any language."""
    return frozenset().union(*(named[kind] for named in draft.named_in.values()))


def _word_uses(draft: Draft) -> Iterator[tuple[str, str, Use]]:
    """What is named and consists of words alone: documents, topics, charges."""
    for name, step in draft.guide.steps.items():
        for document, path in document_uses(step):
            yield "steps", name, ("documents", document, path)
        for amount, path in amounts(step):
            if amount.charge:
                yield "steps", name, ("charges", amount.charge, (*path, "charge"))
    for name, flow in draft.guide.flows.items():
        yield "flows", name, ("topics", flow.refer, ("refer",))
    for name, office in draft.guide.offices.items():
        for index, topic in enumerate(office.topics):
            yield "offices", name, ("topics", topic, ("topics", index))


def check_names(draft: Draft) -> Iterator[Problem]:
    """Names of nothing, names given twice, and former ids that are still in use."""
    given = {document for step in draft.guide.steps.values() for document in step.gives}
    known = {kind: _worded(draft, kind) for kind in ("documents", "topics", "charges")}
    known = {**draft.names, **known, "documents": known["documents"] | given}
    for kind, name, (what, used, path) in (*_uses(draft), *_word_uses(draft)):
        if used not in known[what]:
            told = {"name": used, "guess": guess(used, known[what])}
            yield draft.fault(f"unknown-{what}", kind, name, path, **told)
    yield from _twice(draft)
    yield from _former(draft)


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
        lists = {"ask": [item.id for item in flow.ask], "goals": flow.goals}
        for key, values in lists.items():
            for index, value in _repeated(values):
                yield draft.fault("twice", "flows", name, (key, index), name=value)
        for derived in flow.derive:
            if derived in draft.names["questions"]:
                yield draft.fault(
                    "derive-is-question", "flows", name, ("derive", derived), name=derived
                )
    for name, step in draft.guide.steps.items():
        for key, values in {"gives": step.gives, "law": step.law, "sources": step.sources}.items():
            for index, value in _repeated(values):
                yield draft.fault("twice", "steps", name, (key, index), name=value)


def _former(draft: Draft) -> Iterator[Problem]:
    """``was``: an id that is in use again, or that two entries claim."""
    guide = draft.guide
    questions = [(name, ("was",), question.was) for name, question in guide.questions.items()]
    steps = [(name, ("was",), step.was) for name, step in guide.steps.items()]
    yield from _claims(draft, "questions", draft.names["questions"], questions)
    yield from _claims(draft, "steps", draft.names["steps"], steps)
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
