"""Which office a lead goes to, and what becomes of it when groups come, move and go."""

from __future__ import annotations

from bot.engine.guide import Guide
from bot.referrals import posting
from bot.referrals.case import acting, officers
from bot.store import cards, involvements, leads, offices, outbox
from bot.store.leads import Lead
from bot.store.store import Transaction

NO_GROUP = "no-group"
"""The cause noted when a lead is not with its own office because that never had a group."""


def route(tx: Transaction, guide: Guide, topic: str, governorate: str) -> str | None:
    """The office that can receive such a lead now: its own, else the head office, else none."""
    for office in (guide.office_for(topic, governorate), guide.head_office):
        if office is not None and offices.desk(tx, office) is not None:
            return office
    return None


def place(tx: Transaction, guide: Guide, lead: Lead, cause: str) -> str | None:
    """Gives the lead to the office that can receive it, and queues its card there.

    ``cause`` is noted in its history unless that is its own office. ``None``: it waits.
    """
    office = route(tx, guide, lead.topic, lead.governorate)
    leads.readdress(tx, lead.id, office)
    if office is None:
        leads.add_event(tx, lead.id, "waiting", note=cause)
        return None
    own = office == guide.office_for(lead.topic, lead.governorate)
    leads.add_event(tx, lead.id, "addressed", note=office if own else f"{office} {cause}")
    posting.show_card(tx, office, lead.id)
    posting.forward(tx, lead.id, office)
    return office


def cause_of_detour(guide: Guide, lead: Lead, history: list[leads.Event]) -> str | None:
    """Why the lead is with the head office; ``None`` if it is where it belongs."""
    own = guide.office_for(lead.topic, lead.governorate)
    if lead.office == own or lead.office != guide.head_office:
        return None
    notes = [event.note or "" for event in history if event.kind == "addressed"]
    return notes[-1].partition(" ")[2] or None if notes else None


def group_came(tx: Transaction, guide: Guide, office: str) -> None:
    """A group was bound: it gets the office's open leads, and those that waited for any office.

    Another group may have been the desk before; what its officers held, and no officer of this
    group does, is free again.
    """
    for lead in leads.open_of_office(tx, office):
        holder = None if lead.officer is None else offices.officer_by_number(tx, lead.officer)
        if holder is not None and holder.state != "confirmed":
            officers.give_back(tx, lead, holder)
    show_all(tx, office)
    for lead in leads.open_of_office(tx, None):
        if route(tx, guide, lead.topic, lead.governorate) is not None:
            place(tx, guide, lead, NO_GROUP)


def group_lost(tx: Transaction, guide: Guide, office: str, reason: str) -> None:
    """The office's group is gone: its open leads go to whoever can receive them, or wait."""
    stranded = leads.open_of_office(tx, office)
    offices.unbind(tx, office, reason)
    outbox.drop_for(tx, posting.to_office(office))
    for part in involvements.open_of_office(tx, office):
        if involvements.end(tx, part.id, "cancelled"):
            asked = acting.current(tx, part.lead)
            acting.happen(tx, asked, "cancelled", note=office)
            posting.tell_desks(tx, part, asked.office)
    for lead in stranded:
        acting.call_off(tx, lead, None)
        acting.happen(tx, acting.current(tx, lead.id), "stranded", note=office, quietly=True)
        if place(tx, guide, lead, reason) is None:
            posting.tell_citizen(tx, lead, "waiting")


def group_moved(tx: Transaction, guide: Guide, old: int, new: int) -> None:
    """A group has another id; the messages there are void, so open leads get new cards.

    Under its new id it may have become another office's group before we heard of the move.
    """
    desk = offices.desk_of_chat(tx, old)
    if desk is None or old == new:
        return
    if offices.desk_of_chat(tx, new) is not None:
        group_lost(tx, guide, desk.office, "moved")
        return
    offices.migrate(tx, old, new)
    show_all(tx, desk.office)


def threads_changed(tx: Transaction, chat: int, forum: bool) -> None:
    """A group has threads that we may make, or has none any more: every card finds its place."""
    desk = offices.desk_of_chat(tx, chat)
    if desk is None or desk.forum == forum:
        return
    offices.change_desk(tx, desk.office, forum=forum)
    if not forum:
        cards.drop_threads(tx, desk.office)
    show_all(tx, desk.office)


def show_all(tx: Transaction, office: str, rank: int = outbox.CARD) -> None:
    """Queues the cards of everything in which the office has a part."""
    concerned = [lead.id for lead in leads.open_of_office(tx, office)]
    concerned += [part.lead for part in involvements.open_of_office(tx, office)]
    for lead in sorted(set(concerned)):
        posting.show_card(tx, office, lead, rank)
