"""What is raised on purpose. Every message here may be shown to a person as it stands."""

from __future__ import annotations

import traceback


class DalilError(Exception):
    """The root of everything Dalil raises on purpose; its text is a sentence for a person."""


class StoreRefused(DalilError):
    """The database cannot be used as asked: wrong key, unknown scheme, other schema, taken."""


class StoreUnavailable(DalilError):
    """The database could not commit (locked, disk full, I/O): acknowledge nothing, try again."""


def named(error: BaseException) -> str:
    """What kind of error was raised and where, for logs; its text may quote what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
