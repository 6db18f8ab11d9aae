"""An update and an error as they may be shown: their shape, without what tells of a person."""

from __future__ import annotations

import re

from bot.engine.values import Json

MASK = "…"
# Values that name nobody. Whatever else an update holds is masked.
SAFE = frozenset({
    "data", "date", "edit_date", "language_code", "length", "message_id", "message_thread_id",
    "offset", "status", "type", "update_id",
})  # fmt: skip
COMMAND = re.compile(r"(/[A-Za-z0-9_]{1,32})(@[A-Za-z0-9_]+)?(\s.*)?", re.DOTALL)
FRAME = re.compile(r"\s*File \".*\", line \d+, in \S+")
ERROR = re.compile(r"([A-Za-z_][\w.]*)(:.*)?")


def masked(value: Json, key: str = "") -> Json:
    """The same structure: names, texts, numbers of people and chats replaced."""
    if isinstance(value, dict):
        return {name: masked(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [masked(each, key) for each in value]
    if value is None or isinstance(value, bool) or key in SAFE:
        return value
    if not isinstance(value, str):
        return MASK
    command = COMMAND.fullmatch(value)
    return f"{command[1]} {MASK}" if command else f"{MASK} ({len(value)} characters)"


def masked_error(report: str) -> str:
    """Of a traceback: the places, and which kind of error it was; its words may quote a person."""
    lines = report.splitlines()
    frames = [line for line in lines if FRAME.fullmatch(line)]
    return "\n".join([*frames, kind_of_error(report)])


def kind_of_error(report: str) -> str:
    """The kind of error that a traceback ends with: the name on the line after its last place."""
    lines = report.splitlines()
    places = [number for number, line in enumerate(lines) if FRAME.fullmatch(line)]
    after = lines[places[-1] + 1 :] if places else lines
    named = next((line for line in after if line and not line[0].isspace()), "")
    found = ERROR.fullmatch(named)
    return found[1].rpartition(".")[2] if found else "unknown"
