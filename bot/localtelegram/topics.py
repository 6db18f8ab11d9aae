"""The topics of a forum: how a bot or a person opens, renames, closes and removes them."""

from collections.abc import Callable
from typing import Any

from bot.localtelegram.chats import Chat, Json, Topic
from bot.localtelegram.errors import bad_request
from bot.localtelegram.text import utf16_length
from bot.localtelegram.world import World

RIGHT = "can_manage_topics"
ICON_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
_LONGEST_NAME = 128


def create(
    world: World, chat: Chat, actor: Json, name: str, color: int = ICON_COLORS[0], emoji: str = ""
) -> Topic:
    """Opens a topic in the name of `actor` (a User) and tells the bot."""
    require_right(chat, actor, "create a topic")
    name = _checked(name)
    if color not in ICON_COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    content: Json = {"name": name, "icon_color": color}
    content |= {"icon_custom_emoji_id": emoji} if emoji else {}
    post = world.post(chat, actor, {"forum_topic_created": content}, opens_thread=True)
    topic = Topic(int(post.message["message_id"]), name, color, emoji or None)
    chat.topics[topic.thread_id] = topic
    world.inform(chat, post)
    world.changed(chat)
    return topic


def edit(
    world: World, chat: Chat, actor: Json, topic: Topic, name: str | None, emoji: str | None
) -> None:
    """Gives a topic another name or icon; None leaves it as it is, an empty emoji removes it."""
    require_right(chat, actor, "edit the topic")
    change: Json = {}
    if name and name != topic.name:
        change["name"] = topic.name = _checked(name)
    if emoji is not None and emoji != (topic.icon_custom_emoji_id or ""):
        topic.icon_custom_emoji_id = emoji or None
        change["icon_custom_emoji_id"] = emoji
    _report(world, chat, actor, topic, {"forum_topic_edited": change} if change else {})


def set_closed(world: World, chat: Chat, actor: Json, topic: Topic, *, closed: bool) -> None:
    """Closes a topic, or opens it again."""
    require_right(chat, actor, "close the topic" if closed else "reopen the topic")
    news: Json = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    changes = topic.closed != closed
    topic.closed = closed
    _report(world, chat, actor, topic, news if changes else {})


def delete(world: World, chat: Chat, actor: Json, topic: Topic) -> None:
    """Removes a topic with all its messages; as on Telegram, the bot hears nothing of it."""
    require_right(chat, actor, "delete the topic")
    del chat.topics[topic.thread_id]
    gone = [n for n, p in chat.posts.items() if p.thread == topic.thread_id]
    for number in gone:
        del chat.posts[number]
    world.events.tell("deleted", chat.id, message_ids=gone)
    world.changed(chat)


def topic_of(chat: Chat, number: int) -> Topic:
    """The topic of this number; raises ApiError in Telegram's words."""
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if number not in chat.topics:
        raise bad_request("TOPIC_ID_INVALID")
    return chat.topics[number]


def by_hand(world: World, wish: Json) -> Json:
    """What a person does to a topic with their own hands; its `message_thread_id`.

    `do` is create or edit (with `name`), close, reopen or delete.
    """
    chat, actor = world.acting(wish)
    deed = wish["do"]
    if deed == "create":
        topic = create(world, chat, actor, wish["name"])
        return {"message_thread_id": topic.thread_id}
    if deed not in _BY_HAND:
        raise bad_request(f"unknown deed {deed!r}")
    topic = topic_of(chat, wish["thread_id"])
    _BY_HAND[deed](world, chat, actor, topic, wish)
    return {"message_thread_id": topic.thread_id}


def require_right(chat: Chat, actor: Json, deed: str) -> None:
    """Raises ApiError unless the chat is a forum whose topics `actor` (a User) may manage."""
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if not chat.may(actor["id"], RIGHT):
        raise bad_request(f"not enough rights to {deed}")


def _checked(name: str) -> str:
    name = name.strip()
    if not name:
        raise bad_request("topic name must be non-empty")
    if utf16_length(name) > _LONGEST_NAME:
        raise bad_request("TOPIC_TITLE_INVALID")
    return name


def _report(world: World, chat: Chat, actor: Json, topic: Topic, news: Json) -> None:
    """Posts the service message of a change to a topic; no news means there was no change."""
    if not news:
        raise bad_request("TOPIC_NOT_MODIFIED")
    world.service(chat, actor, news, thread=topic.thread_id)
    world.changed(chat)


_BY_HAND: dict[str, Callable[[World, Chat, Json, Topic, Any], None]] = {
    "edit": lambda world, chat, actor, topic, wish: edit(
        world, chat, actor, topic, wish["name"], None
    ),
    "close": lambda world, chat, actor, topic, _: set_closed(
        world, chat, actor, topic, closed=True
    ),
    "reopen": lambda world, chat, actor, topic, _: set_closed(
        world, chat, actor, topic, closed=False
    ),
    "delete": lambda world, chat, actor, topic, _: delete(world, chat, actor, topic),
}
