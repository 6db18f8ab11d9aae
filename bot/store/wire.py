"""How PostgreSQL is asked the few things of every message: by libpq itself, several at once.

A statement through psycopg's cursors costs four times as much, most of it spent on waiting for
the server in small steps; and each time that a process waits for another one it comes back to a
cold cache. So what is known beforehand goes out together, what nobody reads goes out with the
commit, and for both the loop does not stand still. Values and errors still become PostgreSQL's,
and ours, through psycopg.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import psycopg
from psycopg import abc, pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.waiting import WAIT_R, wait_async

BINARY = 1
WELL = frozenset({pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK})

Rows = list[tuple[Any, ...]]


class _Statement(NamedTuple):
    """One statement on its way: what the server knows it by, and what it is given."""

    name: bytes
    values: Sequence[Any] = ()
    formats: Sequence[pq.Format] = ()
    asked: tuple[Any, ...] | None = None
    """Under which its rows are kept; ``None``: nobody reads them."""


@dataclass(slots=True)
class Wire:
    """One connection, and what the server has learnt over it. It lives as long as that."""

    connection: psycopg.Connection[Any]
    values: abc.Transformer
    learnt: dict[bytes, bytes] = field(default_factory=dict)
    """The names of the statements that the server has prepared."""
    unsent: list[_Statement] = field(default_factory=list)
    answers: dict[tuple[Any, ...], Rows | None] = field(default_factory=dict)
    """The rows of what was asked and not read yet; ``None``: not answered yet."""

    def begin(self) -> None:
        """Forgets what another transaction has left; the server hears of it with a statement."""
        self.unsent.clear()
        self.answers.clear()

    def put(self, sql: bytes, values: Sequence[Any], asked: tuple[Any, ...] | None = None) -> None:
        """Has a statement with ``$1``… run before the next one, at the latest by the commit."""
        name = self._learn(sql)
        # As text a number is what the server takes it for, however long it is.
        formats = [PyFormat.BINARY if type(v) is bytes else PyFormat.TEXT for v in values]
        # psycopg leaves it out of one of its two signatures that a value may be None.
        given: Any = self.values.dump_sequence(values, formats)
        self.unsent.append(_Statement(name, given, self.values.formats or (), asked))

    def ask(self, sql: bytes, values: Sequence[Any]) -> None:
        """Has a statement run as ``put`` does; its rows wait for the ``run`` of the same."""
        key = (sql, *values)
        self.put(sql, values, key)
        self.answers[key] = None

    def run(self, sql: bytes, values: Sequence[Any]) -> Rows:
        """The rows of a statement with ``$1``…, which may have been asked before.

        Like all that sends, it begins the transaction if there is none, and raises psycopg's errors.
        """
        key = (sql, *values)
        if key not in self.answers:
            self.ask(sql, values)
        if self.answers[key] is None:
            self.flush()
        return self.answers.pop(key) or []

    def flush(self) -> None:
        """Sends what waits, and waits for the server."""
        if self.unsent:
            self._receive(self._send())

    async def answered(self) -> None:
        """Sends what waits; others may work until the server has answered."""
        if self.unsent:
            sent = self._send()
            if self.connection.pgconn.is_busy():
                await wait_async(_readable(), self.connection.pgconn.socket)
            self._receive(sent)

    async def commit(self) -> None:
        """Sends what waits, and has all of it committed; others may work meanwhile."""
        if self.unsent or self._in_transaction():
            self.unsent.append(_Statement(self._learn(b"COMMIT")))
            await self.answered()

    def _learn(self, sql: bytes) -> bytes:
        """What the server knows a statement by; a new one is prepared first."""
        name = self.learnt.get(sql)
        if name is None:
            name = b"dalil_%d" % len(self.learnt)
            result = self.connection.pgconn.prepare(name, sql)
            if result.status not in WELL:
                raise self._error(result)
            self.learnt[sql] = name
        return name

    def _in_transaction(self) -> bool:
        return self.connection.pgconn.transaction_status != pq.TransactionStatus.IDLE

    def _send(self) -> list[_Statement]:
        """Sends what waits in one go, with its BEGIN."""
        libpq, sent = self.connection.pgconn, self.unsent
        if not self._in_transaction():
            sent = [_Statement(self._learn(b"BEGIN")), *sent]
        self.unsent = []
        libpq.enter_pipeline_mode()
        for each in sent:
            libpq.send_query_prepared(each.name, each.values, each.formats, BINARY)
        libpq.pipeline_sync()
        libpq.flush()
        return sent

    def _receive(self, sent: list[_Statement]) -> None:
        """Reads what the server says to each, and to the end of them; waits if it must."""
        libpq, error = self.connection.pgconn, None
        for each in sent:
            result = self._result()
            if result.status in WELL:
                if each.asked is not None:
                    self.values.set_pgresult(result)
                    self.answers[each.asked] = self.values.load_rows(0, result.ntuples, tuple)
            elif error is None:
                error = self._error(result)
            libpq.get_result()  # the end of what it says to this one
        self._result()
        libpq.exit_pipeline_mode()
        if error is not None:
            raise error

    def _result(self) -> pq.abc.PGresult:
        result = self.connection.pgconn.get_result()
        if result is None or self.connection.broken:
            raise psycopg.OperationalError(self.connection.pgconn.get_error_message())
        return result

    def _error(self, result: pq.abc.PGresult) -> psycopg.Error:
        if self.connection.broken:
            return psycopg.OperationalError(self.connection.pgconn.get_error_message())
        return error_from_result(result, encoding=self.connection.info.encoding)


def _readable() -> abc.PQGen[None]:
    """psycopg's way of saying that something is waited for."""
    yield WAIT_R


def wire(connection: psycopg.Connection[Any], kept: dict[Any, Any]) -> Wire:
    """The wire of a connection; ``kept``: what is remembered as long as the connection lives."""
    found = kept.get(Wire)
    if found is None:
        found = kept[Wire] = Wire(connection, Transformer(connection))
    return found
