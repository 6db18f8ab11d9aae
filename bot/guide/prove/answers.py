"""Looking through the answers of one flow for those that a property asks for.

Answers grow question by question, in the order of the flow. What is decided while later questions
are open stays so whatever they are answered (Kleene's truths never turn around), so the rest of
those answers is one class and is not looked through. Values are cut by ``representatives``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.engine.classes import MOST_CLASSES, TooManyClasses, derive, representatives
from bot.engine.conditions import Among, Condition, Within, comparisons, reads, truth
from bot.engine.flow import Asked, Flow
from bot.engine.guide import Guide
from bot.engine.values import Facts, Json, Missing, Truth
from bot.guide.prove.findings import Tally

Accept = Callable[[Facts], bool]


@dataclass(frozen=True, eq=False)
class Reading:
    """A condition with all that is behind it in one flow."""

    guide: Guide
    condition: Condition
    flow: Flow
    """The flow with only those questions and computed answers that the condition reads."""
    unasked: tuple[str, ...]
    """What it reads and the flow neither asks nor computes."""
    conditions: tuple[Condition, ...]
    """The condition, and those of the questions and computed answers behind it."""

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions that it reads, in the order of the flow."""
        return tuple(item.id for item in self.flow.ask)

    @cached_property
    def values(self) -> Mapping[str, tuple[Json, ...]]:
        """One answer of each class to each of these questions; "I don't know" is none of them.

        Raises ``TooManyClasses``.
        """
        return {name: self._values(name) for name in self.questions}

    def _values(self, name: str) -> tuple[Json, ...]:
        """One answer of each class; not those that compare with nothing, as dollars with pounds."""
        used = self.comparisons(name)
        return tuple(
            value
            for value in representatives(self.guide, name, self.conditions)
            if not isinstance(value, Missing)
            and any(truth(each, {name: value}) is not Truth.UNKNOWN for each in used)
        )

    def comparisons(self, question: str) -> list[Among | Within]:
        """What is asked of the answers to one question."""
        found = (each for condition in self.conditions for each in comparisons(condition))
        return [each for each in found if each.question == question]


class Answers:
    """All that a flow can be answered. Readings of conditions are kept, since many are shared."""

    def __init__(self, guide: Guide, flow: Flow) -> None:
        self.guide = guide
        self.flow = flow
        self._asked = {item.id: item for item in flow.ask}
        self._readings: dict[Condition, Reading] = {}

    def reading(self, condition: Condition) -> Reading:
        """The condition with what is behind it; computed once."""
        if condition not in self._readings:
            self._readings[condition] = self._read(condition)
        return self._readings[condition]

    def _read(self, condition: Condition) -> Reading:
        found: set[str] = set()
        behind: list[Condition] = [condition]
        waiting = list(reads(condition))
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                inner = [case.when for case in self.flow.derive.get(name, ())]
                inner += [self._asked[name].when] if name in self._asked else []
                behind += inner
                waiting += (read for each in inner for read in reads(each))
        asked = tuple(item for item in self.flow.ask if item.id in found)
        derived = {name: cases for name, cases in self.flow.derive.items() if name in found}
        return Reading(
            guide=self.guide,
            condition=condition,
            flow=self.flow.model_copy(update={"ask": asked, "derive": derived}),
            unasked=tuple(sorted(found - self._asked.keys() - derived.keys())),
            conditions=tuple(behind),
        )

    def shortest(
        self, condition: Condition, tally: Tally, accept: Accept | None = None
    ) -> Facts | None:
        """The facts of the fewest answers for which the condition holds, whatever else is answered.

        ``None``: it holds for nobody. ``accept`` may refuse facts; then longer ones are tried.
        Questions are answered where they certainly apply; where that leads nowhere, also where
        they may apply, and then only those may be left open that offer "I don't know". Raises ``TooManyClasses``.
        """
        reading = self.reading(condition)
        for certainly in (True, False):
            for most in range(len(reading.flow.ask) + 1):
                search = _Shortest(reading, accept, Truth.YES if certainly else Truth.UNKNOWN)
                found = search.grow(0, search.start(), most)
                tally.add(search.classes, reading.questions)
                if found is not None or not search.cut:
                    break
            if found is not None or not search.unsure:
                break
        return found

    def unsettled(self, condition: Condition, tally: Tally) -> Facts | None:
        """Facts of somebody who answered everything, and still nobody knows whether it holds.

        Raises ``TooManyClasses``.
        """
        search = _Unsettled(self.reading(condition))
        found = search.grow(0, search.start())
        tally.add(search.classes, search.reading.questions)
        return found

    def separating(
        self, condition: Condition, question: str, pair: tuple[Json, Json], tally: Tally
    ) -> Facts | None:
        """Facts for which the condition holds with one of two answers and not with the other.

        The facts are those with the first answer. Raises ``TooManyClasses``.
        """
        search = _Separating(self.reading(condition), question, pair)
        found = search.grow(0, search.start(), search.start())
        tally.add(search.classes, search.reading.questions)
        return found


class _Search:
    """What all searches share: how facts grow, and when there are too many."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.asked = reading.flow.ask
        self.classes = 0

    def start(self) -> Facts:
        """The facts of somebody who has answered nothing."""
        return derive(self.reading.flow, {})

    def judge(self, facts: Facts) -> Truth:
        """Whether the condition holds; every judgement is one class of answers."""
        self.classes += 1
        if self.classes > MOST_CLASSES:
            raise TooManyClasses(", ".join(self.reading.questions))
        return truth(self.reading.condition, facts)

    def grown(self, facts: Facts, name: str, value: Json | Missing) -> Facts:
        """The facts with one more, and what it computes."""
        more = {**facts, name: value}
        return more | derive(self.reading.flow, more) if self.reading.flow.derive else more


class _Shortest(_Search):
    def __init__(self, reading: Reading, accept: Accept | None, applies: Truth) -> None:
        super().__init__(reading)
        self.accept = accept
        self.applies = applies
        """How certain it must be that a question is asked, for it to be answered."""
        self.cut = False
        """Whether anything was left out because it takes more answers."""
        self.unsure = False
        """Whether a question was left out because it only may be asked."""

    def grow(self, place: int, facts: Facts, most: int, known: Truth | None = None) -> Facts | None:
        holds = self.judge(facts) if known is None else known
        if holds is Truth.NO:
            return None
        if holds is Truth.YES and (self.accept is None or self.accept(facts)):
            return facts
        if place == len(self.asked):
            return None
        item = self.asked[place]
        applies = truth(item.when, facts)
        if applies is Truth.NO:
            return self.grow(place + 1, self.grown(facts, item.id, Missing.ABSENT), most)
        if self.applies is Truth.YES or self.reading.guide.questions[item.id].may_be_unknown:
            without = self.grow(place + 1, {**facts, item.id: Missing.UNKNOWN}, most, holds)
            if without is not None:
                return without
        self.unsure = self.unsure or applies < self.applies
        return self._answered(item, place, facts, most) if applies >= self.applies else None

    def _answered(self, item: Asked, place: int, facts: Facts, most: int) -> Facts | None:
        if not most:
            self.cut = True
            return None
        ways = (self.grown(facts, item.id, value) for value in self.reading.values[item.id])
        found = (self.grow(place + 1, each, most - 1) for each in ways)
        return next((each for each in found if each is not None), None)


class _Unsettled(_Search):
    def grow(self, place: int, facts: Facts) -> Facts | None:
        if self.judge(facts) is not Truth.UNKNOWN:
            return None
        if place == len(self.asked):
            return facts
        found = (self.grow(place + 1, each) for each in self._ways(place, facts))
        return next((each for each in found if each is not None), None)

    def _ways(self, place: int, facts: Facts) -> Iterator[Facts]:
        item = self.asked[place]
        asked = truth(item.when, facts) is not Truth.NO
        for value in self.reading.values[item.id] if asked else (Missing.ABSENT,):
            yield self.grown(facts, item.id, value)


class _Separating(_Search):
    def __init__(self, reading: Reading, question: str, pair: tuple[Json, Json]) -> None:
        super().__init__(reading)
        self.place = reading.questions.index(question)
        self.pair = pair

    def grow(self, place: int, one: Facts, other: Facts) -> Facts | None:
        holds = self.judge(one)
        against = self.judge(other) if place > self.place else holds
        if Truth.UNKNOWN not in (holds, against) or place == len(self.asked):
            return one if holds is not against else None
        found = (self.grow(place + 1, *each) for each in self._ways(place, one, other))
        return next((each for each in found if each is not None), None)

    def _ways(self, place: int, one: Facts, other: Facts) -> Iterator[tuple[Facts, Facts]]:
        item = self.asked[place]
        asked = [truth(item.when, each) is not Truth.NO for each in (one, other)]
        if place == self.place:
            if asked[0]:
                yield (
                    self.grown(one, item.id, self.pair[0]),
                    self.grown(other, item.id, self.pair[1]),
                )
            return
        for value in self.reading.values[item.id] if any(asked) else (Missing.ABSENT,):
            yield (
                self.grown(one, item.id, value if asked[0] else Missing.ABSENT),
                self.grown(other, item.id, value if asked[1] else Missing.ABSENT),
            )
