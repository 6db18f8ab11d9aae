"""The tables. What names a person is in a sealed column or behind a blind index, never plain."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """A moment in UTC: aware outside, whatever the database keeps inside."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _: Dialect) -> datetime | None:
        # SQLite keeps no zone; what was bound above is UTC.
        if value is None or value.tzinfo is None:
            return value if value is None else value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


# One row for each key that ever sealed something here: a wrong DALIL_KEY is noticed at start.
key_checks = Table(
    "key_checks",
    metadata,
    Column("key_id", String(16), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

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

desks = Table(
    "desks",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("chat", BigInteger, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("bound", Utc, nullable=False),
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
    UniqueConstraint("office", "person"),
    sqlite_autoincrement=True,
)

leads = Table(
    "leads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reference", String(16), nullable=False, unique=True),
    Column("citizen", ForeignKey("citizens.number", ondelete="SET NULL"), index=True),
    Column("project", Integer, nullable=False),
    Column("topic", String(64), nullable=False),
    Column("governorate", String(64), nullable=False),
    Column("office", String(64), index=True),
    Column("state", String(16), nullable=False, index=True),
    Column("officer", ForeignKey("officers.number")),
    Column("created", Utc, nullable=False),
    Column("revision", String(64), nullable=False),
    Column("details", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

lead_events = Table(
    "lead_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("lead", ForeignKey("leads.id"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("at", Utc, nullable=False),
    Column("officer", ForeignKey("officers.number")),
    Column("note", LargeBinary),
    sqlite_autoincrement=True,
)

cards = Table(
    "cards",
    metadata,
    Column("lead", ForeignKey("leads.id"), primary_key=True),
    Column("office", String(64), primary_key=True),
    Column("chat", BigInteger, nullable=False),
    Column("thread", BigInteger),
    Column("message", BigInteger, nullable=False),
    Index(None, "chat", "message", unique=True),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("recipient", String(80), nullable=False),
    Column("what", String(64), nullable=False),
    Column("lead", ForeignKey("leads.id")),
    Column("state", String(8), nullable=False),
    # True from the moment the row is handed to the sender until it is put again.
    Column("handed", Boolean, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("created", Utc, nullable=False),
    Column("not_before", Utc, nullable=False),
    Column("error", LargeBinary),
    Column("failed", Utc),
    Index(None, "state", "recipient", "id"),
    sqlite_autoincrement=True,
)

revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("revision", String(64), nullable=False, unique=True),
    Column("first_served", Utc, nullable=False),
    Column("compiled", LargeBinary, nullable=False),
)

# What the running bot notes for itself and for commands, such as the day its cards were made for.
marks = Table(
    "marks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(64), nullable=False),
    Column("at", Utc, nullable=False),
)

# What citizens wrote for the editors. Nothing here leads to who wrote it.
remarks = Table(
    "remarks",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("about", String(64), nullable=False),
    Column("governorate", String(64), nullable=False),
    Column("language", String(16), nullable=False),
    Column("revision", String(64), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Index(None, "kind", "at"),
)
