"""Between desks: an office asks another one, or passes a case on to it.

Who asks keeps the case. Who offers it keeps it too, until the other desk takes it over. Nothing of
what desks write to each other reaches the citizen. The note of each event is the id of the desk
that was turned to, then what was written.
"""

from __future__ import annotations

from dataclasses import replace

from markupsafe import escape

from bot.engine.guide import Guide
from bot.guide.screen import Screen
from bot.guide.shelf import Shelf
from bot.referrals import posting
from bot.referrals.case import acting, life
from bot.referrals.case.life import Event
from bot.referrals.content import Content, Message
from bot.referrals.group.deed import Deed
from bot.referrals.seen import copies, part_cards
from bot.store import crossings, involvements, offices
from bot.store.crossings import Crossing
from bot.store.involvements import Involvement, Kind
from bot.store.leads import Lead
from bot.store.offices import Desk, Officer
from bot.store.store import Transaction


def choices(tx: Transaction, guide: Guide, lead: Lead) -> list[str]:
    """The desks to which a case may turn: those of institutions, the head office and the
    governorate's own, as far as they have a group and no part in the case yet."""
    busy = {lead.office, *(part.office for part in involvements.open_of_lead(tx, lead.id))}
    return [
        name
        for name, office in guide.offices.items()
        if name not in busy
        and (office.head or office.governorate == lead.governorate or _everywhere(guide, name))
        and offices.desk(tx, name) is not None
    ]


def can_offer(tx: Transaction, guide: Guide, lead: Lead, office: str) -> bool:
    """Whether a desk may be offered the case: one at a time, and only what the desk receives."""
    if part_open(tx, lead, "transfer") is not None or office not in choices(tx, guide, lead):
        return False
    return guide.offices[office].takes(lead.topic)


def offer(
    tx: Transaction, guide: Guide, lead: Lead, office: str, officer: Officer, note: str = ""
) -> bool:
    """Offers a case to a desk, which may take it over; False, and nothing, if that cannot be.

    ``officer``: of the desk that has the case, or of the head office, wherever the case is.
    """
    roles = acting.roles_of(tx, lead, officer, guide.head_office)
    allowed = life.allowed("offered", lead.state, roles)
    if lead.citizen is None or not allowed or not can_offer(tx, guide, lead, office):
        return False
    _turn_to(tx, lead, office, officer, "transfer")
    _happen(tx, lead, "offered", officer, office, note)
    return True


def take_over(deed: Deed) -> bool:
    """The case goes to the desk that it was offered to, and to this officer there; False: it is
    not offered, or no longer. What was on its way to the desk that had it comes along."""
    tx, lead, desk = deed.tx, deed.lead, deed.desk
    part = part_open(tx, lead, "transfer", desk.office)
    if part is None or lead.citizen is None or not deed.may("taken-over"):
        return False
    involvements.end(tx, part.id, "taken")
    now = acting.happen(
        tx,
        lead,
        "taken-over",
        officer=deed.officer.number,
        note=lead.office,
        office=desk.office,
        owner=deed.officer.number,
    )
    if now is None:
        raise LookupError(f"lead {lead.id} could not be taken over in state {lead.state}")
    posting.tell_desks(tx, part, lead.office)
    posting.tell_citizen(tx, now, "passed-on")
    posting.forward(tx, lead.id, desk.office)
    for crossing in crossings.of_lead(tx, lead.id):
        waits = crossing.part is not None and crossing.to_message is None
        if waits and crossing.office == lead.office:
            posting.pass_to(tx, desk.office, crossing)
    return True


def decline(deed: Deed, reason: str = "") -> bool:
    """The desk leaves the case where it is; False: it is not offered to it, or no longer."""
    part = part_open(deed.tx, deed.lead, "transfer", deed.desk.office)
    if part is None or not deed.may("declined"):
        return False
    involvements.end(deed.tx, part.id, "declined")
    _happen(deed.tx, deed.lead, "declined", deed.officer, part.office, reason)
    posting.show_card(deed.tx, part.office, deed.lead.id)
    posting.tell_desks(deed.tx, part, deed.lead.office)
    return True


def cancel(deed: Deed, part: Involvement) -> bool:
    """A question, or an offer, is taken back; False: it is over already, or not this officer's."""
    if part.lead != deed.lead.id or not deed.may("cancelled"):
        return False
    if not involvements.end(deed.tx, part.id, "cancelled"):
        return False
    _happen(deed.tx, deed.lead, "cancelled", deed.officer, part.office)
    posting.show_card(deed.tx, part.office, deed.lead.id)
    return True


def ask(deed: Deed, office: str, message: Message) -> Screen | None:
    """A question, or more words to one that is open. The text stands on the other desk's card;
    what that cannot show, and what comes later, follows below the card."""
    tx, lead = deed.tx, deed.lead
    part = part_open(tx, lead, office=office)
    if _goes_on(deed, message):
        return None
    if not deed.may("asked") or lead.citizen is None:
        return _refused(deed)
    if (part and part.kind != "asked") or (
        part is None and office not in choices(tx, deed.shelf.guide, lead)
    ):
        return _say(deed, "pass.not-now", office)
    if said := _unfit(deed, message):
        return said
    id = part.id if part else _turn_to(tx, lead, office, deed.officer, "asked")
    content = message.content or Content("text")
    _happen(tx, lead, "asked", deed.officer, office, content.text)
    if part or content.kind != "text" or len(content.text) > part_cards.ROOM_FOR_WORDS // 2:
        _carry(deed, id, office, message)
    if part:
        return None
    posting.tell_citizen(tx, lead, "asked")
    return _say(deed, "pass.is-asked", office)


def answer(deed: Deed, message: Message) -> Screen | None:
    """The answer to what the desk was asked: it arrives where the case is."""
    tx, lead, own = deed.tx, deed.lead, deed.desk.office
    part = part_open(tx, lead, office=own)
    if _goes_on(deed, message):
        return None
    if part is None or lead.office is None:
        return _say(deed, "pass.over")
    if part.kind != "asked":
        return _say(deed, "pass.take-or-decline")
    if not deed.may("answered"):
        return _refused(deed)
    if said := _unfit(deed, message):
        return said
    involvements.end(tx, part.id, "answered")
    text = message.content.text if message.content else ""
    _happen(tx, lead, "answered", deed.officer, own, text)
    posting.show_card(tx, own, lead.id)
    _carry(deed, part.id, lead.office, message)
    return None


def answered(
    tx: Transaction, shelf: Shelf, desk: Desk, officer: Officer, lead: Lead, message: Message
) -> Screen | None:
    """A reply of a desk, that does not have the case, to the card: the answer, if it was asked.

    Gives what is said to it; ``None``: it goes its way, and a thumb will say so.
    """
    return answer(deed_of(tx, shelf, desk, officer, lead), message)


def replied(
    tx: Transaction,
    shelf: Shelf,
    desk: Desk,
    officer: Officer,
    crossing: Crossing,
    message: Message,
) -> Screen | None:
    """A reply to something that crossed between desks, or a further part of an album that did.

    The desk that has the case asks the other one further; the other one answers.
    """
    part = involvements.get(tx, crossing.part or 0)
    deed = deed_of(tx, shelf, desk, officer, acting.current(tx, crossing.lead))
    if part is None or desk.office not in (part.office, part.by_office):
        return _refused(deed)
    if desk.office == deed.lead.office:
        other = part.by_office if desk.office == part.office else part.office
        return ask(deed, other, message)
    return answer(deed, message)


def edited(tx: Transaction, crossing: Crossing, text: str) -> None:
    """The author of something that crossed between desks changed its text."""
    before = Content.restored(crossing.content)
    crossings.rewrite(tx, crossing, replace(before, text=text).stored())
    posting.pass_to(tx, crossing.office, crossing)


def part_open(
    tx: Transaction, lead: Lead, kind: Kind | None = None, office: str | None = None
) -> Involvement | None:
    """The open part in a case of this kind, and of this desk, if these are named."""
    return next(
        (
            part
            for part in involvements.open_of_lead(tx, lead.id)
            if kind in (None, part.kind) and office in (None, part.office)
        ),
        None,
    )


def deed_of(tx: Transaction, shelf: Shelf, desk: Desk, officer: Officer, lead: Lead) -> Deed:
    """What an officer writes in a case, seen as a deed."""
    roles = acting.roles_of(tx, lead, officer, shelf.guide.head_office)
    return Deed(tx, shelf, desk, officer, lead, "", roles)


def _everywhere(guide: Guide, name: str) -> bool:
    """Whether it is the desk of an institution of the whole country."""
    office = guide.offices[name]
    return office.body is not None and office.governorate is None


def _turn_to(tx: Transaction, lead: Lead, office: str, officer: Officer, kind: Kind) -> int:
    by = officer.office
    return involvements.add(
        tx, lead=lead.id, office=office, by_office=by, kind=kind, officer=officer.number
    )


def _happen(
    tx: Transaction, lead: Lead, event: Event, officer: Officer, office: str, text: str = ""
) -> None:
    note = f"{office} {text}" if text else office
    acting.happen(tx, lead, event, officer=officer.number, note=note)


def _goes_on(deed: Deed, message: Message) -> bool:
    """Takes a further part of an album the way that the first one went, if there was one."""
    first = crossings.of_album(deed.tx, message.chat, message.album) if message.album else None
    if first is None or first.part is None or copies.unfit(message):
        return False
    _carry(deed, first.part, first.office, message)
    return True


def _carry(deed: Deed, part: int, office: str, message: Message) -> None:
    """What was written goes to the other desk, once."""
    content = message.content or Content("text")
    crossing = crossings.add(
        deed.tx,
        lead=deed.lead.id,
        office=office,
        officer=deed.officer.number,
        part=part,
        chat=message.chat,
        message=message.message,
        album=message.album,
        content=content.stored(),
    )
    if crossing is not None:
        posting.pass_to(deed.tx, office, crossing)


def _unfit(deed: Deed, message: Message) -> Screen | None:
    """What is said of a message that cannot cross."""
    if (reason := copies.unfit(message)) is None:
        return None
    known = f"pass.unfit.{reason}"
    return _say(deed, known if deed.edition.voice.knows(known) else "pass.unfit.other")


def _refused(deed: Deed) -> Screen:
    return Screen(str(escape(deed.refused().toast)))


def _say(deed: Deed, id: str, office: str | None = None) -> Screen:
    name = part_cards.office_name(deed.edition, office)
    return Screen(str(deed.edition.voice.say(id, office=name)))
