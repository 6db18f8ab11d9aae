"""Language, menu, privacy, help, erasing."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import Focus
from bot.conversation.screens.frame import foot, go, other_language, rows
from bot.conversation.screens.pages import end
from bot.conversation.view import View
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Button, Screen


def welcome(view: View, notes: Sequence[Markup]) -> Screen:
    """The first screen: who we are, and which language to go on in."""
    return Screen(paragraphs(*notes, view.edition.voice.say("welcome")), _languages(view))


def languages(view: View, notes: Sequence[Markup]) -> Screen:
    """The choice of language."""
    text = paragraphs(*notes, view.edition.voice.say("language.ask"))
    return Screen(text, _languages(view))


def _languages(view: View) -> tuple[tuple[Button, ...], ...]:
    return tuple((press(name, "language", code),) for code, name in view.languages.items())


def menu(view: View, notes: Sequence[Markup]) -> Screen:
    """What Dalil can do, with what is under way first; an entry may open a second level."""
    entry = view.project.focus.name
    if entry:
        return _entry(view, notes, entry)
    voice = view.edition.voice
    buttons = [*_under_way(view), *(_entrance(view, name) for name in view.edition.guide.menu)]
    buttons.append(go(view, "menu.directory", Focus("directory")))
    cases = [
        press(voice.plain("menu.case", reference=lead.reference), "go", f"case:{lead.reference}")
        for lead in view.leads[-2:]
    ]
    if len(view.leads) > len(cases):
        cases.append(go(view, "cases.all", Focus("cases")))
    text = paragraphs(*notes, voice.say("menu.title"), voice.say("menu.note"))
    others = [go(view, "button.privacy", Focus("privacy")), go(view, "button.help", Focus("help"))]
    if view.project.flow is not None:
        others.append(go(view, "button.summary", Focus("summary")))
    language = ((button,) for button in other_language(view))
    entries = ((button,) for button in buttons)
    return Screen(text, (*entries, *rows(view, cases), *rows(view, others), *language))


def _entrance(view: View, entry: str) -> Button:
    flows, words = view.edition.guide.menu[entry], view.edition.words
    if len(flows) == 1:
        return press(words.flows[flows[0]].title, "flow", flows[0])
    return press(words.menu[entry], "go", "menu", entry)


def _entry(view: View, notes: Sequence[Markup], entry: str) -> Screen:
    """The flows behind an entry, each with what it is for."""
    voice, words = view.edition.voice, view.edition.words
    flows = view.edition.guide.menu[entry]
    lines = [
        voice.say("menu.flow", title=words.flows[name].title, summary=words.flows[name].summary)
        for name in flows
    ]
    buttons = ((press(words.flows[name].title, "flow", name),) for name in flows)
    return Screen(paragraphs(*notes, *lines), (*buttons, *foot(view)))


def _under_way(view: View) -> list[Button]:
    if view.project.flow is None:
        return []
    voice, title = view.edition.voice, view.edition.words.flows[view.project.flow].title
    if view.walk.position is not None:
        focus = Focus("question", view.walk.position)
        return [press(voice.plain("menu.continue", flow=title), "go", str(focus))]
    return [press(voice.plain("menu.roadmap", flow=title), "go", str(end(view)))]


def privacy(view: View, notes: Sequence[Markup]) -> Screen:
    """What is kept, why, who sees it, and how to have it erased."""
    erase = go(view, "button.erase", Focus("erase"))
    text = paragraphs(*notes, view.edition.voice.say("privacy"))
    return Screen(text, ((erase,), *foot(view)))


def help_(view: View, notes: Sequence[Markup]) -> Screen:
    """How to use the bot, and its commands."""
    return Screen(paragraphs(*notes, view.edition.voice.say("help")), foot(view))


def erase(view: View, notes: Sequence[Markup]) -> Screen:
    """The one confirmation before everything is erased."""
    voice = view.edition.voice
    yes = press(voice.plain("erase.yes"), "erase")
    no = go(view, "erase.no", Focus("menu"))
    return Screen(paragraphs(*notes, voice.say("erase.ask")), ((yes,), (no,)))


def erased(view: View) -> Screen:
    """What is said to a person of whom nothing is known any more."""
    return Screen(view.edition.voice.say("erase.done"))
