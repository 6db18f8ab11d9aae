"""Writing to a chat, and what can go wrong with it, in terms that a caller can act on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    SendMessage,
)

from bot.conversation.events import Keyboard
from bot.errors import DalilError
from bot.guide.screen import Button, Rows, Screen
from bot.telegram.session import call

log = structlog.get_logger()

Json = dict[str, Any]
Fields = dict[str, Any]

NO_PREVIEW: dict[str, Any] = {"link_preview_options": {"is_disabled": True}}
LONGEST_TOAST = 200
TAG = re.compile(r"<[^>]*>")

NOT_MODIFIED = "message is not modified"
UNPARSABLE = "can't parse entities"
EDIT_GONE = ("message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")
THREAD_GONE = (
    "message thread not found",
    "TOPIC_DELETED",
    "TOPIC_CLOSED",
    "TOPIC_ID_INVALID",
    "the chat is not a forum",
)
CHAT_GONE = (
    "chat not found",
    "PEER_ID_INVALID",
    "group chat was deactivated",
    "not enough rights to send",
    "have no rights to send",
    "CHAT_WRITE_FORBIDDEN",
)


class NotWritten(DalilError):
    """Telegram did not take a message."""


class Flooded(NotWritten):
    """Too much at once: not before ``seconds`` have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Telegram asks to wait for {seconds:g} seconds.")
        self.seconds = seconds


class Unreached(NotWritten):
    """No answer, or an error of Telegram's own: it may have arrived, and may be tried again."""


class Closed(NotWritten):
    """The chat is closed to us: blocked, removed, gone, or without the right to write."""


class Moved(NotWritten):
    """The group became a supergroup and has another id."""

    def __init__(self, chat: int) -> None:
        super().__init__("The group has another id now.")
        self.chat = chat


class ThreadGone(NotWritten):
    """The thread of a forum is not there, or is closed to us."""


class Refused(NotWritten):
    """Telegram refuses what was sent; the same will be refused again."""


@contextmanager
def telling() -> Iterator[None]:
    """Turns aiogram's errors into ours. Texts of Telegram that may quote a message are cut."""
    try:
        yield
    except TelegramRetryAfter as error:
        raise Flooded(error.retry_after) from error
    except TelegramMigrateToChat as error:
        raise Moved(error.migrate_to_chat_id) from error
    except TelegramForbiddenError as error:
        raise Closed(error.message) from error
    except TelegramBadRequest as error:
        if UNPARSABLE in error.message:
            raise Refused(UNPARSABLE) from error
        gone = {Closed: CHAT_GONE, ThreadGone: THREAD_GONE}
        found = (kind for kind, said in gone.items() if any(each in error.message for each in said))
        raise next(found, Refused)(error.message) from error
    except AiogramError as error:
        raise Unreached(f"{type(error).__name__}: Telegram could not be reached.") from error


class Writer:
    """Writes screens to chats. It neither waits nor repeats: its callers know when that is wise."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def show(
        self,
        chat: int,
        screen: Screen,
        *,
        edit: int | None = None,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Edits the message ``edit``, or posts a new one if that is ``None`` or cannot be edited.

        A new one goes into the ``thread``, as an answer to ``reply_to`` if that is still there.

        Returns the id of the message that now shows the screen. A text that Telegram cannot parse
        is our bug: it goes out once more, plain, and an alarm is logged. Raises ``NotWritten``.
        """
        text: Fields = {"text": screen.text, "parse_mode": "HTML"}
        place = placed(thread, reply_to)
        try:
            return await self._show(chat, text | buttons(screen.rows), edit, place)
        except Refused as refused:
            if str(refused) != UNPARSABLE:
                raise
        log.error("telegram.unparsable-text", screen=screen.digest)
        plain: Fields = {"text": html.unescape(TAG.sub("", screen.text))}
        return await self._show(chat, plain | buttons(screen.rows), edit, place)

    async def keyboard(self, chat: int, keyboard: Keyboard) -> None:
        """Posts a message that brings the keyboard, or takes it away. Raises ``NotWritten``."""
        markup: Json = {"remove_keyboard": True}
        if keyboard.share is not None:
            button = {"text": keyboard.share, "request_contact": True}
            markup = {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}
        await self._post(
            chat, {"text": keyboard.text, "parse_mode": "HTML", "reply_markup": markup}
        )

    async def disarm(self, chat: int, message: int) -> None:
        """Takes the buttons from a message. Raises ``NotWritten``; without buttons all is well."""
        try:
            with telling():
                await call(self._bot, EditMessageReplyMarkup, chat_id=chat, message_id=message)
        except Refused as refused:
            if NOT_MODIFIED not in str(refused):
                raise

    async def answer(self, callback: str, toast: str = "", *, alert: bool = False) -> None:
        """Answers a press, with a line or with nothing. Raises ``NotWritten``."""
        fields: Fields = {"callback_query_id": callback}
        if toast:
            fields |= {"text": toast[:LONGEST_TOAST], "show_alert": alert}
        with telling():
            await call(self._bot, AnswerCallbackQuery, **fields)

    async def _show(self, chat: int, fields: Fields, edit: int | None, place: Fields) -> int:
        if edit is not None:
            try:
                return await self._edit(chat, edit, fields)
            except Refused as refused:
                if not any(words in str(refused) for words in EDIT_GONE):
                    raise
        return await self._post(chat, fields | place)

    async def _edit(self, chat: int, message: int, fields: Fields) -> int:
        place: Fields = {"chat_id": chat, "message_id": message}
        try:
            with telling():
                await call(self._bot, EditMessageText, **place, **NO_PREVIEW, **fields)
        except Refused as refused:
            if NOT_MODIFIED not in str(refused):
                raise
        return message

    async def _post(self, chat: int, fields: Fields) -> int:
        with telling():
            message = await call(self._bot, SendMessage, chat_id=chat, **NO_PREVIEW, **fields)
        return int(message["message_id"])


def placed(thread: int | None, reply_to: int | None) -> Fields:
    """Where a new message stands: in which thread, as an answer to which message."""
    place: Fields = {} if thread is None else {"message_thread_id": thread}
    if reply_to is not None:
        # What it answers may have been deleted: then it stands alone.
        answer = {"message_id": reply_to, "allow_sending_without_reply": True}
        place["reply_parameters"] = answer
    return place


def buttons(rows: Rows) -> Fields:
    """The buttons under a message, as a field of a call."""
    if not rows:
        return {}
    keyboard = [[_button(button) for button in row] for row in rows]
    return {"reply_markup": {"inline_keyboard": keyboard}}


def _button(button: Button) -> Json:
    if button.url:
        return {"text": button.label, "url": button.url}
    if button.copy:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    return {"text": button.label, "callback_data": button.press}
