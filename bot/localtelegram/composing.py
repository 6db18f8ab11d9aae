"""Reading what a bot wants to write, and writing it."""

import re
from typing import Any

from bot.localtelegram import topics
from bot.localtelegram.chats import Chat, Json, Post
from bot.localtelegram.errors import bad_request
from bot.localtelegram.files import StoredFile
from bot.localtelegram.markup import Markup, read_markup
from bot.localtelegram.text import FormattedText, formatted, utf16_length
from bot.localtelegram.wire import Params
from bot.localtelegram.world import World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
#: What can bear a caption.
CAPTIONED = frozenset(["photo", "video", "document", "audio", "voice"])
_PERSON = re.compile(r"tg://user\?id=(\d+)")


def read_text(world: World, params: Params) -> FormattedText:
    """The `text` of a call, parsed but of any length; raises ApiError when empty or broken."""
    raw = params.text("text")
    if not raw:
        raise bad_request("message text is empty")
    text = _read_formatted(world, params, raw, "entities")
    if not text.text:
        raise bad_request("text must be non-empty")
    return text


def read_caption(world: World, params: Params) -> Json:
    """The `caption` of a call as fields of a Message; none if it is absent."""
    raw = params.text("caption")
    if not raw:
        return {}
    caption = _read_formatted(world, params, raw, "caption_entities")
    if utf16_length(caption.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return caption.fields("caption") if caption.text else {}


def read_file(world: World, params: Params, kind: str) -> StoredFile:
    """The file of a call: uploaded with it, `attach://…`, or the id of one sent before.

    An id brings back what it named, even as another kind; only pictures are a world of their own.
    """
    upload = params.uploads.get(kind)
    value = params.text(kind)
    if upload is None and value and value.startswith("attach://"):
        upload = params.uploads.get(value.removeprefix("attach://"))
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        return world.files.keep(kind, upload, _facts(params, kind))
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    stored = world.files.by_id(value)
    if (stored.kind == "photo") != (kind == "photo"):
        theirs, wanted = _KINDS[stored.kind], _KINDS[kind]
        raise bad_request(f"can't use file of type {theirs} as {wanted}")
    return stored


def _facts(params: Params, kind: str) -> Json:
    """What a sound or a film says of itself."""
    if kind not in ("voice", "video", "audio"):
        return {}
    names = {name: params.text(name) for name in ("performer", "title")} if kind == "audio" else {}
    told = {name: value for name, value in names.items() if value}
    return {"duration": params.number("duration")} | told


def deliver(world: World, chat: Chat, params: Params, content: Json) -> Json:
    """Posts the bot's message with the thread, reply and markup that the call asks for."""
    thread = _read_thread(world, chat, params)
    markup = read_markup(params)
    markup.check_for(chat)
    content = content | _read_reply(world, chat, params)
    if "reply_to_message" in content:
        thread = thread or content["reply_to_message"].get("message_thread_id")
    if markup.inline is not None:
        content = content | {"reply_markup": markup.inline}
    post = world.post(chat, world.known_bot.user, content, thread=thread)
    _show_keyboard(world, chat, post, markup)
    return post.message


def _show_keyboard(world: World, chat: Chat, post: Post, markup: Markup) -> None:
    if markup.keyboard is not None or markup.removes_keyboard:
        # Telegram lets no bot edit a message that brought a keyboard.
        post.reply_keyboard = markup.keyboard is not None
        chat.keyboard = markup.keyboard
        world.events.tell("keyboard", chat.id, keyboard=markup.keyboard)


def _read_formatted(world: World, params: Params, raw: str, entities_name: str) -> FormattedText:
    mode = params.text("parse_mode")
    entities: list[Any] | None = None
    if not mode:
        entities = params.structure(entities_name, "message entities")
    text = formatted(raw, mode, entities)
    known = [_mentioning(world, entity) for entity in text.entities]
    return FormattedText(text.text, [entity for entity in known if entity is not None])


def _mentioning(world: World, entity: Json) -> Json | None:
    """An entity whose link to a person becomes a mention, or None if nobody knows them."""
    link = _PERSON.fullmatch(entity.get("url", ""))
    if link is None:
        return entity
    person = world.people.get(int(link[1]))
    if person is None:
        return None
    kept = {name: entity[name] for name in ("offset", "length")}
    return kept | {"type": "text_mention", "user": person.user}


#: Kinds of files as Telegram's complaints call them.
_KINDS = {
    "document": "Document",
    "photo": "Photo",
    "voice": "VoiceNote",
    "video": "Video",
    "audio": "Audio",
    "sticker": "Sticker",
}


def _read_thread(world: World, chat: Chat, params: Params) -> int | None:
    thread = params.number("message_thread_id")
    if not thread:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and not chat.may(world.known_bot.id, topics.RIGHT):
        raise bad_request("TOPIC_CLOSED")
    return thread


def _read_reply(world: World, chat: Chat, params: Params) -> Json:
    """What the call answers, and which words of it, as fields of a Message."""
    wanted = params.structure("reply_parameters", "reply parameters")
    if wanted is None:
        wanted = {"message_id": params.number("reply_to_message_id")}
    if "message_id" not in wanted:
        raise bad_request('can\'t find field "message_id"')
    post = chat.posts.get(int(wanted["message_id"]))
    lenient = wanted.get("allow_sending_without_reply") or params.flag(
        "allow_sending_without_reply"
    )
    if post is None and wanted["message_id"] and not lenient:
        raise bad_request("message to be replied not found")
    if post is None:
        return {}
    reply: Json = {"reply_to_message": world.quoted(post)}
    if quote := wanted.get("quote"):
        words = post.message.get("text") or post.message.get("caption") or ""
        if quote not in words:
            raise bad_request("QUOTE_TEXT_INVALID")
        position = utf16_length(words[: words.index(quote)])
        reply["quote"] = {"text": quote, "position": position, "is_manual": True}
    return reply
