"""Turns of the conversation, decided without side effects: an event on a view is an outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup

from bot.conversation import letters, reporting
from bot.conversation.answering import read
from bot.conversation.events import Command, Other, Shared
from bot.conversation.outcome import Outcome, Remark
from bot.conversation.project import MENU, Focus, Project
from bot.conversation.screens import position, settled
from bot.conversation.screens.pages import focus_of, target
from bot.conversation.view import View
from bot.engine.readers import Accepted, Unclear, read_phone
from bot.engine.values import Json
from bot.guide.links import opened
from bot.referrals.content import Message

LONGEST_TYPED = 1000
"""Characters of a typed text that are read at all: beyond them it answers nothing we ask."""
LONGEST_SHOWN = 100
"""Characters of what was looked for that are shown and kept."""
ASKED = ("question", "change", "reach", "tell", "report")
"""What is looked at while something is asked that a text answers."""
MOST_FOUND = 3
"""Places of the guide that a search offers."""


def command(view: View, event: Command) -> Outcome:
    """``/start``, ``/menu`` and the other commands; an unknown one is answered by the help."""
    project = view.project
    match event.name:
        case "start" if link := opened(view.edition.guide, event.argument):
            return Outcome(visit(view, *link))
        case "start" | "menu":
            return Outcome(project.at(MENU))
        case "roadmap":
            return _roadmap(view)
        case "cases":
            return Outcome(project.at(Focus("cases")))
        case "language" | "privacy" | "help":
            return Outcome(project.at(Focus(event.name)))
        case "delete":
            return Outcome(project.at(Focus("erase")))
    note = view.edition.voice.say("note.unknown-command")
    return Outcome(project.at(settled(view)), (note,))


def _roadmap(view: View) -> Outcome:
    if view.project.flow is None:
        return Outcome(view.project.at(MENU), (view.edition.voice.say("note.no-roadmap"),))
    focus = position(view)
    early = focus.kind == "question"
    notes = (view.edition.voice.say("note.roadmap-early"),) if early else ()
    return Outcome(view.project.at(focus), notes)


def enter(view: View, flow: str) -> Project:
    """The project in this flow, looking at its first open question.

    Answers given before count here too; the next screen says which were taken over.
    """
    walk = view.replayed(view.edition.guide.flows[flow])
    fresh = flow != view.project.flow
    known = tuple(name for name in walk.asked if name not in walk.open) if fresh else ()
    entered = replace(view.project, flow=flow, took_over=known)
    return entered.at(position(view.showing(entered)))


def visit(view: View, kind: str, name: str) -> Project:
    """The project looking at a place of the guide: a flow is entered, a page is shown."""
    if kind == "flow":
        return enter(view, name)
    if kind != "subject":
        return view.project.at(Focus(kind, name))
    subject = view.edition.guide.subjects[name]
    implied = replace(view.project, answers={**view.project.answers, **subject.answers})
    there = visit(view.showing(implied), *subject.place)
    return replace(there, took_over=tuple(dict.fromkeys((*there.took_over, *subject.answers))))


def typed(view: View, text: str, sent: Message | None = None) -> Outcome:
    """A text: the answer to the question in focus, a number to be reached at, a message to the
    office, or a search; of what is none of these, it is asked whether an office is to have it.

    ``sent``: the whole message, as it may cross.
    """
    looking, view = view, before_search(view)
    focus = view.project.focus
    if letter := letters.in_focus(view, sent):
        return letter
    if len(text) > LONGEST_TYPED:
        long = view.edition.voice.say("refused.too-long", max=LONGEST_TYPED)
        asking = None if focus.kind in ASKED else letters.ask(looking, sent)
        return asking or _again(view, long)
    if focus.kind in ("question", "change"):
        return _answer(view, text, looking, sent)
    if focus.kind == "report":
        return reporting.typed(view, text)
    if focus.kind == "reach":
        number = read_phone(text)
        if isinstance(number, Accepted):
            return Outcome(view.project, contact={"phone": number.value})
        return _again(view, view.edition.voice.say("refused.not-a-phone"))
    if focus.kind == "tell":
        told = Remark("told", text, focus.name)
        back = focus_of(*(target(focus.name) or ("steps", "")))
        return Outcome(view.project.at(back), (view.edition.voice.say("tell.thanks"),), remark=told)
    not_found = _again(view, view.edition.voice.say("note.not-found"))
    outcome = _search(view, text, lambda: letters.ask(looking, sent) or not_found)
    if outcome.project.focus.kind in ("found", "post"):
        return outcome
    return replace(outcome, remark=Remark("missed", text[:LONGEST_SHOWN]))


def before_search(view: View) -> View:
    """What the citizen looked at before a search, or before they were asked to which case a message
    goes: its question can be answered all the same."""
    focus = view.project.focus
    if focus.kind not in ("found", "post"):
        return view
    return view.showing(view.project.at(Focus(**focus.draft["back"])))


def _search(view: View, text: str, otherwise: Callable[[], Outcome], *above: Markup) -> Outcome:
    """Places of the guide for the text, above what was looked at; ``otherwise`` if there are none.

    ``above``: what is said in any case, such as why the text is no answer.
    """
    finding = view.find(text)
    if finding.uncovered:
        title = view.edition.words.uncovered[finding.uncovered].title
        return _again(view, view.edition.voice.say("note.uncovered", title=title))
    if not finding.hits:
        return otherwise()
    hits = [hit.id for hit in finding.hits[:MOST_FOUND]]
    draft = {"text": text[:LONGEST_SHOWN], "hits": hits, "back": vars(view.project.focus)}
    return Outcome(view.project.at(Focus("found", draft=draft)), above)


def _again(view: View, *notes: Markup) -> Outcome:
    """The same screen once more, with the reason above it."""
    return Outcome(view.project, notes)


def _answer(view: View, text: str, looking: View, sent: Message | None) -> Outcome:
    name = view.project.focus.name
    found = read(view, name, text)
    if isinstance(found, Accepted):
        return answered(view, name, found.value)
    if isinstance(found, Unclear):
        return Outcome(view.project.at(replace(view.project.focus, draft=found.amount)))
    reason = view.edition.voice.say(f"refused.{found.reason}", **found.values)

    def otherwise() -> Outcome:
        return letters.ask(looking, sent, reason) or _again(view, reason)

    return _search(view, text, otherwise, reason)


def answered(view: View, name: str, value: Json) -> Outcome:
    """One more answer, and on: to the next open question, or back to where a change began."""
    project = view.project.answered(name, value)
    focus = position(view.showing(project))
    if focus.kind != "question" and view.project.focus.kind == "change":
        focus = Focus("summary")
    return Outcome(project.at(focus))


def shared(view: View, event: Shared) -> Outcome:
    """A shared contact counts where we asked for it, and only if it is the sender's own."""
    voice = view.edition.voice
    if view.project.focus.kind == "case":
        return _again(view, voice.say("letters.unfit.contact"))
    if view.project.focus.kind != "reach":
        return _again(view, voice.say("note.contact-unasked"))
    if not event.own:
        return _again(view, voice.say("note.contact-foreign"))
    number = read_phone(event.phone if event.phone.startswith("+") else f"+{event.phone}")
    if isinstance(number, Accepted):
        return Outcome(view.project, contact={"phone": number.value})
    return _again(view, voice.say("refused.not-a-phone"))


def other(view: View, event: Other) -> Outcome:
    """A voice message, a photo, a place …: to the office, if one has a case of theirs; of a
    sticker and the like, and without a case, a kind word and the same screen."""
    if view.project.focus.kind == "report":
        return reporting.sent(view, event.sent)
    letter = letters.in_focus(view, event.sent)
    if letter is None and event.sent is not None and event.sent.content is not None:
        letter = letters.ask(view, event.sent)
    if letter is not None:
        return letter
    voice = view.edition.voice
    known = f"note.{event.kind}"
    return _again(view, voice.say(known if voice.knows(known) else "note.other"))
