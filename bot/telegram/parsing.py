"""From an update as it came to what it means here: strict where we read, blind to the rest."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

from bot.conversation.events import Command, Edited, Event, Other, Person, Pressed, Shared, Typed
from bot.errors import DalilError
from bot.referrals.case.officers import Who
from bot.referrals.content import Message
from bot.telegram.contents import MOST, message_of
from bot.telegram.inbound import (
    Blocking,
    BotMembership,
    FromCitizen,
    Ignored,
    Inbound,
    MemberChange,
    Migration,
    StaffMessage,
    StaffPress,
)

Json = dict[str, Any]
T = TypeVar("T")

COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)

# What a person sends that is neither text nor contact. An animation is also a document.
CONTENTS = (
    "animation",
    "audio",
    "dice",
    "document",
    "game",
    "location",
    "paid_media",
    "photo",
    "poll",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
)
# What Telegram reports in a private chat and nobody waits for an answer to.
REPORTS = frozenset({"pinned_message", "message_auto_delete_timer_changed", "chat_background_set"})
IN_CHAT = frozenset({"creator", "administrator", "member"})
ADMINISTRATORS = frozenset({"creator", "administrator"})
GROUPS = frozenset({"group", "supergroup"})


class Unparsable(DalilError):
    """An update that is not what Telegram's documentation says."""


def parse(raw: object) -> Inbound:
    """What an update means. Raises ``Unparsable`` where it lacks what it must have."""
    if not isinstance(raw, dict):
        raise Unparsable("the update is no object")
    update = _field(raw, "update_id", int)
    for kind, read in _KINDS.items():
        if kind in raw:
            return read(update, _field(raw, kind, dict))
    return Ignored(update)


def lane(raw: object) -> int:
    """The chat of an update, parsable or not: updates of one chat are handled in their order."""
    try:
        content = cast(Json, raw)[kind_of(raw)]
        chat = content.get("message", content)["chat"]["id"]
    except (TypeError, KeyError, AttributeError):
        return 0
    return chat if isinstance(chat, int) else 0


def update_id(raw: object) -> int | None:
    """The number of an update, parsable or not, if it has one."""
    try:
        return _field(cast(Json, raw), "update_id", int)
    except (Unparsable, AttributeError):
        return None


def kind_of(raw: object) -> str:
    """Which of the kinds that we ask for an update is, parsable or not; else ``other``."""
    return next((kind for kind in ALLOWED if isinstance(raw, dict) and kind in raw), "other")


def sender(raw: object) -> tuple[Person, int] | None:
    """Who sent an update and in which chat (0: unreadable), parsable or not."""
    for kind in ("message", "edited_message", "callback_query"):
        try:
            content = _field(cast(Json, raw), kind, dict)
            person = _person(_field(content, "from", dict))
        except (Unparsable, AttributeError):
            continue
        try:
            message = _field(content, "message", dict) if kind == "callback_query" else content
            return person, _chat(message)[0]
        except Unparsable:
            return person, 0
    return None


def standing(member: Json) -> tuple[bool, bool, bool]:
    """Of a ChatMember: whether they are in the chat, an administrator, and anonymous."""
    status = _field(member, "status", str)
    restricted_inside = status == "restricted" and member.get("is_member") is True
    administrator = status in ADMINISTRATORS
    return (
        status in IN_CHAT or restricted_inside,
        administrator,
        administrator and member.get("is_anonymous") is True,
    )


def who(user: Json, *, administrator: bool | None = None, anonymous: bool = False) -> Who:
    """A member of a group."""
    person = _person(user)
    return Who(person.telegram, person.name, administrator, anonymous)


def _message(update: int, message: Json) -> Inbound:
    chat, kind = _chat(message)
    if kind == "private":
        return _private(update, chat, message)
    if kind not in GROUPS:
        return Ignored(update, chat)
    if "migrate_to_chat_id" in message:
        return Migration(update, chat, chat, _field(message, "migrate_to_chat_id", int))
    if "migrate_from_chat_id" in message:
        return Migration(update, chat, _field(message, "migrate_from_chat_id", int), chat)
    if "left_chat_member" in message:
        gone = who(_field(message, "left_chat_member", dict))
        return MemberChange(update, chat, gone, present=False)
    return _staff_message(update, chat, message)


def _staff_message(update: int, chat: int, message: Json, *, edited: bool = False) -> Inbound:
    if "from" not in message:
        return Ignored(update, chat)
    _field(message, "message_id", int)
    sent = message_of(chat, message)
    if sent.content is None and sent.reply_to is None:
        return Ignored(update, chat)  # what Telegram reports of the group, or nothing of ours
    title = _field(_field(message, "chat", dict), "title", str)
    author = who(_field(message, "from", dict), anonymous="sender_chat" in message)
    text = _field(message, "text", str) if "text" in message else ""
    return StaffMessage(update, chat, title, author, text, sent, edited, _public(message))


def _private(update: int, chat: int, message: Json) -> Inbound:
    person = _person(_field(message, "from", dict))
    number = _field(message, "message_id", int)
    if REPORTS & message.keys():
        return Ignored(update, chat)
    event: Event
    sent = message_of(chat, message)
    if "text" in message:
        event = _text(_field(message, "text", str), sent)
    elif "contact" in message:
        contact = _field(message, "contact", dict)
        own = contact.get("user_id") == person.telegram
        event = Shared(_field(contact, "phone_number", str), own)
    else:
        event = Other(next((kind for kind in CONTENTS if kind in message), "unknown"), sent)
    return FromCitizen(update, chat, person, event, number)


def _text(text: str, sent: Message) -> Event:
    command = COMMAND.fullmatch(text.strip())
    if command is None:
        return Typed(text, sent)
    return Command(command[1].lower(), (command[3] or "").strip())


def _edited(update: int, message: Json) -> Inbound:
    chat, kind = _chat(message)
    if kind in GROUPS:
        return _staff_message(update, chat, message, edited=True)
    if kind != "private":
        return Ignored(update, chat)
    person = _person(_field(message, "from", dict))
    number = _field(message, "message_id", int)
    return FromCitizen(update, chat, person, Edited(message_of(chat, message)), number)


def _press(update: int, query: Json) -> Inbound:
    callback = _field(query, "id", str)
    if "message" not in query or "data" not in query:
        return Ignored(update)
    message = _field(query, "message", dict)
    chat, kind = _chat(message)
    number, data = _field(message, "message_id", int), _field(query, "data", str)
    user = _field(query, "from", dict)
    if kind == "private":
        pressed = Pressed(data, number)
        return FromCitizen(update, chat, _person(user), pressed, number, callback)
    if kind not in GROUPS:
        return Ignored(update, chat)
    # In the name of an anonymous administrator presses Telegram's own bot.
    author = who(user, anonymous=user.get("is_bot") is True)
    return StaffPress(update, chat, author, data, number, callback, _public(message))


def _own_membership(update: int, change: Json) -> Inbound:
    chat, kind = _chat(change)
    present, administrator, _ = standing(_field(change, "new_chat_member", dict))
    if kind == "private":
        return Blocking(update, chat, blocked=not present)
    if kind not in GROUPS:
        return Ignored(update, chat)
    return BotMembership(update, chat, present, administrator)


def _membership(update: int, change: Json) -> Inbound:
    chat, kind = _chat(change)
    if kind not in GROUPS:
        return Ignored(update, chat)
    member = _field(change, "new_chat_member", dict)
    present, administrator, anonymous = standing(member)
    user = _field(member, "user", dict)
    changed = who(user, administrator=administrator, anonymous=anonymous)
    return MemberChange(update, chat, changed, present)


_KINDS: dict[str, Callable[[int, Json], Inbound]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _press,
    "my_chat_member": _own_membership,
    "chat_member": _membership,
}
ALLOWED = list(_KINDS)
"""The kinds of updates to ask Telegram for, each time anew."""


def _chat(message: Json) -> tuple[int, str]:
    chat = _field(message, "chat", dict)
    return _field(chat, "id", int), _field(chat, "type", str)


def _public(content: Json) -> bool:
    """Whether everybody can read the group that this is from."""
    return bool(_field(content, "chat", dict).get("username"))


def _person(user: Json) -> Person:
    first, last = _field(user, "first_name", str), user.get("last_name")
    name = f"{first} {last}" if isinstance(last, str) else first
    language = user.get("language_code")
    return Person(_field(user, "id", int), name, language if isinstance(language, str) else None)


def _field(json: Json, name: str, kind: type[T]) -> T:
    value = json.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise Unparsable(f"{name!r} is missing or of another kind")
    if isinstance(value, int) and abs(value) > MOST:
        raise Unparsable(f"{name!r} is no number of Telegram's")
    return value
