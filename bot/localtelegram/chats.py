"""What exists in the local Telegram: people, chats, members, topics and messages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]

#: Telegram's own account in whose name anonymous administrators write.
ANONYMOUS: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}

_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
)
_FORUM_RIGHTS = (*_RIGHTS, "can_manage_topics")


class Status(StrEnum):
    """A person's or bot's standing in a chat."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    LEFT = "left"
    KICKED = "kicked"


def user_object(fields: Json) -> Json:
    """A Bot API User from what a client sent: only the fields that a person has."""
    names = ("first_name", "last_name", "username", "language_code")
    user = {name: fields[name] for name in names if fields.get(name)}
    return {"id": int(fields["id"]), "is_bot": False, "first_name": "?"} | user


@dataclass
class Person:
    """A human being with an account."""

    user: Json
    blocked_bot: bool = False

    @property
    def id(self) -> int:
        """The account's number, which is also the number of their chat with the bot."""
        return int(self.user["id"])


@dataclass
class Bot:
    """The one bot, and how it describes itself, per language code (empty: for everyone)."""

    user: Json
    token: str
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu: Json = field(default_factory=lambda: {"type": "commands"})

    @property
    def id(self) -> int:
        """The bot's account number."""
        return int(self.user["id"])


@dataclass
class Member:
    """Somebody's place in a chat; `denied` are the rights that an administrator was not given."""

    user: Json
    status: Status
    anonymous: bool = False
    denied: frozenset[str] = frozenset()

    @property
    def present(self) -> bool:
        """Whether they are in the chat now."""
        return self.status not in (Status.LEFT, Status.KICKED)

    @property
    def is_admin(self) -> bool:
        """Whether they administer the chat; the creator does."""
        return self.status in (Status.CREATOR, Status.ADMINISTRATOR)

    def may(self, right: str) -> bool:
        """Whether they have a right of administrators, such as `can_manage_topics`."""
        return self.is_admin and right not in self.denied

    def as_json(self, *, forum: bool = False) -> Json:
        """As a Bot API ChatMember."""
        member: Json = {"user": self.user, "status": self.status.value}
        if self.is_admin:
            member["is_anonymous"] = self.anonymous
        if self.status is Status.ADMINISTRATOR:
            rights = _FORUM_RIGHTS if forum else _RIGHTS
            member |= {right: self.may(right) for right in rights} | {"can_be_edited": False}
        if self.status is Status.KICKED:
            member["until_date"] = 0
        return member


@dataclass
class Topic:
    """A thread of a forum; its number is that of the message which created it."""

    thread_id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    closed: bool = False

    def as_json(self) -> Json:
        """As a Bot API ForumTopic."""
        topic: Json = {
            "message_thread_id": self.thread_id,
            "name": self.name,
            "icon_color": self.icon_color,
        }
        if self.icon_custom_emoji_id:
            topic["icon_custom_emoji_id"] = self.icon_custom_emoji_id
        return topic


@dataclass
class Post:
    """A message as it stands now, and what the Message object does not say.

    An edit puts another Message in its place and never changes the old one, which updates, events
    and replies may still hold.
    """

    message: Json
    by_bot: bool = False
    author: int = 0
    reply_keyboard: bool = False
    reactions: list[Json] = field(default_factory=list)

    @property
    def content(self) -> Json:
        """What it carries, without where and from whom."""
        return {name: value for name, value in self.message.items() if name in _CONTENT}

    @property
    def is_service(self) -> bool:
        """Whether it tells of an event (somebody joined, a topic was closed)."""
        return not self.content

    @property
    def thread(self) -> int | None:
        """The topic it stands in, if any."""
        thread = self.message.get("message_thread_id")
        return thread if isinstance(thread, int) else None

    @property
    def buttons(self) -> Iterator[Json]:
        """The inline buttons it has now."""
        for row in self.message.get("reply_markup", {}).get("inline_keyboard", ()):
            yield from row


_CONTENT = frozenset(
    [
        "text",
        "entities",
        "caption",
        "caption_entities",
        "contact",
        "location",
        "venue",
        "document",
        "photo",
        "voice",
        "video",
        "audio",
        "sticker",
        "poll",
    ]
)


@dataclass
class Chat:
    """A private chat with the bot, a group or a supergroup."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    forum: bool = False
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    last_message_id: int = 0
    migrated_to: int | None = None
    keyboard: Json | None = None
    menu: Json | None = None
    pinned: int | None = None

    @property
    def private(self) -> bool:
        """Whether it is one person's chat with the bot."""
        return self.type == "private"

    def as_json(self) -> Json:
        """As a Bot API Chat."""
        chat: Json = {"id": self.id, "type": self.type}
        if self.private:
            user = self.members[self.id].user
            names = ("first_name", "last_name", "username")
            return chat | {name: user[name] for name in names if name in user}
        chat["title"] = self.title
        if self.username:
            chat["username"] = self.username
        if self.forum:
            chat["is_forum"] = True
        return chat

    def member(self, user_id: int) -> Member | None:
        """The member of that number, if present."""
        member = self.members.get(user_id)
        return member if member and member.present else None

    def is_admin(self, user_id: int) -> bool:
        """Whether that user administers the chat."""
        member = self.member(user_id)
        return member is not None and member.is_admin

    def may(self, user_id: int, right: str) -> bool:
        """Whether that user administers the chat and has this right."""
        member = self.member(user_id)
        return member is not None and member.may(right)

    def creator(self) -> Json:
        """Who made the group, in whose name Telegram reports what nobody else did.

        A creator may have left; the first member was the creator.
        """
        everyone = list(self.members.values())
        return next((m.user for m in everyone if m.status is Status.CREATOR), everyone[0].user)
