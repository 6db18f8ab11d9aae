"""Who the bot is, asked once at the start: so a wrong token is found out before anything runs."""

from __future__ import annotations

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import User

from bot.errors import DalilError


class NotIdentified(DalilError):
    """Telegram does not say who the bot is: it does not know it, or cannot be reached."""


async def identify(bot: Bot) -> User:
    """The bot's own account. Raises ``NotIdentified``."""
    try:
        return await bot.get_me()
    except (TelegramUnauthorizedError, TelegramNotFound) as error:
        raise NotIdentified(
            "Telegram does not know this bot: is DALIL_TELEGRAM_TOKEN right?"
        ) from error
    except AiogramError as error:
        raise NotIdentified(
            f"Telegram could not be reached at {bot.session.api.base.partition('/bot{')[0]} "
            f"({type(error).__name__}). Is DALIL_TELEGRAM_API right, and this machine online?"
        ) from error
