"""The commands. Each imports what it needs when it runs: ``dalil check`` starts at once."""

from bot.cli import office, operating, proving, reading, reports, serving
from bot.cli.root import dalil, main

__all__ = ["dalil", "main", "office", "operating", "proving", "reading", "reports", "serving"]
