"""A store in which everything that is ever sealed has been."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.store import (
    cards,
    citizens,
    crossings,
    leads,
    offices,
    outbox,
    remarks,
    reports,
    retention,
    retries,
    revisions,
    updates,
)
from bot.store.cards import Card
from bot.store.store import Transaction
from tests.test_cli import refer

TELEGRAM, OFFICER = 7340198265, 6120055571
NAME, PHONE, TYPED = "سلمى الحمصي", "+963900000000", "my name is Salma"
TOLD = "they asked me for 5,000 at the counter"
"""Invented."""
UPDATE: dict[str, Any] = {
    "update_id": 500,
    "message": {
        "message_id": 5,
        "date": 1,
        "chat": {"id": TELEGRAM, "type": "private", "first_name": NAME},
        "from": {"id": TELEGRAM, "is_bot": False, "first_name": NAME},
        "text": TYPED,
    },
}


def live(tx: Transaction, telegram: int = TELEGRAM) -> int:
    """A citizen, two projects, an update set aside and tried, an officer, a lead with a history
    and a message for its office, a remark for the editors, and a message given up. Returns the
    lead."""
    revisions.keep(tx, "r1", b"a guide")
    remarks.add(tx, "told", "steps/tax-file", "homs", "ar", "r1", TOLD)
    citizen = citizens.create(tx, telegram, "ar").number
    for project in (1, 2):
        citizens.save_project(tx, citizen, project, {"answers": {"contact": PHONE}}, "r1")
    incident = updates.set_aside(tx, 1, 500, UPDATE, f"ValueError: {TYPED}", telegram)
    retries.ask(tx, incident)
    retries.begin(tx, incident)
    retries.fail(tx, incident, f"ValueError: {TYPED}")
    offices.bind(tx, "homs", -1001, "Office")
    officer = offices.save_officer(tx, "homs", OFFICER, NAME, "confirmed", administrator=True)
    details: Any = {"name": NAME, "contact": {"phone": PHONE}, "answers": {}}
    lead = leads.add(tx, citizen, 1, "licensing", "homs", "homs", "r1", details)
    leads.add_event(tx, lead.id, "referred")
    leads.add_event(tx, lead.id, "claimed", officer.number, note=f"asked for {NAME}")
    leads.change(tx, lead.id, expect=("new",), state="claimed", officer=officer.number)
    about = {"about": "tax-file", "office": "homs", "governorate": "homs"}
    told = reports.add(tx, fact="fee", officer=officer.number, text=TOLD, **about)
    reports.end(tx, told, "declined", TOLD)
    reports.add(tx, fact="papers", officer=officer.number, text=TOLD, photo=TYPED, **about)
    cards.set_card(tx, Card(lead.id, "homs", -1001, None, telegram % 100_000))
    crossings.add(
        tx,
        lead=lead.id,
        office="homs",
        officer=None,
        chat=telegram,
        message=6,
        album=None,
        content={"kind": "text", "text": TYPED},
    )
    outbox.put(tx, "office:homs", "card", lead.id)
    for row in outbox.due(tx):
        outbox.dead(tx, row.id, f"could not be sent to {NAME}")
    return lead.id


def hurt(tx: Transaction) -> None:
    """A lead that no office can receive, an update set aside, a message given up."""
    refer(tx)
    updates.set_aside(tx, 1, 1, {}, "ValueError", None)
    outbox.put(tx, "citizen:1", "notice:claimed")
    for row in outbox.due(tx):
        outbox.dead(tx, row.id, "Bad Request")


def clean(tx: Transaction) -> None:
    """Forgets what was set aside on purpose: a town asks at its end that nothing was."""
    retention.forget_set_aside(tx, settled=tx.now, any_state=tx.now + timedelta(days=1))
