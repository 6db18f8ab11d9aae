"""Imports aiogram first and lets its types be what they ask to be: built when they are used.

aiogram marks its 300 types with pydantic's ``defer_build`` and then has each of them built while
it is imported, which takes three quarters of our start-up; we build fewer than ten of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel


@contextmanager
def _built_when_used() -> Iterator[None]:
    """Meanwhile ``model_rebuild`` only notes what a type's annotations mean.

    That is all that pydantic needs to build the type by itself when it is first used.
    """

    def note(kind: type[BaseModel], /, *, _types_namespace: dict[str, Any]) -> None:
        kind.__pydantic_parent_namespace__ = _types_namespace

    build = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(note)  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign]


with _built_when_used():
    import aiogram.types  # noqa: F401
