"""Fees and times as an officer wrote them or an editor typed them, in the guide's own language."""

from __future__ import annotations

import re
from typing import Any, Final

from pydantic import TypeAdapter

from bot.engine.amounts import Fee, Time
from bot.engine.readers import (
    Accepted,
    Unclear,
    normalise,
    read_money,
    read_number,
    says_unknown,
)
from bot.engine.readers.figures import FIGURE
from bot.engine.readers.number_words import WORDS
from bot.engine.readers.text import fold, phrases, words
from bot.engine.values import Json
from bot.guide.amend.amendment import Unamendable, cited
from bot.guide.load import own_voice
from bot.guide.problems import worded
from bot.guide.shape import shaped
from bot.guide.strict_yaml import read_yaml

_FEE: Final[TypeAdapter[Any]] = TypeAdapter(Fee)
_TIME: Final[TypeAdapter[Any]] = TypeAdapter(Time)
_ANY_SOURCE: Final = "L-01"
"""Stands for the source while a fact is judged that has none yet."""
_FREE: Final = phrases(
    "free|free of charge|no fee|no fees|no charge|nothing to pay",
    "مجاني|مجانية|مجانا|بالمجان|بلا رسم|بلا رسوم|بدون رسم|بدون رسوم|لا رسم|لا رسوم|لا يوجد رسم",
)

_MONEY_WORDS: Final = words(
    "new old syp s.p s.p. usd $ dollar dollars pound pounds lira liras syrian",
    "ليرة ليرات سورية سوري جديدة قديمة ل.س ل.س. دولار دولارات دولارا أمريكي أمريكية",
)
"""What may stand beside a number: a word more, and the fee is not only this amount."""


def _one_of(*said: str) -> str:
    return "|".join(sorted((re.escape(fold(each)) for each in said), key=len, reverse=True))


_TO: Final = _one_of("-", "to", "and", "until", "إلى", "لـ", "ل", "حتى", "و")
_BETWEEN: Final = re.compile(
    rf"(?:(?:{_one_of('from', 'between', 'من', 'بين')}) )?"
    rf"(?P<low>{FIGURE}) ?(?:{_TO}) ?(?P<high>(?P<top>{FIGURE})(?![0-9]).+)"
)
_AT_MOST: Final = re.compile(
    rf"(?:{_one_of('up to', 'at most', 'no more than', 'within', 'حتى', 'لا يتجاوز', 'لا يزيد عن', 'خلال')})"
    r" (?P<high>.+)"
)
_AT_LEAST: Final = re.compile(
    rf"(?:{_one_of('at least', 'no less than', 'from', 'لا يقل عن', 'ابتداء من', 'من')}) (?P<low>.+)"
)
_DAYS: Final = {"d": 1, "day": 1, "days": 1, "يوم": 1, "يوما": 1, "أيام": 1}
_WEEKS: Final = {"w": 7, "week": 7, "weeks": 7, "أسبوع": 7, "أسبوعا": 7, "أسابيع": 7}
_PAIRS: Final = {"يومين": 2, "يومان": 2, "أسبوعين": 14, "أسبوعان": 14}
_LENGTH: Final = {fold(name): days for name, days in (_DAYS | _WEEKS).items()}
_PAIR: Final = {fold(name): days for name, days in _PAIRS.items()}
_UNIT: Final = re.compile(rf"(?P<number>.*?) ?(?P<unit>{_one_of(*_LENGTH)})")
_ONE: Final = ("", "a", "one")


def parse_fee(text: str) -> Json:
    """A fee as the guide writes it, without a source: ``{"amount": 25000, "unit": "new SYP"}``,
    ``{"min": …, "max": …, "unit": …}``, ``{"free": True}``, ``"unknown"``; or, for whoever writes
    the guide's language itself, anything in braces that may stand under ``fee``.

    Raises ``Unamendable`` where the text is none, or may mean two.
    """
    if text.strip().startswith("{"):
        return _as_written(text, _FEE)
    if says_unknown(text):
        return "unknown"
    if normalise(text) in _FREE:
        return {"free": True}
    folded = fold(text)
    if found := _BETWEEN.fullmatch(folded):
        money, low, top = _money(found["high"], text), _count(found["low"]), _count(found["top"])
        # In «10-15 thousand» the ten may be ten or ten thousand.
        if low is None or top is None or low >= top or top != money["amount"]:
            raise _unread(text, _FEE_FORMS)
        return {"min": low, "max": top, "unit": money["unit"]}
    for key, form in (("max", _AT_MOST), ("min", _AT_LEAST)):
        if found := form.fullmatch(folded):
            money = _money(found["high" if key == "max" else "low"], text)
            return {key: money["amount"], "unit": money["unit"]}
    money = _money(folded, text)
    return money if money["amount"] else {"free": True}


_FEE_FORMS: Final = (
    '"25000 new SYP", "15000-20000 old SYP", "up to 50 USD", "free" or "unknown", or in braces '
    "as in the file of a step: {of: capital, rate: 4/1000}"
)
_TIME_FORMS: Final = '"10 d", "7-10 days", "up to 15 d", "2 weeks" or "unknown"'


def parse_time(text: str) -> Json:
    """A duration as the guide writes it, without a source: ``{"min": "7d", "max": "10d"}``,
    ``{"max": "15d"}``, ``"unknown"``; exactly ten days have both. Or anything in braces that may
    stand under ``time``.

    Raises ``Unamendable`` where the text is none: months and working days are of no fixed length.
    """
    if text.strip().startswith("{"):
        return _as_written(text, _TIME)
    if says_unknown(text):
        return "unknown"
    folded = fold(text).rstrip(" .،,")
    if found := _BETWEEN.fullmatch(folded):
        unit = _UNIT.fullmatch(found["high"])
        if unit is None:
            raise _unread(text, _TIME_FORMS)
        low = _days(f"{found['low']} {unit['unit']}", text)
        high = _days(found["high"], text)
        if low >= high:
            raise _unread(text, _TIME_FORMS)
        return {"min": f"{low}d", "max": f"{high}d"}
    for key, form in (("max", _AT_MOST), ("min", _AT_LEAST)):
        if found := form.fullmatch(folded):
            return {key: f"{_days(found['high' if key == 'max' else 'low'], text)}d"}
    days = _days(folded, text)
    return {"min": f"{days}d", "max": f"{days}d"}


def _money(said: str, text: str) -> dict[str, Any]:
    """An amount with its unit, which must be said, and nothing else."""
    known = (
        _is_number(word) or word in _MONEY_WORDS
        for word in normalise(said.replace("$", " $ ")).split()
    )
    if not all(known):
        raise _unread(text, _FEE_FORMS)
    found = read_money(said, None, None, "new SYP")
    if isinstance(found, Unclear):
        raise Unamendable(
            f'"{text}" may be new or old pounds, a hundred times apart: ask the office, and write '
            f'"{found.amount} new SYP" or "{found.amount} old SYP".'
        )
    if not isinstance(found, Accepted) or not isinstance(found.value, dict):
        raise _unread(text, _FEE_FORMS)
    return found.value


def _days(said: str, text: str) -> int:
    """A number of days or weeks, in days."""
    if said in _PAIR:
        return _PAIR[said]
    unit = _UNIT.fullmatch(said)
    if unit is None:
        raise _unread(text, _TIME_FORMS)
    number = unit["number"]
    count = 1 if number in _ONE else _count(number)
    if count is None:
        raise _unread(text, _TIME_FORMS)
    return count * _LENGTH[unit["unit"]]


def _is_number(word: str) -> bool:
    known = word in WORDS or word.removeprefix("و") in WORDS
    return known or re.fullmatch(FIGURE, word) is not None


def _count(number: str) -> int | None:
    if not all(map(_is_number, number.split())):
        return None
    found = read_number(number, 1, None)
    return found.value if isinstance(found, Accepted) and isinstance(found.value, int) else None


def _unread(text: str, forms: str) -> Unamendable:
    return Unamendable(f'"{text}" cannot be read for certain: write it like {forms}.')


def _as_written(text: str, adapter: TypeAdapter[Any]) -> Json:
    """A fact in the guide's own language."""
    tree = read_yaml("", text.encode())
    problems = list(tree.problems)
    if not problems:
        _, problems = shaped(adapter, tree, (), cited(tree.value, _ANY_SOURCE))
    if problems:
        voice = own_voice("en")
        raise Unamendable(f"{text}: " + " ".join(worded(each, voice) for each in problems))
    return tree.value
