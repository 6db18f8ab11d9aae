"""The guide as it was served, and what is said of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table

from bot.store.tables.columns import Utc, metadata

revisions = Table(
    "revisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("revision", String(64), nullable=False, unique=True),
    Column("first_served", Utc, nullable=False),
    Column("compiled", LargeBinary, nullable=False),
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

# What officers say of the guide: still right, what it lacks, what is wrong.
reports = Table(
    "reports",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("about", String(64), nullable=False),
    Column("fact", String(16), nullable=False),
    Column("office", String(64), nullable=False),
    Column("governorate", String(64), nullable=False),
    Column("officer", ForeignKey("officers.number"), nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("photo", LargeBinary),
    Column("state", String(8), nullable=False),
    Column("answer", LargeBinary),
    Column("ended", Utc),
    Index(None, "about", "state"),
)

# What stopped citizens at a step. Nothing here leads to whom.
obstacles = Table(
    "obstacles",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("step", String(64), nullable=False),
    Column("body", String(64), nullable=False),
    Column("governorate", String(64), nullable=False),
    Index(None, "step", "governorate"),
)
