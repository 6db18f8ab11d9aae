"""Nothing is asked in vain: each question changes something in its flow, and so do its options."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import combinations, pairwise
from typing import Final

from bot.engine.classes import MOST_SEPARATED, TooManyClasses
from bot.engine.conditions import Among, Within, truth
from bot.engine.values import Json
from bot.guide import markup
from bot.guide.kinds import PAGES
from bot.guide.prove.findings import Claim, Finding, Tally, failure, spot, warning
from bot.guide.prove.ground import Ground
from bot.guide.prove.journey import Effect, Journey, shares

_REFERRED: Final = frozenset({"governorate", "text", "contact"})
"""Kinds that the office reads: which office it is, and what people write to it."""


def claims(ground: Ground) -> Iterator[Claim]:
    """Of each question in each flow, that it changes something; of its options, that they differ."""
    asked: dict[str, list[_Question]] = {}
    for journey in ground.journeys.values():
        shown = _shown(ground, journey)
        for index, item in enumerate(journey.flow.ask):
            question = _Question(journey, item.id, item.id in shown)
            asked.setdefault(item.id, []).append(question)
            at = spot("flows", journey.flow.flow, ("ask", index), item.id)
            yield Claim(at, partial(_in_vain, question, index))
    for name, questions in asked.items():
        yield Claim(spot("questions", name), partial(_alike, name, questions))


def _shown(ground: Ground, journey: Journey) -> frozenset[str]:
    """The questions whose answers stand in a text or decide an amount, whatever they are."""
    pages = {"steps": journey.steps, **{k: getattr(journey.flow, k) for k in PAGES[1:]}}
    found: set[str] = set()
    for edition in ground.editions:
        for kind, names in pages.items():
            bodies = (getattr(edition.words, kind)[name].body for name in names)
            found.update(value for body in bodies for value, _ in markup.names(body))
    for name in journey.steps:
        for case in ground.guide.steps[name].fee:
            found.update(shares(case.value))
    return frozenset(found)


@dataclass(frozen=True, eq=False)
class _Question:
    """A question as one flow asks it."""

    journey: Journey
    name: str
    shown: bool

    @property
    def kind(self) -> str:
        """How it is answered."""
        return self.journey.guide.questions[self.name].kind

    @property
    def counts_as_it_is(self) -> bool:
        """Whether no two answers are alike: they are shown, or the office reads them."""
        return self.shown or self.kind in _REFERRED

    @cached_property
    def effects(self) -> list[Effect]:
        """What its answers may change, what hangs on the fewest questions first."""
        read = self.journey.answers.reading
        found = (e for e in self.journey.effects if self.name in read(e.condition).questions)
        return sorted(found, key=lambda e: len(read(e.condition).questions))

    @cached_property
    def papers(self) -> frozenset[str]:
        """The options that count as papers held: a step needs one, or gives only such."""
        question, steps = self.journey.guide.questions[self.name], self.journey.steps
        options = frozenset(question.option_ids() if question.holds else ())
        found: set[str] = set()
        for step in (self.journey.guide.steps[name] for name in steps):
            found.update(*(need.any for need in step.needs))
            found.update(step.gives if options.issuperset(step.gives) else ())
        return options & found

    def differ(self, one: Json, other: Json, tally: Tally) -> bool:
        """Whether something in the flow, for somebody, is another with the other answer.

        Of a question of several these are options, chosen beside the same others; ``None`` is no
        option. Raises ``TooManyClasses``.
        """
        answers = self.journey.answers
        for effect in self.effects:
            used = answers.reading(effect.condition).comparisons(self.name)
            for pair in self._answers(used, one, other):
                first, second = ([truth(c, {self.name: each}) for c in used] for each in pair)
                if first == second:
                    continue
                found = answers.separating(effect.condition, self.name, pair, tally)
                if found is not None:
                    return True
        return False

    def _answers(
        self, used: list[Among | Within], one: Json, other: Json
    ) -> Iterator[tuple[Json, Json]]:
        """The pairs of answers that differ in no more than these values.

        Two options are one if it makes no difference which of them is chosen, nor whether both are.
        """
        if self.kind != "several":
            yield one, other
            return
        lists = [each.values for each in used if isinstance(each, Among)]
        if all((one in values) is (other in values) for values in lists):
            return
        named = {value for values in lists for value in values}
        beside = sorted(named - {one, other})
        if len(beside) > MOST_SEPARATED:
            raise TooManyClasses(self.name)
        for size in range(len(beside) + 1):
            for some in combinations(beside, size):
                yield [*some, *([one] if one else [])], [*some, other]
                if one:
                    yield [*some, one], [*some, one, other]

    def pairs(self) -> Iterator[tuple[Json, Json]]:
        """What may differ: options from each other or from none, numbers across each limit."""
        options = self.journey.guide.questions[self.name].option_ids()
        if self.kind == "several":
            yield from ((None, option) for option in options)
        elif options:
            yield from combinations(options, 2)
        else:
            for effect in self.effects:
                values = self.journey.answers.reading(effect.condition).values[self.name]
                yield from pairwise(values)


def _in_vain(question: _Question, index: int, tally: Tally) -> Iterator[Finding]:
    if question.counts_as_it_is or question.papers:
        return
    if not any(question.differ(*pair, tally) for pair in question.pairs()):
        flow = question.journey.flow.flow
        at = spot("flows", flow, ("ask", index), question.name)
        yield failure("asked-in-vain", at, question=question.name, flow=flow)


def _alike(name: str, questions: list[_Question], tally: Tally) -> Iterator[Finding]:
    """Options that are one and the same in every flow, or that change nothing in any.

    If there is no difference between any answers, that is told of the question in each flow.
    """
    asked = questions[0].journey.guide.questions[name]
    if any(question.counts_as_it_is for question in questions):
        return
    several = asked.kind == "several"
    papers = frozenset[str]().union(*(question.papers for question in questions))
    groups: list[list[str]] = []
    idle: list[str] = []
    for option in asked.option_ids():
        if option in papers:
            continue
        if several and not _differ(questions, None, option, tally):
            idle.append(option)
        else:
            _group(groups, option, lambda one, two: _differ(questions, one, two, tally))
    if papers or len(groups) > (0 if several else 1):
        yield from _told(name, groups, idle)


def _told(name: str, groups: list[list[str]], idle: list[str]) -> Iterator[Finding]:
    for option in idle:
        at = spot("questions", name, ("options",), option)
        yield warning("option-idle", at, question=name, option=option)
    for group in groups:
        if len(group) > 1:
            at = spot("questions", name, ("options",), "-".join(group))
            yield warning("options-alike", at, question=name, options=", ".join(group))


def _group(groups: list[list[str]], option: str, differ: Callable[[str, str], bool]) -> None:
    """Adds the option to the group that it does not differ from; else it begins one."""
    group = next((each for each in groups if not differ(each[0], option)), None)
    if group is None:
        groups.append([option])
    else:
        group.append(option)


def _differ(questions: list[_Question], one: str | None, other: str, tally: Tally) -> bool:
    return any(question.differ(one, other, tally) for question in questions)
