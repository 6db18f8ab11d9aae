"""Opening hours: from one time of day to a later one."""

import re

from bot.engine.readers.results import Accepted, Refused
from bot.engine.readers.text import fold

_MORNING = r"صباحا|ص|am"
_AFTERNOON = r"بعد الظهر|ظهرا|عصرا|مسا|م|pm"
_TIME = rf"([0-9]{{1,2}})(?:[:.]([0-9]{{2}}))?(?: ?(?:{_MORNING}|({_AFTERNOON}))(?![^\W\d_]))?"
# Folding has taken the hamzas and dotted the last letters: «إلى» and «حتى» look like this.
_SPAN = re.compile(rf"{_TIME} ?(?:-|الي|حتي|to|until) ?(?:الساعه )?{_TIME}")
_MOST_OTHER_TEXT = 40  # «الدوام من …»: a longer text is no answer
_NOON = 12


def read_hours(text: str) -> Accepted | Refused:
    """Read "8:30-15:00" as ``["08:30", "15:00"]``.

    Refused: ``not-hours``, and ``hours-reversed`` where the end does not come after the beginning.
    """
    folded = fold(text)
    found = _SPAN.search(folded)
    if found is None:
        return Refused("not-hours")
    rest = folded[: found.start()] + folded[found.end() :]
    opens, closes = _time(*found.group(1, 2, 3)), _time(*found.group(4, 5, 6))
    if re.search("[0-9]", rest) or len(rest) > _MOST_OTHER_TEXT or opens is None or closes is None:
        return Refused("not-hours")
    return Accepted([opens, closes]) if opens < closes else Refused("hours-reversed")


def _time(hours: str, minutes: str | None, afternoon: str | None) -> str | None:
    hour, minute = int(hours), int(minutes or 0)
    if afternoon and hour < _NOON:
        hour += _NOON
    return f"{hour:02}:{minute:02}" if hour < 2 * _NOON and minute < 60 else None
