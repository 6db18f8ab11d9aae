"""Telegram: receiving, the offices' groups, sending with its limits. Only here is aiogram known."""
