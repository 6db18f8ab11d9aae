"""Uploaded files, kept in memory."""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bot.localtelegram.errors import bad_request

_FOLDERS = {
    "document": "documents",
    "photo": "photos",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "sticker": "stickers",
}
#: What a bot can fetch; larger files reach it as a mention only.
MOST_FETCHED_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """What arrived: bytes under the name that the sender gave them."""

    name: str
    mime_type: str
    data: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file that can be sent again by its id and fetched by its path."""

    id: str
    unique_id: str
    path: str
    kind: str
    upload: Upload
    facts: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """As a Bot API File."""
        return self.fields() | {"file_path": self.path}

    def fields(self) -> dict[str, Any]:
        """What every kind of file object says of itself."""
        return {
            "file_id": self.id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.upload.data),
        }

    def as_content(self) -> dict[str, Any]:
        """As what a message carries."""
        if self.kind == "photo":
            return {"photo": [self.fields() | _SIZE]}
        about = self.fields() | {"mime_type": self.upload.mime_type} | self.facts
        if self.kind != "voice":
            about["file_name"] = self.upload.name
        if self.kind == "video":
            about |= _SIZE
        return {self.kind: about}


# Nobody looks at the size of a picture here: any two positive numbers do.
_SIZE = {"width": 800, "height": 600}


class Files:
    """Every file ever sent here."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, kind: str, upload: Upload, facts: dict[str, Any] | None = None) -> StoredFile:
        """Stores an upload as a `document`, `photo`, `voice`, `video`, `audio` or `sticker`.

        `facts` are what its object says besides: the duration in seconds, the title.
        """
        number = len(self._by_id)
        digest = hashlib.sha256(upload.data + str(number).encode()).digest()
        file_id = "BQAC" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
        suffix = PurePosixPath(upload.name).suffix
        path = f"{_FOLDERS[kind]}/file_{number}{suffix}"
        stored = StoredFile(file_id, f"Ag{digest.hex()[:14]}", path, kind, upload, facts or {})
        self._by_id[file_id] = self._by_path[path] = stored
        return stored

    def by_id(self, file_id: str) -> StoredFile:
        """Raises ApiError in Telegram's words for an id never given out."""
        if file_id not in self._by_id:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._by_id[file_id]

    def by_path(self, path: str) -> StoredFile | None:
        """The file that `getFile` named by this path."""
        return self._by_path.get(path)
