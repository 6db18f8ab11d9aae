"""What the database tells of work that waits for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.operations.findings import Finding, fine, notice, serious
from bot.store import leads, offices, outbox, retries, rotation
from bot.store.store import Transaction


def waiting(tx: Transaction, known: Sequence[str]) -> list[Finding]:
    """``known``: the offices of the guide."""
    return [*_offices(tx, known), *_leads(tx), *_outbox(tx), *_set_aside(tx), *_keys(tx)]


def _offices(tx: Transaction, known: Sequence[str]) -> Iterator[Finding]:
    bound = {desk.office for desk in offices.desks(tx)}
    without = [office for office in known if office not in bound]
    mend = "Print a code with `dalil offices invite OFFICE` and let its group type /bind CODE."
    if not without:
        yield fine("offices", f"All {len(known)} offices have a group.")
    elif len(without) == len(known):
        yield serious("offices", "No office has a group: nobody receives a lead.", mend)
    else:
        names = ", ".join(without)
        yield notice("offices", f"{len(without)} of {len(known)} have no group: {names}.", mend)


def _leads(tx: Transaction) -> Iterator[Finding]:
    if count := len(leads.open_of_office(tx, None)):
        yield serious(
            "leads",
            f"{count} leads wait: no office can receive them.",
            "Bind the head office, which takes what no other can: `dalil offices invite`.",
        )
    else:
        yield fine("leads", "Every open lead is with an office.")


def _outbox(tx: Transaction) -> Iterator[Finding]:
    counts = outbox.counts(tx)
    if dead := counts[outbox.DEAD]:
        mend = "Read why with `dalil outbox dead`, mend that, then `dalil outbox resend`."
        yield serious("outbox", f"{dead} messages could not be sent.", mend)
    else:
        yield fine("outbox", f"Nothing was given up; {counts[outbox.WAITING]} wait to be sent.")


def _set_aside(tx: Transaction) -> Iterator[Finding]:
    if count := sum(each.state != "settled" for each in retries.incidents(tx)):
        mend = "Look with `dalil set-aside list`; once mended, `dalil set-aside retry all`."
        yield notice("set-aside", f"{count} updates were set aside and are not settled.", mend)
    else:
        yield fine("set-aside", "No update waits for a person.")


def _keys(tx: Transaction) -> Iterator[Finding]:
    if count := sum(rotation.remaining(tx).values()):
        mend = "Run `dalil keys rotate`."
        yield notice("key", f"{count} values are sealed with an older key.", mend)
