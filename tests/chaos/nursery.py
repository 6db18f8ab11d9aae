"""A process that has imported the bot and forks one for each life: a kill costs milliseconds.

``python -m tests.chaos.nursery DIRECTORY``: for each line on standard input one life, with the
settings in ``DIRECTORY/settings.json``. It says ``ready`` first; a life says ``born`` with its process, the points that it
passes, and ``died`` with its signal and its exit code.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import pytest

from bot import logs
from bot.app import running
from bot.settings import Settings
from bot.telegram.pace import Pace, Time
from bot.telegram.session import connect
from tests.chaos.points import Points, watch
from tests.once import make_once
from tests.town import know_the_guide

TOKEN = "1:any"
DIE_WITH_PARENT = 1
"""Linux's PR_SET_PDEATHSIG."""


def main(directory: Path) -> None:
    """Serves until standard input ends."""
    _end_with_parent()
    settings = json.loads((directory / "settings.json").read_text())
    _read_once(Path(settings["guide_dir"]))
    gc.freeze()
    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(directory, settings)
        print(f"born {child}", flush=True)
        status = os.waitpid(child, 0)[1]
        code = os.waitstatus_to_exitcode(status)
        print(f"died {code}", flush=True)


def _read_once(guide: Path) -> None:
    """Reads what every life would read anew and finds the same: guide, catalogs, certificates."""
    make_once(pytest.MonkeyPatch())
    know_the_guide(guide)
    connect(TOKEN)


def _live(directory: Path, settings: dict[str, Any]) -> None:
    """One life of the bot; never returns."""
    log = os.open(directory / "bot.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 2)
    try:
        _end_with_parent()
        logs.configure(for_people=False)
        watch(Points(directory / "points"))
        asyncio.run(_serve(Settings(_env_file=None, **settings)))
    except BaseException:
        traceback.print_exc()
    os._exit(1)


async def _serve(settings: Settings) -> None:
    async with running(settings, pace=Pace(Time(_hurried, _at_once))):
        await asyncio.Event().wait()


def _hurried() -> float:
    """A clock by which Telegram's minutes pass in no time: it does not mind here."""
    return time.monotonic() * 10_000


async def _at_once(_: float) -> None:
    """By that clock, waiting is over."""


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
