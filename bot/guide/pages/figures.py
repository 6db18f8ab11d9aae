"""Amounts, durations, days and answers in words of one language, never surer than the source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

from babel.dates import format_date
from markupsafe import Markup, escape

from bot.engine.amounts import Amounts, Duration, Period
from bot.engine.totals import Range
from bot.engine.values import OLD_PER_NEW, Json
from bot.guide.direction import isolated
from bot.guide.languages import locale_of
from bot.guide.pages.layout import stacked
from bot.guide.shelf import Edition
from bot.guide.voice import Voice


def number(amount: int | Fraction) -> str:
    """12,345 with Latin digits; fractions of a pound to two places."""
    if isinstance(amount, Fraction) and amount.denominator != 1:
        return f"{float(amount):,.2f}"
    return f"{int(amount):,}"


def day(moment: date, voice: Voice) -> str:
    """A day in full: 22 تشرين الثاني 2026."""
    return _date(moment, "d MMMM y", voice.language)


def yearly(on: str, voice: Voice) -> str:
    """A day of every year, given as month and day: 25 كانون الأول."""
    moment = date.fromisoformat(f"2024-{on}")  # a leap year: every day exists
    return _date(moment, "d MMMM", voice.language)


@lru_cache(maxsize=1024)
def _date(moment: date, pattern: str, language: str) -> str:
    """Kept, since most pages say on which of a few days they were read."""
    return format_date(moment, pattern, locale=locale_of(language)).translate(_LATIN)


_LATIN = {ord("٠") + index: str(index) for index in range(10)}


def money(amount: int | Fraction, unit: str, voice: Voice) -> str:
    """An amount with its unit in words; old pounds are followed by the same sum in new ones."""
    said = voice.plain(f"money.{_UNIT[unit]}", amount=number(amount))
    if unit != "old SYP":
        return said
    new = voice.plain("money.new", amount=number(Fraction(amount) / OLD_PER_NEW))
    return voice.plain("money.both", old=said, new=new)


_UNIT = {"new SYP": "new", "old SYP": "old", "USD": "usd"}


def between(low: int | Fraction, high: int | Fraction, unit: str, voice: Voice) -> str:
    """From … to …, in one unit; old pounds are followed by the same sums in new ones."""
    said = voice.plain(
        "money.range",
        low=number(low),
        high=voice.plain(f"money.{_UNIT[unit]}", amount=number(high)),
    )
    if unit != "old SYP":
        return said
    new = between(Fraction(low) / OLD_PER_NEW, Fraction(high) / OLD_PER_NEW, "new SYP", voice)
    return voice.plain("money.both", old=said, new=new)


def sum_of(currency: str, span: Range, voice: Voice) -> str:
    """A total: an amount, or from … to …; pounds are new pounds."""
    unit = "USD" if currency == "USD" else "new SYP"
    if span.low == span.high:
        return money(span.high, unit, voice)
    return between(span.low, span.high, unit, voice)


Messages = Mapping[Literal["unknown", "recent", "old", "undated"], str]
"""What is said of an amount, by how much its source tells of its age."""
_FEE: Final[Messages] = {
    "unknown": "fee.unknown",
    "recent": "fee.recent",
    "old": "fee.old",
    "undated": "fee.undated",
}
_CEILING: Final[Messages] = {
    "unknown": "ceiling.unknown",
    "recent": "ceiling.recent",
    "old": "ceiling.old",
    "undated": "ceiling.undated",
}


def fee(amounts: Amounts, edition: Edition) -> Markup:
    """One fee with its age: "reported in 2018: …; ask for today's"."""
    return _amounts(amounts, _FEE, edition)


def ceiling(amounts: Amounts, edition: Edition) -> Markup:
    """The most that a programme gives, with the age of the source."""
    return _amounts(amounts, _CEILING, edition)


def _amounts(amounts: Amounts, messages: Messages, edition: Edition) -> Markup:
    if amounts.parts:
        return _listed([_one_line(part, messages, edition) for part in amounts.parts], edition)
    if amounts.differ:
        values = [_one_line(each, messages, edition) for each in amounts.differ]
        return edition.voice.say("fee.differ") + "\n" + _listed(values, edition)
    return _one_line(amounts, messages, edition)


def _listed(lines: list[Markup], edition: Edition) -> Markup:
    return stacked(bullet(line, edition.voice) for line in lines)


def _one_line(amounts: Amounts, messages: Messages, edition: Edition) -> Markup:
    """A price with what it is for and how old it is; parts that are paid together share a line."""
    if amounts.unknown:
        return _for(amounts, edition.voice.plain(messages["unknown"]), edition)
    if not amounts.parts:
        said = _for(amounts, price(amounts, edition), edition)
        return _dated(said, messages, amounts, edition)
    prices = [_for(part, price(part, edition), edition) for part in amounts.parts]
    return _dated(Markup(" + ").join(prices), messages, amounts.parts[0], edition)


def _for(amounts: Amounts, said: str, edition: Edition) -> Markup:
    if amounts.charge is None:
        return escape(said)
    return edition.voice.say("fee.part", charge=edition.words.charges[amounts.charge], fee=said)


def _dated(said: Markup, messages: Messages, amounts: Amounts, edition: Edition) -> Markup:
    source = edition.guide.sources[amounts.source or ""]
    if source.predates_change is False:
        return edition.voice.say(messages["recent"], fee=said, year=source.year)
    if source.year:
        return edition.voice.say(messages["old"], fee=said, year=source.year)
    return edition.voice.say(messages["undated"], fee=said)


def price(amounts: Amounts, edition: Edition) -> str:
    """The bare price of a fee that says one: amount, range, share, free, or not known."""
    voice = edition.voice
    if amounts.unknown:
        return voice.plain("fee.unknown")
    if amounts.free:
        return voice.plain("fee.free")
    if amounts.rate:
        share, whole = amounts.rate.split("/")
        of = edition.words.questions[amounts.of or ""].label
        said = voice.plain("fee.share", share=share, whole=number(int(whole)), of=of)
        return voice.plain("money.most", high=said) if amounts.at_most else said
    unit = amounts.unit or "new SYP"
    if amounts.amount is not None:
        return money(amounts.amount, unit, voice)
    if amounts.min is not None and amounts.max is not None:
        return between(amounts.min, amounts.max, unit, voice)
    if amounts.max is not None:
        return voice.plain("money.most", high=money(amounts.max, unit, voice))
    return voice.plain("money.least", low=money(amounts.min or 0, unit, voice))


def duration(time: Duration, edition: Edition) -> Markup:
    """How long in days, with the age of the source, or that nobody published it."""
    return _lasting(time, "days", edition)


def period(time: Period, edition: Edition) -> Markup:
    """How long in months, with the age of the source, or that nobody published it."""
    return _lasting(time, "months", edition)


def _lasting(time: Duration, unit: str, edition: Edition) -> Markup:
    if time.unknown:
        return edition.voice.say("time.unknown")
    if time.differ:
        values = [_lasting(each, unit, edition) for each in time.differ]
        return edition.voice.say("time.differ") + "\n" + _listed(values, edition)
    source = edition.guide.sources[time.source or ""]
    said = span(time.min, time.max, edition.voice, unit)
    if source.predates_change is False:
        return edition.voice.say("time.recent", time=said, year=source.year)
    if source.year:
        return edition.voice.say("time.old", time=said, year=source.year)
    return edition.voice.say("time.undated", time=said)


def span(low: int | None, high: int | None, voice: Voice, unit: str = "days") -> str:
    """A duration in days or months: "15 days", "up to …", "at least …", "from … to …"."""
    counted = f"time.{unit}"
    if low is not None and high is not None and low != high:
        return voice.plain("time.range", low=low, high=voice.plain_count(counted, high))
    if low is None and high is not None:
        return voice.plain("time.most", high=voice.plain_count(counted, high))
    if high is None and low is not None:
        return voice.plain("time.least", low=voice.plain_count(counted, low))
    return voice.plain_count(counted, low or 0)


def answer(name: str, value: Json, edition: Edition) -> str:
    """A stored answer in words, without markup; what a person typed is isolated."""
    if value is None:
        return edition.voice.plain("answer.unknown")
    kind = edition.guide.questions[name].kind
    if kind == "money":
        return money(value["amount"], value["unit"], edition.voice)
    if kind == "number":
        return number(value)
    if kind == "date":
        return day(date.fromisoformat(value), edition.voice)
    if kind == "several":
        labels = [option(name, each, edition) for each in value]
        return edition.voice.plain("list.and").join(labels) or edition.voice.plain("answer.none")
    if kind in ("text", "contact"):
        return isolated(value)
    return option(name, value, edition)


def option(name: str, value: str, edition: Edition) -> str:
    """The label of an option, of whichever kind the question is."""
    question = edition.guide.questions[name]
    if question.kind == "yes-no":
        return edition.voice.plain(f"answer.{value}")
    if question.kind == "governorate":
        return edition.words.governorates[value].name
    return (
        edition.words.documents[value]
        if question.holds
        else edition.words.questions[name].options[value].label
    )


def bullet(line: str | Markup, voice: Voice) -> Markup:
    """An item of a list; a mark keeps its line from right to left where it runs so."""
    mark = "\u200f• " if voice.right_to_left else "• "
    return Markup(mark + escape(line))


def bar(share: float | Fraction, cells: int = 10) -> str:
    """A progress bar of ten cells; full only when everything is done."""
    filled = int(share * cells)
    return "▰" * filled + "▱" * (cells - filled)
