"""The reckoning: what Telegram shows against what the database knows, and what was allowed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select

from bot.store import cards, citizens, leads, outbox, tables
from bot.store.store import Transaction
from tests.chaos.city import City, Json, presses_of
from tests.chaos.walk import REFERENCE, Citizen

NOTICES = {"delivered": "has arrived at", "claimed": "has taken your request"}
"""Words by which a notice is known."""
Key = tuple[str, str]
"""A reference, and ``card`` or the notice."""


@dataclass
class Reckoning:
    """What is wrong, in sentences, and what came twice because it had to."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    resent: int = 0

    def add(self, other: Reckoning) -> None:
        """Takes in what was found elsewhere."""
        self.lost += other.lost
        self.doubled += other.doubled
        self.resent += other.resent

    def __str__(self) -> str:
        return f"lost {len(self.lost)} doubled {len(self.doubled)} resent {self.resent}"


class Ledger:
    """Counts cards and notices, and excuses those that had to come twice.

    What Telegram has taken, and the bot has not noted when it dies, goes out once more: it knows no
    way to ask. Nothing else may come twice, and that only once for each such death.
    """

    def __init__(self, city: City) -> None:
        self._city = city
        self._excused: dict[Key, int] = defaultdict(int)
        city.after_death = self._excuse

    async def settled(self) -> None:
        """Returns when nothing waits to be sent and everybody sees their newest screen."""

        def quiet(tx: Transaction) -> bool:
            return not outbox.counts(tx)["waiting"] and not citizens.behind(tx)

        async def look() -> bool:
            return await self._city.store.run(quiet)

        await self._city.until_known(look)

    async def reckon(self, people: Iterable[Citizen]) -> Reckoning:
        """Looks at each of these people's requests, once everything is settled."""
        found, posted = Reckoning(), self._posted()
        for person in people:
            trouble = await self._city.store.run(partial(self._rows, person=person))
            found.lost += trouble.lost
            found.doubled += trouble.doubled
            self._messages(person, posted, found)
        return found

    async def _excuse(self) -> None:
        in_hand = await self._city.store.run(_in_hand)
        posted = self._posted() if in_hand else Counter()
        for key in in_hand:
            if posted[key] > self._excused[key]:
                self._excused[key] += 1

    def _rows(self, tx: Transaction, person: Citizen) -> Reckoning:
        """The person's requests and their screen."""
        found = Reckoning()
        citizen = citizens.find(tx, person.number)
        if citizen is None:
            found.lost.append(f"citizen {person.number}")
            return found
        theirs = leads.of_citizen(tx, citizen.number)
        if [lead.reference for lead in theirs] != [person.reference]:
            wrong = found.doubled if len(theirs) > 1 else found.lost
            wrong.append(f"requests of {person.number}: {len(theirs)}")
        elif person.taken and theirs[0].state != "claimed":
            found.lost.append(f"the taking of {person.reference}")
        shown = citizens.shown(tx, citizen.number)
        if shown is None or not self._stands(person, shown.message):
            found.lost.append(f"the screen of {person.number}")
        if self._city.telegram.world.chats[person.number].keyboard is not None:
            found.lost.append(f"the end of the keyboard of {person.number}")
        return found

    def _stands(self, person: Citizen, number: int) -> bool:
        """Whether their case is what they see, with its buttons."""
        posts = self._city.telegram.world.chats[person.number].posts
        message = posts[number].message if number in posts else {}
        return person.reference in message.get("text", "") and bool(presses_of(message))

    def _posted(self) -> Counter[Key]:
        """How often each card and notice stands in Telegram."""
        chats = self._city.telegram.world.chats
        messages = [message for chat in chats for message in self._city.messages(chat)]
        return Counter(key for key in map(_key, messages) if key is not None)

    def _messages(self, person: Citizen, posted: Counter[Key], found: Reckoning) -> None:
        for kind in ("card", "delivered", *(["claimed"] if person.taken else [])):
            key = (person.reference, kind)
            count = posted[key]
            if count == 0:
                found.lost.append(f"{kind} of {person.reference}")
            elif count > 1 + self._excused[key]:
                found.doubled.append(f"{kind} of {person.reference}: {count}")
            else:
                found.resent += count - 1


def _key(message: Json) -> Key | None:
    """Which card or notice a message of the bot is, if it is one."""
    text = message.get("text", "")
    reference = REFERENCE.search(text)
    if reference is None:
        return None
    if message["chat"]["id"] < 0:
        return reference[0], "card"
    if "1:n:roadmap" not in presses_of(message):
        return None
    return next(((reference[0], kind) for kind, words in NOTICES.items() if words in text), None)


def _in_hand(tx: Transaction) -> list[Key]:
    """The new messages of which no arrival is noted.

    Whether a row was handed to the sender does not tell: a change meanwhile takes that back.
    """
    rows = tx.connection.execute(select(tables.outbox)).all()
    found: list[Key] = []
    for row in rows:
        lead = leads.get(tx, row.lead) if row.lead else None
        kind, _, name = row.recipient.partition(":")
        if lead is None or (kind == "office" and cards.card(tx, lead.id, name) is not None):
            continue
        found.append((lead.reference, row.what.removeprefix("notice:")))
    return found
