"""Whether a member of a group may act for its office. Joining the group is not enough.

An administrator of the group says so, or any officer of the head office. The group is asked; if
nobody there can answer, or has within a working day, the head office's group is asked as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.engine.guide import Guide
from bot.guide.screen import Button, Screen, in_rows
from bot.guide.shelf import Edition, Shelf
from bot.referrals import posting
from bot.referrals.calls import Call, Show
from bot.referrals.case import clock, officers
from bot.referrals.case.officers import Who
from bot.referrals.ground import GROUP_LANGUAGE, Ground
from bot.referrals.group.deed import Answer
from bot.referrals.seen import cards, part_cards
from bot.store import offices, outbox, profiles
from bot.store.offices import Desk, Officer
from bot.store.store import Transaction

VERBS = ("confirm", "deny")
DAYS_TO_ANSWER = 1
"""Working days that an office's own group has before the head office is asked."""


def press(
    tx: Transaction, shelf: Shelf, desk: Desk, who: Who, number: int, *, confirm: bool
) -> Answer:
    """Somebody answers the question whether a member may act."""
    edition = shelf.edition(GROUP_LANGUAGE)
    say = edition.voice.plain
    officer = offices.officer_by_number(tx, number)
    if officer is None or desk.office not in (officer.office, shelf.guide.head_office):
        return Answer(say("office.old-button"))
    decides = officers.recognise(tx, desk.office, who)
    if not may_decide(tx, shelf.guide, desk, who.telegram, officer):
        if decides is None and who.administrator is None:
            return Answer("", known=False)
        return Answer(say("office.administrators-confirm"), alert=True)
    if officer.state != "waiting":
        return Answer(say("desk.answered-already"), screen=_answered(edition, officer))
    decide(tx, officer, confirm=confirm)
    names = {"name": cards.short_name(officer.name), "administrator": cards.short_name(who.name)}
    said = "office.may-act-now" if confirm else "desk.may-not-act"
    screen = Screen(str(edition.voice.say(said, **names)))
    toast = "office.confirmed" if confirm else "desk.denied"
    return Answer(say(toast, name=names["name"]), screen=screen)


def may_decide(tx: Transaction, guide: Guide, desk: Desk, telegram: int, officer: Officer) -> bool:
    """Whether somebody who presses in this group may say if a member is an officer."""
    here = offices.officer(tx, desk.office, telegram)
    head = offices.officer(tx, guide.head_office, telegram)
    leads = here is not None and here.state == "confirmed" and here.administrator
    return (leads and desk.office == officer.office) or (
        head is not None and head.state == "confirmed"
    )


def decide(tx: Transaction, officer: Officer, *, confirm: bool) -> None:
    """A member who waits is an officer from now on, or is not."""
    if confirm:
        offices.save_officer(tx, officer.office, officer.telegram, officer.name, "confirmed")
    else:
        officers.dismiss(tx, officer)


def tick(tx: Transaction, shelf: Shelf) -> int:
    """Asks the head office where a group cannot answer or has not; returns of how many members."""
    asked, head = 0, shelf.guide.head_office
    if offices.desk(tx, head) is None:
        return asked
    for officer, since in offices.unanswered(tx):
        working = clock.working_time(shelf, profiles.hours(tx, officer.office))
        if officer.office == head:
            continue
        if not _can_answer(tx, officer.office) or working.after(since, DAYS_TO_ANSWER) <= tx.now:
            offices.asked_further(tx, officer.number)
            row = f"{posting.CONFIRMATION}:{officer.number}"
            outbox.put(tx, posting.to_office(head), row)
            asked += 1
    return asked


def _can_answer(tx: Transaction, office: str) -> bool:
    """Whether an office has a lead who is not on leave."""
    return any(
        each.state == "confirmed" and each.administrator and not each.away
        for each in offices.officers(tx, office)
    )


def _question(ground: Ground, name: str) -> Iterator[Call]:
    """Asked until somebody has answered; elsewhere than in their own group, with the office."""
    officer, desk = offices.officer_by_number(ground.tx, int(name)), ground.desk
    if desk is None or officer is None or officer.state != "waiting":
        return
    voice = ground.edition.voice
    asked = "office.may-act" if desk.office == officer.office else "desk.may-act-elsewhere"
    office = part_cards.office_name(ground.edition, officer.office)
    text = voice.say(asked, name=cards.short_name(officer.name), office=office)
    buttons = [
        Button(voice.plain(label), press=f"o:{verb}:{officer.number}")
        for label, verb in (("office.confirm", "confirm"), ("desk.deny", "deny"))
    ]
    rows = in_rows(buttons, mirrored=ground.edition.mirrored)
    yield Show(posting.CONFIRMATION, desk.chat, Screen(str(text), rows))


def _answered(edition: Edition, officer: Officer) -> Screen:
    """The question, once it has been answered elsewhere."""
    said = "desk.is-officer" if officer.state == "confirmed" else "desk.is-no-officer"
    return Screen(str(edition.voice.say(said, name=cards.short_name(officer.name))))


PLANS = {posting.CONFIRMATION: _question}
