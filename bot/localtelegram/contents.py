"""What a person's message carries: text, a file, a place, a contact, a poll, a sticker."""

import base64
import binascii
from collections.abc import Callable
from typing import Any

from bot.localtelegram.chats import Json
from bot.localtelegram.composing import CAPTIONED, LONGEST_CAPTION, LONGEST_TEXT
from bot.localtelegram.errors import bad_request
from bot.localtelegram.files import Upload
from bot.localtelegram.text import formatted, utf16_length
from bot.localtelegram.world import World

_IN_ALBUMS = CAPTIONED - {"voice"}
_MIME_TYPES = {"photo": "image/jpeg", "video": "video/mp4", "audio": "audio/mpeg"}
_MIME_TYPES |= {"voice": "audio/ogg", "document": "application/octet-stream"}


def read_content(world: World, wish: Json) -> Json:
    """What a message carries, from the one of the known fields that the wish has."""
    for kind, make in _CONTENTS.items():
        if kind in wish:
            content = make(world, wish[kind])
            if kind in CAPTIONED:
                content |= read_caption(wish.get("caption", ""))
            return content | _album(kind, wish)
    raise bad_request("there is nothing to send")


def read_text(raw: str) -> Json:
    """Typed text as fields of a Message."""
    text = formatted(raw)
    if not text.text:
        raise bad_request("message text is empty")
    if utf16_length(text.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text.fields()


def read_caption(raw: str) -> Json:
    """A typed caption as fields of a Message; none if it is empty."""
    caption = formatted(raw)
    if utf16_length(caption.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return caption.fields("caption") if caption.text else {}


def _album(kind: str, wish: Json) -> Json:
    if not wish.get("media_group_id"):
        return {}
    if kind not in _IN_ALBUMS:
        raise bad_request("only photos, videos, audio files and documents make an album")
    return {"media_group_id": str(wish["media_group_id"])}


def _contact(_: World, wish: Json) -> Json:
    names = ("phone_number", "first_name", "last_name", "user_id", "vcard")
    return {"contact": {name: wish[name] for name in names if wish.get(name)}}


def _location(_: World, wish: Json) -> Json:
    return {"location": {name: float(wish[name]) for name in ("latitude", "longitude")}}


def _venue(world: World, wish: Json) -> Json:
    place = _location(world, wish)
    return place | {"venue": place | {name: wish[name] for name in ("title", "address")}}


def _poll(world: World, wish: Json) -> Json:
    options = [
        {"persistent_id": str(number), "text": text, "voter_count": 0}
        for number, text in enumerate(wish["options"])
    ]
    if not options:
        raise bad_request("a poll needs an option")
    poll: Json = {"id": world.new_poll_id(), "question": wish["question"], "options": options}
    no = ("is_closed", "allows_multiple_answers", "allows_revoting", "members_only")
    shape = {"total_voter_count": 0, "is_anonymous": True, "type": "regular"}
    return {"poll": poll | shape | dict.fromkeys(no, False)}


def _file(world: World, wish: Json, kind: str) -> Json:
    try:
        data = base64.b64decode(wish["data"], validate=True)
    except binascii.Error as error:
        raise bad_request("data must be base64") from error
    mime_type = wish.get("mime_type") or _MIME_TYPES[kind]
    upload = Upload(wish.get("file_name") or "file", mime_type, data)
    facts: Json = {}
    if kind in ("voice", "video", "audio"):
        facts = {name: wish[name] for name in ("performer", "title") if wish.get(name)}
        facts["duration"] = int(wish.get("duration", 1))
    return world.files.keep(kind, upload, facts).as_content()


def _sticker(world: World, wish: Json) -> Json:
    emoji = wish.get("emoji", "🙂")
    file = world.files.keep("sticker", Upload("sticker.webp", "image/webp", emoji.encode()))
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False}
    return {"sticker": file.fields() | shape | {"is_video": False, "emoji": emoji}}


_CONTENTS: dict[str, Callable[[World, Any], Json]] = {
    "text": lambda _, wish: read_text(wish),
    "contact": _contact,
    "venue": _venue,
    "location": _location,
    "document": lambda world, wish: _file(world, wish, "document"),
    "photo": lambda world, wish: _file(world, wish, "photo"),
    "voice": lambda world, wish: _file(world, wish, "voice"),
    "video": lambda world, wish: _file(world, wish, "video"),
    "audio": lambda world, wish: _file(world, wish, "audio"),
    "sticker": _sticker,
    "poll": _poll,
}
