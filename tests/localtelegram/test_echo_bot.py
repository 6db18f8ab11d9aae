"""A small bot in plain python-telegram-bot runs here as it would on Telegram."""

import asyncio
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.localtelegram import LocalTelegram

from .conftest import LAYLA, TOKEN, Json, People

Context = ContextTypes.DEFAULT_TYPE


async def start(update: Update, _: Context) -> None:
    assert update.message is not None
    button = InlineKeyboardButton("اضغط", callback_data="pressed")
    await update.message.reply_text("أهلاً", reply_markup=InlineKeyboardMarkup([[button]]))


async def echo(update: Update, _: Context) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


async def press(update: Update, _: Context) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("وصلت")
    await update.callback_query.edit_message_text("تم")


def echo_bot(url: str) -> Application[Any, Any, Any, Any, Any, Any]:
    app = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").job_queue(None).build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(press))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    return app


async def until(people: People, *texts: str) -> list[Json]:
    """The messages of Layla's chat, once they read so."""
    async with asyncio.timeout(60):
        while True:
            messages: list[Json] = await people.get("messages", chat_id=LAYLA["id"])
            if [message["text"] for message in messages] == list(texts):
                return messages


async def test_an_echo_bot(server: LocalTelegram, people: People) -> None:
    app = echo_bot(server.url)
    assert app.updater is not None
    await app.initialize()
    await app.start()
    await app.updater.start_polling()
    try:
        await people.say(LAYLA, "/start")
        greeting = (await until(people, "/start", "أهلاً"))[1]
        await people.say(LAYLA, "مرحبا")
        await until(people, "/start", "أهلاً", "مرحبا", "مرحبا")
        wish = {"chat_id": LAYLA["id"], "message_id": greeting["message_id"], "data": "pressed"}
        await people.post("press", **wish, **{"from": LAYLA})
        await until(people, "/start", "تم", "مرحبا", "مرحبا")
    finally:
        await app.updater.stop()
        await app.stop()
        await app.shutdown()
