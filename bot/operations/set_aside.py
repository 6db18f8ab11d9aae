"""Updates that were set aside: what they are, why, and another try."""

from __future__ import annotations

import json

from bot.errors import DalilError
from bot.operations.masking import kind_of_error, masked, masked_error
from bot.printing import columns, moment
from bot.store import retries, updates
from bot.store.retries import Incident
from bot.store.store import Transaction

WHEN = "The running bot does it within half a minute; one that is down, when it starts."


class NoSuchIncident(DalilError):
    """There is no incident of that name."""


def listing(tx: Transaction) -> str:
    """Every incident, the oldest first."""
    errors = {each.incident: kind_of_error(each.error) for each in updates.list_set_aside(tx)}
    rows = [
        (each.incident, moment(each.at), each.state, errors[each.incident])
        for each in retries.incidents(tx)
    ]
    return columns(("incident", "when", "state", "error"), rows)


def shown(tx: Transaction, incident: str, *, personal: bool) -> str:
    """One incident: its history, the error and the update; with personal data only if asked."""
    found = _found(tx, incident)
    errors = {each.incident: each.error for each in updates.list_set_aside(tx)}
    raw, error = updates.read_set_aside(tx, found.incident), errors[found.incident]
    told = [f"{found.incident}  {moment(found.at)}  {found.state}"]
    for event in retries.history(tx, found.incident):
        told.append(f"{moment(event.at)}  {event.kind}")
        error = event.error or error
    if not personal:
        raw, error = masked(raw), masked_error(error)
    return "\n".join([*told, "", error.rstrip(), "", json.dumps(raw, ensure_ascii=False, indent=2)])


def ask(tx: Transaction, incident: str) -> str:
    """Asks the bot to handle an incident once more, or (``all``) each that is not settled."""
    if incident == "all":
        count = sum(retries.ask(tx, each.incident) for each in retries.incidents(tx))
        return f"{count} to be tried again. {WHEN}" if count else "Nothing is to be tried again."
    found = _found(tx, incident)
    if not retries.ask(tx, found.incident):
        return f"{found.incident} is {found.state}: nothing is to be done."
    return f"{found.incident} is to be tried again. {WHEN}"


def _found(tx: Transaction, incident: str) -> Incident:
    found = retries.known(tx, incident)
    if found is None:
        raise NoSuchIncident(f"There is no incident {incident!r}. See `dalil set-aside list`.")
    return found
