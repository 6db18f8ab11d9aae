"""What crosses between citizens and offices: never more of a message than this."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.engine.values import Json

ContentKind = Literal["text", "photo", "document", "voice", "video", "location"]
LARGEST_DOCUMENT = 20 * 1024 * 1024
"""Bytes that a bot can fetch from Telegram: a document is fetched and sent anew, without its name."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says or carries. No sender, no file's name, no forwarding."""

    kind: ContentKind
    text: str = ""
    """The text, or what stands under a picture; plain."""
    file: str = ""
    """Telegram's id of the file."""
    suffix: str = ""
    """Of a document: what its name ended in, such as ``.pdf``."""
    place: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""

    def stored(self) -> dict[str, Json]:
        """As JSON data."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def restored(cls, stored: Any) -> Content:
        """From what ``stored`` gave."""
        place = stored.get("place")
        return cls(**{**stored, "place": tuple(place) if place else None})


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a person in a chat, as far as it may matter to a case.

    ``content`` ``None``: of a kind that does not cross, which ``unfit`` names. ``reply_to``: the
    message that it answers; ``quoted``: the references of cases in that one, if the bot wrote it.
    """

    chat: int
    message: int
    content: Content | None
    unfit: str = ""
    reply_to: int | None = None
    quoted: tuple[str, ...] = ()
    thread: int | None = None
    album: str | None = None
