"""The citizen's screens: from a view and a focus to a text with buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.conversation.project import MENU, Focus
from bot.conversation.screens import general, questions, referral, roads
from bot.conversation.view import View
from bot.guide.screen import Screen

Notes = Sequence[Markup]
DRAWN: dict[str, Callable[[View, Notes], Screen]] = {
    "welcome": general.welcome,
    "language": general.languages,
    "menu": general.menu,
    "privacy": general.privacy,
    "help": general.help_,
    "erase": general.erase,
    "question": questions.question,
    "change": questions.question,
    "summary": questions.summary,
    "roadmap": roads.road,
    "papers": roads.papers,
    "step": roads.step,
    "consent": referral.consent,
    "reach": referral.reach,
    "case": referral.case,
}
IN_A_FLOW = {"question", "change", "summary", "roadmap", "papers", "step", "consent", "reach"}


def settled(view: View) -> Focus:
    """The focus if it still makes sense, else the position computed from the answers."""
    focus = view.project.focus
    if focus.kind not in DRAWN:
        return position(view)
    if focus.kind in IN_A_FLOW and view.project.flow is None:
        return MENU
    sensible = {
        "question": lambda: focus.name in view.walk.asked,
        "change": lambda: focus.name in view.walk.asked,
        "roadmap": lambda: not view.walk.open,
        "papers": lambda: not view.walk.open,
        "step": lambda: not view.walk.open and view.roadmap.stop(focus.name) is not None,
        "consent": lambda: not view.walk.open and focus.name == view.walk.flow.refer,
        "reach": lambda: not view.walk.open and focus.name == view.walk.flow.refer,
        "case": lambda: any(lead.reference == focus.name for lead in view.leads),
    }
    return focus if sensible.get(focus.kind, lambda: True)() else position(view)


def position(view: View) -> Focus:
    """Where the answers themselves put the citizen."""
    if view.project.flow is None:
        return MENU
    if view.walk.position is None:
        return Focus("roadmap")
    return Focus("question", view.walk.position)


def draw(view: View, notes: Notes = ()) -> Screen:
    """The screen of a view whose focus is settled."""
    return DRAWN[view.project.focus.kind](view, notes)
