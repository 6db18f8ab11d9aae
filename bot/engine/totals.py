"""What a roadmap costs and how long it takes, saying what it does not know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.engine.amounts import Amounts, Duration
from bot.engine.values import OLD_PER_NEW, Facts

Currency = str
"""``SYP`` (counted in new pounds) or ``USD``."""


@dataclass(frozen=True, slots=True)
class Range:
    """From the least to the most; ``sure`` is False when a part of it is not known."""

    low: int | Fraction
    high: int | Fraction
    sure: bool = True

    def __add__(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high, self.sure and other.sure)


NOTHING = Range(0, 0)
UNKNOWN = Range(0, 0, sure=False)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the steps that are certain and not finished.

    ``fees`` are in new pounds (``SYP``) and dollars; ``days`` follow the longest chain of steps
    that wait for each other. Both hold only what is known; the counts say what is not.
    """

    fees: Mapping[Currency, Range]
    unknown_fees: int
    days: Range
    unknown_times: int


def cost(fee: Amounts, facts: Facts) -> tuple[Mapping[Currency, Range], bool]:
    """What one fee comes to by currency, and whether all of it is known.

    Counted in hundredths, which old pounds are: whole numbers add up faster than fractions.
    """
    if fee.unknown:
        return {}, False
    if fee.free or fee.refundable:
        return {}, True
    if fee.parts:
        return _sum(cost(part, facts) for part in fee.parts)
    if fee.differ:
        return _either([cost(each, facts) for each in fee.differ])
    if fee.of and fee.rate:
        return _share(fee, facts)
    known = [each for each in (fee.amount, fee.min, fee.max) if each is not None]
    low = 0 if fee.amount is None and fee.min is None else min(known)
    currency, scale = _CURRENCIES[fee.unit or "new SYP"]
    whole = fee.amount is not None or fee.max is not None
    return {currency: Range(low * scale, max(known) * scale, whole)}, whole


_CURRENCIES: Final[Mapping[str, tuple[Currency, int]]] = {
    "old SYP": ("SYP", 1),
    "new SYP": ("SYP", OLD_PER_NEW),
    "USD": ("USD", OLD_PER_NEW),
}
"""What each unit is counted in, and how many hundredths of it one is."""


def _share(fee: Amounts, facts: Facts) -> tuple[Mapping[Currency, Range], bool]:
    capital = facts.get(fee.of or "")
    if not isinstance(capital, dict):
        return {}, False
    currency, scale = _CURRENCIES[capital["unit"]]
    share = capital["amount"] * scale * Fraction(fee.rate or "0")
    return {currency: Range(0 if fee.at_most else share, share)}, True


def _sum(
    costs: Iterable[tuple[Mapping[Currency, Range], bool]],
) -> tuple[Mapping[Currency, Range], bool]:
    sums: dict[Currency, Range] = {}
    all_known = True
    for amounts, known in costs:
        all_known = all_known and known
        for currency, amount in amounts.items():
            sums[currency] = sums.get(currency, NOTHING) + amount
    return sums, all_known


def _either(
    costs: list[tuple[Mapping[Currency, Range], bool]],
) -> tuple[Mapping[Currency, Range], bool]:
    """One of several: the least and the most that any of them comes to."""
    if len(costs) == 1:
        return costs[0]
    spans: dict[Currency, Range] = {}
    for currency in dict.fromkeys(name for amounts, _ in costs for name in amounts):
        each = [amounts.get(currency, NOTHING) for amounts, _ in costs]
        low, high = min(r.low for r in each), max(r.high for r in each)
        spans[currency] = Range(low, high, all(r.sure for r in each))
    return spans, all(known for _, known in costs)


def total(
    steps: Mapping[str, tuple[tuple[Amounts, ...], tuple[Duration, ...]]],
    after: Mapping[str, tuple[str, ...]],
    facts: Facts,
) -> Totals:
    """Sums fees and times of the steps, each given with all values that are still possible.

    ``after`` says what comes before each step, in the order of the roadmap: givers first. What
    is not among ``steps`` costs nothing: it is done, or stands under "perhaps".
    """
    costs = {name: _either([cost(fee, facts) for fee in fees]) for name, (fees, _) in steps.items()}
    fees, _ = _sum(costs.values())
    spans = {name: _days(times) for name, (_, times) in steps.items()}
    ends: dict[str, Range] = {}
    for name, givers in after.items():
        own, before = spans.get(name, NOTHING), [ends[g] for g in givers if g in ends]
        ends[name] = _latest(before) + own if before else own
    return Totals(
        fees={currency: _in_whole(amount) for currency, amount in fees.items()},
        unknown_fees=sum(not known for _, known in costs.values()),
        days=_latest(list(ends.values())),
        unknown_times=sum(not span.sure for span in spans.values()),
    )


def _in_whole(hundredths: Range) -> Range:
    low, high = Fraction(hundredths.low) / OLD_PER_NEW, Fraction(hundredths.high) / OLD_PER_NEW
    return Range(low, high, hundredths.sure)


def _latest(ends: Sequence[Range]) -> Range:
    """The end of steps side by side: the longest one counts."""
    if len(ends) < 2:
        return ends[0] if ends else NOTHING
    low, high = max([r.low for r in ends]), max([r.high for r in ends])
    return Range(low, high, all(r.sure for r in ends))


def _days(times: tuple[Duration, ...]) -> Range:
    spans = [_span(each) for time in times for each in time.differ or (time,)]
    if len(spans) == 1:
        return spans[0]
    low, high = min(s.low for s in spans), max(s.high for s in spans)
    return Range(low, high, all(s.sure for s in spans))


def _span(time: Duration) -> Range:
    if time.unknown:
        return UNKNOWN
    low = time.min or 0
    return Range(low, low if time.max is None else time.max, time.max is not None)
