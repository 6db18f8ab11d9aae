"""What people do in chats, and what they see of them."""

from bot.localtelegram import topics
from bot.localtelegram.chats import ANONYMOUS, Chat, Json, Post, user_object
from bot.localtelegram.composing import CAPTIONED
from bot.localtelegram.contents import read_caption, read_content, read_text
from bot.localtelegram.errors import bad_request
from bot.localtelegram.world import World

_EDITABLE = 48 * 60 * 60


def send(world: World, wish: Json) -> Json:
    """A person writes to a chat; the Message."""
    person = world.meet(user_object(wish["from"]))
    own = wish["chat_id"] == person.id
    chat = world.private_chat(person) if own else world.acting(wish)[0]
    if chat.private and person.blocked_bot:
        raise bad_request("you blocked the bot")
    thread: int | None = wish.get("thread_id")
    content = read_content(world, wish)
    if wish.get("reply_to_message_id"):
        answered = _post(chat, wish["reply_to_message_id"])
        content["reply_to_message"] = world.quoted(answered)
        thread = thread or answered.thread
    _check_thread(chat, thread, person.id)
    post = world.post(chat, person.user, content, thread=thread)
    world.inform(chat, post)
    return post.message


def edit(world: World, wish: Json) -> Json:
    """A person changes the text or the caption of a message of theirs; the Message."""
    chat, user = world.acting(wish)
    post = _post(chat, wish["message_id"])
    late = world.clock() - post.message["date"] >= _EDITABLE
    if post.author != user["id"] or late:
        raise bad_request("message can't be edited")
    if "text" in post.message:
        old, new = ("text", "entities"), read_text(wish["text"])
    elif CAPTIONED & post.message.keys():
        old, new = ("caption", "caption_entities"), read_caption(wish["caption"])
    else:
        raise bad_request("message can't be edited")
    kept = {k: v for k, v in post.message.items() if k not in old}
    post.message = kept | new | {"edit_date": int(world.clock())}
    world.events.tell("edited", chat.id, message=post.message)
    world.inform(chat, post, "edited_message")
    return post.message


def press(world: World, wish: Json) -> Json:
    """A person presses an inline button; the id of the callback query."""
    chat, user = world.acting(wish)
    post = _post(chat, wish["message_id"])
    data = wish["data"]
    if all(button.get("callback_data") != data for button in post.buttons):
        raise bad_request("the message has no such button")
    if not chat.private and chat.member(world.known_bot.id) is None:
        raise bad_request("the bot is not in this chat")
    member = chat.member(user["id"])
    query: Json = {
        "id": world.presses.note(chat.id),
        "from": ANONYMOUS if member and member.anonymous else user,
        "message": post.message,
        "chat_instance": str(abs(chat.id) * 7919),
        "data": data,
    }
    world.updates.put("callback_query", chat.id, query)
    return {"callback_query_id": query["id"]}


def block(world: World, wish: Json) -> Json:
    """A person blocks or unblocks the bot."""
    person = world.people.get(wish["user_id"])
    if person is None:
        raise bad_request("user not found")
    world.block(world.private_chat(person), person, blocked=wish.get("blocked", True))
    return {}


def set_banner(world: World, wish: Json) -> Json:
    """Shows a line on top of the page, or hides it."""
    text = wish.get("text")
    world.banner = {"text": text, "level": wish.get("level", "info")} if text else None
    world.events.tell("banner", banner=world.banner)
    return {}


def chats(world: World) -> Json:
    """Everything a client shows before it opens a chat."""
    return {
        "bot": _bot(world),
        "people": [person.user for person in world.people.values()],
        "chats": [_overview(chat) for chat in world.chats.values() if chat.migrated_to is None],
        "banner": world.banner,
    }


def messages(world: World, chat_id: int, thread_id: int | None = None) -> list[Json]:
    """The chat as it stands, or one topic of it."""
    chat = world.find_chat(chat_id)
    return [
        post.message | ({"reactions": post.reactions} if post.reactions else {})
        for post in chat.posts.values()
        if thread_id is None or post.thread == thread_id
    ]


def _bot(world: World) -> Json | None:
    bot = world.bot
    if bot is None:
        return None
    commands: dict[str, list[Json]] = {}
    for scope in ("default", "all_private_chats"):
        commands |= {lang: list_ for (where, lang), list_ in bot.commands.items() if where == scope}
    return bot.user | {
        "commands": commands,
        "description": bot.descriptions.get("", ""),
        "short_description": bot.short_descriptions.get("", ""),
        "descriptions": bot.descriptions,
        "names": bot.names,
    }


def _overview(chat: Chat) -> Json:
    last = next(reversed(chat.posts.values()), None)
    return chat.as_json() | {
        "members": [m.as_json(forum=chat.forum) for m in chat.members.values() if m.present],
        "topics": [
            {"message_thread_id": t.thread_id, "name": t.name, "is_closed": t.closed}
            for t in chat.topics.values()
        ],
        "last_message": last.message if last else None,
        "keyboard": chat.keyboard,
        "menu": chat.menu,
    }


def _post(chat: Chat, number: int) -> Post:
    post = chat.posts.get(number)
    if post is None:
        raise bad_request("message not found")
    return post


def _check_thread(chat: Chat, thread: int | None, person_id: int) -> None:
    """Raises ApiError unless the person may write in the topic."""
    if thread is None:
        return
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not chat.may(person_id, topics.RIGHT):
        raise bad_request("TOPIC_CLOSED")
