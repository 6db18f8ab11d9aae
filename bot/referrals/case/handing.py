"""Cases that change hands within an office: one by one, or all at once when somebody goes on
leave. The citizen need not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from bot.guide.screen import Button, Screen
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.case import acting, officers
from bot.referrals.ground import Ground
from bot.referrals.group.deed import Answer, Deed, Verb
from bot.referrals.rows import desk_rows
from bot.referrals.seen import cards, part_cards
from bot.store import leads, offices, outbox
from bot.store.leads import TAKEN, Lead
from bot.store.offices import Officer
from bot.store.store import Transaction

HANDED = "handed"
ALL_HANDED = "all-handed"


def colleagues(tx: Transaction, office: str, but: int | None) -> list[Officer]:
    """Who of an office could take a case over now: confirmed, not on leave, not ``but``."""
    return [
        each
        for each in offices.officers(tx, office)
        if each.state == "confirmed" and not each.away and each.number != but
    ]


def in_hand(tx: Transaction, officer: Officer) -> list[Lead]:
    """The open cases that an officer has."""
    return [
        lead
        for lead in leads.open_of_office(tx, officer.office)
        if lead.officer == officer.number and lead.state in TAKEN
    ]


def go_on_leave(tx: Transaction, officer: Officer, to: Officer | None, by: Officer) -> int:
    """An officer goes on leave: all their open cases go to a colleague, or (``None``) are free for
    everybody again. Returns how many."""
    theirs = in_hand(tx, officer)
    offices.set_away(tx, officer.number, True)
    for lead in theirs:
        if to is None:
            officers.give_back(tx, lead, officer)
        else:
            _hand(tx, lead, to, by)
    if theirs and to is not None:
        what = f"{ALL_HANDED}:{officer.number}/{to.number}"
        outbox.put(tx, posting.to_office(officer.office), what, rank=outbox.CONVERSATION)
    return len(theirs)


def _hand(tx: Transaction, lead: Lead, to: Officer, by: Officer) -> None:
    note = str(to.number)
    acting.happen(tx, lead, "handed", officer=by.number, owner=to.number, note=note)


def _choose(deed: Deed) -> Answer:
    if not deed.may("handed"):
        return deed.refused()
    found = colleagues(deed.tx, deed.desk.office, deed.lead.officer)
    if not found:
        return Answer(deed.edition.voice.plain("desk.no-colleague"), alert=True)
    buttons = [
        Button(cards.short_name(each.name), press=f"o:hand-to:{deed.lead.id}:{each.number}")
        for each in found
    ]
    return Answer("", screen=cards.menu(deed.edition, deed.lead, deed.card(), buttons))


def _handed_to(deed: Deed) -> Answer:
    if not deed.may("handed"):
        return deed.refused()
    voice = deed.edition.voice
    found = colleagues(deed.tx, deed.desk.office, deed.lead.officer)
    to = next((each for each in found if str(each.number) == deed.value), None)
    if to is None:
        return Answer(voice.plain("desk.cannot-hand"), alert=True, screen=deed.card())
    _hand(deed.tx, deed.lead, to, deed.officer)
    if to.number != deed.officer.number:
        what = f"{HANDED}:{to.number}/{deed.officer.number}"
        row = (posting.to_office(deed.desk.office), what, deed.lead.id, outbox.CONVERSATION)
        outbox.put(deed.tx, *row)
    return Answer(voice.plain("desk.handed", name=cards.short_name(to.name)), screen=deed.card())


def _told(ground: Ground, name: str) -> Iterator[Call]:
    """Calls whoever has the case now, below its card, unless it has gone on since."""
    desk, lead = ground.desk, ground.lead
    to, by = _two(ground, name)
    if desk is None or lead is None or to is None or by is None or lead.officer != to.number:
        return
    if lead.office != desk.office or lead.state not in TAKEN:
        return
    said = ground.edition.voice.say(
        "desk.handed-to-you",
        to=_calling(to),
        by=cards.short_name(by.name),
        reference=part_cards.number(lead),
    )
    place = desk_rows.beside(ground.tx, lead, desk)
    screen = Screen(str(said))
    yield Show(HANDED, desk.chat, screen, thread=place.thread, reply_to=place.message)


def _told_of_all(ground: Ground, name: str) -> Iterator[Call]:
    desk = ground.desk
    away, to = _two(ground, name)
    if desk is None or away is None or to is None or not away.away:
        return
    said = ground.edition.voice.say(
        "desk.all-handed-to-you", to=_calling(to), away=cards.short_name(away.name)
    )
    yield Show(ALL_HANDED, desk.chat, Screen(str(said)))


def _two(ground: Ground, name: str) -> tuple[Officer | None, Officer | None]:
    """The two officers whom a row names."""
    first, _, second = name.partition("/")
    tx = ground.tx
    return offices.officer_by_number(tx, int(first)), offices.officer_by_number(tx, int(second))


def _calling(officer: Officer) -> Markup:
    """A name that calls the one whose it is."""
    link = Markup('<a href="tg://user?id={}">{}</a>')
    return link.format(officer.telegram, cards.short_name(officer.name))


VERBS: Mapping[str, Verb] = {"hand": _choose, "hand-to": _handed_to}
PLANS = {HANDED: _told, ALL_HANDED: _told_of_all}
