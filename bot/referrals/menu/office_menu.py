"""``/office``: an office's own menu, one message with buttons, edited in place."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from bot.guide.pages import figures
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Button, Screen, in_rows
from bot.guide.shelf import Shelf
from bot.referrals.case import officers
from bot.referrals.case.officers import Who
from bot.referrals.case.relay import Heard
from bot.referrals.ground import GROUP_LANGUAGE
from bot.referrals.group.deed import Answer
from bot.referrals.menu import case_lists, head_menu, leave, members, office_card
from bot.referrals.menu.office_deed import OfficeDeed, OfficeVerb
from bot.referrals.seen import digest, part_cards
from bot.store import offices
from bot.store.store import Transaction

ENTRIES = ("mine", "all-open", "longest", "card-of-office", "members", "leave")
OF_HEAD_OFFICE = ("desks", "asking")


def opened(tx: Transaction, shelf: Shelf, chat: int, who: Who) -> Heard:
    """Somebody writes ``/office`` in a group: the menu, or why there is none for them."""
    voice = shelf.edition(GROUP_LANGUAGE).voice
    desk = offices.desk_of_chat(tx, chat)
    if desk is None:
        return Heard(Screen(str(voice.say("desk.no-office"))))
    if who.anonymous:
        return Heard(Screen(str(voice.say("office.show-yourself"))))
    officer = officers.recognise(tx, desk.office, who)
    if officer is None and who.administrator is None:
        return Heard(known=False)
    if officer is None:
        officers.introduce(tx, desk.office, who)
        return Heard(Screen(str(voice.say("desk.become-officer"))))
    if officer.state != "confirmed":
        return Heard(Screen(str(voice.say("office.still-asked"))))
    return Heard(_menu(OfficeDeed(tx, shelf, desk, officer)))


def _menu(deed: OfficeDeed) -> Screen:
    """How the office stands, and where to go from there."""
    now = digest.standing(deed.tx, deed.shelf, deed.desk.office)
    counts = {"unclaimed": now.unclaimed, "late": now.late}
    voice = deed.edition.voice
    lines = [voice.count("desk.open", len(now.unclaimed) + now.in_hand)]
    lines += [voice.count(f"desk.{name}", len(cases)) for name, cases in counts.items() if cases]
    title = deed.told("desk.title", office=part_cards.office_name(deed.edition, deed.desk.office))
    text = paragraphs(title, Markup("\n").join(figures.bullet(line, voice) for line in lines))
    entries = (*ENTRIES, *OF_HEAD_OFFICE) if deed.at_head_office else ENTRIES
    buttons: list[Button] = [deed.button(f"desk.to.{entry}", entry) for entry in entries]
    return Screen(str(text), in_rows(buttons, mirrored=deed.edition.mirrored))


def _again(deed: OfficeDeed) -> Answer:
    return Answer("", screen=_menu(deed))


VERBS: Mapping[str, OfficeVerb] = {
    "office": _again,
    **case_lists.VERBS,
    **office_card.VERBS,
    **members.VERBS,
    **leave.VERBS,
    **head_menu.VERBS,
}
"""What the buttons of the menu do."""
