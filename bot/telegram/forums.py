"""Groups that become forums, or are none any more. Telegram tells its bots of neither: it shows when
a group moves, when the bot's rights change, and in messages that stand in a thread."""

from __future__ import annotations

import structlog

from bot.referrals.referrals import Referrals
from bot.store import offices
from bot.store.store import Store
from bot.telegram.errands import Errands
from bot.telegram.inbound import BotMembership, FromGroup, Migration, StaffMessage
from bot.telegram.lookup import Lookup
from bot.telegram.writing import NotWritten

log = structlog.get_logger()


class Forums:
    """Keeps what we know of threads true."""

    def __init__(
        self, store: Store, referrals: Referrals, lookup: Lookup, errands: Errands
    ) -> None:
        self._store = store
        self._referrals = referrals
        self._lookup = lookup
        self._errands = errands
        self._looked: set[int] = set()

    def notice(self, inbound: FromGroup) -> None:
        """Looks at the group beside everything else, if this may have changed something."""
        match inbound:
            case Migration(new=chat) | BotMembership(chat=chat, administrator=True):
                self._errands.start(self.look(chat))
            case StaffMessage(chat=chat) if inbound.message.thread is not None:
                if chat not in self._looked:
                    self._looked.add(chat)
                    self._errands.start(self.look(chat))
            case _:
                return

    async def look(self, chat: int) -> None:
        """Asks Telegram about a group, if it is an office's."""
        if await self._store.run(lambda tx: offices.desk_of_chat(tx, chat)) is None:
            return
        try:
            forum = await self._lookup.makes_threads(chat)
        except NotWritten as error:
            # If it has no threads any more, making the next one finds out.
            log.warning("forums.not-looked-up", error=type(error).__name__)
            return
        await self._store.run(lambda tx: self._referrals.threads_changed(tx, chat, forum))
