"""The people and groups of the fuzz: invented, and as odd as Telegram allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

Json = dict[str, Any]

BOT = 1000
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
"""In whose name Telegram lets anonymous administrators act."""

NAMES = (
    "سلمى",
    "Omar",
    "",
    "<b>bold</b>",
    "<script>alert(1)</script> &amp; &#x41; </a>",
    "*_`[x](y)",
    "{name} {0} %s ${x}",
    "\u202eevil\u202c \u2066x\u2069 \u200b\ufeff",
    "\x00\x07\x1b[31mred\x1b[0m\r\n\n",
    "a" + "\u0301" * 5000,
    "م" + "\u0651\u064e\u0670" * 40,
    "👩‍👩‍👧‍👦" * 16,
    "ﷺ" * 64,
    "';DROP TABLE citizens;--",
)
"""First names; whatever is in them must show harmlessly wherever it shows."""

LANGUAGES = (None, "ar", "en", "fr", "pt-br", "zz", "")


@dataclass
class Group:
    """A group as Telegram knows it, and what the bot is in it."""

    id: int
    title: str
    administrators: list[Json]
    members: list[Json]
    kind: str = "supergroup"
    public: bool = False
    bot_status: str = "administrator"

    @property
    def chat(self) -> Json:
        """The Chat object of its updates."""
        return {"id": self.id, "type": self.kind, "title": self.title}

    def status(self, user: int) -> str:
        """What ``getChatMember`` says of somebody."""
        if user == BOT:
            return self.bot_status
        if any(each["id"] == user for each in self.administrators):
            return "administrator"
        return "member" if any(each["id"] == user for each in self.members) else "left"


@dataclass
class Crowd:
    """Everybody there is."""

    people: list[Json]
    groups: list[Group] = field(default_factory=list)

    def group(self, chat: int) -> Group | None:
        """The group with this id, if it has that id still."""
        return next((group for group in self.groups if group.id == chat), None)


def a_crowd(random: Random, people: int, groups: int = 6) -> Crowd:
    """So many people in private chats, and groups of some of them."""
    crowd = Crowd([_person(random, number) for number in range(people)])
    for number in range(groups):
        some = random.sample(crowd.people, min(5, people))
        title = random.choice(NAMES) or "مكتب"
        kind = "group" if number % 3 == 2 else "supergroup"
        group = Group(-1_001_000_000_000 - number, title, some[:2], some, kind)
        group.public = number == groups - 1
        crowd.groups.append(group)
    return crowd


def _person(random: Random, number: int) -> Json:
    # Ids have outgrown 32 bits, and will outgrow more.
    person: Json = {
        "id": random.choice((10_000, 7_000_000_000, 2**51)) + number,
        "is_bot": False,
        "first_name": random.choice(NAMES),
    }
    if random.random() < 0.3:
        person["last_name"] = random.choice(NAMES)
    if language := random.choice(LANGUAGES):
        person["language_code"] = language
    return person
