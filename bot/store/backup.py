"""A copy of everything in one file, made while the bot runs, for either kind of database.

The file is a zip: ``manifest.json`` (schema, counts, hashes) and a file of rows for each table.
Personal data stays sealed in it; the key is not in it.
"""

from __future__ import annotations

import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from bot.errors import StoreRefused
from bot.store import tables
from bot.store.active import lock
from bot.store.database import connect, in_plain_words, snapshot
from bot.store.export import (
    TABLES,
    Row,
    Tally,
    decode,
    encode,
    numbers,
    read,
    require_empty,
    set_numbers,
    write,
)
from bot.store.schema import newest_schema, require_schema, upgrade
from bot.store.sealing import Seal
from bot.store.store import Transaction, check_keys, utc_now

FORMAT = 1
MANIFEST = "manifest.json"
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError)
"""What reading a file raises that is no backup, or a damaged one."""


@dataclass(frozen=True)
class Contents:
    """What a backup holds. ``tables``: rows and hash of each; ``keys``: the names of those that
    open it; ``numbers``: the highest that each table ever gave to a row."""

    format: int
    made: str
    dalil: str
    schema: str
    keys: list[str]
    tables: dict[str, tuple[int, str]]
    numbers: dict[str, int]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(count for count, _ in self.tables.values())


def back_up(url: str, file: Path, now: datetime | None = None) -> Contents:
    """Writes a backup of the database at ``url`` into a new file, which only its owner may read.

    Raises StoreRefused when the file exists or cannot be written, or the schema is another;
    StoreUnavailable when the database cannot be read now.
    """
    part = file.with_name(f"{file.name}.part")
    with _writing(file, part):
        engine = connect(url)
        try:
            with in_plain_words(), snapshot(engine) as connection:
                require_schema(connection)
                contents = _export(connection, part, now or utc_now())
        finally:
            engine.dispose()
    return contents


def restore(url: str, file: Path, seal: Seal) -> Contents:
    """Brings everything in a backup into the database at ``url``, which must be absent or empty.

    Raises StoreRefused, and leaves the database empty, when it is not, when the bot runs on it,
    when the backup is damaged or of another schema, or when its key is not the one in ``seal``.
    """
    with _opened(file) as archive:
        contents = _contents(archive, file)
        _require_this_schema(contents)
        with lock(url):
            upgrade(url)
            engine = connect(url)
            try:
                with in_plain_words(), engine.begin() as connection:
                    require_empty(connection)
                    for table in TABLES:
                        write(connection, table, _rows(archive, table, contents))
                    set_numbers(connection, contents.numbers)
                    check_keys(Transaction(connection, seal, utc_now()))
            finally:
                engine.dispose()
    return contents


def _export(connection: Connection, part: Path, now: datetime) -> Contents:
    counted = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in TABLES:
            tally = Tally()
            with archive.open(_member(table), "w", force_zip64=True) as lines:
                for row in read(connection, table):
                    line = encode(row)
                    tally.add(line)
                    lines.write(line + b"\n")
            counted[table.name] = (tally.count, tally.digest)
        contents = Contents(
            format=FORMAT,
            made=now.isoformat(timespec="seconds"),
            dalil=version("dalil"),
            schema=newest_schema(),
            keys=list(connection.execute(select(tables.key_checks.c.key_id)).scalars()),
            tables=counted,
            numbers=numbers(connection),
        )
        archive.writestr(MANIFEST, json.dumps(asdict(contents), indent=1))
    return contents


def _contents(archive: zipfile.ZipFile, file: Path) -> Contents:
    try:
        found: dict[str, Any] = json.loads(archive.read(MANIFEST))
        counted = {
            name: (int(count), str(digest)) for name, (count, digest) in found["tables"].items()
        }
        return Contents(**{**found, "tables": counted})
    except BROKEN as error:
        raise _no_backup(file) from error


def _require_this_schema(contents: Contents) -> None:
    if (contents.format, contents.schema) != (FORMAT, newest_schema()):
        raise StoreRefused(
            f"The backup has the schema {contents.schema} of Dalil {contents.dalil}, and this "
            f"Dalil works with {newest_schema()}: restore it with Dalil {contents.dalil}, "
            "then upgrade that database with `dalil db upgrade`."
        )


def _rows(archive: zipfile.ZipFile, table: Table, contents: Contents) -> Iterator[Row]:
    """The rows of a table. Raises StoreRefused at the end if they are not those of the manifest."""
    tally = Tally()
    try:
        with archive.open(_member(table)) as lines:
            for line in lines:
                tally.add(line.rstrip(b"\n"))
                yield decode(table, line)
        whole = contents.tables[table.name] == (tally.count, tally.digest)
    except BROKEN as error:
        raise _damaged(table) from error
    if not whole:
        raise _damaged(table)


def _damaged(table: Table) -> StoreRefused:
    return StoreRefused(f"The backup is damaged ({table.name}): nothing was restored.")


def _member(table: Table) -> str:
    return f"tables/{table.name}.jsonl"


@contextmanager
def _writing(file: Path, part: Path) -> Iterator[None]:
    """Lets the body write ``part``, which becomes ``file`` if all goes well."""
    try:
        # Even this look may be refused: in a folder such as /root.
        if file.exists():
            raise StoreRefused(f"{file} exists: choose another name. Nothing was written.")
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        try:
            yield
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.rename(file)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise StoreRefused(
            f"The backup {file} cannot be written ({error.strerror}): "
            "name a file in a directory where this user may write and there is room."
        ) from error


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise _no_backup(file) from error
    except OSError as error:
        raise StoreRefused(f"{file} cannot be read ({error.strerror}).") from error


def _no_backup(file: Path) -> StoreRefused:
    return StoreRefused(f"{file} is not a backup of Dalil: nothing was restored.")
