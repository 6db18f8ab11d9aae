"""What is done about updates that were set aside, and what the running bot notes for itself."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add two tables; nothing that is there changes."""
    op.create_table(
        "set_aside_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["incident"],
            ["set_aside_updates.incident"],
            name=op.f("fk_set_aside_events_incident"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_aside_events")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_set_aside_events_incident"), "set_aside_events", ["incident"])

    op.create_table(
        "marks",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_marks")),
    )
