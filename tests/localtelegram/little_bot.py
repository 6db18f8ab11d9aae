"""A small bot in plain python-telegram-bot: what the page and the terminal are tried with."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import (
    Bot,
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)

from tests.localtelegram.conftest import TOKEN

SECTORS = {"trade": "تجارة", "craft": "حرفة"}
RICH = (
    "<b>خطوات الترخيص</b>\n"
    "رقمك: <code>DM-2031</code>\n"
    "<blockquote>من نص القانون 33 لعام 2007</blockquote>\n"
    '<i>المصدر</i>: <a href="https://example.org/law">القانون</a>، <tg-spoiler>سر</tg-spoiler>'
)


def _keys(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=data) for text, data in row] for row in rows]
    )


@asynccontextmanager
async def little_bot(url: str, office: int | None = None) -> AsyncIterator[Bot]:
    """Runs the bot on the local Telegram at `url`; its cards go to the chat `office`."""
    bot = Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")
    async with bot:
        await bot.set_my_commands([BotCommand("start", "Start"), BotCommand("rich", "All styles")])
        task = asyncio.create_task(_serve(bot, office))
        try:
            yield bot
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def _serve(bot: Bot, office: int | None) -> None:
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=20):
            offset = update.update_id + 1
            await _answer(bot, update, office)


async def _answer(bot: Bot, update: Update, office: int | None) -> None:
    if query := update.callback_query:
        await _pressed(query)
    elif (message := update.message) and message.chat.type == "private":
        await _told(bot, message, office)


async def _told(bot: Bot, message: Message, office: int | None) -> None:
    if message.text == "/start":
        question = "أهلاً بك في دليل.\nما نوع عملك؟"
        rows = [[(name, f"sector:{key}") for key, name in SECTORS.items()], [("لماذا؟", "why")]]
        await message.reply_text(question, reply_markup=_keys(*rows))
    elif message.text == "/rich":
        await message.reply_html(RICH)
    elif message.contact and office:
        thanks = "وصل رقمك، شكراً."
        await message.reply_text(thanks, reply_markup=ReplyKeyboardRemove())
        card = f"طلب جديد من {message.contact.first_name}"
        await bot.send_message(office, card, reply_markup=_keys([("استلام", "take")]))
    else:
        await message.reply_text(f"قلت: {message.text}")


async def _pressed(query: CallbackQuery) -> None:
    if query.data == "why":
        await query.answer("لأن الخطوات تختلف بحسب العمل.", show_alert=True)
    elif query.data == "take":
        await query.edit_message_text(f"استلمه {query.from_user.first_name}")
        await query.answer("صار الطلب لك")
    elif query.data and isinstance(query.message, Message):
        sector = SECTORS[query.data.removeprefix("sector:")]
        await query.edit_message_text(f"اخترت: {sector}")
        await query.answer("حُفظ")
        share = KeyboardButton("مشاركة رقمي", request_contact=True)
        markup = ReplyKeyboardMarkup([[share], ["لا أريد"]], resize_keyboard=True)
        await query.message.reply_text("كيف نصل إليك؟", reply_markup=markup)
