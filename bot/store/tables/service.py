"""What keeps the bot itself going."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from bot.store.tables.columns import Utc, metadata

# One row for each key that ever sealed something here: a wrong DALIL_KEY is noticed at start.
key_checks = Table(
    "key_checks",
    metadata,
    Column("key_id", String(16), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

seen_updates = Table(
    "seen_updates",
    metadata,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False, index=True),
)

set_aside_updates = Table(
    "set_aside_updates",
    metadata,
    Column("incident", String(16), primary_key=True),
    Column("bot", BigInteger, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("at", Utc, nullable=False),
    Column("error", LargeBinary, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("person", String(64), index=True),
)

# What was done about an update that was set aside; an erased person takes it along.
set_aside_events = Table(
    "set_aside_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "incident",
        ForeignKey("set_aside_updates.incident", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("kind", String(16), nullable=False),
    Column("at", Utc, nullable=False),
    Column("error", LargeBinary),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("recipient", String(80), nullable=False),
    Column("what", String(64), nullable=False),
    Column("lead", ForeignKey("leads.id")),
    Column("state", String(8), nullable=False),
    # Conversation goes before cards, cards before digests.
    Column("rank", Integer, nullable=False),
    # True from the moment the row is handed to the sender until it is put again.
    Column("handed", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("created", Utc, nullable=False),
    Column("not_before", Utc, nullable=False),
    Column("error", LargeBinary),
    Column("failed", Utc),
    Index(None, "state", "recipient", "rank", "id"),
    sqlite_autoincrement=True,
)

# What the running bot notes for itself and for commands, such as the day its cards were made for.
marks = Table(
    "marks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(64), nullable=False),
    Column("at", Utc, nullable=False),
)
