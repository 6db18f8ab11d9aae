"""What happens in groups: talk, guessed codes, presses of anybody's, and coming and going."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Protocol

from tests.fuzz.contents import CONTENTS, FORGED, a_text
from tests.fuzz.crowd import ANONYMOUS, BOT, Crowd, Group, Json

Drawn = tuple[str, str, Json]
"""What it is, the kind of update, and its content."""
OUTSIDER: Json = {"id": 99, "is_bot": False, "first_name": "Outsider"}
SUPERGROUP = -1_003_000_000_000


class Chats(Protocol):
    """What must be known of the chats."""

    def next_message(self, id: int) -> int:
        """The id of the next message in a chat."""

    def buttons(self, id: int) -> list[tuple[int, str]]:
        """The buttons that stand in a chat, the newest last."""


class GroupUpdates:
    """Draws what happens in the groups of a crowd, and lets it happen to them."""

    def __init__(
        self, random: Random, crowd: Crowd, chats: Chats, press_id: Callable[[], str]
    ) -> None:
        self._random = random
        self._crowd = crowd
        self._chats = chats
        self._press_id = press_id
        self._moved = 0
        self._untold: list[tuple[int, Group]] = []
        """Groups that have moved while Telegram has not told it yet, with their old id."""
        self.codes: list[str] = []
        """Good invitation codes, to be typed one day."""

    def draw(self) -> Drawn:
        """Something in some group."""
        if self._untold:
            return self._migration_told()
        group = self._random.choice(self._crowd.groups)
        return self._random.choices(KINDS, WEIGHTS)[0](self, group)

    def _someone(self, group: Group) -> Json:
        people = (*group.administrators, *group.members, OUTSIDER, ANONYMOUS)
        return self._random.choice(people)

    def _message(self, group: Group, who: Json, content: Json) -> Json:
        number = self._chats.next_message(group.id)
        message = {"message_id": number, "date": 1, "chat": group.chat, "from": who} | content
        if who is ANONYMOUS:
            message["sender_chat"] = group.chat
        if self._random.random() < 0.1:
            message |= {"message_thread_id": 7, "is_topic_message": True}
        return message

    def _talk(self, group: Group) -> Drawn:
        content: Json = {"text": a_text(self._random)}
        if self._random.random() < 0.3:
            content = self._random.choice(list(CONTENTS.values()))(self._random)
        return "talk", "message", self._message(group, self._someone(group), content)

    def _guess(self, group: Group) -> Drawn:
        code = self._random.choice(("HOMS-AAAA-BBBB", "", "x" * 4000, "' OR 1=1 --", "\u202e"))
        text = f"/bind@dalil_fuzz_bot {code}"
        return "guess", "message", self._message(group, self._someone(group), {"text": text})

    def _bind(self, group: Group) -> Drawn:
        """An administrator has a good code."""
        if not self.codes or group.bot_status != "administrator":
            return self._guess(group)
        text = f"/bind {self.codes.pop()}"
        return "bind", "message", self._message(group, group.administrators[0], {"text": text})

    def _press(self, group: Group) -> Drawn:
        standing = self._chats.buttons(group.id)
        message, data = 1, self._random.choice(FORGED)
        if standing and self._random.random() < 0.7:
            message, data = self._random.choice(standing)
        elif self._random.random() < 0.5:
            other = self._chats.buttons(self._random.choice(self._crowd.groups).id)
            message, data = self._random.choice(other) if other else (message, data)
        on = {"message_id": message, "date": 1, "chat": group.chat}
        query = {"id": self._press_id(), "from": self._someone(group), "message": on, "data": data}
        return "press", "callback_query", query | {"chat_instance": "1"}

    def _member(self, group: Group) -> Drawn:
        """Somebody comes, goes, rises or falls."""
        user = self._random.choice(self._crowd.people)
        status = self._random.choice(("member", "administrator", "left", "kicked", "restricted"))
        for listed in (group.administrators, group.members):
            listed[:] = [each for each in listed if each["id"] != user["id"]] or listed[:1]
        if status == "administrator":
            group.administrators.append(user)
        elif status in ("member", "restricted"):
            group.members.append(user)
        member: Json = {"status": status, "user": user}
        if status == "restricted":
            member["is_member"] = True
        return "member", "chat_member", self._change(group, member)

    def _service(self, group: Group) -> Drawn:
        user = self._someone(group)
        content = self._random.choice(
            (
                {"new_chat_members": [user]},
                {"left_chat_member": user},
                {"new_chat_title": "x"},
                {"forum_topic_created": {"name": "x", "icon_color": 1}},
                {"group_chat_created": True},
            )
        )
        return "service", "message", self._message(group, user, content)

    def _bot(self, group: Group) -> Drawn:
        """The bot is put out, let in, made administrator, or is one no longer."""
        status = "administrator"
        if group.bot_status == status and self._random.random() < 0.3:
            status = self._random.choice(("member", "left", "kicked"))
        group.bot_status = status
        user = {"id": BOT, "is_bot": True, "first_name": "Dalil"}
        return "bot", "my_chat_member", self._change(group, {"status": status, "user": user})

    def _change(self, group: Group, member: Json) -> Json:
        old = {"status": "member", "user": member["user"]}
        head = {"chat": group.chat, "from": group.administrators[0], "date": 1}
        return head | {"old_chat_member": old, "new_chat_member": member}

    def _migration(self, group: Group) -> Drawn:
        """The group gets another id; two messages tell it, in either order."""
        old, self._moved = group.id, self._moved + 1
        group.id, group.kind = SUPERGROUP - self._moved, "supergroup"
        self._untold = [(old, group), (old, group)]
        return self._migration_told()

    def _migration_told(self) -> Drawn:
        old, group = self._untold.pop()
        first_told = bool(self._untold)
        if first_told == (group.id % 2 == 0):
            chat = {"id": old, "type": "group", "title": group.title}
            content: Json = {"message_id": 10**6, "date": 1, "chat": chat}
            return "migration", "message", content | {"migrate_to_chat_id": group.id}
        message = self._message(group, ANONYMOUS, {"migrate_from_chat_id": old})
        return "migration", "message", message


_TABLE: dict[Callable[[GroupUpdates, Group], Drawn], float] = {
    GroupUpdates._talk: 20,
    GroupUpdates._guess: 6,
    GroupUpdates._bind: 8,
    GroupUpdates._press: 50,
    GroupUpdates._member: 8,
    GroupUpdates._service: 4,
    GroupUpdates._bot: 2,
    GroupUpdates._migration: 0.5,
}
KINDS, WEIGHTS = list(_TABLE), list(_TABLE.values())
