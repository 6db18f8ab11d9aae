"""Presses, decided without side effects: a button on a view is an outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import letters, reporting
from bot.conversation.buttons import Press
from bot.conversation.outcome import Hindrance, Outcome, Remark, Wish
from bot.conversation.project import MENU, Focus
from bot.conversation.screens import settled
from bot.conversation.screens.obstacle import ALONE, open_cases
from bot.conversation.screens.questions import chosen
from bot.conversation.screens.roads import on_the_road
from bot.conversation.turns import LONGEST_SHOWN, answered, before_search, enter, visit
from bot.conversation.view import View
from bot.engine.replay import accepts
from bot.store.leads import Lead
from bot.store.obstacles import KINDS


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
    """A button of a notice: opens a screen below, and the notice stays to be read.

    A case opened so remembers where the citizen was.
    """
    outcome, before = _go(view, press), view.project.focus
    focus = outcome.project.focus
    if focus.kind == "case":
        same = (before.kind, before.name) == (focus.kind, focus.name)
        draft = before.draft if same else {"back": letters.where(view)}
        outcome = replace(outcome, project=outcome.project.at(replace(focus, draft=draft)))
    return replace(outcome, below=True)


def _back(view: View, press: Press) -> Outcome:
    """From a case, or the question to which case something goes, back to where they were."""
    focus = view.project.focus
    if focus.kind not in ("case", "post") or not isinstance(focus.draft, dict):
        return _stale(view, press)
    return Outcome(view.project.at(Focus(**focus.draft["back"])))


def _post(view: View, press: Press) -> Outcome:
    """To this case goes what waits."""
    return letters.to(view, press.object) or _stale(view, press)


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
    if focus.kind == "post":
        return _searched(view, press)
    if focus.kind != "found":
        return _stale(view, press)
    missed = Remark("missed", str(focus.draft["text"]))
    project = before_search(view).project
    return Outcome(project, (view.edition.voice.say("found.missed"),), remark=missed)


def _stopped(view: View, press: Press) -> Outcome:
    """Something stopped the citizen at a step: it is counted, and they say who is to hear of it."""
    if press.object not in view.edition.guide.steps or press.value not in KINDS:
        return _stale(view, press)
    return Outcome(view.project, hindrance=Hindrance(press.object, kind=press.value))


def _tell(view: View, press: Press) -> Outcome:
    """An office is to hear of what was counted: as part of a case, or without a name."""
    focus = view.project.focus
    cases = [lead.reference for lead in open_cases(view)]
    if focus.kind != "hindered" or press.object not in (ALONE, *cases):
        return _stale(view, press)
    case = "" if press.object == ALONE else press.object
    told = Hindrance(focus.name, code=str(focus.draft), case=case)
    return Outcome(view.project.at(Focus("step", focus.name)), hindrance=told)


def _right(view: View, press: Press) -> Outcome:
    """An officer says that a step still holds."""
    return reporting.right(view, press.object) or _stale(view, press)


def _report(view: View, press: Press) -> Outcome:
    """An officer sends what they said of a step."""
    return reporting.send(view, press) or _stale(view, press)


def _searched(view: View, press: Press) -> Outcome:
    """What waits for a case was meant as a search, which had found nothing."""
    texts = [str(part["content"].get("text", "")) for part in letters.waiting(view)]
    missed = Remark("missed", " ".join(texts)[:LONGEST_SHOWN])
    note = view.edition.voice.say("note.not-found")
    return replace(_back(view, press), notes=(note,), remark=missed)


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


def _close(view: View, press: Press) -> Outcome:
    """Asks whether a case is to be closed; where they came from is remembered."""
    return _at_case(view, press, "case", "close")


def _keep(view: View, press: Press) -> Outcome:
    return _at_case(view, press, "close", "case")


def _at_case(view: View, press: Press, before: str, after: str) -> Outcome:
    """From one screen of a case to another."""
    focus = view.project.focus
    moved = view.showing(view.project.at(replace(focus, kind=after)))
    if (focus.kind, focus.name) != (before, press.object):
        return _stale(view, press)
    return Outcome(moved.project) if settled(moved).kind == after else _stale(view, press)


def _withdraw(view: View, press: Press) -> Outcome:
    """They do not need a case any more, and have said so twice."""
    kept, lead = _keep(view, press), _case(view, press.object)
    if lead is None or kept.toast:
        return _stale(view, press)
    return replace(kept, wish=Wish("withdraw", lead))


def _reopen(view: View, press: Press) -> Outcome:
    lead = _case(view, press.object)
    if view.project.focus.kind != "case" or lead is None:
        return _stale(view, press)
    return Outcome(view.project, wish=Wish("reopen", lead))


def _case(view: View, reference: str) -> Lead | None:
    return next((lead for lead in view.leads if lead.reference == reference), None)


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
    "stopped": _stopped,
    "tell": _tell,
    "right": _right,
    "report": _report,
    "done": _done,
    "undone": _undone,
    "language": _language,
    "agree": _agree,
    "here": _here,
    "back": _back,
    "post": _post,
    "close": _close,
    "keep": _keep,
    "withdraw": _withdraw,
    "reopen": _reopen,
    "erase": _erase,
}
