"""How PostgreSQL is asked the few things of every message: by libpq itself, without a cursor.

A statement through psycopg's cursors costs four times as much, most of it spent on waiting for
the server in small steps. Values and errors still become PostgreSQL's, and ours, through psycopg.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import abc, pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result

BINARY = 1
WELL = frozenset({pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK})


@dataclass(slots=True)
class Wire:
    """One connection, and what the server has learnt over it. It lives as long as that."""

    connection: psycopg.Connection[Any]
    values: abc.Transformer
    learnt: dict[bytes, bytes] = field(default_factory=dict)
    """The names of the statements that the server has prepared."""

    def run(self, sql: bytes, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a statement with ``$1``…; begins the transaction if there is none yet.

        Raises psycopg's errors.
        """
        libpq = self.connection.pgconn
        if libpq.transaction_status == pq.TransactionStatus.IDLE:
            self._well(libpq.exec_(b"BEGIN"))
        name = self.learnt.get(sql)
        if name is None:
            name = b"dalil_%d" % len(self.learnt)
            self._well(libpq.prepare(name, sql))
            self.learnt[sql] = name
        # As text a number is what the server takes it for, however long it is.
        formats = [PyFormat.BINARY if type(v) is bytes else PyFormat.TEXT for v in values]
        # psycopg leaves it out of one of its two signatures that a value may be None.
        given: Any = self.values.dump_sequence(values, formats)
        result = self._well(libpq.exec_prepared(name, given, self.values.formats, BINARY))
        self.values.set_pgresult(result)
        return self.values.load_rows(0, result.ntuples, tuple)

    def _well(self, result: pq.abc.PGresult) -> pq.abc.PGresult:
        if result.status in WELL:
            return result
        if self.connection.broken:
            raise psycopg.OperationalError(self.connection.pgconn.get_error_message())
        raise error_from_result(result, encoding=self.connection.info.encoding)


def wire(connection: psycopg.Connection[Any], kept: dict[Any, Any]) -> Wire:
    """The wire of a connection; ``kept``: what is remembered as long as the connection lives."""
    found = kept.get(Wire)
    if found is None:
        found = kept[Wire] = Wire(connection, Transformer(connection))
    return found
