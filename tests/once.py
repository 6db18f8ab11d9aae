"""What every story would make anew and find the same is made once for each process of tests."""

from __future__ import annotations

import ssl
from functools import cache, partial
from typing import Any

import pytest

from bot.store import database


class Compiled(dict[Any, Any]):
    """The statements of all engines, by the kind of database instead of the engine's own dialect.

    Every engine has a dialect of its own, so SQLAlchemy compiles for each story again what it
    compiled for the one before; the dialects of a kind do not differ here.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_by_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_by_kind(key), compiled)


def _by_kind(key: Any) -> Any:
    dialect, *rest = key
    return (dialect.name, *rest)


def make_once(patch: pytest.MonkeyPatch) -> None:
    """From now on certificates are read once, and a statement is compiled once."""
    patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
    kept = {"compiled_cache": Compiled()}
    patch.setattr(
        database, "create_engine", partial(database.create_engine, execution_options=kept)
    )
