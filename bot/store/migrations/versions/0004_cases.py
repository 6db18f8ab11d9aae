"""The life of a case: owed answers, threads, other desks, and what crosses to citizens."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add tables and columns; closed leads get today's state, with an outcome."""
    _widen()
    _close()
    _add_threads_and_involvements()
    _add_crossings()
    _add_prompts()


def _widen() -> None:
    op.add_column(
        "desks", sa.Column("forum", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("desks", sa.Column("thread", sa.BigInteger()))
    op.add_column(
        "desks", sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("leads", sa.Column("outcome", sa.String(length=16)))
    op.add_column("leads", sa.Column("owed", sa.String(length=8)))
    op.add_column("leads", sa.Column("owed_since", sa.DateTime(timezone=True)))
    op.add_column("leads", sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_leads_owed_owed_since"), "leads", ["owed", "owed_since"], unique=False)
    op.add_column(
        "officers", sa.Column("away", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("officers", sa.Column("asked", sa.DateTime(timezone=True)))
    op.add_column("outbox", sa.Column("rank", sa.Integer(), nullable=False, server_default="1"))
    op.drop_index(op.f("ix_outbox_state_recipient_id"), table_name="outbox")
    op.create_index(
        op.f("ix_outbox_state_recipient_rank_id"),
        "outbox",
        ["state", "recipient", "rank", "id"],
        unique=False,
    )


def _close() -> None:
    """What was ended says how. "Done" promised nothing, so it becomes the least: advised."""
    leads = sa.table("leads", sa.column("state", sa.String), sa.column("outcome", sa.String))
    outcomes = {"done": "advised", "unreachable": "unreachable", "withdrawn": "withdrawn"}
    for state, outcome in outcomes.items():
        ended = sa.update(leads).where(leads.c.state == state)
        op.execute(ended.values(state="resolved", outcome=outcome))


def _add_threads_and_involvements() -> None:
    op.create_table(
        "threads",
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger()),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["lead"], ["leads.id"], name=op.f("fk_threads_lead")),
        sa.PrimaryKeyConstraint("lead", "office", name=op.f("pk_threads")),
    )
    op.create_index(op.f("ix_threads_office_thread"), "threads", ["office", "thread"], unique=False)
    op.create_table(
        "involvements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("by_office", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("officer", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["lead"], ["leads.id"], name=op.f("fk_involvements_lead")),
        sa.ForeignKeyConstraint(
            ["officer"], ["officers.number"], name=op.f("fk_involvements_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvements")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_involvements_lead"), "involvements", ["lead"], unique=False)
    op.create_index(op.f("ix_involvements_office"), "involvements", ["office"], unique=False)


def _add_crossings() -> None:
    op.create_table(
        "crossings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("officer", sa.Integer()),
        sa.Column("part", sa.Integer()),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("album", sa.String(length=64)),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_chat", sa.BigInteger()),
        sa.Column("to_message", sa.BigInteger()),
        sa.ForeignKeyConstraint(["lead"], ["leads.id"], name=op.f("fk_crossings_lead")),
        sa.ForeignKeyConstraint(
            ["officer"], ["officers.number"], name=op.f("fk_crossings_officer")
        ),
        sa.ForeignKeyConstraint(["part"], ["involvements.id"], name=op.f("fk_crossings_part")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crossings")),
        sa.UniqueConstraint("chat", "message", name=op.f("uq_crossings_chat_message")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_crossings_lead"), "crossings", ["lead"], unique=False)
    op.create_index(
        op.f("ix_crossings_to_chat_to_message"),
        "crossings",
        ["to_chat", "to_message"],
        unique=False,
    )


def _add_prompts() -> None:
    op.create_table(
        "prompts",
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("lead", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead"], ["leads.id"], name=op.f("fk_prompts_lead")),
        sa.PrimaryKeyConstraint("chat", "message", name=op.f("pk_prompts")),
    )
