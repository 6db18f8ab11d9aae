"""Phone numbers, in international form."""

import re

from bot.engine.readers.results import Accepted, Refused
from bot.engine.readers.text import fold

_RUN = re.compile(r"[+(]*[0-9][0-9 ().+/-]*")
_MOST_OTHER_TEXT = 60  # «رقمي هو …»: a longer text is no answer
_COUNTRY = "963"
# Mobile: nine digits after the zero. Landline: area code of two, then six or seven digits.
_NATIONAL = re.compile(r"9[0-9]{8}|[1-5][1-9][0-9]{6,7}")
_FOREIGN = re.compile(r"[1-9][0-9]{7,14}")


def read_phone(text: str) -> Accepted | Refused:
    """Read one phone number as ``+`` and its digits.

    Syrian numbers may come with 0, 963, 00963 or +963; any other country needs its + or 00.
    Refused: ``not-a-phone``, ``several-numbers``.
    """
    folded = fold(text)
    runs = _RUN.findall(folded)
    if len(runs) > 1:
        return Refused("several-numbers")
    if not runs or len(folded) - len(runs[0]) > _MOST_OTHER_TEXT:
        return Refused("not-a-phone")
    number = _international(runs[0])
    return Refused("not-a-phone") if number is None else Accepted(f"+{number}")


def _international(run: str) -> str | None:
    digits = re.sub("[^0-9]", "", run)
    # Right-to-left typing often leaves the plus at the other end.
    if "+" in run.strip(" ()./-")[1:-1]:
        return None
    abroad = "+" in run or digits.startswith("00")
    digits = digits.removeprefix("00")
    if digits.startswith(_COUNTRY) and (abroad or len(digits) > 9):
        return _syrian(digits.removeprefix(_COUNTRY).removeprefix("0"))
    if abroad:
        return digits if _FOREIGN.fullmatch(digits) else None
    if digits.startswith("0") or digits.startswith("9"):
        return _syrian(digits.removeprefix("0"))
    return None


def _syrian(national: str) -> str | None:
    return _COUNTRY + national if _NATIONAL.fullmatch(national) else None
