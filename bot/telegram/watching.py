"""Groups that everybody can read: no office works in one, however it came to be so.

A private group becomes public without Telegram telling its bots. It shows when the group
says or presses something next; a quiet group is looked at once a day.
"""

from __future__ import annotations

import structlog

from bot.guide.screen import Screen
from bot.referrals.referrals import Exposed, Referrals
from bot.store import offices
from bot.store.store import Store
from bot.telegram.errands import Errands
from bot.telegram.lookup import Lookup
from bot.telegram.pace import Pace
from bot.telegram.writing import NotWritten, Writer

log = structlog.get_logger()


class Watch:
    """Finds groups of offices that became public."""

    def __init__(
        self,
        store: Store,
        referrals: Referrals,
        lookup: Lookup,
        writer: Writer,
        pace: Pace,
        errands: Errands,
    ) -> None:
        self._store = store
        self._referrals = referrals
        self._lookup = lookup
        self._writer = writer
        self._pace = pace
        self._errands = errands

    async def look(self) -> None:
        """Asks Telegram about the group of every office."""
        for desk in await self._store.run(offices.desks):
            try:
                public = await self._lookup.is_public(desk.chat)
            except NotWritten as error:
                # Whether the group is lost is found out by what is next sent there.
                log.warning("watch.not-looked-up", office=desk.office, error=type(error).__name__)
                continue
            if public:
                await self.is_public(desk.chat)

    async def is_public(self, chat: int) -> None:
        """The group can be read by everybody. If it was an office's, it is told why no longer, and
        its cards are emptied."""
        found = await self._store.run(lambda tx: self._referrals.made_public(tx, chat))
        if found is not None:
            log.warning("watch.made-public", cards=len(found.cards))
            self._errands.start(self._clear(chat, found))

    async def _clear(self, chat: int, found: Exposed) -> None:
        await self._say(chat, found.said)
        for card in found.cards:
            await self._say(chat, found.instead, edit=card)

    async def _say(self, chat: int, screen: Screen, edit: int | None = None) -> None:
        await self._pace.turn(chat)
        try:
            await self._writer.show(chat, screen, edit=edit)
        except NotWritten as error:
            log.warning("watch.not-told", error=type(error).__name__)
