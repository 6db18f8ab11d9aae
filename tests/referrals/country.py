"""A country of two offices on a real store: a citizen, groups, and a post that is never late."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.engine.directory import Calendar, Governorate, Office, Topic
from bot.engine.flow import Question
from bot.engine.guide import Guide
from bot.guide.screen import Button, Screen
from bot.guide.shelf import Shelf
from bot.guide.words import GovernorateWords, OptionWords, QuestionWords, Words
from bot.referrals.calls import Call, Carry, OpenThread, Show
from bot.referrals.case.officers import Who
from bot.referrals.dispatch import Dispatch
from bot.referrals.group.deed import Answer
from bot.referrals.referrals import Bound, Referrals, Refusal
from bot.store import citizens, leads, offices, outbox
from bot.store.leads import Lead
from bot.store.outbox import Row
from bot.store.store import Store, Transaction

LOCALES = Path(__file__).parents[2] / "locales"
HOMS, HEAD = -1001, -1002
PHONE = "+963944123456"
SAMER = Who(501, "Samer", administrator=True)
RIMA = Who(502, "Rima", administrator=True)
NOUR = Who(503, "Nour", administrator=False)

CALENDAR = {
    "week": {
        "working": ["sunday", "monday", "tuesday", "wednesday", "thursday"],
        "source": "F-01",
    },
    "hours": {"opens": "08:00", "closes": "14:00", "source": "F-01"},
    "holidays": [{"liberation-day": {"on": "12-08", "source": "F-01"}}],
}
ANSWERS: dict[str, Any] = {
    "governorate": "homs",
    "sector": "food",
    "capital": {"amount": 5000000, "unit": "old SYP"},
    "nuisance": None,
    "papers": ["tax-file", "lease"],
    "about": "a small <bakery>",
    "phone": PHONE,
}
"""Invented answers of an invented citizen."""


def details(**changes: Any) -> dict[str, Any]:
    """What a referral hands over, unless changed."""
    contact = {"phone": PHONE}
    given = {"name": "Layla", "contact": contact, "language": "ar", "answers": ANSWERS}
    return {**given, "done": ["a", "b", "c"], "progress": [3, 9], **changes}


def small_guide() -> Guide:
    questions = {
        "governorate": Question(kind="governorate"),
        "sector": Question.model_validate({"kind": "choice", "options": ["food", "craft"]}),
        "capital": Question(kind="money", unit="new SYP"),
        "nuisance": Question(kind="yes-no"),
        "papers": Question.model_validate(
            {"kind": "several", "holds": True, "options": ["tax-file", "lease"]}
        ),
        "about": Question(kind="text"),
        "phone": Question(kind="contact"),
    }
    return Guide(
        questions=questions,
        flows={},
        steps={},
        programmes={},
        articles={},
        menu={},
        subjects={},
        governorates={"homs": Governorate(order=1), "hama": Governorate(order=2)},
        bodies={},
        laws={},
        sources={},
        unused={},
        topics={"licensing": Topic(answer=2, step=5)},
        replies={},
        glossary={},
        calendar=Calendar.model_validate(CALENDAR),
        offices={
            "homs": Office(governorate="homs", topics=("licensing",)),
            "hama": Office(governorate="hama", topics=("licensing",)),
            "head-office": Office(head=True),
            "guarantee-corp": Office(body="guarantee-corp"),
            "bank": Office(body="bank", topics=("finance",)),
            "trade-hama": Office(body="trade", governorate="hama"),
        },
    )


def small_words(language: str) -> Words:
    arabic = language == "ar"
    labels = {"sector": "القطاع", "capital": "رأس المال", "nuisance": "إزعاج"}
    labels |= {"papers": "الأوراق", "about": "العمل"}
    return Words(
        language,
        questions={
            name: QuestionWords(
                ask="؟",
                label=label,
                why="؟",
                options={"food": OptionWords(label="أغذية"), "craft": OptionWords(label="حرفة")},
            )
            for name, label in labels.items()
        },
        documents={"tax-file": "ملف ضريبي", "lease": "عقد إيجار"},
        governorates={
            "homs": GovernorateWords(name="حمص", about="في الوسط."),
            "hama": GovernorateWords(name="حماة", about="في الوسط."),
        },
        offices={
            "homs": "مكتب حمص" if arabic else "Homs office",
            "head-office": "المكتب الرئيسي" if arabic else "head office",
            "guarantee-corp": "مؤسسة الضمان" if arabic else "Guarantee Corporation",
            "bank": "المصرف" if arabic else "bank",
            "trade-hama": "مديرية التجارة في حماة" if arabic else "Hama trade directorate",
        },
        topics={"licensing": "الترخيص"},
    )


class Clock:
    """Noon in Damascus, until time passes."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def later(self, **time: float) -> None:
        """Time passes."""
        self.now += timedelta(**time)


@dataclass
class Country:
    """Everything a story needs. What was sent stands in ``chats``, by chat and message id."""

    store: Store
    shelf: Shelf
    clock: Clock
    chats: dict[int, dict[int, Screen]] = field(default_factory=dict)
    threads: dict[int, str] = field(default_factory=dict)
    """The titles of the threads that were made, by number."""
    calls: list[Call] = field(default_factory=list)
    """Everything that was asked of Telegram, in order."""

    def __post_init__(self) -> None:
        self.referrals = Referrals(lambda: self.shelf)
        self.dispatch = Dispatch(lambda: self.shelf)

    async def citizen(self, telegram: int = 77, language: str = "ar") -> int:
        """A citizen who has written to the bot; returns our number."""
        found = await self.store.run(lambda tx: citizens.create(tx, telegram, language))
        return found.number

    async def refer(self, citizen: int, governorate: str = "homs", **changes: Any) -> Lead:
        """The citizen asks for the office; nothing is delivered yet."""
        given = details(**changes)
        return await self.store.run(
            lambda tx: self.referrals.refer(tx, citizen, 1, "licensing", governorate, given)
        )

    async def bind(
        self, office: str, chat: int, *administrators: Who, forum: bool = False
    ) -> Bound | Refusal:
        """An administrator binds the group with a fresh code."""
        code = await self.store.run(lambda tx: offices.invite(tx, office))
        return await self.bind_with(code, chat, *administrators, forum=forum)

    async def bind_with(
        self, code: str, chat: int, *administrators: Who, forum: bool = False
    ) -> Bound | Refusal:
        """The group is bound with this code."""
        people = administrators or (SAMER,)
        return await self.store.run(
            lambda tx: self.referrals.bind(tx, code, chat, "Office", people, forum=forum)
        )

    async def confirm(self, who: Who, office: str = "homs") -> None:
        """An administrator has confirmed that a member may act for the office."""
        await self.store.run(
            lambda tx: offices.save_officer(tx, office, who.telegram, who.name, "confirmed")
        )

    async def deliver(self) -> None:
        """The post goes out until nothing waits, as the sender does it."""
        while rows := await self.store.run(outbox.due):
            for row in rows:
                await self._carry(row)

    async def _carry(self, row: Row) -> None:
        done: set[str] = set()
        while call := await self.store.run(partial(self._next, row, done)):
            number = self._make(call)
            self.calls.append(call)
            done.add(call.part)
            await self.store.run(partial(self._succeeded, row, call, number))
        await self.store.run(partial(self._sent, row))

    def _make(self, call: Call) -> int:
        """Telegram takes a call; gives the number of what it made."""
        number = sum(map(len, self.chats.values())) + len(self.threads) + 1
        match call:
            case Show() | Carry():
                number = call.edit or number
                self.chats.setdefault(call.chat, {})[number] = call.screen
            case OpenThread(title=title):
                self.threads[number] = title
        return number

    def _next(self, row: Row, done: set[str], tx: Transaction) -> Call | None:
        return self.dispatch.next_call(tx, row, done)

    def _succeeded(self, row: Row, call: Call, number: int, tx: Transaction) -> None:
        self.dispatch.succeeded(tx, row, call, number)

    def _sent(self, row: Row, tx: Transaction) -> None:
        outbox.sent(tx, row.id)

    def last(self, chat: int) -> Screen:
        """The newest message of a chat."""
        return self.chats[chat][max(self.chats[chat])]

    def buttons(self, chat: int) -> list[Button]:
        """The buttons of the newest message."""
        return [button for row in self.last(chat).rows for button in row]

    async def press(self, chat: int, who: Who, verb: str, message: int | None = None) -> Answer:
        """Someone presses the button with this verb on the newest message, or says which.

        ``verb`` may go on behind the case's number: ``end/advised``.
        """
        pressed = message or max(self.chats[chat])
        begin, _, end = verb.partition("/")
        data = next(
            b.press
            for row in self.chats[chat][pressed].rows
            for b in row
            if b.press.startswith(f"o:{begin}:") and b.press.endswith(end)
        )
        answer = await self.forge(chat, who, data, pressed)
        if answer.screen is not None:
            self.chats[chat][pressed] = answer.screen
        return answer

    async def resolve(self, chat: int, who: Who, outcome: str = "advised") -> Answer:
        """Someone chooses on the newest message what the case came to."""
        await self.press(chat, who, "resolve")
        return await self.press(chat, who, f"end/{outcome}")

    async def forge(self, chat: int, who: Who, data: str, message: int) -> Answer:
        """A press with this data, wherever it came from."""
        return await self.store.run(lambda tx: self.referrals.press(tx, chat, who, data, message))

    async def lead(self, id: int) -> Lead:
        """The lead as it stands."""
        found = await self.store.run(lambda tx: leads.get(tx, id))
        assert found is not None
        return found

    async def history(self, id: int) -> list[str]:
        """What has happened to the lead."""
        return [each.kind for each in await self.store.run(lambda tx: leads.events(tx, id))]
