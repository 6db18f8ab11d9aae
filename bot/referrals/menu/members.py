"""The menu's members: who acts for the office, who waits to, and who does no longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from bot.guide.pages import figures
from bot.guide.screen import Rows
from bot.referrals.case import handing, officers
from bot.referrals.group import confirming
from bot.referrals.group.deed import Answer
from bot.referrals.menu.office_deed import OfficeDeed, OfficeVerb, press
from bot.referrals.seen import cards, part_cards
from bot.store import offices
from bot.store.offices import Officer


def _members(deed: OfficeDeed) -> Answer:
    """Everybody who acts, and who waits to; an office lead can press on each."""
    found = [each for each in offices.officers(deed.tx, deed.desk.office) if each.state != "left"]
    shown, turns = deed.paged(found, "members")
    lines = [figures.bullet(_line(deed, each), deed.edition.voice) for each in shown]
    buttons: Rows = ()
    if deed.officer.administrator:
        buttons = tuple(
            (press(cards.short_name(each.name), "member", each.number),)
            for each in shown
            if each.number != deed.officer.number
        )
    how = deed.told("desk.members-how" if deed.officer.administrator else "desk.members-leads")
    parts = [deed.told("desk.members-title"), Markup("\n").join(lines), how]
    return deed.shown(parts, (*buttons, *turns))


def _line(deed: OfficeDeed, officer: Officer) -> Markup:
    """A member: their name, what they are, and how many cases they have."""
    if officer.state == "waiting":
        return deed.told("desk.member-waits", name=cards.short_name(officer.name))
    role = deed.say("desk.role-lead" if officer.administrator else "desk.role-officer")
    said = "desk.member-away" if officer.away else "desk.member"
    held = len(handing.in_hand(deed.tx, officer))
    return deed.edition.voice.count(said, held, name=cards.short_name(officer.name), role=role)


def _member(deed: OfficeDeed) -> Answer:
    """What a lead can do about one member."""
    officer = deed.named
    if not deed.officer.administrator:
        return deed.alert("desk.leads-only")
    if officer is None or officer.state == "left":
        return _members(deed)
    number = officer.number
    if officer.state == "waiting":
        rows = [
            deed.button("office.confirm", "let", number),
            deed.button("desk.deny", "let-not", number),
        ]
        return deed.shown([_line(deed, officer)], tuple((b,) for b in rows), back="members")
    rows = [
        deed.button("desk.back-at-work", "at-work", number)
        if officer.away
        else deed.button("desk.send-on-leave", "leave-of", number)
    ]
    if not officer.administrator:
        rows.append(deed.button("desk.dismiss", "dismiss", number))
    note = deed.told("desk.dismiss-how" if not officer.administrator else "desk.lead-how")
    return deed.shown([_line(deed, officer), note], tuple((b,) for b in rows), back="members")


def _dismiss(deed: OfficeDeed) -> Answer:
    """They act no longer, at once; an administrator's right has to be taken in Telegram."""
    officer = deed.named
    if not deed.officer.administrator:
        return deed.alert("desk.leads-only")
    if officer is None or officer.state == "left":
        return deed.alert("desk.gone-already")
    if officer.administrator:
        return deed.alert("desk.lead-stays")
    officers.dismiss(deed.tx, officer)
    return _noting(_members(deed), deed.say("desk.dismissed", name=cards.short_name(officer.name)))


def _let(deed: OfficeDeed) -> Answer:
    return _decided(deed, confirm=True)


def _let_not(deed: OfficeDeed) -> Answer:
    return _decided(deed, confirm=False)


def _decided(deed: OfficeDeed, *, confirm: bool) -> Answer:
    """An answer given in the menu: of this office's lead, or of the head office for any office."""
    found = offices.officer_by_number(deed.tx, deed.number)
    if found is None or not confirming.may_decide(
        deed.tx, deed.shelf.guide, deed.desk, deed.officer.telegram, found
    ):
        return deed.alert("office.administrators-confirm")
    elsewhere = found.office != deed.desk.office
    after = _waiting if elsewhere else _members
    if found.state != "waiting":
        return _noting(after(deed), deed.say("desk.answered-already"))
    confirming.decide(deed.tx, found, confirm=confirm)
    said = "office.confirmed" if confirm else "desk.denied"
    return _noting(after(deed), deed.say(said, name=cards.short_name(found.name)))


def _waiting(deed: OfficeDeed) -> Answer:
    """The head office sees who waits to be confirmed, in every office."""
    if not deed.at_head_office:
        return deed.alert("desk.head-only")
    found = offices.waiting(deed.tx)
    shown, turns = deed.paged(found, "asking")
    lines, rows = [], []
    for each in shown:
        name = cards.short_name(each.name)
        office = part_cards.office_name(deed.edition, each.office)
        said = deed.told("desk.waits-in", name=name, office=office)
        lines.append(figures.bullet(said, deed.edition.voice))
        yes = press(deed.say("desk.let", name=name), "let", each.number)
        no = deed.button("desk.deny", "let-not", each.number)
        rows.append((no, yes) if deed.edition.mirrored else (yes, no))
    said = deed.told("desk.waiting-title" if found else "desk.waiting-none")
    return deed.shown([said, Markup("\n").join(lines)], (*rows, *turns))


def _noting(answer: Answer, toast: str) -> Answer:
    return replace(answer, toast=toast)


VERBS: Mapping[str, OfficeVerb] = {
    "members": _members,
    "member": _member,
    "dismiss": _dismiss,
    "let": _let,
    "let-not": _let_not,
    "asking": _waiting,
}
