"""The menu's lists of an office's own cases, each with a way to where it is talked about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from bot.guide.pages import figures
from bot.guide.screen import Button, Rows, in_rows
from bot.referrals.case import acting, clock, handing
from bot.referrals.ground import local_day
from bot.referrals.group.deed import Answer
from bot.referrals.menu.office_deed import OfficeDeed, OfficeVerb
from bot.referrals.rows import desk_rows
from bot.referrals.seen import cards, part_cards
from bot.store import involvements, leads
from bot.store.leads import TAKEN, Lead
from bot.store.offices import Desk
from bot.store.store import Transaction

SUPERGROUP = "-100"
"""What the id of a group begins with to whose messages one can link."""


def state_of(deed: OfficeDeed, lead: Lead) -> Markup:
    """A case in one line: which, what about, how it stands, how old, and whether it is late."""
    voice = deed.edition.voice
    told = [
        voice.say(
            "desk.case",
            number=part_cards.number(lead),
            topic=deed.edition.words.topics.get(lead.topic, lead.topic),
        ),
        voice.say(f"desk.state.{lead.state}"),
        Markup("{}").format(cards.age(voice, (deed.today - local_day(lead.created)).days)),
    ]
    day = clock.due(deed.tx, deed.shelf, lead)
    if day is not None:
        late = day <= deed.tx.now
        shown = figures.day(local_day(day), voice)
        told.append(voice.say("desk.was-due" if late else "desk.is-due", day=shown))
    return Markup(voice.plain("list.and")).join(told)


def link(tx: Transaction, lead: Lead, desk: Desk) -> str | None:
    """Where a case is talked about in a desk's group; ``None`` where no link leads."""
    place = desk_rows.beside(tx, lead, desk)
    inside = str(desk.chat).removeprefix(SUPERGROUP)
    if inside == str(desk.chat) or place.message is None:
        return None
    thread = f"{place.thread}/" if place.thread is not None else ""
    return f"https://t.me/c/{inside}/{thread}{place.message}"


def _mine(deed: OfficeDeed) -> Answer:
    return _list(deed, "mine", handing.in_hand(deed.tx, deed.officer))


def _open(deed: OfficeDeed) -> Answer:
    """The office's own, then those of other desks in which it is to say something."""
    own = leads.open_of_office(deed.tx, deed.desk.office)
    parts = involvements.open_of_office(deed.tx, deed.desk.office)
    asked = [leads.get(deed.tx, part.lead) for part in parts]
    return _list(deed, "all-open", [*own, *(lead for lead in asked if lead is not None)])


def _longest(deed: OfficeDeed) -> Answer:
    """Those to whom the office owes something, the longest first."""
    own = leads.open_of_office(deed.tx, deed.desk.office)
    owing = [lead for lead in own if lead.owed_since is not None]
    return _list(deed, "longest", sorted(owing, key=lambda each: each.owed_since or each.created))


def _list(deed: OfficeDeed, verb: str, found: Sequence[Lead]) -> Answer:
    if not found:
        return deed.shown([deed.told(f"desk.none.{verb}")], ())
    shown, turns = deed.paged(found, verb)
    lines, buttons = [], []
    for lead in shown:
        lines.append(figures.bullet(_line(deed, lead), deed.edition.voice))
        if url := link(deed.tx, lead, deed.desk):
            buttons.append(Button(lead.reference, url=url))
    rows: Rows = in_rows(buttons, mirrored=deed.edition.mirrored)
    title = deed.edition.voice.count(f"desk.list.{verb}", len(found))
    return deed.shown([title, Markup("\n").join(lines)], (*rows, *turns))


def _line(deed: OfficeDeed, lead: Lead) -> Markup:
    """With who has it; of another desk's case, which desk that is."""
    said = state_of(deed, lead)
    if lead.office != deed.desk.office:
        office = part_cards.office_name(deed.edition, lead.office)
        return deed.told("desk.case-of", case=said, office=office)
    holder = acting.owner_of(deed.tx, lead)
    if holder is None or lead.state not in TAKEN:
        return said
    return deed.told("desk.case-held", case=said, officer=cards.short_name(holder.name))


VERBS: Mapping[str, OfficeVerb] = {"mine": _mine, "all-open": _open, "longest": _longest}
