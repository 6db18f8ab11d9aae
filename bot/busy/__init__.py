"""``dalil demo --busy``: offices in the midst of their work. All people and cases are invented."""

from bot.busy.play import Busy

__all__ = ["Busy"]
