"""Reading what a bot sends: a query string, a form, multipart or JSON, all alike."""

import json
import mimetypes
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.localtelegram.errors import ApiError, bad_request
from bot.localtelegram.files import Upload

Json = dict[str, Any]


class Params:
    """The parameters of one call. As Telegram does, numbers and objects may come as text."""

    def __init__(self, values: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None):
        self._values = dict(values)
        self.uploads = dict(uploads or {})

    def text(self, name: str) -> str | None:
        """A string, or None if absent."""
        value = self._values.get(name)
        if value is None or isinstance(value, str):
            return value
        return json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        """An integer; Telegram takes nonsense for the default."""
        value = self._values.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """A boolean; absent is false."""
        value = self._values.get(name, False)
        return value.lower() in ("true", "1", "yes", "t") if isinstance(value, str) else bool(value)

    def has(self, name: str) -> bool:
        """Whether the parameter was given at all."""
        return name in self._values or name in self.uploads

    def structure(self, name: str, what: str) -> Any:
        """An object or list, perhaps as JSON text; None if absent. `what` is for the error."""
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError as error:
                raise bad_request(f"can't parse {what} JSON object") from error
        return value

    def address(self, name: str = "chat_id") -> int | str:
        """A chat: its number, or @username."""
        value = self._values.get(name)
        if value is None or value == "":
            raise bad_request("chat_id is empty")
        text = str(value)
        return int(text) if text.lstrip("-").isdigit() else text

    def recorded(self) -> Json:
        """The parameters for the list of calls: JSON text decoded, files as name and size."""
        shown = {name: _decoded(value) for name, value in self._values.items()}
        for name, upload in self.uploads.items():
            shown[name] = {
                "file_name": upload.name,
                "mime_type": upload.mime_type,
                "size": len(upload.data),
            }
        return shown


def _decoded(value: Any) -> Any:
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


async def read_params(request: web.Request) -> Params:
    """The parameters of a request; raises ApiError (400) if its body cannot be read."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json" and request.can_read_body:
        try:
            body = await request.json()
        except ValueError as error:
            raise bad_request("can't parse request body as JSON") from error
        if not isinstance(body, dict):
            raise ApiError(400, "Bad Request: object expected as JSON")
        values |= {name: value for name, value in body.items() if value is not None}
    elif request.method == "POST":
        for name, part in (await request.post()).items():
            if isinstance(part, web.FileField):
                # Like Telegram: the name tells the type, whatever the client says of it.
                mime_type = mimetypes.guess_type(part.filename)[0] or part.content_type
                uploads[name] = Upload(part.filename, mime_type, part.file.read())
            else:
                values[name] = part
    return Params(values, uploads)
