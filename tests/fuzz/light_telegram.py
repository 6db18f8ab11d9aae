"""A light Telegram for many messages: it answers over HTTP, remembers little, and looks closely.

The local Telegram keeps everything that was ever said; this one keeps the last messages of each
chat, and complains of whatever Telegram would refuse or nobody should see.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

from aiohttp import web

from bot.localtelegram.html import HtmlError, parse_html
from tests.fuzz.contents import PRETENCE
from tests.fuzz.crowd import BOT, Crowd, Json

KEPT_MESSAGES = 4
MOST_COMPLAINTS = 20
LONGEST_TEXT, LONGEST_DATA, LONGEST_TOAST = 4096, 64, 200

LEAKS = re.compile(r"Traceback|Exception|\b[A-Z][A-Za-z]*Error\b|File \"|line \d+, in ")
UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066\u2067\ud800-\udfff]|[\u0300-\u036f]{4}"
)
REFERENCE = re.compile(r"D-[0-9A-Z]{6}")


class Refusal(Exception):
    """What Telegram answers instead of a result."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


@dataclass
class Chat:
    """What is remembered of a chat."""

    last: int = 0
    shown: dict[int, str] = field(default_factory=dict)
    """The bot's last messages as they stand: text and keyboard, by message id."""
    buttons: dict[int, list[str]] = field(default_factory=dict)
    """What the buttons of these carry."""
    posts: int = 0
    """How often the bot has posted or edited here."""

    def keep(self, message: int, params: Json) -> None:
        """Notes how a message of the bot stands now."""
        rows = (params.get("reply_markup") or {}).get("inline_keyboard", [])
        self.shown[message] = _stands(params)
        self.buttons[message] = [
            b["callback_data"] for r in rows for b in r if "callback_data" in b
        ]
        self.posts += 1
        if len(self.shown) > KEPT_MESSAGES:
            oldest = next(iter(self.shown))
            del self.shown[oldest], self.buttons[oldest]


class LightTelegram:
    """Telegram's side of one bot."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.url = ""
        self.calls: Counter[str] = Counter()
        self.complaints: list[str] = []
        self.webhook: Json = {}
        self.answered: set[str] = set()
        """The presses that were answered since somebody emptied this."""
        self._chats: dict[int, Chat] = {}
        self._owners: dict[str, int] = {}
        self._queue: list[Json] = []
        self._more, self._confirmed = asyncio.Event(), asyncio.Event()
        self._runner: web.ServerRunner | None = None

    def chat(self, id: int) -> Chat:
        """What is remembered of a chat."""
        return self._chats.setdefault(id, Chat())

    def next_message(self, id: int) -> int:
        """The id of the next message in a chat, whoever writes it."""
        chat = self.chat(id)
        chat.last += 1
        return chat.last

    def buttons(self, id: int) -> list[tuple[int, str]]:
        """The buttons that stand in a chat, the newest last: message and data."""
        standing = self.chat(id).buttons
        return [(message, data) for message in standing for data in standing[message]]

    def complain(self, of: str) -> None:
        """Notes what must not be."""
        if len(self.complaints) < MOST_COMPLAINTS:
            self.complaints.append(of)

    async def start(self) -> None:
        """Listens on a port of its own; ``url`` then says where."""
        self._runner = web.ServerRunner(web.Server(self._serve, access_log=None))
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = "http://{}:{}".format(*self._runner.addresses[0][:2])

    async def stop(self) -> None:
        """Closes everything."""
        assert self._runner is not None
        self._more.set()
        await self._runner.cleanup()

    async def brings(self, updates: list[Json]) -> None:
        """Gives these to whoever polls; returns when all are confirmed by an offset."""
        self._queue += updates
        self._confirmed.clear()
        self._more.set()
        await self._confirmed.wait()

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        method = request.path.rpartition("/")[2]
        if request.content_type == "multipart/form-data":
            params: Json = dict(await request.post())
        else:
            params = json.loads(await request.read() or b"{}")
        self.calls[method] += 1
        try:
            answer = await self._answer(method, params)
        except Refusal as refusal:
            body = {"ok": False, "error_code": refusal.code, "description": str(refusal)}
            return _json(body, refusal.code)
        return _json({"ok": True, "result": answer}, 200)

    async def _answer(self, method: str, params: Json) -> Any:
        if method == "getUpdates":
            return await self._updates(int(params.get("offset", 0)))
        found = METHODS.get(method)
        if found is not None:
            return found(self, params)
        if method.startswith("getMy"):
            return [] if method == "getMyCommands" else dict.fromkeys(TEXTS, "")
        return True

    async def _updates(self, offset: int) -> list[Json]:
        self._queue = [each for each in self._queue if each["update_id"] >= offset]
        if not self._queue:
            self._confirmed.set()
            self._more.clear()
            await self._more.wait()
        return self._queue[:100]

    def _post(self, params: Json) -> Json:
        self._look_at(params)
        id = int(params["chat_id"])
        group = self.crowd.group(id)
        if id < 0 and (group is None or group.bot_status in ("left", "kicked")):
            raise Refusal(403, "Forbidden: bot was kicked from the supergroup chat")
        message = self.next_message(id)
        self.chat(id).keep(message, params)
        return {"message_id": message, "date": 1, "chat": {"id": id}}

    def _carry(self, params: Json) -> Json:
        return self._post(_captioned(params))

    def _edit_caption(self, params: Json) -> bool:
        return self._edit(_captioned(params))

    def _edit(self, params: Json) -> bool:
        self._look_at(params)
        chat, message = self.chat(int(params["chat_id"])), params["message_id"]
        if message not in chat.shown:
            raise Refusal(400, "Bad Request: message to edit not found")
        if chat.shown[message] == _stands(params):
            raise Refusal(400, "Bad Request: message is not modified")
        chat.keep(message, params)
        return True

    def _disarm(self, params: Json) -> bool:
        self.chat(int(params["chat_id"])).buttons.get(params["message_id"], []).clear()
        return True

    def _answer_press(self, params: Json) -> bool:
        text = params.get("text", "")
        self.answered.add(params["callback_query_id"])
        if len(text) > LONGEST_TOAST or LEAKS.search(text) or UNSEEN.search(text):
            self.complain(f"toast {text[:100]!r}")
        return True

    def _get_chat(self, params: Json) -> Json:
        group = self.crowd.group(params["chat_id"])
        if group is None:
            raise Refusal(400, "Bad Request: chat not found")
        return group.chat | ({"username": "everybody"} if group.public else {})

    def _member(self, params: Json) -> Json:
        group, user = self.crowd.group(params["chat_id"]), params["user_id"]
        status = "left" if group is None else group.status(user)
        return {"status": status, "user": {"id": user, "is_bot": user == BOT, "first_name": "x"}}

    def _administrators(self, params: Json) -> list[Json]:
        group = self.crowd.group(params["chat_id"])
        if group is None:
            raise Refusal(400, "Bad Request: chat not found")
        return [{"status": "administrator", "user": each} for each in group.administrators]

    def _set_webhook(self, params: Json) -> bool:
        self.webhook = params
        return True

    def _look_at(self, params: Json) -> None:
        """What Telegram would refuse, and what nobody should see."""
        text, chat = params["text"], params["chat_id"]
        if params.get("parse_mode") != "HTML":
            self.complain(f"sent without markup: {text[:100]!r}")
        for trouble in _troubles(text):
            self.complain(f"{trouble}: {text[:300]!r}")
        for row in (params.get("reply_markup") or {}).get("inline_keyboard", []):
            for button in row:
                if (
                    not button["text"]
                    or len(button.get("callback_data", "x").encode()) > LONGEST_DATA
                ):
                    self.complain(f"button {button!r}")
        for reference in REFERENCE.findall(text) if chat > 0 else ():
            if self._owners.setdefault(reference, chat) != chat:
                self.complain(f"{reference} was shown to two people")


METHODS: dict[str, Callable[[LightTelegram, Json], Any]] = {
    "getMe": lambda *_: {
        "id": BOT,
        "is_bot": True,
        "first_name": "Dalil",
        "username": "dalil_fuzz_bot",
    },
    "sendMessage": LightTelegram._post,
    "editMessageText": LightTelegram._edit,
    "sendPhoto": LightTelegram._carry,
    "sendVoice": LightTelegram._carry,
    "sendVideo": LightTelegram._carry,
    "sendDocument": LightTelegram._carry,
    "sendLocation": LightTelegram._carry,
    "editMessageCaption": LightTelegram._edit_caption,
    "getFile": lambda *_: {"file_id": "f", "file_unique_id": "u", "file_path": "documents/f"},
    "editMessageReplyMarkup": LightTelegram._disarm,
    "answerCallbackQuery": LightTelegram._answer_press,
    "getChat": LightTelegram._get_chat,
    "getChatMember": LightTelegram._member,
    "getChatAdministrators": LightTelegram._administrators,
    "setWebhook": LightTelegram._set_webhook,
}
TEXTS = ("name", "description", "short_description")


def _captioned(params: Json) -> Json:
    """A call that carries a file or a place, as if it were its caption: a text with buttons."""
    standing = {"chat_id": int(params["chat_id"]), "message_id": params.get("message_id")}
    # A place has no caption, and a form no objects.
    caption = params.get("caption", "a place")
    rows = params.get("reply_markup")
    keyboard = {"reply_markup": json.loads(rows) if isinstance(rows, str) else rows}
    return standing | {"text": caption, "parse_mode": "HTML"} | keyboard


def _stands(params: Json) -> str:
    return f"{params['text']}\n{params.get('reply_markup')}"


def _json(body: Json, status: int) -> web.Response:
    # aiohttp warns of more than a megabyte at once, which sixty of the longest updates can be.
    written = BytesIO(json.dumps(body).encode())
    return web.Response(body=written, status=status, content_type="application/json")


@lru_cache(maxsize=512)
def _troubles(text: str) -> tuple[str, ...]:
    """What is wrong with a text; the same few screens are sent again and again."""
    try:
        plain, _ = parse_html(text)
    except HtmlError as error:
        return (f"markup ({error})",)
    found = []
    if not plain.strip() or len(plain.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        found.append("empty or too long")
    if LEAKS.search(plain.replace(PRETENCE, "")):
        found.append("tells of our insides")
    if UNSEEN.search(plain):
        found.append("controls")
    return tuple(found)
