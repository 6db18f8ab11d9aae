"""``python -m bot``: the same as ``dalil``."""

from bot.cli import main

main()
