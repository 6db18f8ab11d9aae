"""Updates that were set aside are handled once more, when a person asks for it."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.errors import StoreUnavailable, named
from bot.store import retries, updates
from bot.store.store import Store, Transaction
from bot.telegram.parsing import update_id
from bot.telegram.receiving import Failed, NotSettled, Outcome

log = structlog.get_logger()


class Retrying:
    """Works off what was asked for, each update exactly once, whatever dies in between."""

    def __init__(
        self, store: Store, settle: Callable[[object, Failed], Awaitable[Outcome]], *, bot: int
    ) -> None:
        """``settle``: the receiver's; ``bot``: its id."""
        self._store = store
        self._settle = settle
        self._bot = bot

    async def work_off(self) -> int:
        """Tries everything that was asked for and returns how many now are settled.

        Raises ``StoreUnavailable``; what was not tried then waits for the next call.
        """
        waiting = await self._store.run(lambda tx: retries.asked(tx, self._bot))
        return sum([await self._again(incident) for incident in waiting])

    async def _again(self, incident: str) -> bool:
        raw = await self._store.run(lambda tx: retries.begin(tx, incident))
        if raw is None:
            return False
        try:
            await self._settle(raw, partial(self._failed, incident))
        except NotSettled as error:
            raise StoreUnavailable(str(error)) from error
        settled = await self._store.run(lambda tx: retries.settle(tx, incident))
        log.info("retry.ended", incident=incident, settled=settled)
        return settled

    async def _failed(self, incident: str, raw: object, error: Exception, _: str) -> None:
        """Notes why, unless the update is committed and only what came after it failed."""
        report = "".join(traceback.format_exception(error))
        number = update_id(raw)

        def work(tx: Transaction) -> None:
            if number is None or not updates.seen(tx, self._bot, number):
                retries.fail(tx, incident, report)

        await self._store.run(work)
        log.error("retry.failed", incident=incident, error=named(error))
