"""What people do to groups: found them, join, leave, promote, and turn them into supergroups."""

from collections.abc import Callable

from bot.localtelegram.chats import Chat, Json, Member, Status, user_object
from bot.localtelegram.errors import bad_request
from bot.localtelegram.world import World


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
    """Somebody joins, leaves, is promoted, hides behind the group …; their ChatMember."""
    deed = wish["do"]
    chat = _group(world, wish["chat_id"])
    if deed in _WITH_BOT:
        user = world.known_bot.user
        _WITH_BOT[deed](world, chat, user)
    elif deed in _WITH_PEOPLE:
        user = world.meet(user_object(wish["user"])).user
        _WITH_PEOPLE[deed](world, chat, user)
    else:
        raise bad_request(f"unknown deed {deed!r}")
    return chat.members[user["id"]].as_json(forum=chat.forum)


def migrate(world: World, wish: Json) -> Json:
    """Turns a basic group into a supergroup with another id; the new Chat."""
    old = _group(world, wish["chat_id"])
    if old.type != "group":
        raise bad_request("only a basic group can be upgraded")
    new = world.new_group(
        old.title or "", supergroup=True, forum=bool(wish.get("forum")), username=None
    )
    new.members = {number: Member(m.user, m.status) for number, m in old.members.items()}
    world.service(old, old.creator(), {"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    world.service(new, old.creator(), {"migrate_from_chat_id": old.id})
    world.changed(old)
    world.changed(new)
    return new.as_json()


def _group(world: World, chat_id: int) -> Chat:
    chat = world.find_chat(chat_id)
    if chat.private:
        raise bad_request("this is not a group")
    if chat.migrated_to is not None:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
        )
    return chat


def _join(world: World, chat: Chat, user: Json) -> None:
    if chat.member(user["id"]):
        raise bad_request("they are in the group already")
    world.set_member(chat, user, Status.MEMBER, by=user)
    world.service(chat, user, {"new_chat_members": [user]})


def _leave(world: World, chat: Chat, user: Json) -> None:
    _require(chat, user)
    world.set_member(chat, user, Status.LEFT, by=user)
    world.service(chat, user, {"left_chat_member": user})


def _promote(world: World, chat: Chat, user: Json) -> None:
    _require(chat, user)
    world.set_member(chat, user, Status.ADMINISTRATOR, by=chat.creator())


def _demote(world: World, chat: Chat, user: Json) -> None:
    _require(chat, user)
    world.set_member(chat, user, Status.MEMBER, by=chat.creator())


def _anonymous(world: World, chat: Chat, user: Json) -> None:
    member = _require(chat, user)
    if not member.is_admin:
        raise bad_request("only an administrator can be anonymous")
    world.set_member(chat, user, member.status, by=chat.creator(), anonymous=not member.anonymous)


def _add_bot(world: World, chat: Chat, bot: Json) -> None:
    if chat.member(bot["id"]):
        raise bad_request("the bot is in the group already")
    world.set_member(chat, bot, Status.MEMBER, by=chat.creator())
    world.service(chat, chat.creator(), {"new_chat_members": [bot]})


def _remove_bot(world: World, chat: Chat, bot: Json) -> None:
    _require(chat, bot)
    world.set_member(chat, bot, Status.KICKED, by=chat.creator())
    world.service(chat, chat.creator(), {"left_chat_member": bot})


def _require(chat: Chat, user: Json) -> Member:
    member = chat.member(user["id"])
    if member is None:
        raise bad_request("they are not in the group")
    return member


_Deed = Callable[[World, Chat, Json], None]
_WITH_PEOPLE: dict[str, _Deed] = {
    "join": _join,
    "leave": _leave,
    "promote": _promote,
    "demote": _demote,
    "anonymous": _anonymous,
}
_WITH_BOT: dict[str, _Deed] = {
    "add_bot": _add_bot,
    "remove_bot": _remove_bot,
    "promote_bot": _promote,
    "demote_bot": _demote,
}
