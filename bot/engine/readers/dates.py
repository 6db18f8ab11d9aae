"""Dates: figures with the day before the month, Syrian, Egyptian and English month names."""

import re
from collections.abc import Iterable
from datetime import date

from bot.engine.readers.results import Accepted, Refused
from bot.engine.readers.text import fold, normalise, words

_YEARS = range(1900, 2101)

_NAMES = (
    "كانون الثاني|كانون التاني|كانون ثاني|كانون تاني|يناير|january|jan",
    "شباط|فبراير|february|feb",
    "آذار|مارس|march|mar",
    "نيسان|أبريل|إبريل|april|apr",
    "أيار|مايو|may",
    "حزيران|يونيو|june|jun",
    "تموز|يوليو|july|jul",
    "آب|أغسطس|august|aug",
    "أيلول|سبتمبر|september|sept|sep",
    "تشرين الأول|تشرين أول|أكتوبر|october|oct",
    "تشرين الثاني|تشرين التاني|تشرين ثاني|تشرين تاني|نوفمبر|november|nov",
    "كانون الأول|كانون أول|ديسمبر|december|dec",
)
_MONTHS = {
    normalise(name): number
    for number, names in enumerate(_NAMES, start=1)
    for name in names.split("|")
}
_AROUND = words(
    "بتاريخ تاريخ يوم شهر عام سنة من في م الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة",
    "السبت on the of in date sunday monday tuesday wednesday thursday friday saturday",
)


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return rf"(?<![^\W\d_])(?:{'|'.join(longest_first)})(?![^\W\d_])"


_FILLER = re.compile(_any_of(_AROUND))
_MONTH = _any_of(_MONTHS)
_SEPARATOR = r" ?(?P<separator>[-/. ]) ?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<year>[0-9]{{4}}){_SEPARATOR}(?P<month>[0-9]{{1,2}}) ?(?P=separator) ?(?P<day>[0-9]{{1,2}})",
        rf"(?P<day>[0-9]{{1,2}}){_SEPARATOR}(?P<month>[0-9]{{1,2}}) ?(?P=separator) ?(?P<year>[0-9]{{4}})",
        rf"(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[-/ ,]*(?P<month>{_MONTH})[-/ ,.]*(?P<year>[0-9]{{4}})",
        rf"(?P<month>{_MONTH})[ .]*(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ ,]+(?P<year>[0-9]{{4}})",
    )
)


def read_date(text: str) -> Accepted | Refused:
    """Read a full date as ``YYYY-MM-DD``; refused: ``not-a-date``.

    A date without its year, or with a year of two figures, is refused and not completed.
    """
    bare = normalise(" ".join(_FILLER.sub(" ", fold(text).replace("،", ",")).split()))
    for form in _FORMS:
        match = form.fullmatch(bare)
        if match is not None:
            return _existing(match["year"], match["month"], match["day"])
    return Refused("not-a-date")


def _existing(year: str, month: str, day: str) -> Accepted | Refused:
    if int(year) not in _YEARS:
        return Refused("not-a-date")
    number = _MONTHS[month] if month in _MONTHS else int(month)
    try:
        return Accepted(date(int(year), number, int(day)).isoformat())
    except ValueError:
        return Refused("not-a-date")
