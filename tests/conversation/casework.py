"""A citizen with cases, and the officers who work on them, over the small guide and one clock."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.conversation.conversation import Conversation
from bot.guide.load import compiled, load
from bot.guide.shelf import Shelf
from bot.referrals.case.officers import Who
from bot.referrals.referrals import Referrals
from bot.search.catalogue import of_guide
from bot.store import cards, leads, revisions
from bot.store.leads import Lead
from bot.store.sealing import Seal
from bot.store.store import Store
from tests.conversation.citizen import Citizen
from tests.conversation.conftest import shelf_in
from tests.conversation.looking import answer
from tests.guide import small
from tests.referrals.country import HOMS, SAMER, Clock, Country

LICENCE = ("حمص", "غذاء", "7", "إيجار", "1/1/2020", "500000 ليرة جديدة", "نعم")
"""Answers that lead through the small guide's licence to its last question."""
TRAINING = ("حمص", "تجارة", "لا أعرف")


@dataclass
class Casework:
    """Salma at her screen, the offices in their groups. Time passes for all at once."""

    salma: Citizen
    country: Country
    served: list[Shelf]

    @property
    def text(self) -> str:
        """What Salma sees."""
        return self.salma.text

    async def walks(self, flow: str = "licence", answers: tuple[str, ...] = LICENCE) -> None:
        """Salma answers the questions of a flow."""
        await self.salma.commands("/start")
        if "العربية" in self.salma.labels:
            await self.salma.presses("العربية")
        await self.salma.presses_data(f"1:flow:{flow}")
        await answer(self.salma, *answers)
        if flow == "licence":
            await self.salma.presses_data("1:toggle:papers-held:lease")
            await self.salma.presses_data("1:enough:papers-held")

    async def refers(self, topic: str = "licensing", phone: str = "") -> Lead:
        """Salma, who has walked, asks for the office, which may call this number."""
        await self.salma.presses_data(f"1:go:consent:{topic}")
        await self.salma.presses("أوافق")
        await (self.salma.types(phone) if phone else self.salma.presses("اكتبوا لي هنا"))
        return (await self.leads())[-1]

    async def referred(self, phone: str = "", *, forum: bool = False) -> Lead:
        """Salma's request has reached the office of Homs, whose officer is Samer."""
        await self.country.bind("homs", HOMS, SAMER, forum=forum)
        await self.walks()
        lead = await self.refers(phone=phone)
        await self.country.deliver()
        return lead

    async def leads(self) -> list[Lead]:
        """All cases, the oldest first."""
        return await self.salma.store.run(lambda tx: leads.all_leads(tx, None))

    async def press(
        self, lead: Lead, *verbs: str, chat: int = HOMS, who: Who = SAMER, office: str = "homs"
    ) -> str:
        """An officer presses buttons of the card, one after the other; gives the last toast."""
        toast = ""
        for verb in verbs:
            name, _, value = verb.partition("/")
            data = f"o:{name}:{lead.id}{':' if value else ''}{value}"
            card = await self.salma.store.run(lambda tx: cards.card(tx, lead.id, office))
            assert card
            toast = (await self.country.forge(chat, who, data, card.message)).toast
            await self.country.deliver()
        return toast

    async def card(self, lead: Lead, chat: int = HOMS, office: str = "homs") -> str:
        """The text of the card in a group."""
        found = await self.salma.store.run(lambda tx: cards.card(tx, lead.id, office))
        assert found
        return self.country.chats[chat][found.message].text

    async def looks_at(self, lead: Lead) -> str:
        """Salma opens her case."""
        await self.salma.presses_data(f"1:n:case:{lead.reference}")
        return self.text

    async def in_english(self) -> str:
        """What Salma sees, in English; she goes back to Arabic."""
        await self.salma.presses("English")
        text = self.text
        await self.salma.presses("العربية")
        return text

    async def serve(self, directory: Path, files: Mapping[str, str]) -> None:
        """Editors have changed the guide: from now on this one is served, and kept."""
        where = small.write(directory, files)
        await self.serves(shelf_in(where), compiled(load(where)))

    async def serves(self, shelf: Shelf, kept: bytes) -> None:
        """This revision is served, and was kept before."""
        await self.salma.store.run(lambda tx: revisions.keep(tx, shelf.revision, kept))
        self.served[0] = self.country.shelf = shelf


@asynccontextmanager
async def casework(url: str, seal: Seal, shelf: Shelf, kept: bytes) -> AsyncIterator[Casework]:
    """Everything that such a story needs, on one store."""
    clock = Clock()
    store = Store.open(url, seal, clock)
    served = [shelf]
    referrals = Referrals(lambda: served[0])
    conversation = Conversation(
        lambda: served[0], referrals, lambda: of_guide(served[0].guide, served[0].words)
    )
    work = Casework(Citizen(store, conversation), Country(store, shelf, clock), served)
    await work.serves(shelf, kept)
    yield work
    await store.close()
