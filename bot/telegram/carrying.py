"""Carrying what people send to the other side as copies, and keeping a forum's threads."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import structlog
from aiogram import Bot
from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    EditMessageCaption,
    GetFile,
    ReopenForumTopic,
    SendDocument,
    SendLocation,
    SendPhoto,
    SendVideo,
    SendVoice,
    SetMessageReaction,
)
from aiogram.methods.base import TelegramMethod
from aiogram.types import BufferedInputFile
from aiohttp import ClientError

from bot.referrals.calls import Carry
from bot.telegram.session import call
from bot.telegram.writing import (
    EDIT_GONE,
    NOT_MODIFIED,
    Closed,
    Moved,
    Refused,
    ThreadGone,
    Unreached,
    buttons,
    placed,
    telling,
)

log = structlog.get_logger()

Fields = dict[str, Any]
METHODS: dict[str, type[TelegramMethod[Any]]] = {
    "photo": SendPhoto,
    "voice": SendVoice,
    "video": SendVideo,
}
"""What is sent again by Telegram's id of it: nobody sees a file's name there."""
SENT = [{"type": "emoji", "emoji": "👍"}]


class Carrier:
    """Carries copies. As with ``Writer``, its callers know when to wait and to repeat."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def carry(self, carry: Carry) -> int:
        """Posts a copy, or changes what stands under one; gives its message. Raises
        ``NotWritten``."""
        content, place = carry.content, placed(carry.thread, carry.reply_to)
        caption: Fields = {"caption": carry.screen.text, "parse_mode": "HTML"}
        fields = {"chat_id": carry.chat, **place, **buttons(carry.screen.rows)}
        if carry.edit is not None and await self._edit(carry, caption):
            return carry.edit
        with telling():
            match content.kind:
                case "document":
                    return await self._document(carry, fields | caption)
                case "location":
                    latitude, longitude = content.place or (0.0, 0.0)
                    spot = {"latitude": latitude, "longitude": longitude}
                    sent = await call(self._bot, SendLocation, **fields, **spot)
                case kind:
                    file = {kind: content.file}
                    sent = await call(self._bot, METHODS[kind], **fields, **caption, **file)
        return int(sent["message_id"])

    async def open_thread(self, chat: int, title: str) -> int:
        """Makes a thread in a forum and gives its number. Raises ``NotWritten``."""
        with telling():
            made = await call(self._bot, CreateForumTopic, chat_id=chat, name=title)
        return int(made["message_thread_id"])

    async def set_thread(self, chat: int, thread: int, *, open: bool) -> None:
        """Closes a thread, or opens it again; that it is so already is well. Raises
        ``NotWritten``."""
        method = ReopenForumTopic if open else CloseForumTopic
        try:
            with telling():
                await call(self._bot, method, chat_id=chat, message_thread_id=thread)
        except Refused as refused:
            if "TOPIC_NOT_MODIFIED" not in str(refused):
                raise

    async def react(self, chat: int, message: int) -> None:
        """Puts a thumb on a message. One that cannot have it goes without, wherever it was."""
        try:
            with telling():
                fields = {"chat_id": chat, "message_id": message, "reaction": SENT}
                await call(self._bot, SetMessageReaction, **fields)
        except (Refused, Closed, Moved, ThreadGone) as error:
            log.info("carrier.no-reaction", error=type(error).__name__)

    async def _edit(self, carry: Carry, caption: Fields) -> bool:
        """Changes what stands under a copy; whether that can be done."""
        place = {"chat_id": carry.chat, "message_id": carry.edit}
        try:
            with telling():
                await call(self._bot, EditMessageCaption, **place, **caption)
        except Refused as refused:
            if NOT_MODIFIED not in str(refused):
                if not any(words in str(refused) for words in EDIT_GONE):
                    raise
                return False
        return True

    async def _document(self, carry: Carry, fields: Fields) -> int:
        """Fetches a document and sends it under our name: its own could say who sent it."""
        found = await call(self._bot, GetFile, file_id=carry.content.file)
        data = BytesIO()
        try:
            await self._bot.download_file(found["file_path"], data)
        except (ClientError, TimeoutError) as error:
            raise Unreached(f"{type(error).__name__}: the document was not fetched.") from error
        file = BufferedInputFile(data.getvalue(), carry.name)
        sent = await self._bot(SendDocument(document=file, **fields))
        return int(sent.message_id)
