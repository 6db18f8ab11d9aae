"""The first schema: citizens and their projects, offices, leads, the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables; those of leads refer to those of citizens and offices."""
    _operation()
    _citizens()
    _offices()
    _officers()
    _leads()
    _work_on_leads()
    _outbox()


def _operation() -> None:
    op.create_table(
        "key_checks",
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_key_checks")),
    )

    op.create_table(
        "revisions",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("first_served", sa.DateTime(timezone=True), nullable=False),
        sa.Column("compiled", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_revisions")),
        sa.UniqueConstraint("revision", name=op.f("uq_revisions_revision")),
    )

    op.create_table(
        "seen_updates",
        sa.Column("bot", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bot", "update_id", name=op.f("pk_seen_updates")),
    )
    op.create_index(op.f("ix_seen_updates_at"), "seen_updates", ["at"])

    op.create_table(
        "set_aside_updates",
        sa.Column("incident", sa.String(length=16), nullable=False),
        sa.Column("bot", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.LargeBinary(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.String(length=64)),
        sa.PrimaryKeyConstraint("incident", name=op.f("pk_set_aside_updates")),
    )
    op.create_index(op.f("ix_set_aside_updates_person"), "set_aside_updates", ["person"])


def _citizens() -> None:
    op.create_table(
        "citizens",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("telegram", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=8)),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("screen", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_citizens")),
        sa.UniqueConstraint("person", name=op.f("uq_citizens_person")),
        sqlite_autoincrement=True,
    )

    op.create_table(
        "projects",
        sa.Column("citizen", sa.Integer(), nullable=False),
        sa.Column("project", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen"], ["citizens.number"], name=op.f("fk_projects_citizen"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("citizen", "project", name=op.f("pk_projects")),
    )

    op.create_table(
        "shown",
        sa.Column("citizen", sa.Integer(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("screen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen"], ["citizens.number"], name=op.f("fk_shown_citizen"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("citizen", name=op.f("pk_shown")),
    )


def _offices() -> None:
    op.create_table(
        "desks",
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("bound", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("office", name=op.f("pk_desks")),
        sa.UniqueConstraint("chat", name=op.f("uq_desks_chat")),
    )

    op.create_table(
        "desk_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_events")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_desk_events_office"), "desk_events", ["office"])

    op.create_table(
        "invitations",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_invitations")),
    )


def _officers() -> None:
    op.create_table(
        "officers",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("telegram", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_officers")),
        sa.UniqueConstraint("office", "person", name=op.f("uq_officers_office_person")),
        sqlite_autoincrement=True,
    )


def _leads() -> None:
    op.create_table(
        "leads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("citizen", sa.Integer()),
        sa.Column("project", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("governorate", sa.String(length=64), nullable=False),
        sa.Column("office", sa.String(length=64)),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("officer", sa.Integer()),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.String(length=64), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen"], ["citizens.number"], name=op.f("fk_leads_citizen"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["officer"], ["officers.number"], name=op.f("fk_leads_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leads")),
        sa.UniqueConstraint("reference", name=op.f("uq_leads_reference")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_leads_citizen"), "leads", ["citizen"])
    op.create_index(op.f("ix_leads_office"), "leads", ["office"])
    op.create_index(op.f("ix_leads_state"), "leads", ["state"])


def _work_on_leads() -> None:
    op.create_table(
        "lead_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("officer", sa.Integer()),
        sa.Column("note", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["lead"], ["leads.id"], name=op.f("fk_lead_events_lead")),
        sa.ForeignKeyConstraint(
            ["officer"], ["officers.number"], name=op.f("fk_lead_events_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_events")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_lead_events_lead"), "lead_events", ["lead"])

    op.create_table(
        "cards",
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger()),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["lead"], ["leads.id"], name=op.f("fk_cards_lead")),
        sa.PrimaryKeyConstraint("lead", "office", name=op.f("pk_cards")),
    )
    op.create_index(op.f("ix_cards_chat_message"), "cards", ["chat", "message"], unique=True)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("lead", sa.Integer()),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("handed", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.LargeBinary()),
        sa.Column("failed", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["lead"], ["leads.id"], name=op.f("fk_outbox_lead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_outbox_state_recipient_id"), "outbox", ["state", "recipient", "id"])
