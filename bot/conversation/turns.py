"""Turns of the conversation, decided without side effects: an event on a view is an outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup

from bot.conversation.answering import read
from bot.conversation.buttons import Press
from bot.conversation.events import Command, Other, Shared
from bot.conversation.outcome import Outcome
from bot.conversation.project import MENU, Focus, Project
from bot.conversation.screens import position, settled
from bot.conversation.screens.questions import chosen
from bot.conversation.view import View
from bot.engine.readers import Accepted, Unclear, read_phone
from bot.engine.replay import accepts, replay
from bot.engine.values import Json

LONGEST_TYPED = 1000
"""Characters of a typed text that are read at all: beyond them it answers nothing we ask."""


def command(view: View, event: Command) -> Outcome:
    """``/start``, ``/menu`` and the other commands; an unknown one is answered by the help."""
    project = view.project
    match event.name:
        case "start" if event.argument in view.edition.guide.flows:
            return Outcome(enter(view, event.argument))
        case "start" | "menu":
            return Outcome(project.at(MENU))
        case "roadmap":
            return _roadmap(view)
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
    walk = replay(view.edition.guide, view.edition.guide.flows[flow], view.project.answers)
    fresh = flow != view.project.flow
    known = tuple(name for name in walk.asked if name not in walk.open) if fresh else ()
    entered = replace(view.project, flow=flow, took_over=known)
    return entered.at(Focus("question", walk.position) if walk.position else Focus("roadmap"))


def typed(view: View, text: str) -> Outcome:
    """A text: the answer to the question in focus, or a number to be reached at."""
    focus = view.project.focus
    if len(text) > LONGEST_TYPED:
        return _again(view, view.edition.voice.say("refused.too-long", max=LONGEST_TYPED))
    if focus.kind in ("question", "change"):
        return _answer(view, text)
    if focus.kind == "reach":
        number = read_phone(text)
        if isinstance(number, Accepted):
            return Outcome(view.project, contact={"phone": number.value})
        return _again(view, view.edition.voice.say("refused.not-a-phone"))
    return _again(view, view.edition.voice.say("note.not-understood"))


def _again(view: View, *notes: Markup) -> Outcome:
    """The same screen once more, with the reason above it."""
    return Outcome(view.project, notes)


def _answer(view: View, text: str) -> Outcome:
    name = view.project.focus.name
    found = read(view, name, text)
    if isinstance(found, Accepted):
        return answered(view, name, found.value)
    if isinstance(found, Unclear):
        return Outcome(view.project.at(replace(view.project.focus, draft=found.amount)))
    return _again(view, view.edition.voice.say(f"refused.{found.reason}", **found.values))


def answered(view: View, name: str, value: Json) -> Outcome:
    """One more answer, and on: to the next open question, or back to where a change began."""
    project = view.project.answered(name, value)
    walk = replay(view.edition.guide, view.walk.flow, project.answers)
    if walk.position is not None:
        return Outcome(project.at(Focus("question", walk.position)))
    if view.project.focus.kind == "change":
        return Outcome(project.at(Focus("summary")))
    return Outcome(project.at(Focus("roadmap")))


def shared(view: View, event: Shared) -> Outcome:
    """A shared contact counts where we asked for it, and only if it is the sender's own."""
    voice = view.edition.voice
    if view.project.focus.kind != "reach":
        return _again(view, voice.say("note.contact-unasked"))
    if not event.own:
        return _again(view, voice.say("note.contact-foreign"))
    number = read_phone(event.phone if event.phone.startswith("+") else f"+{event.phone}")
    if isinstance(number, Accepted):
        return Outcome(view.project, contact={"phone": number.value})
    return _again(view, voice.say("refused.not-a-phone"))


def other(view: View, event: Other) -> Outcome:
    """A sticker, a voice message, a photo …: a kind word, and the same screen."""
    voice = view.edition.voice
    known = f"note.{event.kind}"
    return _again(view, voice.say(known if voice.knows(known) else "note.other"))


def pressed(view: View, press: Press) -> Outcome:
    """A button of today's version. One that no longer fits shows where the citizen stands."""
    return PRESSES.get(press.verb, _stale)(view, press)


def _stale(view: View, _press: Press) -> Outcome:
    return Outcome(view.project, toast=view.edition.voice.plain("toast.old-button"))


def _go(view: View, press: Press) -> Outcome:
    focus = Focus(press.object, press.value)
    moved = view.showing(view.project.at(focus))
    return Outcome(moved.project) if settled(moved) == focus else _stale(view, press)


def _below(view: View, press: Press) -> Outcome:
    """A button of a notice: opens a screen below, and the notice stays to be read."""
    return replace(_go(view, press), below=True)


def _flow(view: View, press: Press) -> Outcome:
    if press.object not in view.edition.guide.flows:
        return _stale(view, press)
    return Outcome(enter(view, press.object))


def _in_focus(view: View, press: Press) -> bool:
    focus = view.project.focus
    return focus.kind in ("question", "change") and focus.name == press.object


def _choose(view: View, press: Press) -> Outcome:
    """Only what has options is answered by pressing: a text would come unread."""
    options = view.edition.guide.option_ids(press.object) if _in_focus(view, press) else ()
    fits = press.value in options and accepts(view.edition.guide, press.object, press.value)
    return answered(view, press.object, press.value) if fits else _stale(view, press)


def _unsure(view: View, press: Press) -> Outcome:
    fits = _in_focus(view, press) and accepts(view.edition.guide, press.object, None)
    return answered(view, press.object, None) if fits else _stale(view, press)


def _of_several(view: View, press: Press) -> bool:
    guide = view.edition.guide
    return _in_focus(view, press) and guide.questions[press.object].kind == "several"


def _toggle(view: View, press: Press) -> Outcome:
    if not _of_several(view, press):
        return _stale(view, press)
    options = view.edition.guide.option_ids(press.object)
    picked = set(chosen(view, press.object)) ^ ({press.value} & set(options))
    draft = [option for option in options if option in picked]
    return Outcome(view.project.at(replace(view.project.focus, draft=draft)))


def _enough(view: View, press: Press) -> Outcome:
    if not _of_several(view, press):
        return _stale(view, press)
    return answered(view, press.object, chosen(view, press.object))


def _unit(view: View, press: Press) -> Outcome:
    """Which pound an amount was in, when the reader could not tell."""
    amount = view.project.focus.draft
    if not _in_focus(view, press) or not isinstance(amount, int):
        return _stale(view, press)
    value = {"amount": amount, "unit": "old SYP" if press.value == "old" else "new SYP"}
    if accepts(view.edition.guide, press.object, value):
        return answered(view, press.object, value)
    focus = replace(view.project.focus, draft=None)
    return Outcome(view.project.at(focus), (view.edition.voice.say("refused.amount"),))


def _done(view: View, press: Press) -> Outcome:
    return _tick(view, press, done=True)


def _undone(view: View, press: Press) -> Outcome:
    return _tick(view, press, done=False)


def _tick(view: View, press: Press, *, done: bool) -> Outcome:
    if view.project.flow is None or view.roadmap.stop(press.object) is None:
        return _stale(view, press)
    toast = view.edition.voice.plain("toast.done" if done else "toast.undone")
    return Outcome(view.project.ticked(press.object, done), toast=toast)


def _language(view: View, press: Press) -> Outcome:
    """The language chosen; a screen that only asks for it leads back to where it was opened."""
    focus = view.project.focus
    if focus.kind in ("welcome", "language"):
        focus = Focus.parse(focus.name) if focus.name else MENU
    return Outcome(view.project.at(focus), language=press.object)


def _agree(view: View, press: Press) -> Outcome:
    return _go(view, Press("go", "reach", press.object))


def _here(view: View, press: Press) -> Outcome:
    if view.project.focus.kind != "reach":
        return _stale(view, press)
    return Outcome(view.project, contact={"here": True})


def _erase(view: View, press: Press) -> Outcome:
    if view.project.focus.kind != "erase":
        return _stale(view, press)
    return Outcome(view.project, erase=True)


PRESSES: dict[str, Callable[[View, Press], Outcome]] = {
    "go": _go,
    "n": _below,
    "flow": _flow,
    "answer": _choose,
    "unsure": _unsure,
    "toggle": _toggle,
    "enough": _enough,
    "unit": _unit,
    "done": _done,
    "undone": _undone,
    "language": _language,
    "agree": _agree,
    "here": _here,
    "erase": _erase,
}
