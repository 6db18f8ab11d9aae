"""Presses, decided without side effects: a button on a view is an outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation.buttons import Press
from bot.conversation.outcome import Outcome, Remark
from bot.conversation.project import MENU, Focus
from bot.conversation.screens import settled
from bot.conversation.screens.questions import chosen
from bot.conversation.screens.roads import on_the_road
from bot.conversation.turns import answered, before_search, enter, visit
from bot.conversation.view import View
from bot.engine.replay import accepts


def pressed(view: View, press: Press) -> Outcome:
    """A button of today's version. One that no longer fits shows where the citizen stands."""
    if press.verb in ANSWERING:
        view = before_search(view)
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


def _subject(view: View, press: Press) -> Outcome:
    if press.object not in view.edition.guide.subjects:
        return _stale(view, press)
    return Outcome(visit(view, "subject", press.object))


def _none(view: View, press: Press) -> Outcome:
    """Nothing of what was found was meant: kept for the editors, without the person."""
    focus = view.project.focus
    if focus.kind != "found":
        return _stale(view, press)
    missed = Remark("missed", str(focus.draft["text"]))
    project = before_search(view).project
    return Outcome(project, (view.edition.voice.say("found.missed"),), remark=missed)


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
    if on_the_road(view, press.object) is None:
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


ANSWERING = frozenset({"answer", "unsure", "toggle", "enough", "unit"})
"""Verbs that answer the question in focus."""
PRESSES: dict[str, Callable[[View, Press], Outcome]] = {
    "go": _go,
    "n": _below,
    "flow": _flow,
    "subject": _subject,
    "none": _none,
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
