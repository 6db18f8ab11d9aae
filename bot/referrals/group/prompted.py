"""The questions that officers answer by a reply: posting one, and what the reply does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.guide.screen import Screen
from bot.guide.shelf import Shelf
from bot.referrals.calls import Call, Show
from bot.referrals.content import Message
from bot.referrals.ground import Ground
from bot.referrals.group import pass_verbs
from bot.referrals.group.prompts import PROMPT, PromptKind
from bot.referrals.menu import office_card
from bot.referrals.rows import desk_rows
from bot.store import prompts
from bot.store.offices import Desk, Officer
from bot.store.prompts import Prompt
from bot.store.store import Transaction

KINDS: Mapping[str, PromptKind] = {**pass_verbs.PROMPTS, **office_card.PROMPTS}
"""Every kind of question, by what stands before the colon in ``Prompt.what``."""


def answered_by(tx: Transaction, message: Message) -> Prompt | None:
    """The question that a message in a group replies to."""
    return None if message.reply_to is None else prompts.get(tx, message.chat, message.reply_to)


def reply(
    tx: Transaction, shelf: Shelf, desk: Desk, officer: Officer, prompt: Prompt, message: Message
) -> Screen | None:
    """Does what a confirmed officer's reply to a question does; gives what is said to it."""
    kind = KINDS.get(prompt.what.partition(":")[0])
    return kind.reply(tx, shelf, desk, officer, prompt, message) if kind else None


def _prompt(ground: Ground, what: str) -> Iterator[Call]:
    """The question, beside the case that it is about."""
    kind, _, value = what.partition(":")
    if ground.desk is None or kind not in KINDS:
        return
    screen = KINDS[kind].ask(ground, value)
    if screen is None:
        return
    place = desk_rows.beside(ground.tx, ground.lead, ground.desk)
    thread, reply_to = place.thread, place.message
    yield Show(PROMPT, ground.desk.chat, screen, thread=thread, reply_to=reply_to)


def _noted(ground: Ground, what: str, call: Call, number: int) -> None:
    lead = None if ground.lead is None else ground.lead.id
    prompts.put(ground.tx, Prompt(call.chat, number, what, lead))


PLANS = {PROMPT: _prompt}
NOTED = {PROMPT: _noted}
