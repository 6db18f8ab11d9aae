"""What people do: write, press, found groups, come and go."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from bot.localtelegram.chats import ANONYMOUS, Chat, Json, Post, user_object
from bot.localtelegram.composing import LONGEST_TEXT
from bot.localtelegram.errors import bad_request
from bot.localtelegram.files import Upload
from bot.localtelegram.text import formatted, utf16_length
from bot.localtelegram.world import World


def send(world: World, wish: Json) -> Json:
    """A person writes to a chat; the Message."""
    person = world.meet(user_object(wish["from"]))
    chat = world.private_chat(person) if wish["chat_id"] == person.id else _chat(world, wish)
    if chat.private and person.blocked_bot:
        raise bad_request("you blocked the bot")
    thread = _thread(chat, wish, person.id)
    content = _content(world, wish)
    if wish.get("reply_to"):
        answered = _post(chat, wish["reply_to"])
        content["reply_to_message"] = world.quoted(answered)
        thread = thread or answered.thread
    post = world.post(chat, person.user, content, thread=thread)
    world.inform(chat, post)
    return post.message


def edit(world: World, wish: Json) -> Json:
    """A person changes the text of a message of theirs; the Message."""
    person = world.meet(user_object(wish["from"]))
    chat = _chat(world, wish)
    post = _post(chat, wish["message_id"])
    if post.author != person.id or "text" not in post.message:
        raise bad_request("message can't be edited")
    kept = {k: v for k, v in post.message.items() if k not in ("text", "entities")}
    post.message = kept | _text(wish["text"]) | {"edit_date": int(world.clock())}
    world.events.tell("edited", chat.id, message=post.message)
    world.inform(chat, post, "edited_message")
    return post.message


def press(world: World, wish: Json) -> Json:
    """A person presses an inline button; the id of the callback query."""
    person = world.meet(user_object(wish["from"]))
    chat = _chat(world, wish)
    post = _post(chat, wish["message_id"])
    data = wish["data"]
    if all(button.get("callback_data") != data for button in post.buttons):
        raise bad_request("the message has no such button")
    if not chat.private and chat.member(world.known_bot.id) is None:
        raise bad_request("the bot is not in this chat")
    member = chat.member(person.id)
    query: Json = {
        "id": world.presses.note(chat.id),
        "from": ANONYMOUS if member and member.anonymous else person.user,
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


def _chat(world: World, wish: Json) -> Chat:
    """The chat in which somebody acts; they must be in it and it must not have moved."""
    chat = world.find_chat(wish["chat_id"])
    if chat.migrated_to is not None:
        raise bad_request(
            "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
        )
    if chat.member(int(wish["from"]["id"])) is None:
        raise bad_request("you are not a member of this chat")
    return chat


def _post(chat: Chat, number: int) -> Post:
    post = chat.posts.get(number)
    if post is None:
        raise bad_request("message not found")
    return post


def _thread(chat: Chat, wish: Json, person_id: int) -> int | None:
    thread: int | None = wish.get("thread_id")
    if thread is None:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not chat.is_admin(person_id):
        raise bad_request("TOPIC_CLOSED")
    return thread


def _text(raw: str) -> Json:
    text = formatted(raw)
    if not text.text:
        raise bad_request("message text is empty")
    if utf16_length(text.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text.fields()


def _content(world: World, wish: Json) -> Json:
    """What a message carries, from the one of the known fields that the wish has."""
    for kind, make in _CONTENTS.items():
        if kind in wish:
            content = make(world, wish[kind])
            caption = formatted(wish.get("caption", ""))
            return content | (caption.fields("caption") if caption.text else {})
    raise bad_request("there is nothing to send")


def _contact(_: World, wish: Json) -> Json:
    names = ("phone_number", "first_name", "last_name", "user_id", "vcard")
    return {"contact": {name: wish[name] for name in names if wish.get(name)}}


def _location(_: World, wish: Json) -> Json:
    return {"location": {name: float(wish[name]) for name in ("latitude", "longitude")}}


def _file(world: World, wish: Json, kind: str) -> Json:
    try:
        data = base64.b64decode(wish["data"], validate=True)
    except binascii.Error as error:
        raise bad_request("data must be base64") from error
    mime_type = wish.get("mime_type") or "application/octet-stream"
    upload = Upload(wish.get("file_name") or "file", mime_type, data)
    return world.files.keep(kind, upload).as_content(int(wish.get("duration", 1)))


def _sticker(world: World, wish: Json) -> Json:
    emoji = wish.get("emoji", "🙂")
    file = world.files.keep("sticker", Upload("sticker.webp", "image/webp", emoji.encode()))
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False}
    return {"sticker": file.fields() | shape | {"is_video": False, "emoji": emoji}}


_CONTENTS: dict[str, Callable[[World, Any], Json]] = {
    "text": lambda _, wish: _text(wish),
    "contact": _contact,
    "location": _location,
    "document": lambda world, wish: _file(world, wish, "document"),
    "photo": lambda world, wish: _file(world, wish, "photo"),
    "voice": lambda world, wish: _file(world, wish, "voice"),
    "sticker": _sticker,
}
