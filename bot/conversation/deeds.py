"""What is done after a turn: messages cross, wishes come true, what stopped somebody is counted."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.outcome import Hindrance, Outcome, Wish
from bot.conversation.project import Focus
from bot.conversation.screens.roads import body_of
from bot.conversation.view import View
from bot.referrals.case import relay
from bot.referrals.referrals import Referrals
from bot.store import obstacles
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


def hinder(
    tx: Transaction, referrals: Referrals, view: View, outcome: Outcome, told: Hindrance
) -> Outcome:
    """Counts what stopped the citizen, once a day of its kind, or tells an office of it."""
    voice, project = view.edition.voice, outcome.project
    if told.code:
        case = next((lead for lead in view.leads if lead.reference == told.case), None)
        heard = referrals.hindered(tx, told.code, case)
        note = voice.say("obstacle.sent" if heard else "obstacle.nobody-there")
        return replace(outcome, notes=(*outcome.notes, note))
    today = view.today.isoformat()
    known = tuple(each for each in project.stopped if each.startswith(today))
    mark = f"{today} {told.step} {told.kind}"
    if mark in known:
        note = voice.say("obstacle.counted-today")
        return Outcome(project.at(Focus("step", told.step)), (note,))
    governorate = project.answers.get("governorate")
    code = obstacles.add(
        tx,
        kind=told.kind,
        step=told.step,
        body=body_of(view, told.step),
        governorate=governorate if isinstance(governorate, str) else "",
    )
    focus = Focus("hindered", told.step, draft=code)
    return Outcome(replace(project, stopped=(*known, mark)).at(focus))
