"""Amending the guide: what an office reported and an editor accepted goes into its files."""

from bot.guide.amend.amending import amend
from bot.guide.amend.amendment import Amendment, Unamendable
from bot.guide.amend.told import parse_fee, parse_time

__all__ = ["Amendment", "Unamendable", "amend", "parse_fee", "parse_time"]
