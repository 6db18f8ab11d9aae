"""A process that has imported the bot and forks one for each line of settings that it reads.

``python -m tests.standby.nursery LOG``. It says ``ready``, then ``born`` with each new process,
and each of these says ``serving`` when it is the one that serves.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import json
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any

from bot import logs
from bot.app import running
from bot.settings import Settings
from tests.town import unhurried

DIE_WITH_PARENT = 1
"""Linux's PR_SET_PDEATHSIG."""


def main(log: Path) -> None:
    """Serves until standard input ends."""
    _end_with_parent()
    # Nobody asks how they ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(log, json.loads(line))
        print(f"born {child}", flush=True)


def _live(log: Path, settings: dict[str, Any]) -> None:
    """One life of the bot; never returns."""
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    try:
        _end_with_parent()
        logs.configure(for_people=False)
        asyncio.run(_serve(Settings(_env_file=None, **settings)))
    except BaseException:
        traceback.print_exc()
    os._exit(1)


async def _serve(settings: Settings) -> None:
    async with running(settings, pace=unhurried()):
        print(f"serving {os.getpid()}", flush=True)
        await asyncio.Event().wait()


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
