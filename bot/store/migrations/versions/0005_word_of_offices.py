"""What offices say of themselves and of the guide, and what stopped citizens."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add tables; nothing that is there changes."""
    _add_profiles()
    _add_reports()
    _add_obstacles()


def _add_profiles() -> None:
    op.create_table(
        "profiles",
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("officer", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["officer"], ["officers.number"], name=op.f("fk_profiles_officer")),
        sa.PrimaryKeyConstraint("office", name=op.f("pk_profiles")),
    )


def _add_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("fact", sa.String(length=16), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("governorate", sa.String(length=64), nullable=False),
        sa.Column("officer", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("photo", sa.LargeBinary()),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("answer", sa.LargeBinary()),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["officer"], ["officers.number"], name=op.f("fk_reports_officer")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_reports")),
    )
    op.create_index(op.f("ix_reports_about_state"), "reports", ["about", "state"], unique=False)


def _add_obstacles() -> None:
    op.create_table(
        "obstacles",
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("governorate", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_obstacles")),
    )
    op.create_index(
        op.f("ix_obstacles_step_governorate"), "obstacles", ["step", "governorate"], unique=False
    )
