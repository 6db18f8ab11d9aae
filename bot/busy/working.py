"""Invented officers at work: they press what stands on cards, and turn to other desks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from bot.app import Dalil
from bot.demo import HEAD, MARK, MEMBER
from bot.errors import DalilError
from bot.referrals import posting
from bot.referrals.case import acting, officers, passing
from bot.referrals.case.life import Outcome
from bot.referrals.case.officers import Who
from bot.referrals.content import Content, Message
from bot.referrals.ground import local_day
from bot.referrals.group import confirming
from bot.referrals.rows.due import where_it_speaks
from bot.store import involvements, offices, profiles, reports
from bot.store.leads import Lead
from bot.store.offices import Desk, Officer
from bot.store.reports import ReportFact
from bot.store.store import Transaction

LEADER = Who(HEAD["id"], HEAD["first_name"], administrator=True)
HELPER = Who(MEMBER["id"], MEMBER["first_name"], administrator=False)
ADDRESS = f"عنوان تجريبي مختلَق {MARK}"
QUESTION = f"{MARK} هل لديكم ما يمنع السير في هذا الطلب؟"
READY = "papers-photo"
REPORTED: dict[str, tuple[tuple[str, ReportFact, str], ...]] = {
    "homs": (("commercial-register", "papers", f"{MARK} يُطلب عندنا صورة إضافية عن الهوية."),),
    "aleppo": (("tax-file", "counter", f"{MARK} انتقلت النافذة إلى الطابق الثاني."),),
    "damascus": (("commercial-register", "time", f"{MARK} يستغرق عندنا ثلاثة أيام."),),
}
"""What offices say of steps, marked wherever it is read."""
OUTCOMES: dict[str, Outcome] = {
    "licensing": "licensed",
    "finance": "financed",
    "guarantee": "guaranteed",
    "export": "exporting",
}


@dataclass
class Staff:
    """The officers of all desks: the same two people."""

    dalil: Dalil

    async def settle_in(self) -> None:
        """The helper is confirmed everywhere, and each office says something of itself."""
        await self.dalil.store.run(self._settled)

    async def does(self, lead: Lead, deed: str) -> None:
        """One deed in a case, by whoever may do it."""
        match deed:
            case "arrive":
                await self.dalil.store.run(partial(_arrived, lead=lead))
            case "take" | "begin" | "wait":
                who = HELPER if lead.id % 2 else LEADER
                await self._presses(lead, deed, who)
            case "reply":
                await self._presses(lead, f"reply:{READY}")
            case "end-early":
                await self._presses(lead, "end:advised")
            case "end":
                await self._presses(lead, f"end:{OUTCOMES.get(lead.topic, 'advised')}")
            case "ask":
                await self.dalil.store.run(partial(self._asks, lead=lead))
            case "offer":
                office = await self.dalil.store.run(partial(self._other, lead=lead, offer=True))
                await self._presses(lead, f"offer:{office}")
            case "take-over" | "decline-now":
                await self._presses(lead, deed, office=await self.turned_to(lead))
            case _:
                raise LookupError(f"no officer does {deed}")

    async def turned_to(self, lead: Lead) -> str:
        """The desk that is to answer something in a case, or to take it."""
        parts = await self.dalil.store.run(partial(involvements.open_of_lead, lead=lead.id))
        return parts[0].office

    async def _presses(
        self, lead: Lead, what: str, who: Who = LEADER, office: str | None = None
    ) -> None:
        verb, _, value = what.partition(":")
        data = f"o:{verb}:{lead.id}" + (f":{value}" if value else "")

        def work(tx: Transaction) -> None:
            desk = _desk(tx, office or acting.current(tx, lead.id).office)
            answer = self.dalil.referrals.press(tx, desk.chat, who, data, 0)
            if answer.alert:
                raise DalilError(f"{data} was refused in {desk.office}: {answer.toast}")

        await self.dalil.store.run(work)

    def _settled(self, tx: Transaction) -> None:
        for desk in offices.desks(tx):
            confirming.decide(tx, officers.introduce(tx, desk.office, HELPER), confirm=True)
            number = _leader(tx, desk.office).number
            profiles.put(tx, desk.office, "address", ADDRESS, number, local_day(tx.now))
            for step, fact, text in REPORTED.get(desk.office, ()):
                reports.add(
                    tx,
                    about=step,
                    fact=fact,
                    office=desk.office,
                    governorate=where_it_speaks(self.dalil.guide.shelf.guide, desk.office),
                    officer=number,
                    text=text,
                )

    def _asks(self, tx: Transaction, lead: Lead) -> None:
        now = acting.current(tx, lead.id)
        desk = _desk(tx, now.office)
        deed = passing.deed_of(tx, self.dalil.guide.shelf, desk, _leader(tx, desk.office), now)
        # So short a text stands on the other desk's card: the message itself goes nowhere.
        passing.ask(deed, self._other(tx, now), Message(desk.chat, 0, Content("text", QUESTION)))

    def _other(self, tx: Transaction, lead: Lead, *, offer: bool = False) -> str:
        """The desk that a case turns to: of all that it can, each in its turn."""
        guide = self.dalil.guide.shelf.guide
        found = passing.choices(tx, guide, lead)
        if offer:
            found = [name for name in found if passing.can_offer(tx, guide, lead, name)]
        return found[lead.id % len(found)]


def _arrived(tx: Transaction, lead: Lead) -> None:
    """Its card has been there since that day."""
    acting.happen(tx, lead, "delivered", note=lead.office)
    posting.tell_citizen(tx, lead, "delivered")


def _desk(tx: Transaction, office: str | None) -> Desk:
    desk = offices.desk(tx, office or "")
    if desk is None:
        raise LookupError(f"{office} has no group")
    return desk


def _leader(tx: Transaction, office: str) -> Officer:
    found = offices.officer(tx, office, LEADER.telegram)
    if found is None:
        raise LookupError(f"{office} has no head")
    return found
