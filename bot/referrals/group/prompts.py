"""Questions of the bot in a group, each answered by replying to it.

A row ``prompt:<kind>:<value>`` posts one; ``KINDS`` in ``prompted`` says how each kind is asked and
what a reply to it does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.guide.screen import Screen
from bot.guide.shelf import Shelf
from bot.referrals import posting
from bot.referrals.content import Message
from bot.referrals.ground import Ground
from bot.store import outbox
from bot.store.offices import Desk, Officer
from bot.store.prompts import Prompt
from bot.store.store import Transaction

PROMPT = "prompt"

Ask = Callable[[Ground, str], Screen | None]
"""The question, for what stands behind the kind's colon; ``None``: it need not be asked now."""
Reply = Callable[[Transaction, Shelf, Desk, Officer, Prompt, Message], Screen | None]
"""What a confirmed officer's reply does; what is said to it (``None``: nothing more).

Whether this officer may, the handler asks. The question stands until the handler drops it
(``store.prompts.drop``): a reply that cannot be used may be followed by another."""


@dataclass(frozen=True, slots=True)
class PromptKind:
    """How one kind of question is asked, and what a reply to it does."""

    ask: Ask
    reply: Reply


def asks(tx: Transaction, office: str, what: str, lead: int | None = None) -> None:
    """The office's group is to be asked. ``what``: ``<kind>`` or ``<kind>:<value>``, of which
    ``KINDS`` must know the kind; 55 characters at most.

    A question of a case must not name its whole reference: a reply to it, should the question be
    forgotten by then, would pass for a reply to the case's card.
    """
    outbox.put(tx, posting.to_office(office), f"{PROMPT}:{what}", lead, outbox.CONVERSATION)
