"""Updates of the Bot API of every kind and shape, as Telegram sends them and as nobody should.

One generator serves both ways of drawing: a seeded ``Random`` for volume, and hypothesis'
``randoms()``, which shrinks what it finds.
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.contents import CONTENTS, FORGED, ONWARD, PHONES, a_text
from tests.fuzz.crowd import BOT, Crowd, Json, a_crowd
from tests.fuzz.groups import Chats, GroupUpdates

FIRST_UPDATE = 731_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One update. ``owed``: a person in a private chat waits for an answer to it."""

    kind: str
    raw: Any
    chat: int = 0
    callback: str = ""
    owed: bool = False
    real: bool = True
    """Telegram, as documented, can really send it: so it must never be set aside."""


class Generator:
    """Draws updates without end; remembers the last ones only, to send some of them again."""

    def __init__(self, random: Random, crowd: Crowd, chats: Chats) -> None:
        self._random = random
        self._crowd = crowd
        self._chats = chats
        self._last_id = FIRST_UPDATE
        self._presses = 0
        self._recent: deque[Sample] = deque(maxlen=50)
        self._groups = GroupUpdates(random, crowd, chats, self.press_id)
        self.codes = self._groups.codes

    def draw(self) -> Sample:
        """The next update."""
        sample = self._random.choices(KINDS, WEIGHTS)[0](self)
        if sample.real:
            self._recent.append(sample)
        return sample

    def press_id(self) -> str:
        """The id of a new press."""
        self._presses += 1
        return str(4_382_000_000_000_000 + self._presses)

    def _update(self, kind: str, content: Json) -> Json:
        self._last_id += self._random.choice((1, 1, 1, 2, 9))
        return {"update_id": self._last_id, kind: content}

    def _private(self, person: Json, content: Json) -> Json:
        chat = {key: value for key, value in person.items() if key in ("id", "first_name")}
        number = self._chats.next_message(person["id"])
        head = {"message_id": number, "date": 1_795_000_000, "chat": chat | {"type": "private"}}
        return head | {"from": person} | content

    def _message(self) -> Sample:
        person = self._random.choice(self._crowd.people)
        kind, content = self._content(person)
        raw = self._update("message", self._private(person, content))
        return Sample(f"private {kind}", raw, person["id"], owed=True)

    def _content(self, person: Json) -> tuple[str, Json]:
        drawn = self._random.random()
        if drawn < 0.6:
            return "text", {"text": a_text(self._random)}
        if drawn < 0.75:
            phone = self._random.choice(PHONES)
            owner = self._random.choice((person["id"], person["id"], 5, None))
            contact = {"phone_number": phone, "first_name": "x", "user_id": owner}
            return "contact", {"contact": {k: v for k, v in contact.items() if v is not None}}
        kind = self._random.choice(list(CONTENTS))
        return kind, CONTENTS[kind](self._random)

    def _edited(self) -> Sample:
        person = self._random.choice(self._crowd.people)
        message = self._private(person, {"text": a_text(self._random), "edit_date": 1})
        raw = self._update("edited_message", message)
        return Sample("private edit", raw, person["id"], owed=True)

    def _press(self) -> Sample:
        person = self._random.choice(self._crowd.people)
        message, data = self._pressed(person["id"])
        on: Json = {"message_id": message, "chat": {"id": person["id"], "type": "private"}}
        # A message older than 48 hours is "inaccessible": nothing of it comes but its place.
        on["date"] = self._random.choice((1_795_000_000, 0))
        callback = self.press_id()
        query = {"id": callback, "from": person, "chat_instance": "1", "message": on, "data": data}
        raw = self._update("callback_query", query)
        return Sample("private press", raw, person["id"], callback, owed=True)

    def _pressed(self, chat: int) -> tuple[int, str]:
        """A button that stands there, or data that somebody else was shown, or nobody."""
        standing = self._chats.buttons(chat)
        drawn = self._random.random()
        newest = standing[-1][0] if standing else 1
        if standing and drawn < 0.75:
            onward = [each for each in standing if each[1].startswith(ONWARD)]
            return self._random.choice(onward if onward and drawn < 0.65 else standing)
        if drawn < 0.85:
            others = self._chats.buttons(self._random.choice(self._crowd.people)["id"])
            others += self._chats.buttons(self._random.choice(self._crowd.groups).id)
            if others:
                return newest, self._random.choice(others)[1]
        message = self._random.choice((newest, newest, 1, 10**9, 0))
        return message, self._random.choice(FORGED)

    def _group(self) -> Sample:
        kind, update, content = self._groups.draw()
        chat = content.get("chat") or content.get("message", {}).get("chat", {})
        return Sample(f"group {kind}", self._update(update, content), chat["id"])

    def _standing(self) -> Sample:
        """A person blocks the bot or lets it in again. Who blocked it may write all the same."""
        person = self._random.choice(self._crowd.people)
        statuses = ["member", "kicked"]
        self._random.shuffle(statuses)
        old, new = ({"status": each, "user": {"id": BOT, "is_bot": True, "first_name": "D"}}
                    for each in statuses)  # fmt: skip
        chat = {"id": person["id"], "type": "private"}
        change = {"chat": chat, "from": person, "date": 1}
        change |= {"old_chat_member": old, "new_chat_member": new}
        return Sample("block", self._update("my_chat_member", change), person["id"])

    def _report(self) -> Sample:
        """What Telegram notes in a private chat by itself."""
        person = self._random.choice(self._crowd.people)
        note = self._random.choice(("pinned_message", "message_auto_delete_timer_changed"))
        raw = self._update("message", self._private(person, {note: {"message_id": 1, "date": 0}}))
        return Sample("private report", raw, person["id"])

    def _stray(self) -> Sample:
        """What was not asked for, and what may come one day."""
        kind = self._random.choice(STRAYS)
        person = self._random.choice(self._crowd.people)
        chat = {"id": -1_002_000_000_000, "type": "channel", "title": "x"}
        content = {"message_id": 1, "date": 1, "chat": chat, "from": person, "text": "/bind X"}
        if kind in ("my_chat_member", "chat_member"):
            content["new_chat_member"] = {"status": "administrator", "user": person}
        return Sample(f"stray {kind}", self._update(kind, content | {"id": "1", "query": "x"}))

    def _again(self) -> Sample:
        if not self._recent:
            return self._message()
        old = self._random.choice(self._recent)
        return Sample("brought again", old.raw, old.chat)

    def _broken(self) -> Sample:
        """An update of a good family with something wrong in it."""
        good = self._random.choice((self._message, self._press, self._group, self._standing))()
        raw = copy.deepcopy(good.raw)
        drawn = self._random.random()
        if drawn < 0.05:
            raw = self._random.choice((None, [], "x", 5, True, {}, [[]], {"update_id": "5"}))
        else:
            for _ in range(self._random.randrange(1, 4)):
                _spoil(raw, self._random)
        return Sample("broken", raw, good.chat, real=False)


def _spoil(raw: Any, random: Random) -> None:
    """Takes something away or puts something else there, somewhere within."""
    place = raw
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = random.choice(keys)
        deeper = place[key]
        if isinstance(deeper, dict | list) and deeper and random.random() < 0.75:
            place = deeper
            continue
        if isinstance(place, dict) and random.random() < 0.3:
            del place[key]
        else:
            place[key] = random.choice(ODD)(random)
        return


def _nested(depth: int) -> Any:
    found: Any = []
    for _ in range(depth):
        found = [found]
    return found


ODD: tuple[Callable[[Random], Any], ...] = (
    lambda _: None,
    lambda _: True,
    lambda _: -1,
    lambda _: 2**63,
    lambda _: -(10**40),
    lambda _: 1.5,
    lambda _: float("nan"),
    lambda _: float("inf"),
    lambda _: "",
    lambda _: "\ud800",
    lambda _: "x" * 10_000,
    lambda _: [],
    lambda _: {},
    lambda _: [{}],
    lambda random: _nested(random.choice((2, 50, 300))),
)

STRAYS = (
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "inline_query",
    "chosen_inline_result",
    "shipping_query",
    "pre_checkout_query",
    "poll",
    "poll_answer",
    "message_reaction",
    "message_reaction_count",
    "chat_join_request",
    "chat_boost",
    "something_new",
    "message",
    "edited_message",
    "my_chat_member",
    "chat_member",
)

_TABLE: dict[Callable[[Generator], Sample], int] = {
    Generator._message: 30,
    Generator._edited: 2,
    Generator._press: 34,
    Generator._group: 16,
    Generator._standing: 2,
    Generator._report: 1,
    Generator._stray: 3,
    Generator._again: 4,
    Generator._broken: 8,
}
KINDS, WEIGHTS = list(_TABLE), list(_TABLE.values())


class _NoChats:
    """Chats in which nothing has been said."""

    def next_message(self, id: int) -> int:
        return 1 + abs(id) % 1000

    def buttons(self, id: int) -> list[tuple[int, str]]:
        return [(1, "1:flow:licence")] if id > 0 else [(1, "o:take:1")]


def _one(random: Random) -> Sample:
    generator = Generator(random, a_crowd(random, 6, groups=2), _NoChats())
    return generator.draw()


samples: st.SearchStrategy[Sample] = st.randoms(use_true_random=False).map(_one)
"""Any one update, for hypothesis."""
