"""Numbers in figures: which of their dots, commas and spaces group thousands."""

import re
from fractions import Fraction

from bot.engine.readers.number_words import Numeral

FIGURE = r"[0-9]{1,3}(?: [0-9]{3})+(?:[.,٫][0-9]+)?(?![0-9])|[0-9]+(?:[.,،٬٫'][0-9]+)*"

_BEYOND = 10**18  # stands for anything longer; every limit is far below it
_MOST_DIGITS = 18
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_SEPARATOR = re.compile(r"[^0-9]")


class CannotRead(Exception):
    """The text is not one whole number; `reason` is the code of the refusal."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def figure(text: str) -> Numeral:
    """Read one match of `FIGURE`, a figure in folded text.

    Raises:
        CannotRead: its separators make no sense, or it looks like a phone number.
    """
    plain = text.replace("،", ",")
    if re.fullmatch("0[0-9]{6,}", plain):
        raise CannotRead("not-a-number")
    whole, decimals = _parts(plain)
    groups = _SEPARATOR.split(whole)
    if len(groups) > 1 and not _are_thousands(whole, groups):
        raise CannotRead("not-a-number")
    return Numeral(
        "figure",
        _whole(whole) + _fraction(decimals),
        guessed=_ONE_GROUP.fullmatch(plain) is not None,
    )


def _parts(text: str) -> tuple[str, str]:
    """Split at the decimal sign, where there is one."""
    signs = _SEPARATOR.findall(text)
    if not signs:
        return text, ""
    last = signs[-1]
    alone = signs.count(last) == 1
    decimal = last == "٫" or (
        last in ".," and alone and (len(signs) > 1 or not _ONE_GROUP.fullmatch(text))
    )
    if not decimal:
        return text, ""
    whole, _, decimals = text.rpartition(last)
    return whole, decimals


def _are_thousands(whole: str, groups: list[str]) -> bool:
    one_sign = len(set(_SEPARATOR.findall(whole))) == 1
    return one_sign and 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _whole(text: str) -> Fraction:
    digits = _SEPARATOR.sub("", text).lstrip("0") or "0"
    return Fraction(int(digits) if len(digits) <= _MOST_DIGITS else _BEYOND)


def _fraction(decimals: str) -> Fraction:
    digits = decimals.rstrip("0")
    if len(digits) > _MOST_DIGITS:
        raise CannotRead("not-whole")
    return Fraction(int(digits or "0"), 10 ** len(digits))
