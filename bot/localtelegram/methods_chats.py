"""Bot API methods about chats, their members and the topics of forums."""

from bot.localtelegram import topics
from bot.localtelegram.chats import Chat, Json, Member, Status, Topic
from bot.localtelegram.errors import bad_request
from bot.localtelegram.wire import Params
from bot.localtelegram.world import World

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
    chat, bot = _acting(world, params)
    name, emoji = params.text("name") or "", params.text("icon_custom_emoji_id") or ""
    color = params.number("icon_color", topics.ICON_COLORS[0])
    return topics.create(world, chat, bot, name, color, emoji).as_json()


def edit_forum_topic(world: World, params: Params) -> bool:
    """editForumTopic"""
    chat, bot = _acting(world, params)
    topic = _topic(chat, params)
    name = params.text("name")
    topics.edit(world, chat, bot, topic, name, params.text("icon_custom_emoji_id"))
    return True


def close_forum_topic(world: World, params: Params) -> bool:
    """closeForumTopic"""
    chat, bot = _acting(world, params)
    topics.set_closed(world, chat, bot, _topic(chat, params), closed=True)
    return True


def reopen_forum_topic(world: World, params: Params) -> bool:
    """reopenForumTopic"""
    chat, bot = _acting(world, params)
    topics.set_closed(world, chat, bot, _topic(chat, params), closed=False)
    return True


def delete_forum_topic(world: World, params: Params) -> bool:
    """deleteForumTopic: with all its messages"""
    chat, bot = _acting(world, params)
    topics.delete(world, chat, bot, _topic(chat, params))
    return True


def _present(world: World, params: Params) -> Chat:
    return world.reachable(params.address(), even_if_blocked=True)


def _acting(world: World, params: Params) -> tuple[Chat, Json]:
    return world.reachable(params.address()), world.known_bot.user


def _topic(chat: Chat, params: Params) -> Topic:
    return topics.topic_of(chat, params.number("message_thread_id"))
