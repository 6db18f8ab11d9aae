"""From a row of the outbox to calls to Telegram, rendered and addressed when they are made.

Each kind of row has a plan in ``PLANS``: what is to be done for it as things stand now, in order,
and in ``NOTED`` what is written down when a call of it succeeded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from bot.guide.shelf import Shelf
from bot.referrals import own_cases
from bot.referrals.calls import Call
from bot.referrals.case import clock, handing
from bot.referrals.ground import Ground
from bot.referrals.group import as_seen, confirming, prompted, replies
from bot.referrals.rows import (
    absence,
    desk_rows,
    obstacle_rows,
    pass_rows,
    relay_rows,
    report_rows,
    undelivered_rows,
)
from bot.referrals.seen import digest, notices
from bot.store import cards, citizens, leads, offices
from bot.store.outbox import Row
from bot.store.store import Transaction

Plan = Callable[[Ground, str], Iterator[Call]]
"""What is to be done for a row; the text is what stands behind the colon in ``what``."""
Note = Callable[[Ground, str, Call, int], None]
"""What is written down after a call, which gave a message's or a thread's number."""

PLANS: Mapping[str, Plan] = {
    **relay_rows.PLANS,
    **replies.PLANS,
    **absence.PLANS,
    **desk_rows.PLANS,
    **pass_rows.PLANS,
    **undelivered_rows.PLANS,
    **prompted.PLANS,
    **notices.PLANS,
    **clock.PLANS,
    **confirming.PLANS,
    **handing.PLANS,
    **digest.PLANS,
    **obstacle_rows.PLANS,
    **report_rows.PLANS,
    **own_cases.PLANS,
    **as_seen.PLANS,
}
NOTED: Mapping[str, Note] = {
    **desk_rows.NOTED,
    **pass_rows.NOTED,
    **prompted.NOTED,
    **relay_rows.NOTED,
    **replies.NOTED,
    **as_seen.NOTED,
}


class Dispatch:
    """The post's door to the referrals. Every method belongs inside ``store.run``."""

    def __init__(self, shelf_of: Callable[[], Shelf]) -> None:
        """``shelf_of`` is asked at each call: another revision may be served by then."""
        self._shelf_of = shelf_of

    def next_call(self, tx: Transaction, row: Row, done: Collection[str] = ()) -> Call | None:
        """What is to be done next for a row, of which these parts are done; ``None``: no more."""
        ground = self._ground(tx, row)
        kind, _, name = row.what.partition(":")
        if ground is None or kind not in PLANS:
            return None
        return next((call for call in PLANS[kind](ground, name) if call.part not in done), None)

    def succeeded(self, tx: Transaction, row: Row, call: Call, number: int) -> None:
        """Telegram took a call and gave this number, of a message or a thread (0: of nothing)."""
        ground = self._ground(tx, row)
        kind, _, name = row.what.partition(":")
        if ground is not None and kind in NOTED:
            NOTED[kind](ground, name, call, number)

    def given_up(self, tx: Transaction, row: Row) -> None:
        """Telegram has refused a row for the last time: who waits for it may have to know."""
        undelivered_rows.given_up(tx, row)

    def thread_gone(self, tx: Transaction, chat: int, thread: int) -> None:
        """A thread has vanished: it is made anew by whatever next belongs there."""
        if desk := offices.desk_of_chat(tx, chat):
            cards.drop_thread(tx, desk.office, thread)

    def _ground(self, tx: Transaction, row: Row) -> Ground | None:
        """What the row is about; ``None`` when its addressee is not there any more."""
        kind, _, name = row.to.partition(":")
        shelf = self._shelf_of()
        lead = None if row.lead is None else leads.get(tx, row.lead)
        if kind == "citizen":
            citizen = citizens.get(tx, int(name))
            if citizen is None or citizen.blocked:
                return None
            return Ground(tx, shelf, lead, citizen=citizen)
        desk = offices.desk(tx, name)
        return None if desk is None else Ground(tx, shelf, lead, desk=desk)
