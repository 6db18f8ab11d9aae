"""Imports aiogram first and lets its types be what they ask to be: built when they are used.

aiogram marks its 400 types with pydantic's ``defer_build`` and then has each of them built while
it is imported: more than half of the time in which the bot is imported, and 80 MB, for types of
which we use a few.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from pydantic import BaseModel


@contextmanager
def _built_when_used() -> Iterator[None]:
    """Meanwhile ``model_rebuild`` only gives a type's module the names that its annotations use.

    The module imports them for type checkers alone. With them pydantic builds the type by itself,
    whichever other type it is first used in.
    """

    def note(kind: type[BaseModel], /, *, _types_namespace: dict[str, Any]) -> None:
        module = vars(sys.modules[kind.__module__])
        written = [vars(each).get("__annotations__", {}).values() for each in kind.__mro__]
        for name in re.findall(r"\w+", " ".join(map(str, chain(*written)))):
            if name in _types_namespace:
                module.setdefault(name, _types_namespace[name])

    build = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(note)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign]


with _built_when_used():
    import aiogram.types  # noqa: F401
