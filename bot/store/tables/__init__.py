"""The tables. What names a person is in a sealed column or behind a blind index, never plain."""

from __future__ import annotations

from bot.store.tables.cases import (
    cards,
    crossings,
    involvements,
    lead_events,
    leads,
    prompts,
    threads,
)
from bot.store.tables.columns import metadata
from bot.store.tables.desks import desk_events, desks, invitations, officers, profiles
from bot.store.tables.editing import obstacles, remarks, reports, revisions
from bot.store.tables.people import citizens, projects, shown
from bot.store.tables.service import (
    key_checks,
    marks,
    outbox,
    seen_updates,
    set_aside_events,
    set_aside_updates,
)

__all__ = [
    "cards",
    "citizens",
    "crossings",
    "desk_events",
    "desks",
    "invitations",
    "involvements",
    "key_checks",
    "lead_events",
    "leads",
    "marks",
    "metadata",
    "obstacles",
    "officers",
    "outbox",
    "profiles",
    "projects",
    "prompts",
    "remarks",
    "reports",
    "revisions",
    "seen_updates",
    "set_aside_events",
    "set_aside_updates",
    "shown",
    "threads",
]
