"""What citizens write to the office that has their case, without losing their place.

It goes there if a case is in focus, or if it answers what the office wrote. Anything else that
means nothing to the guide is kept while they say to which case it belongs: nothing goes unasked.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from bot.conversation.outcome import Letter, Outcome
from bot.conversation.project import MENU, Focus
from bot.conversation.screens.letters import open_cases
from bot.conversation.view import View
from bot.referrals.content import Content, Message
from bot.referrals.seen.copies import unfit
from bot.store.leads import OPEN, Lead

MOST_PARTS = 10
"""Messages that wait for the answer to "which case?": as many as an album has."""


def by_itself(view: View, sent: Message | None) -> Outcome | None:
    """A message that says to which case it belongs, whatever they look at: it answers one."""
    lead = view.find_answered(sent) if sent else None
    return None if lead is None or sent is None else sending(view, lead, sent)


def in_focus(view: View, sent: Message | None) -> Outcome | None:
    """A message while an open case is looked at, whose screen says where it goes."""
    focus = view.project.focus
    if focus.kind != "case" or sent is None:
        return None
    lead = next((each for each in open_cases(view) if each.reference == focus.name), None)
    return None if lead is None else sending(view, lead, sent)


def sending(view: View, lead: Lead, *sent: Message) -> Outcome:
    """They stay where they were; a closed case is shown, since it has to be opened again first."""
    voice = view.edition.voice
    if lead.state not in OPEN:
        at_case = Focus("case", lead.reference, {"back": where(view)})
        return Outcome(view.project.at(at_case), (voice.say("letters.closed"),))
    if reason := next(filter(None, map(unfit, sent)), None):
        return Outcome(view.project, (_unfit(view, reason),))
    letters = tuple(Letter(lead, each) for each in sent)
    said = "letters.sent" if lead.office else "letters.kept"
    office = view.edition.words.offices[lead.office] if lead.office else ""
    return Outcome(view.project, (voice.say(said, office=office),), letters=letters)


def ask(view: View, sent: Message | None, *notes: Markup) -> Outcome | None:
    """Asks to which case a message goes; ``None`` if they have none that is open."""
    if sent is None or not open_cases(view):
        return None
    if reason := unfit(sent):
        return None if sent.content is None else Outcome(view.project, (_unfit(view, reason),))
    draft = {"parts": [*waiting(view), _kept(sent)][-MOST_PARTS:], "back": where(view)}
    return Outcome(view.project.at(Focus("post", draft=draft)), notes)


def to(view: View, reference: str) -> Outcome | None:
    """They said which case: what waited goes there. ``None``: nothing waits, or for no such."""
    focus = view.project.focus
    lead = next((each for each in open_cases(view) if each.reference == reference), None)
    if focus.kind != "post" or lead is None:
        return None
    sent = [_message(part) for part in focus.draft["parts"]]
    return sending(view.showing(view.project.at(Focus(**focus.draft["back"]))), lead, *sent)


def edited(view: View, sent: Message) -> Outcome:
    """A message that was changed: the change crosses as the message did, or waits with it."""
    voice, focus = view.edition.voice, view.project.focus
    parts = waiting(view)
    if sent.content is not None and any(part["message"] == sent.message for part in parts):
        parts = [_kept(sent) if part["message"] == sent.message else part for part in parts]
        return Outcome(view.project.at(Focus("post", draft=focus.draft | {"parts": parts})))
    return Outcome(view.project, (voice.say("note.edited"),), changed=sent)


def where(view: View) -> dict[str, Any]:
    """Where they were before they turned to a case, to come back to."""
    focus = view.project.focus
    if focus.kind in ("case", "found", "post") and isinstance(focus.draft, dict):
        return dict(focus.draft["back"])
    return vars(MENU if focus.kind in ("welcome", "language") else focus)


def waiting(view: View) -> list[Any]:
    """The messages that wait for the answer to "which case?"."""
    focus = view.project.focus
    return list(focus.draft["parts"]) if focus.kind == "post" else []


def _kept(sent: Message) -> dict[str, Any]:
    content = sent.content.stored() if sent.content else {}
    return {"content": content, "chat": sent.chat, "message": sent.message, "album": sent.album}


def _message(part: dict[str, Any]) -> Message:
    content = Content.restored(part["content"])
    return Message(part["chat"], part["message"], content, album=part["album"])


def _unfit(view: View, reason: str) -> Markup:
    known = f"letters.unfit.{reason}"
    voice = view.edition.voice
    return voice.say(known if voice.knows(known) else "letters.unfit.other")
