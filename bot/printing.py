"""What commands print: columns, and moments as people in Syria read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.engine.working_time import DAMASCUS


def columns(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table without lines; the cells are plain text."""
    table = Table(*heads, box=None)
    for row in rows:
        table.add_row(*map(Text, row))
    text = StringIO()
    Console(file=text, width=140).print(table)
    return text.getvalue().rstrip()


def moment(at: datetime) -> str:
    """Day and time in Damascus: 2026-11-22 12:05."""
    return f"{at.astimezone(DAMASCUS):%Y-%m-%d %H:%M}"
