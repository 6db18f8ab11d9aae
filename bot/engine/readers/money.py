"""Amounts of money, in new pounds, old pounds (100 old are 1 new) or dollars."""

import re

from bot.engine.readers.figures import CannotRead
from bot.engine.readers.numbers import CEILING, NOTHING_BETWEEN, whole_number
from bot.engine.readers.results import Accepted, Refused, Unclear
from bot.engine.readers.text import fold, words

_POUNDS = "SYP"  # said without "new" or "old"
_OTHER = "other"
_OLD_IN_NEW = 100

_NAMES = {
    "new SYP": words("جديد جديدة جداد جدد new"),
    "old SYP": words("قديم قديمة قدام عتيق عتيقة old"),
    "USD": words("دولار دولارات دولارا دولارين usd $ dollar dollars أمريكي أمريكية"),
    _POUNDS: words(
        "ليرة ليرات ليرتين ليرا لس سوري سورية syp s.p sp lira liras pound pounds £ syrian"
    ),
    _OTHER: words(
        "يورو euro euros eur € تركي تركية turkish tl try ₺ لبناني لبنانية lebanese lbp ريال ريالات",
        "sar درهم دراهم aed دينار دنانير jod iqd استرليني gbp sterling",
    ),
}
_SAID = {name: meaning for meaning, names in _NAMES.items() for name in names}
_TWO_OF = words("دولارين ليرتين")
# «5م» may be millions; «ورقة» is a hundred dollars to some, a banknote to others.
_UNSURE = re.compile(
    r"[0-9] ?[مك](?![^\W\d_])|(?<![^\W\d_])(?:ورقه|ورقات|ورق|دفتر|دفاتر|شده)(?![^\W\d_])"
)
_CURRENCY = re.compile(r"ل\.? ?س(?![^\W\d_])\.?|s\.p(?![a-z])\.?|[$€£₺]|[^\W\d_]+")
_ABBREVIATED = re.compile(r"ل\.? ?س\.?")
_PREFIXES = ("", "ال", "بال", "لل", "ب", "ل", "و", "us")


def read_money(
    text: str, minimum: int | None, maximum: int | None, unit: str
) -> Accepted | Refused | Unclear:
    """Read a whole amount of money for a question whose limits are in `unit`.

    `unit` is ``new SYP``, ``old SYP`` or ``USD``. Accepted holds ``{"amount", "unit"}`` as it was
    said, never converted. Limits bind across new and old pounds, and not between pounds and
    dollars. `Unclear` when pounds are meant but neither new nor old is said.

    Refused: the reasons of `read_number` (limits come with ``unit``), ``several-units``,
    ``other-currency``.
    """
    folded = fold(text)
    if _UNSURE.search(folded):
        return Refused("unclear-number")
    said: set[str] = set()
    try:
        amount = whole_number(_CURRENCY.sub(lambda match: _set_apart(match, said), folded))
    except CannotRead as error:
        return Refused(error.reason)
    if _OTHER in said:
        return Refused("other-currency")
    if said >= {"new SYP", "old SYP"} or ("USD" in said and len(said) > 1):
        return Refused("several-units")
    return _in_units(amount, _possible_units(said, unit), minimum, maximum, unit)


def _set_apart(match: re.Match[str], said: set[str]) -> str:
    """Take a currency word out of the number, and note what it says."""
    word = match.group()
    meaning = _POUNDS if _ABBREVIATED.fullmatch(word) else _meaning(word)
    if meaning is None:
        return word
    said.add(meaning)
    return f" 2 {NOTHING_BETWEEN} " if word in _TWO_OF else f" {NOTHING_BETWEEN} "


def _meaning(word: str) -> str | None:
    bare = word.rstrip(".")
    forms = (bare.removeprefix(prefix) for prefix in _PREFIXES)
    return next((_SAID[form] for form in forms if form in _SAID), None)


def _possible_units(said: set[str], unit: str) -> list[str]:
    """What the amount may be in, the question's own unit first."""
    named = said - {_POUNDS}
    if named or (unit == "USD" and not said):
        return list(named or {unit})
    return ["old SYP", "new SYP"] if unit == "old SYP" else ["new SYP", "old SYP"]


def _in_units(
    amount: int, units: list[str], minimum: int | None, maximum: int | None, unit: str
) -> Accepted | Refused | Unclear:
    results = [_limited(amount, each, minimum, maximum, unit) for each in units]
    # Nothing is nothing in either pound; an amount out of the limits in both need not be asked.
    settled = len(results) == 1 or amount == 0
    if settled or all(isinstance(result, Refused) for result in results):
        return results[0]
    return Unclear("old-or-new-pounds", amount)


def _limited(
    amount: int, said: str, minimum: int | None, maximum: int | None, unit: str
) -> Accepted | Refused:
    comparable = (said == "USD") == (unit == "USD")
    lowest = minimum if comparable and minimum is not None else 0
    highest = maximum if comparable and maximum is not None else CEILING
    worth = _in_old(amount, said if comparable else unit)
    if worth < _in_old(lowest, unit):
        return Refused("too-small", {"min": str(lowest), "unit": unit})
    if worth > _in_old(highest, unit):
        return Refused("too-large", {"max": str(highest), "unit": unit})
    return Accepted({"amount": amount, "unit": said})


def _in_old(amount: int, unit: str) -> int:
    """Old pounds are the smaller ones, so that limits compare in whole numbers."""
    return amount * _OLD_IN_NEW if unit == "new SYP" else amount
