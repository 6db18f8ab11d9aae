"""Citizens, their projects, and what their chats show."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table

from bot.store.tables.columns import Utc, metadata

# Numbers of citizens, officers and leads are in logs and histories: AUTOINCREMENT never reuses one.
citizens = Table(
    "citizens",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("person", String(64), nullable=False, unique=True),
    Column("telegram", LargeBinary, nullable=False),
    Column("language", String(8)),
    Column("project", Integer, nullable=False),
    Column("screen", Integer, nullable=False),
    Column("blocked", Boolean, nullable=False),
    Column("created", Utc, nullable=False),
    sqlite_autoincrement=True,
)

projects = Table(
    "projects",
    metadata,
    Column("citizen", ForeignKey("citizens.number", ondelete="CASCADE"), primary_key=True),
    Column("project", Integer, primary_key=True, autoincrement=False),
    Column("state", LargeBinary, nullable=False),
    Column("revision", String(64), nullable=False),
    Column("saved", Utc, nullable=False),
)

shown = Table(
    "shown",
    metadata,
    Column("citizen", ForeignKey("citizens.number", ondelete="CASCADE"), primary_key=True),
    Column("message", BigInteger, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("screen", Integer, nullable=False),
)
