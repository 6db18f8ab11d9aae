"""A local Telegram: the Bot API for one bot, and a chat page for everybody else.

It imports nothing else of the project: to the bot it is an outsider, like Telegram.
"""

from bot.localtelegram.server import LocalTelegram, serve

__all__ = ["LocalTelegram", "serve"]
