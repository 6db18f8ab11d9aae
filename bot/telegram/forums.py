"""Groups that become forums, or are none any more. Telegram tells its bots of neither: it shows when
a group moves, when the bot's rights change, and in messages that stand in a thread."""

from __future__ import annotations

import structlog

from bot.errors import StoreUnavailable
from bot.referrals.referrals import Referrals
from bot.store import offices
from bot.store.store import Store
from bot.telegram.errands import Errands
from bot.telegram.inbound import BotMembership, FromGroup, Migration, StaffMessage, StaffPress
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
        """Groups that were looked at because of a thread."""
        self._due: set[int] = set()
        """Groups to look at: what showed it does not come again when a look has failed."""

    def notice(self, inbound: FromGroup) -> None:
        """Looks at the group beside everything else, if this may have changed something."""
        match inbound:
            case Migration(new=chat) | BotMembership(chat=chat, administrator=True):
                self._due.add(chat)
            case StaffMessage(chat=chat) if inbound.message.thread is not None:
                if chat not in self._looked:
                    self._looked.add(chat)
                    self._due.add(chat)
            case StaffMessage(chat=chat) | StaffPress(chat=chat):
                pass
            case _:
                return
        if chat in self._due:
            self._due.remove(chat)
            self._errands.start(self._look(chat))

    async def _look(self, chat: int) -> None:
        """Asks Telegram about a group, if it is an office's; what fails waits for its next word."""
        try:
            if await self._store.run(lambda tx: offices.desk_of_chat(tx, chat)) is None:
                return
            forum = await self._lookup.makes_threads(chat)
            await self._store.run(lambda tx: self._referrals.threads_changed(tx, chat, forum))
        except (NotWritten, StoreUnavailable) as error:
            log.warning("forums.not-looked-up", error=type(error).__name__)
            self._due.add(chat)
