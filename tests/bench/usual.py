"""The same conversation written the usual way: aiogram's own polling, router, FSM and builders.

The words are the guide's own, so that the messages are as long; what a walk ends in is fixed
text, since nobody writes an engine for a bot like this. It keeps nothing on a disk.
"""

from __future__ import annotations

import asyncio
import os
import sys

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from bot.guide.load import find_guide, load

WORDS = load(find_guide(None)).words["ar"]
ORDER = (
    "governorate",
    "sector",
    "legal-form",
    "effort",
    "premises",
    "nuisance",
    "workers",
    "wants-trademark",
    "papers-held",
)
ROADMAP = "\n".join(f"{step.title}\n{step.summary}" for step in list(WORDS.steps.values())[:9])


class Walk(StatesGroup):
    language = State()
    menu = State()
    question = State()
    roadmap = State()


router = Router()


def keyboard(question: str) -> InlineKeyboardMarkup:
    builder = InlineKeyboardBuilder()
    options = WORDS.questions[question].options
    labels = {id: each.label for id, each in options.items()}
    labels = labels or {id: each.name for id, each in WORDS.governorates.items()}
    for option, label in labels.items():
        builder.button(text=label, callback_data=f"1:answer:{question}:{option}"[:64])
    builder.button(text="لا أعرف", callback_data=f"1:unsure:{question}")
    builder.button(text="رجوع", callback_data="1:go:menu")
    builder.adjust(2)
    return builder.as_markup()


def asked(question: str) -> str:
    words = WORDS.questions[question]
    return f"<b>{words.ask}</b>\n\n<i>{words.why}</i>\n\n{words.hint or ''}"


def one(label: str, data: str) -> InlineKeyboardMarkup:
    builder = InlineKeyboardBuilder()
    builder.button(text=label, callback_data=data)
    return builder.as_markup()


@router.message(Command("start"))
async def start(message: Message, state: FSMContext) -> None:
    await state.set_state(Walk.language)
    await message.answer("أهلاً وسهلاً بكم في دليل", reply_markup=one("العربية", "1:language:ar"))


@router.callback_query(StateFilter(Walk.language), F.data.startswith("1:language:"))
async def language(query: CallbackQuery, state: FSMContext) -> None:
    await state.update_data(language=query.data)
    await state.set_state(Walk.menu)
    await query.answer()
    await query.message.edit_text("بماذا نبدأ؟", reply_markup=one("ترخيص", "1:flow:licence"))


@router.callback_query(StateFilter(Walk.menu), F.data.startswith("1:flow:"))
async def flow(query: CallbackQuery, state: FSMContext) -> None:
    await state.update_data(answers={})
    await state.set_state(Walk.question)
    await query.answer()
    await query.message.edit_text(asked(ORDER[0]), reply_markup=keyboard(ORDER[0]))


async def keep(state: FSMContext, value: str) -> str | None:
    """Keeps an answer; the next question, or ``None`` at the end."""
    data = await state.get_data()
    answers = {**data["answers"], ORDER[len(data["answers"])]: value}
    await state.update_data(answers=answers)
    return ORDER[len(answers)] if len(answers) < len(ORDER) else None


@router.callback_query(StateFilter(Walk.question), F.data.startswith("1:toggle:"))
async def toggle(query: CallbackQuery, state: FSMContext) -> None:
    await state.update_data(draft=[query.data])
    await query.answer()
    await query.message.edit_text(asked(ORDER[-1]), reply_markup=keyboard(ORDER[-1]))


@router.callback_query(StateFilter(Walk.question))
async def answer(query: CallbackQuery, state: FSMContext) -> None:
    following = await keep(state, query.data or "")
    await query.answer()
    if following:
        await query.message.edit_text(asked(following), reply_markup=keyboard(following))
        return
    await state.set_state(Walk.roadmap)
    await query.message.edit_text(ROADMAP, reply_markup=keyboard(ORDER[0]))


@router.message(StateFilter(Walk.question), F.text.regexp(r"^\d+$"))
async def typed(message: Message, state: FSMContext) -> None:
    following = await keep(state, message.text or "")
    assert following
    await message.answer(asked(following), reply_markup=keyboard(following))


@router.callback_query(StateFilter(Walk.roadmap))
async def look(query: CallbackQuery, state: FSMContext) -> None:
    data = await state.get_data()
    await state.update_data(done=[*data.get("done", []), query.data])
    await query.answer()
    step = next(iter(WORDS.steps.values()))
    text = ROADMAP if query.data == "1:go:roadmap" else f"<b>{step.title}</b>\n\n{step.body}"
    await query.message.edit_text(text, reply_markup=keyboard(ORDER[0]))


def storage() -> BaseStorage:
    if "redis" not in sys.argv:
        return MemoryStorage()
    from aiogram.fsm.storage.redis import RedisStorage

    return RedisStorage.from_url(os.environ["BENCH_REDIS"])


async def main() -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BENCH_API"]))
    from aiogram.client.default import DefaultBotProperties

    bot = Bot("1000:bench", session, DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher(storage=storage())
    dispatcher.include_router(router)
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main())
