"""An invented citizen in the real conversation: presses what the screens offer, or types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from bot.busy.plan import Part
from bot.conversation.conversation import Conversation
from bot.conversation.events import Event, Person, Pressed, Reply, Shared, Typed
from bot.conversation.project import Focus
from bot.engine.flow import Question
from bot.engine.guide import Guide
from bot.errors import DalilError
from bot.store import citizens, leads
from bot.store.leads import Lead
from bot.store.store import Store, Transaction

BELOW = 10**9
"""Stands for a message below all others: presses on it are never old."""
MOST_QUESTIONS = 60
MOST_PICKED = 2
UNSURE = 0.15
"""How often a citizen does not know what they may say they do not know."""
TYPED = {"number": ("12", "25", "40"), "money": ("30000", "200000", "900000")}


@dataclass
class Walker:
    """One citizen. ``last``: what their chat is to show in the end."""

    store: Store
    conversation: Conversation
    guide: Guide
    part: Part
    random: Random
    last: Reply | None = None

    async def says(self, event: Event) -> Reply:
        """Does one thing; gives the answer, which is not sent."""
        person = Person(self.part.telegram, self.part.name, self.part.language)

        def work(tx: Transaction) -> Reply:
            return self.conversation.receive(tx, person, event, BELOW)

        # The keyboard of a screen that was never sent was never there.
        self.last = replace(await self.store.run(work), edit=None, keyboard=None)
        return self.last

    async def presses(self, *data: str) -> None:
        """Presses buttons that carry these, one after the other."""
        for each in data:
            await self.says(Pressed(each, BELOW))

    async def walks(self) -> None:
        """From the first screen through all questions of the flow."""
        await self.presses(f"1:language:{self.part.language}", f"1:flow:{self.part.flow}")
        for _ in range(MOST_QUESTIONS):
            focus = await self._focus()
            if focus.kind != "question":
                return
            await self._answers(focus.name, self.guide.questions[focus.name])
        raise DalilError(f"the flow {self.part.flow} does not end for {self.part}")

    async def is_referred(self) -> Lead:
        """Agrees to be put in touch with the office, and says how to be reached."""
        topic = self.guide.flows[self.part.flow].refer
        await self.presses(f"1:go:consent:{topic}", f"1:agree:{topic}")
        if self.part.phone is None:
            await self.presses(f"1:here:{topic}")
        else:
            await self.says(Shared(self.part.phone, own=True))
        return await self.lead()

    async def lead(self) -> Lead:
        """Their case."""

        def work(tx: Transaction) -> Lead | None:
            found = citizens.find(tx, self.part.telegram)
            return next(iter(leads.of_citizen(tx, found.number)), None) if found else None

        if (lead := await self.store.run(work)) is None:
            raise DalilError(f"nobody was asked for help by {self.part}")
        return lead

    async def at_case(self, *verbs: str) -> None:
        """Opens their case and presses these of its buttons."""
        reference = (await self.lead()).reference
        await self.presses(f"1:n:case:{reference}", *(f"1:{verb}:{reference}" for verb in verbs))

    async def is_stopped(self, step: str, kind: str, tell: str) -> None:
        """Tells what stopped them at a step: in their ``case``, ``alone``, or to nobody."""
        reference = (await self.lead()).reference
        ways = {"case": f"1:tell:{reference}", "alone": "1:tell:alone"}
        whom = ways.get(tell, f"1:go:step:{step}")
        await self.presses(f"1:go:step:{step}", f"1:stopped:{step}:{kind}", whom)

    async def _focus(self) -> Focus:
        def work(tx: Transaction) -> Focus:
            found = citizens.arrive(tx, self.part.telegram)
            return Focus(**found.state["focus"])

        return await self.store.run(work)

    async def _answers(self, name: str, asked: Question) -> None:
        options = list(self.guide.option_ids(name))
        if asked.kind == "governorate":
            await self.presses(f"1:answer:{name}:{self.part.governorate}")
        elif asked.may_be_unknown and self.random.random() < UNSURE:
            await self.presses(f"1:unsure:{name}")
        elif asked.kind == "several":
            picked = self.random.sample(options, self.random.randint(0, MOST_PICKED))
            toggled = [f"1:toggle:{name}:{option}" for option in picked]
            await self.presses(*toggled, f"1:enough:{name}")
        elif options:
            await self.presses(f"1:answer:{name}:{self.random.choice(options)}")
        else:
            await self._types(name, self.random.choice(TYPED[asked.kind]))

    async def _types(self, name: str, text: str) -> None:
        await self.says(Typed(text))
        if isinstance((await self._focus()).draft, int):  # in which pounds?
            await self.presses(f"1:unit:{name}:new")
