"""Leads, their history, and where they are shown and talked about."""

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
    UniqueConstraint,
)

from bot.store.tables.columns import Utc, metadata

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
    Column("outcome", String(16)),
    Column("officer", ForeignKey("officers.number")),
    Column("created", Utc, nullable=False),
    Column("revision", String(64), nullable=False),
    Column("details", LargeBinary, nullable=False),
    # What the office owes the citizen next, since when, and how often it was reminded of it.
    Column("owed", String(8)),
    Column("owed_since", Utc),
    Column("reminded", Integer, nullable=False),
    Index(None, "owed", "owed_since"),
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

# A lead's own thread in an office's forum, and the card that stands in it.
threads = Table(
    "threads",
    metadata,
    Column("lead", ForeignKey("leads.id"), primary_key=True),
    Column("office", String(64), primary_key=True),
    Column("thread", BigInteger, nullable=False),
    Column("message", BigInteger),
    Column("open", Boolean, nullable=False),
    Column("told", Boolean, nullable=False),
    Index(None, "office", "thread"),
)

# Another desk's part in a case: it was asked, or is to take the case over.
involvements = Table(
    "involvements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("lead", ForeignKey("leads.id"), nullable=False, index=True),
    Column("office", String(64), nullable=False, index=True),
    Column("by_office", String(64), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("state", String(10), nullable=False),
    Column("officer", ForeignKey("officers.number"), nullable=False),
    Column("since", Utc, nullable=False),
    Column("ended", Utc),
    sqlite_autoincrement=True,
)

# What crosses between a citizen and the office that has their case, or (with a part) between that
# office and another desk.
crossings = Table(
    "crossings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("lead", ForeignKey("leads.id"), nullable=False, index=True),
    Column("office", String(64), nullable=False),
    Column("officer", ForeignKey("officers.number")),
    Column("part", ForeignKey("involvements.id")),
    # Where it was written: in a group, or the number of the citizen in whose chat (store/chats.py).
    # A message crosses once.
    Column("chat", BigInteger, nullable=False),
    Column("message", BigInteger, nullable=False),
    Column("album", String(64)),
    # Gone when it can no longer be edited.
    Column("content", LargeBinary),
    Column("at", Utc, nullable=False),
    # Where it arrived.
    Column("to_chat", BigInteger),
    Column("to_message", BigInteger),
    UniqueConstraint("chat", "message"),
    Index(None, "to_chat", "to_message"),
    sqlite_autoincrement=True,
)

# Questions of the bot in a group that are answered by replying to them.
prompts = Table(
    "prompts",
    metadata,
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("what", String(64), nullable=False),
    Column("lead", ForeignKey("leads.id")),
    Column("at", Utc, nullable=False),
)
