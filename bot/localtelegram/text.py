"""Formatted text: what Telegram makes of HTML and of the words in it.

Offsets and lengths of entities count UTF-16 code units; offsets in error messages count bytes of
UTF-8. Both are Telegram's own habit.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.localtelegram.errors import bad_request
from bot.localtelegram.html import HtmlError, parse_html

Entity = dict[str, Any]

_AUTOMATIC = (
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])"),
    ),
    (
        "url",
        re.compile(
            r"(?<![\w@])(?:https?://[^\s<>\"]*[^\s<>\".,;:!?()،؛؟]|www\.[\w-]+\.[a-z]{2,}\b)"
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,}\b")),
    ("mention", re.compile(r"(?<!\w)@[a-zA-Z0-9_]{2,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?=\w*[^\W\d_])\w{1,256}(?![\w#])")),
)
_TYPES = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "blockquote",
        "expandable_blockquote",
        "text_link",
        "text_mention",
        "custom_emoji",
        "bot_command",
        "url",
        "email",
        "mention",
        "hashtag",
        "cashtag",
        "phone_number",
    ]
)
_NEEDED = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
_OPAQUE = {"code", "pre", "text_link", "text_mention"}
_OUTERMOST_FIRST = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
)


@dataclass(frozen=True)
class FormattedText:
    """Plain text and its entities, sorted, inside the text."""

    text: str
    entities: list[Entity]

    def fields(self, prefix: str = "") -> dict[str, Any]:
        """As fields of a Message: `text`/`entities`, or with a prefix `caption`/`caption_entities`."""
        text_key, entities_key = ("caption", "caption_entities") if prefix else ("text", "entities")
        fields: dict[str, Any] = {text_key: self.text}
        return fields | ({entities_key: self.entities} if self.entities else {})


def utf16_length(text: str) -> int:
    """Telegram's length of a text: an emoji outside the basic plane counts two."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def formatted(
    raw: str, parse_mode: str | None = None, entities: Iterable[Entity] | None = None
) -> FormattedText:
    """The text as people will see it, from what a bot or a person sent.

    Raises ApiError (400) in Telegram's words when the markup is broken.
    """
    text, found = raw, [_checked(entity, utf16_length(raw)) for entity in entities or ()]
    if parse_mode and parse_mode.lower() == "html":
        try:
            text, found = parse_html(raw)
        except HtmlError as error:
            raise bad_request(f"can't parse entities: {error}") from error
    elif parse_mode and parse_mode.lower() != "none":
        raise bad_request("unsupported parse_mode")
    text, found = _trimmed(text.replace("\r", ""), found)
    found += _automatic(text, found)
    return FormattedText(text, sorted(found, key=_order))


def _checked(entity: Entity, end: int) -> Entity:
    """An entity that a bot gave itself; raises ApiError if it cannot be."""
    if entity.get("type") not in _TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    needed = _NEEDED.get(entity["type"])
    if needed and needed not in entity:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{needed}\"")
    first = int(entity.get("offset", 0))
    last = first + int(entity.get("length", 0))
    if first < 0:
        raise bad_request(f"receive an entity with incorrect offset {first}")
    if first > end:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {first}")
    if last > end:
        raise bad_request(
            f"entity beginning at UTF-16 offset {first} ends after the end of the text"
            f" at UTF-16 offset {last}"
        )
    return dict(entity)


def _order(entity: Entity) -> tuple[int, int, int]:
    kind = entity["type"]
    rank = _OUTERMOST_FIRST.index(kind) if kind in _OUTERMOST_FIRST else 0
    return entity["offset"], -entity["length"], rank


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram cuts white space from both ends; entities move or shrink with it."""
    shift = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    end = utf16_length(text)
    kept = []
    for entity in entities:
        first = max(entity["offset"] - shift, 0)
        last = min(entity["offset"] + entity["length"] - shift, end)
        if first < last:
            kept.append(entity | {"offset": first, "length": last - first})
    return text, kept


def _automatic(text: str, taken: list[Entity]) -> list[Entity]:
    """Commands, links, addresses, mentions and hashtags that Telegram finds by itself."""
    spans = [(e["offset"], e["offset"] + e["length"]) for e in taken if e["type"] in _OPAQUE]
    found: list[Entity] = []
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            first = utf16_length(text[: match.start()])
            last = first + utf16_length(match.group())
            if all(last <= start or end <= first for start, end in spans):
                spans.append((first, last))
                found.append({"type": kind, "offset": first, "length": last - first})
    return found
