"""The points at which a bot may die: before and after each commit and each send.

A life tells every point that it passes on its standard output, and looks into a page of memory
that it shares with the city to see whether this point is its last.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiogram import Bot
from aiogram.methods import TelegramMethod
from sqlalchemy import Connection, Engine, event

from bot.store.prepared import Prepared
from bot.store.store import Store, Transaction, Work
from bot.telegram.session import LeanSession

T = TypeVar("T")

SENDS = frozenset(
    {"sendMessage", "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery"}
)
NUMBER = struct.Struct("q")
PASSED, LAST = 0, NUMBER.size
"""Where the page says how many points were passed, and which is the last (0: none)."""


class Points:
    """The count of the points. Only lives count; the city only says which is the last."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(bytes(mmap.PAGESIZE))
        with file.open("r+b") as opened:
            self._page = mmap.mmap(opened.fileno(), mmap.PAGESIZE)

    def die_at(self, point: int) -> None:
        """The life is to end at the n-th point from now; 0: it may live."""
        self._write(LAST, point and self._read(PASSED) + point)

    @property
    def armed(self) -> bool:
        """Whether a death is ordered that has not come."""
        return self._read(LAST) != 0

    def reached(self, name: str) -> None:
        """A life is at this point."""
        passed = self._read(PASSED) + 1
        self._write(PASSED, passed)
        last = self._read(LAST)
        dying = last and passed >= last
        if dying:
            # Before the line: who hears it must not find the death still to come.
            self._write(LAST, 0)
        # One write of a short line is never torn, even by the kill below.
        os.write(1, f"{name}\n".encode())
        if dying:
            os.kill(os.getpid(), signal.SIGKILL)

    def _read(self, place: int) -> int:
        return int(NUMBER.unpack_from(self._page, place)[0])

    def _write(self, place: int, number: int) -> None:
        NUMBER.pack_into(self._page, place, number)


def watch(points: Points) -> None:
    """Makes the bot of this process tell its points, for good."""
    patch = pytest.MonkeyPatch()
    event.listen(Engine, "before_cursor_execute", _note_writing)
    for way in ("run", "put", "ask"):
        patch.setattr(Prepared, way, _watched_statement(getattr(Prepared, way)))
    patch.setattr(Store, "run", _watched_run(points))
    patch.setattr(LeanSession, "call", _watched_call(points))


def _note_writing(connection: Any, _: Any, __: str, ___: Any, context: Any, ____: bool) -> None:
    if context is not None and (context.isinsert or context.isupdate or context.isdelete):
        connection.info["wrote"] = True


def _watched_statement(way: Callable[..., Any]) -> Callable[..., Any]:
    """SQLAlchemy does not hear of what the driver runs by itself."""

    def watched(self: Prepared, connection: Connection, **values: Any) -> Any:
        if self.writes:
            connection.info["wrote"] = True
        return way(self, connection, **values)

    return watched


def _watched_run(points: Points) -> Callable[..., Any]:
    """Who only reads leaves the world as it is: that commit is no point."""
    run = Store.run

    async def watched(self: Store, work: Work[T], ahead: Work[None] | None = None) -> T:
        wrote = False

        def before(tx: Transaction) -> None:
            tx.connection.info["wrote"] = False
            if ahead is not None:
                ahead(tx)

        def counted(tx: Transaction) -> T:
            nonlocal wrote
            result = work(tx)
            wrote = tx.connection.info["wrote"]
            if wrote:
                points.reached("before commit")
            return result

        result = await run(self, counted, before)
        if wrote:
            points.reached("after commit")
        return result

    return watched


def _watched_call(points: Points) -> Callable[..., Any]:
    call = LeanSession.call

    async def watched(
        self: LeanSession, bot: Bot, kind: type[TelegramMethod[Any]], *rest: Any
    ) -> Any:
        name = kind.__api_method__
        if name not in SENDS:
            return await call(self, bot, kind, *rest)
        points.reached(f"before {name}")
        result = await call(self, bot, kind, *rest)
        points.reached(f"after {name}")
        return result

    return watched
