"""From the operating system to the disk: what SQLite has committed survives a power cut, too."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path

from bot.errors import StoreUnavailable


class Disk:
    """Has a write-ahead log written through, for many commits at once.

    A commit with ``synchronous = NORMAL`` outlives the process but not a power cut. Waiting for the
    disk at each would cost more than the update does, so only an acknowledgement waits for it.
    """

    def __init__(self, log: Path) -> None:
        """``log``: the file that SQLite writes to first; it may not be there yet."""
        self._log = log
        self._commits = 0
        self._through = 0
        """How many of the commits have reached the disk."""
        self._writing = asyncio.Lock()

    def committed(self) -> None:
        """Something was committed."""
        self._commits += 1

    async def reached(self) -> None:
        """Returns when everything committed before this call is on the disk.

        Raises StoreUnavailable when the disk refuses.
        """
        wanted = self._commits
        async with self._writing:
            if self._through < wanted:
                # Who is about to commit is served by the same writing.
                await asyncio.sleep(0)
                under_way = self._commits
                await asyncio.to_thread(self._write_through)
                self._through = under_way

    def _write_through(self) -> None:
        try:
            # Without the file there is nothing in it that the database does not have.
            with suppress(FileNotFoundError):
                log = os.open(self._log, os.O_RDONLY)
                try:
                    os.fsync(log)
                finally:
                    os.close(log)
        except OSError as error:
            raise StoreUnavailable(
                f"The disk does not take what was stored: {error.strerror}."
            ) from error
