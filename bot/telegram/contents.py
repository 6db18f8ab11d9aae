"""What a message says or carries, as far as it may cross between a citizen and an office."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any

from bot.referrals.content import LARGEST_DOCUMENT, Content, Message

Json = dict[str, Any]

REFERENCE = re.compile(r"D-[2-9A-HJ-NP-Z]{6}")
SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
LONGEST_ALBUM = 64
"""Characters of an album's id that are kept; Telegram's have some twenty."""
MOST = 2**63 - 1
"""Beyond any number of Telegram's, and the most that a database keeps."""
UNFIT = ("contact", "poll", "sticker", "dice", "animation", "audio", "video_note", "game", "story")
"""What does not cross, each with words of its own, the rest being ``other``."""


def message_of(chat: int, message: Json) -> Message:
    """A message of a person. What is missing or odd in it makes it one that does not cross."""
    content = _content(message)
    replied = message.get("reply_to_message")
    replied = replied if isinstance(replied, dict) and not _opens_thread(replied) else {}
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    return Message(
        chat,
        int(message["message_id"]),
        content if isinstance(content, Content) else None,
        content if isinstance(content, str) else "",
        _number(replied.get("message_id")),
        _references(replied),
        _number(thread),
        _text(message.get("media_group_id"))[:LONGEST_ALBUM] or None,
    )


def _content(message: Json) -> Content | str:
    """The content, or the name of what keeps it from crossing."""
    caption = _text(message.get("caption"))
    match message:
        case {"text": str(text)}:
            return Content("text", text)
        case {"photo": [*_, {"file_id": str(file)}]}:
            return Content("photo", caption, file)
        case {"voice": {"file_id": str(file)}}:
            return Content("voice", caption, file)
        case {"video": {"file_id": str(file)}}:
            return Content("video", caption, file)
        case {"animation": _}:
            return "animation"
        case {"document": {"file_id": str(file), **about}}:
            if (_number(about.get("file_size")) or 0) > LARGEST_DOCUMENT:
                return "too-large"
            return Content("document", caption, file, _suffix(about.get("file_name")))
        case {
            "location": {"latitude": float() | int() as lat, "longitude": float() | int() as lon}
        }:
            return Content("location", place=(float(lat), float(lon)))
    return next((kind for kind in UNFIT if kind in message), "other")


def _suffix(name: object) -> str:
    """What a file's name ends in, so that it opens; the rest of it could name somebody."""
    suffix = PurePosixPath(name).suffix.lower() if isinstance(name, str) else ""
    return suffix if SUFFIX.fullmatch(suffix) else ""


def _opens_thread(replied: Json) -> bool:
    """In a forum whatever is no answer is marked as one to the message that made the thread."""
    return "forum_topic_created" in replied


def _references(replied: Json) -> tuple[str, ...]:
    """The cases that a message of a bot names."""
    author = replied.get("from")
    if not isinstance(author, dict) or author.get("is_bot") is not True:
        return ()
    said = _text(replied.get("text")) or _text(replied.get("caption"))
    return tuple(dict.fromkeys(REFERENCE.findall(said)))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MOST:
        return None
    return value
