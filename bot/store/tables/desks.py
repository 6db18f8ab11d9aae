"""The groups of offices, and who works in them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.tables.columns import Utc, metadata

desks = Table(
    "desks",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("chat", BigInteger, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("bound", Utc, nullable=False),
    Column("forum", Boolean, nullable=False),
    # The thread "new" of a forum; the group has been told which messages cross to citizens.
    Column("thread", BigInteger),
    Column("told", Boolean, nullable=False),
)

desk_events = Table(
    "desk_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("office", String(64), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Column("reason", String, nullable=False),
    sqlite_autoincrement=True,
)

invitations = Table(
    "invitations",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("office", String(64), nullable=False),
    Column("expires", Utc, nullable=False),
    Column("used", Utc),
)

officers = Table(
    "officers",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("office", String(64), nullable=False),
    Column("person", String(64), nullable=False),
    Column("telegram", LargeBinary, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("administrator", Boolean, nullable=False),
    Column("away", Boolean, nullable=False),
    # Of who waits: since when their own group is asked, until the head office is asked as well.
    Column("asked", Utc),
    UniqueConstraint("office", "person"),
    sqlite_autoincrement=True,
)

# What an office says of itself: where it is, when it is open, how to call it.
profiles = Table(
    "profiles",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("details", String, nullable=False),
    Column("officer", ForeignKey("officers.number"), nullable=False),
    Column("at", Utc, nullable=False),
)
