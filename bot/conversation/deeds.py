"""What is done about a citizen's cases after a turn: their messages cross, their wishes come true."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.outcome import Outcome, Wish
from bot.conversation.view import View
from bot.referrals.case import relay
from bot.referrals.referrals import Referrals
from bot.store.store import Transaction


def cross(tx: Transaction, view: View, outcome: Outcome) -> Outcome:
    """Takes to the office what the citizen wrote to it, or changed of that."""
    for letter in outcome.letters:
        relay.from_citizen(tx, letter.lead.id, letter.message)
    if outcome.changed is None or not relay.edited_by_citizen(tx, outcome.changed):
        return outcome
    return replace(outcome, notes=(view.edition.voice.say("letters.edited"),))


def grant(
    tx: Transaction, referrals: Referrals, view: View, outcome: Outcome, wish: Wish
) -> Outcome:
    """Closes a case of the citizen, or opens it again, and says so above its screen."""
    if wish.kind == "withdraw":
        done = referrals.withdraw(tx, wish.lead)
    else:
        done = referrals.reopen(tx, wish.lead)
    said = f"cases.done.{wish.kind}" if done else "cases.not-done"
    return replace(outcome, notes=(view.edition.voice.say(said),))
