"""What people do to groups: found them, join, leave, promote, and turn them into supergroups."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.localtelegram.chats import ANONYMOUS, Chat, Json, Member, Status, user_object
from bot.localtelegram.errors import bad_request
from bot.localtelegram.world import World

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}")


def create(world: World, wish: Json) -> Json:
    """Founds a group; its first member is the creator. The Chat."""
    members = [world.meet(user_object(user)).user for user in wish["members"]]
    if not members:
        raise bad_request("a group needs a first member, its creator")
    with_bot = wish.get("with_bot", True)
    bot = world.known_bot if with_bot else None
    forum = bool(wish.get("forum"))
    username = wish.get("username") or None
    supergroup = forum or username is not None or wish.get("type") == "supergroup"
    chat = world.new_group(wish["title"], supergroup=supergroup, forum=forum, username=username)
    for user in members:
        status = Status.ADMINISTRATOR if user["id"] in wish.get("admins", ()) else Status.MEMBER
        chat.members[user["id"]] = Member(user, status)
    chat.members[members[0]["id"]].status = Status.CREATOR
    if bot is not None:
        status = Status.ADMINISTRATOR if wish.get("bot_admin") else Status.MEMBER
        world.set_member(chat, bot.user, status, by=chat.creator())
    news: Json = {"group_chat_created": True}
    if supergroup:
        news = {"new_chat_members": [bot.user]} if bot else {"supergroup_chat_created": True}
    world.service(chat, chat.creator(), news)
    world.changed(chat)
    return chat.as_json()


def change_member(world: World, wish: Json) -> Json:
    """Somebody joins, leaves, is promoted, hides behind the group …; their ChatMember.

    `from` is the User who does it to them, the creator if it is absent. A promotion gives every
    right but those that `rights` says no to, such as `{"can_manage_topics": false}`.
    """
    chat, deed = _group(world, wish["chat_id"]), wish["do"]
    known = world.known_bot.user if deed in _WITH_BOT else None
    if known is None and deed not in _WITH_PEOPLE:
        raise bad_request(f"unknown deed {deed!r}")
    user = known or world.meet(user_object(wish["user"])).user
    by = world.acting(wish)[1] if "from" in wish else None
    (_WITH_PEOPLE | _WITH_BOT)[deed](_Change(world, chat, user, by, wish))
    return chat.members[user["id"]].as_json(forum=chat.forum)


def migrate(world: World, wish: Json) -> Json:
    """Turns a basic group into a supergroup with another id; the new Chat.

    Both groups say so. `first` says which is heard first: the old one (`to`) or the new (`from`).
    """
    old = _group(world, wish["chat_id"])
    if old.type != "group":
        raise bad_request("only a basic group can be upgraded")
    new = world.new_group(
        old.title or "", supergroup=True, forum=bool(wish.get("forum")), username=None
    )
    new.members = {number: Member(m.user, m.status) for number, m in old.members.items()}

    def leave() -> None:
        world.service(old, old.creator(), {"migrate_to_chat_id": new.id})
        old.migrated_to = new.id

    def arrive() -> None:
        _bring_bot(world, old, new)
        # In the new group nobody says it but the group.
        news = {"sender_chat": new.as_json(), "migrate_from_chat_id": old.id}
        world.service(new, ANONYMOUS, news)

    for step in (arrive, leave) if wish.get("first") == "from" else (leave, arrive):
        step()
    world.changed(old)
    world.changed(new)
    return new.as_json()


def make_public(world: World, wish: Json) -> Json:
    """Gives a group a `username`, or takes it away (null); the Chat.

    Telegram tells the bot nothing of it. A basic group cannot be public: it moves first.
    """
    chat = _group(world, wish["chat_id"])
    username = wish["username"]
    if username is not None:
        if not _USERNAME.fullmatch(username):
            raise bad_request("USERNAME_INVALID")
        taken = {(each.username or "").lower() for each in world.chats.values() if each != chat}
        if username.lower() in taken:
            raise bad_request("USERNAME_OCCUPIED")
        if chat.type == "group":
            chat = world.chats[migrate(world, wish)["id"]]
    chat.username = username
    world.changed(chat)
    return chat.as_json()


def _bring_bot(world: World, old: Chat, new: Chat) -> None:
    """The bot hears that it came into the new group; of leaving the old one it hears nothing."""
    if world.bot and (member := old.member(world.bot.id)):
        new.members[world.bot.id] = Member(world.bot.user, Status.LEFT)
        world.set_member(new, world.bot.user, member.status, by=old.creator())


def _group(world: World, chat_id: int) -> Chat:
    chat = world.find_chat(chat_id)
    if chat.private:
        raise bad_request("this is not a group")
    world.require_here(chat)
    return chat


@dataclass(frozen=True)
class _Change:
    """A change to come: whom it concerns, and who makes it (None: the creator, or they do)."""

    world: World
    chat: Chat
    user: Json
    by: Json | None
    wish: Json

    def require_member(self) -> Member:
        """The member concerned; raises ApiError if they are not there."""
        member = self.chat.member(self.user["id"])
        if member is None:
            raise bad_request("they are not in the group")
        return member

    @property
    def ruler(self) -> Json:
        """Who rules over the member."""
        return self.by or self.chat.creator()

    def apply(self, status: Status, *, by: Json, **more: Any) -> None:
        """Gives the member another standing."""
        self.world.set_member(self.chat, self.user, status, by=by, **more)

    def report(self, news: str, *, by: Json) -> None:
        """Posts the service message that somebody came or went."""
        content = [self.user] if news == "new_chat_members" else self.user
        self.world.service(self.chat, by, {news: content})


def _enter(change: _Change) -> None:
    """Somebody joins, or is brought in."""
    if change.chat.member(change.user["id"]):
        bot = change.user["is_bot"]
        raise bad_request(f"{'the bot is' if bot else 'they are'} in the group already")
    by = change.ruler if change.user["is_bot"] else change.by or change.user
    change.apply(Status.MEMBER, by=by)
    change.report("new_chat_members", by=by)


def _leave(change: _Change) -> None:
    change.require_member()
    change.apply(Status.LEFT, by=change.user)
    change.report("left_chat_member", by=change.user)


def _remove(change: _Change) -> None:
    if change.require_member().status is Status.CREATOR:
        raise bad_request("nobody removes the creator")
    change.apply(Status.KICKED, by=change.ruler)
    change.report("left_chat_member", by=change.ruler)


def _promote(change: _Change) -> None:
    given = change.wish.get("rights", {})
    denied = frozenset(right for right, has in given.items() if not has)
    anonymous = change.require_member().anonymous
    change.apply(Status.ADMINISTRATOR, by=change.ruler, anonymous=anonymous, denied=denied)


def _demote(change: _Change) -> None:
    if change.require_member().is_admin:
        change.apply(Status.MEMBER, by=change.ruler)


def _anonymous(change: _Change) -> None:
    member = change.require_member()
    if not member.is_admin:
        raise bad_request("only an administrator can be anonymous")
    hidden = {"anonymous": not member.anonymous, "denied": member.denied}
    change.apply(member.status, by=change.chat.creator(), **hidden)


_Deed = Callable[[_Change], None]
_WITH_PEOPLE: dict[str, _Deed] = {
    "join": _enter,
    "leave": _leave,
    "remove": _remove,
    "promote": _promote,
    "demote": _demote,
    "anonymous": _anonymous,
}
_WITH_BOT: dict[str, _Deed] = {
    "add_bot": _enter,
    "remove_bot": _remove,
    "promote_bot": _promote,
    "demote_bot": _demote,
}
