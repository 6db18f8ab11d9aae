"""The head office's menu: how every desk stands, and its cases, without anybody's name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from bot.guide.pages import figures
from bot.guide.screen import Rows
from bot.referrals.case import passing
from bot.referrals.group.deed import Answer
from bot.referrals.menu.case_lists import state_of
from bot.referrals.menu.office_deed import OfficeDeed, OfficeVerb, press
from bot.referrals.seen import digest, part_cards
from bot.store import involvements, leads, offices
from bot.store.leads import Lead


def _desks(deed: OfficeDeed) -> Answer:
    """Every desk with its open, unclaimed and late cases, and whether it has a group."""
    if not deed.at_head_office:
        return deed.alert("desk.head-only")
    head = deed.shelf.guide.head_office
    found = [office for office in deed.shelf.guide.offices if office != head]
    shown, turns = deed.paged(found, "desks")
    lines = [figures.bullet(_counts(deed, office), deed.edition.voice) for office in shown]
    buttons = [
        press(part_cards.office_name(deed.edition, each), "desk", 0, f"{each}:0") for each in shown
    ]
    nowhere = len(leads.open_of_office(deed.tx, None))
    lost = deed.edition.voice.count("desk.without-office", nowhere) if nowhere else Markup("")
    title = deed.told("desk.desks-title")
    rows: Rows = tuple((button,) for button in buttons)
    return deed.shown([title, Markup("\n").join(lines), lost], (*rows, *turns))


def _counts(deed: OfficeDeed, office: str) -> Markup:
    now = digest.standing(deed.tx, deed.shelf, office)
    bound = offices.desk(deed.tx, office) is not None
    return deed.told(
        "desk.desk" if bound else "desk.desk-unbound",
        office=part_cards.office_name(deed.edition, office),
        open=now.in_hand + len(now.unclaimed),
        unclaimed=len(now.unclaimed),
        late=len(now.late),
    )


def _desk(deed: OfficeDeed) -> Answer:
    """The open cases of one desk."""
    office = deed.value.partition(":")[0]
    if not deed.at_head_office:
        return deed.alert("desk.head-only")
    if office not in deed.shelf.guide.offices:
        return deed.alert("office.old-button")
    found = leads.open_of_office(deed.tx, office)
    shown, turns = deed.paged(found, "desk", f"{office}:")
    lines = [figures.bullet(state_of(deed, lead), deed.edition.voice) for lead in shown]
    rows = tuple((press(lead.reference, "desk-case", lead.id),) for lead in shown)
    parts = [_counts(deed, office), Markup("\n").join(lines)]
    return deed.shown(parts, (*rows, *turns), back="desks")


def _case(deed: OfficeDeed) -> Answer:
    """One case of another desk, and the desks that it could be offered to."""
    lead = _lead(deed)
    if lead is None:
        return deed.alert("desk.head-only" if not deed.at_head_office else "office.closed")
    guide = deed.shelf.guide
    found = [
        office
        for office in passing.choices(deed.tx, guide, lead)
        if passing.can_offer(deed.tx, guide, lead, office)
    ]
    page = replace(deed, value=deed.value or "0")
    shown, turns = page.paged(found, "desk-case")
    rows = tuple(
        (
            press(
                deed.say("desk.offer-to", office=part_cards.office_name(deed.edition, office)),
                "desk-offer",
                lead.id,
                office,
            ),
        )
        for office in shown
    )
    turns = tuple(
        tuple(press(b.label, "desk-case", lead.id, b.press.rpartition(":")[2]) for b in row)
        for row in turns
    )
    parts = [
        state_of(deed, lead),
        deed.told("desk.at-desk", office=part_cards.office_name(deed.edition, lead.office)),
        *_offered(deed, lead),
    ]
    return deed.shown(parts, (*rows, *turns), back=f"desk/{lead.office}:0")


def _offered(deed: OfficeDeed, lead: Lead) -> list[Markup]:
    """To which desk the case is offered already."""
    return [
        deed.told("desk.is-offered", office=part_cards.office_name(deed.edition, part.office))
        for part in involvements.open_of_lead(deed.tx, lead.id)
        if part.kind == "transfer"
    ]


def _offer(deed: OfficeDeed) -> Answer:
    """The desk that has it keeps it until the other one takes it over."""
    lead = _lead(deed)
    if lead is None:
        return deed.alert("desk.head-only" if not deed.at_head_office else "office.closed")
    offered = passing.offer(deed.tx, deed.shelf.guide, lead, deed.value, deed.officer)
    if not offered:
        return deed.alert("desk.cannot-offer")
    said = deed.say("desk.offered", office=part_cards.office_name(deed.edition, deed.value))
    return replace(_case(replace(deed, value="")), toast=said)


def _lead(deed: OfficeDeed) -> Lead | None:
    """The open case that the button names, of whichever desk, for the head office."""
    lead = leads.get(deed.tx, deed.number) if deed.at_head_office else None
    return lead if lead is not None and lead.state in leads.OPEN else None


VERBS: Mapping[str, OfficeVerb] = {
    "desks": _desks,
    "desk": _desk,
    "desk-case": _case,
    "desk-offer": _offer,
}
