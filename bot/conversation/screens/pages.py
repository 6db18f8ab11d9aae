"""The pages of programmes and articles, and what stands behind each page: its text, its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast, get_args

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import MENU, Focus
from bot.conversation.screens.frame import foot, go, page_of, rows
from bot.conversation.screens.reporting import beside
from bot.conversation.view import View
from bot.engine.conditions import truth
from bot.engine.eligibility import Match, match
from bot.engine.guide import PageKind
from bot.engine.roadmap import alone
from bot.engine.strict import Sourced
from bot.engine.values import Truth
from bot.guide.pages import figures
from bot.guide.pages.article import article_text, glossary_text
from bot.guide.pages.layout import stacked
from bot.guide.pages.programme import (
    asks_text,
    programme_more,
    programme_text,
    refusals_text,
    results_text,
)
from bot.guide.pages.question import paragraphs
from bot.guide.pages.step import step_more
from bot.guide.screen import Button, Rows, Screen

RESULTS = Focus("results")
READING = Focus("reading")


def target(name: str) -> tuple[PageKind, str] | None:
    """The kind and id of ``programmes/dummar-incubator``; ``None`` for anything else."""
    kind, _, page = name.partition("/")
    return (cast(PageKind, kind), page) if kind in get_args(PageKind) else None


def page_named(view: View, name: str) -> Sourced | None:
    """The step, programme or article behind such a name, if there is one."""
    wanted = target(name)
    pages: dict[str, Sourced] = getattr(view.edition.guide, wanted[0]) if wanted else {}
    return pages.get(wanted[1]) if wanted else None


def has_more(view: View, name: str) -> bool:
    """Whether there is such a page, and its text stands behind it: that of an article does not."""
    wanted = target(name)
    return wanted is not None and wanted[0] != "articles" and page_named(view, name) is not None


def focus_of(kind: PageKind, name: str) -> Focus:
    """Where a page is looked at."""
    return Focus(kind.removesuffix("s"), name)


def results(view: View, notes: Sequence[Markup]) -> Screen:
    """What fits the citizen; what an answer is missing for, or does not fit, behind buttons."""
    flow, truths = view.walk.flow, {each.truth for each in view.matches}
    shown, turning = page_of(view, _comparing(view, Truth.YES))
    text = results_text(view.edition, flow.flow, view.matches, shown)
    more = [go(view, "button.asks", Focus("asks"))] if Truth.UNKNOWN in truths else []
    if Truth.NO in truths:
        more.append(go(view, "button.refusals", Focus("refusals")))
    if flow.goals:
        more.append(go(view, "button.roadmap", Focus("roadmap")))
    more += [go(view, "button.summary", Focus("summary")), *reading_button(view)]
    office = go(view, "button.office", Focus("consent", flow.refer))
    buttons = (*_buttons(view, shown), *turning, *rows(view, more), (office,))
    return Screen(paragraphs(*notes, text), (*buttons, *foot(view, MENU)))


def _comparing(view: View, truth: Truth) -> list[Match]:
    """The programmes that compare so with the answers."""
    return [each for each in view.matches if each.truth is truth]


def _buttons(view: View, shown: Sequence[Match]) -> Rows:
    titles = view.edition.words.programmes
    return tuple((press(titles[each.id].title, "go", "programme", each.id),) for each in shown)


def asks(view: View, notes: Sequence[Markup]) -> Screen:
    """The programmes of which something is missing."""
    shown, turning = page_of(view, _comparing(view, Truth.UNKNOWN))
    text = asks_text(view.edition, view.walk.flow.flow, shown)
    return Screen(
        paragraphs(*notes, text), (*_buttons(view, shown), *turning, *foot(view, RESULTS))
    )


def refusals(view: View, notes: Sequence[Markup]) -> Screen:
    """The programmes that are not for the citizen, each with its reasons."""
    text = refusals_text(view.edition, view.walk.flow.flow, view.matches)
    return Screen(paragraphs(*notes, text), foot(view, RESULTS))


def _readable(view: View) -> Iterator[str]:
    """The articles of the flow under way that mean somebody with these answers."""
    articles, facts = view.edition.guide.articles, view.walk.facts
    for name in view.walk.flow.articles:
        if truth(articles[name].when, facts) is not Truth.NO:
            yield name


def reading_button(view: View) -> list[Button]:
    """The way to what is good to read, if there is something."""
    some = next(_readable(view), None) is not None
    return [go(view, "button.reading", READING)] if some else []


def reading(view: View, notes: Sequence[Markup]) -> Screen:
    """What the flow under way has to read, each with a line."""
    voice, words = view.edition.voice, view.edition.words.articles
    names, turning = page_of(view, list(_readable(view)))
    lines = [
        figures.bullet(
            voice.say("reading.line", title=words[name].title, summary=words[name].summary), voice
        )
        for name in names
    ]
    head = voice.say("reading.title", flow=view.edition.words.flows[view.walk.flow.flow].title)
    buttons = ((press(words[name].title, "go", "article", name),) for name in names)
    text = paragraphs(*notes, head, stacked(lines))
    return Screen(text, (*buttons, *turning, *foot(view, end(view))))


def programme(view: View, notes: Sequence[Markup]) -> Screen:
    """One programme, by the answers given so far."""
    name = view.project.focus.name
    walk = view.walk_to("programmes", name)
    found = match(walk, view.edition.guide.programmes[name])
    text = programme_text(view.edition, found, walk.facts, view.today)
    return Screen(paragraphs(*notes, text), _foot(view, "programmes", name, RESULTS))


def article(view: View, notes: Sequence[Markup]) -> Screen:
    """One article with its sources."""
    name = view.project.focus.name
    values = view.words_of(view.walk_to("articles", name))
    text = article_text(view.edition, name, values, view.today)
    return Screen(paragraphs(*notes, text), _foot(view, "articles", name, READING))


def more(view: View, notes: Sequence[Markup]) -> Screen:
    """The text and the sources of a step or programme."""
    kind, name = target(view.project.focus.name) or ("steps", "")
    walk = view.walk_to(kind, name)
    values = view.words_of(walk)
    if kind == "steps":
        stop = alone(view.edition.guide, walk, view.project.done, name)
        text = beside(view, name, step_more(view.edition, stop, values))
    else:
        found = match(walk, view.edition.guide.programmes[name])
        text = programme_more(view.edition, found, values)
    return Screen(paragraphs(*notes, text), foot(view, focus_of(kind, name)))


def words(view: View, notes: Sequence[Markup]) -> Screen:
    """The words of a page that not everybody knows."""
    kind, name = target(view.project.focus.name) or ("steps", "")
    page = page_named(view, view.project.focus.name)
    text = glossary_text(view.edition, page.glossary if page else ())
    return Screen(paragraphs(*notes, text), foot(view, focus_of(kind, name)))


def behind(view: View, kind: PageKind, name: str) -> list[Button]:
    """What stands behind a page: its text, its words, and a place to tell what an office said."""
    page, path = view.edition.guide, f"{kind}/{name}"
    found: Sourced = getattr(page, kind)[name]
    buttons = [] if kind == "articles" else [go(view, "button.more", Focus("more", path))]
    if found.glossary:
        buttons.append(go(view, "button.words", Focus("words", path)))
    return [*buttons, go(view, "button.tell", Focus("tell", path))]


def entrance(view: View, kind: PageKind, name: str) -> Rows:
    """The way into the flow of a page that was only looked up."""
    if view.leads_to(kind, name):
        return ()
    flow = view.walk_to(kind, name).flow.flow
    title = view.edition.words.flows[flow].title
    label = view.edition.voice.plain("button.enter", flow=title)
    return ((press(label, "flow", flow),),)


def _foot(view: View, kind: PageKind, name: str, back: Focus) -> Rows:
    inside = view.leads_to(kind, name) and not view.walk.open
    buttons = rows(view, behind(view, kind, name))
    return (*buttons, *entrance(view, kind, name), *foot(view, back if inside else MENU))


def end(view: View) -> Focus:
    """Where the flow under way ends: with a roadmap, or with what one may be given."""
    if view.project.flow is None:
        return MENU
    flow = view.walk.flow
    return RESULTS if flow.results_first or not flow.goals else Focus("roadmap")


def onward(view: View) -> str:
    """What the button to that end is called."""
    return "button.results" if end(view) == RESULTS else "button.roadmap"
