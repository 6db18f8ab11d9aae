"""Bot API methods about chats, their members and the topics of forums."""

from bot.localtelegram.chats import Chat, Json, Member, Status, Topic
from bot.localtelegram.errors import bad_request
from bot.localtelegram.text import utf16_length
from bot.localtelegram.wire import Params
from bot.localtelegram.world import World

_ICON_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
_LONGEST_TOPIC_NAME = 128
_PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
]


def get_chat(world: World, params: Params) -> Json:
    """getChat"""
    chat = _present(world, params)
    info = chat.as_json() | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if not chat.private:
        info["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    if chat.pinned in chat.posts:
        info["pinned_message"] = world.quoted(chat.posts[chat.pinned])
    return info


def get_chat_member(world: World, params: Params) -> Json:
    """getChatMember"""
    chat = _present(world, params)
    number = params.number("user_id")
    if number <= 0:
        raise bad_request("invalid user_id specified")
    member = chat.members.get(number)
    if member is None:
        if number not in world.people:
            raise bad_request("user not found")
        member = Member(world.people[number].user, Status.LEFT)
    return member.as_json(forum=chat.forum)


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """getChatAdministrators: everyone but other bots"""
    chat = _present(world, params)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    return [m.as_json(forum=chat.forum) for m in chat.members.values() if m.is_admin]


def get_chat_member_count(world: World, params: Params) -> int:
    """getChatMemberCount"""
    return sum(member.present for member in _present(world, params).members.values())


def leave_chat(world: World, params: Params) -> bool:
    """leaveChat"""
    chat = _present(world, params)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    bot = world.known_bot.user
    world.service(chat, bot, {"left_chat_member": bot})
    world.set_member(chat, bot, Status.LEFT, by=bot)
    return True


def create_forum_topic(world: World, params: Params) -> Json:
    """createForumTopic"""
    chat = _forum(world, params, "create a topic")
    name = _topic_name(params)
    color = params.number("icon_color", _ICON_COLORS[0])
    if color not in _ICON_COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    emoji = params.text("icon_custom_emoji_id") or None
    content = {"name": name, "icon_color": color}
    content |= {"icon_custom_emoji_id": emoji} if emoji else {}
    news = {"forum_topic_created": content}
    post = world.post(chat, world.known_bot.user, news, opens_thread=True)
    thread = int(post.message["message_id"])
    chat.topics[thread] = Topic(thread, name, color, emoji)
    world.inform(chat, post)
    world.changed(chat)
    return chat.topics[thread].as_json()


def edit_forum_topic(world: World, params: Params) -> bool:
    """editForumTopic"""
    chat, topic = _topic(world, params, "edit the topic")
    change: Json = {}
    if params.text("name") and params.text("name") != topic.name:
        change["name"] = topic.name = _topic_name(params)
    if params.has("icon_custom_emoji_id"):
        emoji = params.text("icon_custom_emoji_id") or ""
        if emoji != (topic.icon_custom_emoji_id or ""):
            topic.icon_custom_emoji_id = emoji or None
            change["icon_custom_emoji_id"] = emoji
    if not change:
        raise bad_request("TOPIC_NOT_MODIFIED")
    return _told(world, chat, topic, {"forum_topic_edited": change})


def close_forum_topic(world: World, params: Params) -> bool:
    """closeForumTopic"""
    return _set_closed(world, params, closed=True)


def reopen_forum_topic(world: World, params: Params) -> bool:
    """reopenForumTopic"""
    return _set_closed(world, params, closed=False)


def delete_forum_topic(world: World, params: Params) -> bool:
    """deleteForumTopic: with all its messages"""
    chat, topic = _topic(world, params, "delete the topic")
    del chat.topics[topic.thread_id]
    gone = [n for n, p in chat.posts.items() if p.thread == topic.thread_id]
    for number in gone:
        del chat.posts[number]
    world.events.tell("deleted", chat.id, message_ids=gone)
    world.changed(chat)
    return True


def _present(world: World, params: Params) -> Chat:
    return world.reachable(params.address(), even_if_blocked=True)


def _forum(world: World, params: Params, deed: str) -> Chat:
    chat = world.reachable(params.address())
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if not world.bot_manages(chat):
        raise bad_request(f"not enough rights to {deed}")
    return chat


def _topic(world: World, params: Params, deed: str) -> tuple[Chat, Topic]:
    chat = _forum(world, params, deed)
    topic = chat.topics.get(params.number("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, topic


def _topic_name(params: Params) -> str:
    name = (params.text("name") or "").strip()
    if not name:
        raise bad_request("topic name must be non-empty")
    if utf16_length(name) > _LONGEST_TOPIC_NAME:
        raise bad_request("TOPIC_TITLE_INVALID")
    return name


def _set_closed(world: World, params: Params, *, closed: bool) -> bool:
    chat, topic = _topic(world, params, "close the topic" if closed else "reopen the topic")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return _told(
        world, chat, topic, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
    )


def _told(world: World, chat: Chat, topic: Topic, content: Json) -> bool:
    """Posts the service message of a change to a topic."""
    world.service(chat, world.known_bot.user, content, thread=topic.thread_id)
    world.changed(chat)
    return True
