"""The menu's leave: who is away, who goes, and who has their cases meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from bot.guide.pages import figures
from bot.guide.screen import Button
from bot.referrals.case import handing
from bot.referrals.group.deed import Answer
from bot.referrals.menu.office_deed import OfficeDeed, OfficeVerb, press
from bot.referrals.seen import cards
from bot.store import offices
from bot.store.offices import Officer


def _leave(deed: OfficeDeed) -> Answer:
    """Who is on leave; one's own leave, and for a lead that of the others."""
    found = [
        each for each in offices.officers(deed.tx, deed.desk.office) if each.state == "confirmed"
    ]
    away = [each for each in found if each.away]
    lines = [
        figures.bullet(Markup("{}").format(cards.short_name(each.name)), deed.edition.voice)
        for each in away
    ]
    title = deed.told("desk.leave-title" if away else "desk.leave-nobody")
    mine = deed.officer
    rows = [
        (
            deed.button("desk.i-am-back", "at-work", mine.number)
            if mine.away
            else deed.button("desk.i-go", "leave-of", mine.number),
        )
    ]
    if mine.administrator:
        others = [each for each in found if each.number != mine.number]
        rows += [(_other(deed, each),) for each in others]
        hint = deed.told("desk.leave-lead-how") if others else Markup("")
        return deed.shown([title, Markup("\n").join(lines), hint], tuple(rows))
    return deed.shown([title, Markup("\n").join(lines)], tuple(rows))


def _leave_of(deed: OfficeDeed) -> Answer:
    """Who takes over the open cases of somebody who goes."""
    officer = _of_leave(deed)
    if isinstance(officer, Answer):
        return officer
    found = handing.colleagues(deed.tx, deed.desk.office, officer.number)
    held = len(handing.in_hand(deed.tx, officer))
    rows = [
        (press(cards.short_name(each.name), "leave-to", officer.number, each.number),)
        for each in found
    ]
    nobody = deed.button("desk.nobody-steps-in", "leave-to", officer.number, 0)
    asked = deed.edition.voice.count("desk.who-steps-in", held, name=cards.short_name(officer.name))
    return deed.shown([asked], (*rows, (nobody,)), back="leave")


def _leave_to(deed: OfficeDeed) -> Answer:
    officer = _of_leave(deed)
    if isinstance(officer, Answer):
        return officer
    found = handing.colleagues(deed.tx, deed.desk.office, officer.number)
    to = next((each for each in found if str(each.number) == deed.value), None)
    if to is None and deed.value != "0":
        return deed.alert("desk.cannot-hand")
    moved = handing.go_on_leave(deed.tx, officer, to, deed.officer)
    said = deed.edition.voice.plain_count(
        "desk.on-leave-handed" if to else "desk.on-leave-free",
        moved,
        name=cards.short_name(officer.name),
        to=cards.short_name(to.name) if to else "",
    )
    return _after(deed, said)


def _at_work(deed: OfficeDeed) -> Answer:
    """Back from leave."""
    officer = deed.named
    if officer is None or officer.state != "confirmed" or not _may_send(deed, officer):
        return deed.alert("desk.leads-only")
    offices.set_away(deed.tx, officer.number, False)
    return _after(deed, deed.say("desk.is-back", name=cards.short_name(officer.name)))


def _of_leave(deed: OfficeDeed) -> Officer | Answer:
    """Whose leave it is about, if it can begin."""
    officer = deed.named
    if officer is None or officer.state != "confirmed" or not _may_send(deed, officer):
        return deed.alert("desk.leads-only")
    return deed.alert("desk.away-already") if officer.away else officer


def _may_send(deed: OfficeDeed, officer: Officer) -> bool:
    return officer.number == deed.officer.number or deed.officer.administrator


def _other(deed: OfficeDeed, officer: Officer) -> Button:
    """A lead's button for somebody else: off on leave, or back."""
    said, verb = ("desk.is-back-of", "at-work") if officer.away else ("desk.goes-of", "leave-of")
    label = deed.say(said, name=cards.short_name(officer.name))
    return press(label, verb, officer.number)


def _after(deed: OfficeDeed, toast: str) -> Answer:
    """The leave as it is now; whoever pressed may themselves be on leave by this."""
    officer = offices.officer_by_number(deed.tx, deed.officer.number) or deed.officer
    return replace(_leave(replace(deed, officer=officer)), toast=toast)


VERBS: Mapping[str, OfficeVerb] = {
    "leave": _leave,
    "leave-of": _leave_of,
    "leave-to": _leave_to,
    "at-work": _at_work,
}
