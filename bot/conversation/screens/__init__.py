"""The citizen's screens: from a view and a focus to a text with buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from bot.conversation.project import MENU, Focus
from bot.conversation.screens import (
    cases,
    directory,
    finding,
    general,
    letters,
    obstacle,
    pages,
    questions,
    referral,
    reporting,
    roads,
)
from bot.conversation.view import View
from bot.guide.links import is_known
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
    "results": pages.results,
    "asks": pages.asks,
    "refusals": pages.refusals,
    "reading": pages.reading,
    "step": roads.step,
    "programme": pages.programme,
    "article": pages.article,
    "more": pages.more,
    "words": pages.words,
    "tell": finding.tell,
    "stopped": obstacle.stopped,
    "hindered": obstacle.told,
    "report": reporting.report,
    "found": finding.found,
    "post": letters.post,
    "directory": directory.directory,
    "bodies": directory.bodies,
    "body": directory.body,
    "governorates": directory.governorates,
    "governorate": directory.governorate,
    "glossary": directory.glossary,
    "word": directory.word,
    "calendar": directory.calendar,
    "consent": referral.consent,
    "reach": referral.reach,
    "cases": cases.cases,
    "case": cases.case,
    "close": cases.close,
}
AFTER_A_FLOW = {"roadmap", "papers", "results", "asks", "refusals", "reading", "consent", "reach"}
"""What can be looked at only when every question of the flow is answered."""


def settled(view: View) -> Focus:
    """The focus if it still makes sense, else the position computed from the answers."""
    focus = view.project.focus
    if focus.kind == "welcome" and not _leads_somewhere(view, focus):
        return Focus("welcome")
    if focus.kind not in DRAWN or not _exists(view, focus):
        return position(view)
    in_a_flow = focus.kind in ("question", "change", "summary") or focus.kind in AFTER_A_FLOW
    if in_a_flow and view.project.flow is None:
        return MENU
    if focus.kind in ("question", "change") and focus.name not in view.walk.asked:
        return position(view)
    if focus.kind in AFTER_A_FLOW and not _has(view, focus):
        return position(view)
    return focus


def _exists(view: View, focus: Focus) -> bool:
    """Whether the guide, or the citizen, has what is looked at."""
    known = KNOWN.get(focus.kind)
    return known is None or known(view, focus)


def _is_place(view: View, focus: Focus) -> bool:
    return is_known(view.edition.guide, focus.kind, focus.name)


def _is_page(view: View, focus: Focus) -> bool:
    return pages.page_named(view, focus.name) is not None


def _is_body_kind(view: View, focus: Focus) -> bool:
    return any(body.kind == focus.name for body in view.edition.guide.bodies.values())


def _is_lead(view: View, focus: Focus) -> bool:
    return any(lead.reference == focus.name for lead in view.leads)


def _is_open_lead(view: View, focus: Focus) -> bool:
    return any(lead.reference == focus.name for lead in letters.open_cases(view))


def _leads_somewhere(view: View, focus: Focus) -> bool:
    """Whether the guide still has the place to which a newcomer's link led, if there was one."""
    kind, _, name = focus.name.partition(":")
    return not focus.name or is_known(view.edition.guide, kind, name)


def _stands_on_something(view: View, focus: Focus) -> bool:
    """Whether a search remembers what it found, and what it stands above is there."""
    if not isinstance(focus.draft, dict):
        return False
    before = Focus(**focus.draft["back"])
    return (
        before.kind not in ("found", "post")
        and settled(view.showing(view.project.at(before))) == before
    )


PLACED = ("step", "programme", "article", "body", "word", "governorate")
"""The kinds whose name is that of a place in the guide."""
KNOWN: dict[str, Callable[[View, Focus], bool]] = {
    **dict.fromkeys(PLACED, _is_place),
    "bodies": _is_body_kind,
    "menu": lambda view, focus: not focus.name or focus.name in view.edition.guide.menu,
    "more": lambda view, focus: pages.has_more(view, focus.name),
    "words": _is_page,
    "tell": _is_page,
    "stopped": lambda view, focus: focus.name in view.edition.guide.steps,
    "hindered": lambda view, focus: focus.name in view.edition.guide.steps and bool(focus.draft),
    "report": reporting.fits,
    "found": _stands_on_something,
    "post": lambda view, focus: (
        _stands_on_something(view, focus) and bool(letters.open_cases(view))
    ),
    "case": _is_lead,
    "close": _is_open_lead,
}
"""Of the kinds that look at something by its name: whether it is there."""


def _has(view: View, focus: Focus) -> bool:
    """Whether the flow, once walked, has such an end."""
    if view.walk.open:
        return False
    flow = view.walk.flow
    if focus.kind in ("consent", "reach"):
        return focus.name == flow.refer
    if focus.kind == "reading":
        return bool(flow.articles)
    return bool(flow.goals if focus.kind in ("roadmap", "papers") else flow.programmes)


def position(view: View) -> Focus:
    """Where the answers themselves put the citizen."""
    if view.project.flow is None:
        return MENU
    if view.walk.position is None:
        return pages.end(view)
    return Focus("question", view.walk.position)


def draw(view: View, notes: Notes = ()) -> Screen:
    """The screen of a view whose focus is settled."""
    return DRAWN[view.project.focus.kind](view, notes)
