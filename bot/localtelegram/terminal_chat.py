"""One chat as a person at a terminal follows it: its messages now, and what can be done in it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import aiohttp

Json = dict[str, Any]

#: Given where nobody types a number; it belongs to nobody.
_DEMO_PHONE = "963900000000"


class ServerRefusal(Exception):
    """The local Telegram answered that something cannot be done, and why."""


class Said(Enum):
    """What an event means to whoever waits for the bot."""

    SEEN = auto()  # the chat looks different, or the bot said something about a press
    ACKNOWLEDGED = auto()  # a press was answered without a word
    OTHER = auto()


@dataclass(frozen=True)
class Button:
    """A button that can be pressed now: under a message, or (without one) under the chat."""

    label: str
    message_id: int | None
    data: str | None = None
    wants_contact: bool = False


class ChatView:
    """Follows one chat through the server's events; the server keeps the truth."""

    def __init__(self, http: aiohttp.ClientSession, url: str, user: Json, chat_id: int) -> None:
        self._http = http
        self.url = url
        self.user = user
        self.chat_id = chat_id
        self.messages: dict[int, Json] = {}
        self.keyboard: Json | None = None
        self.remarks: list[str] = []
        self.heard: asyncio.Queue[Said] = asyncio.Queue()
        self.pressed = False
        self.sent: set[int] = set()
        self._thread: int | None = None

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Follows the chat inside the `with`, beginning with how it stands."""
        async with self._http.get(f"{self.url}/client/events") as stream:
            await self._load()
            task = asyncio.create_task(self._follow(stream))
            try:
                yield
            finally:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _load(self) -> None:
        chats = (await self._call("chats"))["chats"]
        known = next((chat for chat in chats if chat["id"] == self.chat_id), None)
        if known is None:
            if self.chat_id == self.user["id"]:
                return  # A private chat comes into being with its first message.
            raise ServerRefusal(f"there is no chat {self.chat_id}")
        self.keyboard = known.get("keyboard")
        for message in await self._call(f"messages?chat_id={self.chat_id}"):
            self._put(message)

    async def _call(self, path: str, body: Json | None = None) -> Any:
        address = f"{self.url}/client/{path}"
        request = self._http.post(address, json=body) if body else self._http.get(address)
        async with request as response:
            answer = await response.json()
        if not answer["ok"]:
            raise ServerRefusal(answer["description"])
        return answer["result"]

    # What a person does

    async def act(self, line: str, button: Button | None) -> None:
        """Presses the button, if there is one, or else does what the typed line says.

        Raises ServerRefusal.
        """
        while not self.heard.empty():
            self.heard.get_nowait()
        self.pressed = False
        command, _, rest = line.partition(" ")
        if button:
            await self._press(button)
        elif command == ":say":
            await self._send({"text": rest.strip()})
        elif command == ":contact":
            await self._share_contact(rest)
        else:
            await self._send({"text": line})

    async def _press(self, button: Button) -> None:
        if button.wants_contact:
            await self._share_contact("")
        elif button.message_id is None:
            await self._send({"text": button.label})
        elif button.data is None:
            raise ServerRefusal("this button opens something outside the chat")
        else:
            wish = {"message_id": button.message_id, "data": button.data}
            # Before the request: the answer to a press can overtake the response to it.
            self.pressed = True
            await self._call("press", self._from_me() | wish)

    async def _share_contact(self, typed: str) -> None:
        digits = "".join(letter for letter in typed if letter.isdecimal()) or _DEMO_PHONE
        contact = {"phone_number": digits, "first_name": self.user["first_name"]}
        await self._send({"contact": contact | {"user_id": self.user["id"]}})

    async def _send(self, content: Json) -> None:
        thread = {"thread_id": self._thread} if self._thread else {}
        message = await self._call("send", self._from_me() | thread | content)
        self.sent.add(message["message_id"])

    def _from_me(self) -> Json:
        return {"chat_id": self.chat_id, "from": self.user}

    # What happens in the chat

    async def _follow(self, stream: aiohttp.ClientResponse) -> None:
        async for line in stream.content:
            if line.startswith(b"data: "):
                event = json.loads(line[6:])
                if event.get("chat_id") == self.chat_id:
                    self.heard.put_nowait(self._apply(event))
        self.remarks.append("(the local Telegram has stopped)")
        self.heard.put_nowait(Said.SEEN)

    def _apply(self, event: Json) -> Said:
        match event["kind"]:
            case "message" | "edited":
                self._put(event["message"])
                return Said.SEEN if event["message"]["from"]["is_bot"] else Said.OTHER
            case "deleted":
                for message_id in event["message_ids"]:
                    self.messages.pop(message_id, None)
                return Said.SEEN
            case "keyboard":
                self.keyboard = event["keyboard"]
            case "callback_answer":
                return self._answered(event)
            case "reaction":
                self._react(event)
                return Said.SEEN
        return Said.OTHER

    def _answered(self, event: Json) -> Said:
        text = event.get("text")
        if not self.pressed or not text:
            return Said.ACKNOWLEDGED if self.pressed else Said.OTHER
        self.remarks.append(f"[alert] {text}" if event.get("show_alert") else f"[notice] {text}")
        return Said.SEEN

    def _react(self, event: Json) -> None:
        emoji = " ".join(one.get("emoji", "") for one in event["reaction"])
        self.remarks.append(f"[reaction] {emoji}" if emoji else "[reaction removed]")

    def _put(self, message: Json) -> None:
        self.messages[message["message_id"]] = message
        # In a forum one answers where something was last said.
        self._thread = message.get("message_thread_id") if message.get("is_topic_message") else None
