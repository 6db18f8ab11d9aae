"""Imports aiogram first and lets its types and methods be built when they are used.

aiogram marks its 400 types with pydantic's ``defer_build`` and then has each of them built while
it is imported, as it has its 188 methods, which it does not mark: three fifths of the time in
which the bot is imported, and 110 MB, for a few that we use.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from pydantic import BaseModel, ConfigDict


@contextmanager
def _built_when_used() -> Iterator[None]:
    """Meanwhile every model that is defined waits for its use, and none is built before it.

    ``model_rebuild`` only gives a type's module the names that its annotations use and that the
    module imports for type checkers alone. With them pydantic builds the type by itself,
    whichever other type it is first used in.
    """

    def note(kind: type[BaseModel], /, *, _types_namespace: dict[str, Any]) -> None:
        module = vars(sys.modules[kind.__module__])
        written = [vars(each).get("__annotations__", {}).values() for each in kind.__mro__]
        for name in re.findall(r"\w+", " ".join(map(str, chain(*written)))):
            if name in _types_namespace:
                module.setdefault(name, _types_namespace[name])

    build, config = BaseModel.__dict__["model_rebuild"], BaseModel.model_config
    BaseModel.model_config = ConfigDict(**config, defer_build=True)
    BaseModel.model_rebuild = classmethod(note)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        BaseModel.model_config = config
        BaseModel.model_rebuild = build  # type: ignore[method-assign]


with _built_when_used():
    import aiogram.types  # noqa: F401
