"""Telegram: receiving, the offices' groups, sending with its limits. Only here is aiogram known."""

from bot.telegram import lazily as lazily
