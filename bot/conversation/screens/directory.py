"""The directory: institutions by kind, governorates, words, and the days of offices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import MENU, Focus
from bot.conversation.screens.frame import foot, go, page_of, rows
from bot.conversation.view import View
from bot.engine.directory import BodyKind
from bot.guide.pages.article import word_text
from bot.guide.pages.directory import body_text, calendar_text, governorate_text, office_in
from bot.guide.pages.office import map_button
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Button, Screen

DIRECTORY = Focus("directory")
WORDS_ON_A_PAGE: Final = 16
MOST_SERVICES: Final = 10
"""Buttons for what a body does: more would bury the foot of the screen."""


def directory(view: View, notes: Sequence[Markup]) -> Screen:
    """What can be looked up."""
    kinds = [
        go(view, f"body-kinds.{kind}", Focus("bodies", kind))
        for kind in get_args(BodyKind)
        if kind != "yourself"
        and any(body.kind == kind for body in view.edition.guide.bodies.values())
    ]
    others = [
        go(view, "directory.governorates", Focus("governorates")),
        go(view, "directory.glossary", Focus("glossary")),
        go(view, "directory.calendar", Focus("calendar")),
    ]
    text = paragraphs(*notes, view.edition.voice.say("directory.title"))
    return Screen(text, (*rows(view, kinds), *rows(view, others), *foot(view, MENU)))


def bodies(view: View, notes: Sequence[Markup]) -> Screen:
    """The institutions of one kind."""
    kind, guide = view.project.focus.name, view.edition.guide
    buttons = [
        press(view.edition.words.bodies[name].name, "go", "body", name)
        for name, body in guide.bodies.items()
        if body.kind == kind
    ]
    head = view.edition.voice.say(
        "directory.kind", kind=view.edition.voice.plain(f"body-kinds.{kind}")
    )
    return Screen(paragraphs(*notes, head), (*((b,) for b in buttons), *foot(view, DIRECTORY)))


def body(view: View, notes: Sequence[Markup]) -> Screen:
    """An institution, and what of the guide has to do with it."""
    name = view.project.focus.name
    back = Focus("bodies", view.edition.guide.bodies[name].kind)
    services = ((button,) for button in _services(view, name)[:MOST_SERVICES])
    text = paragraphs(*notes, body_text(view.edition, name))
    return Screen(text, (*services, *foot(view, back)))


def _services(view: View, name: str) -> list[Button]:
    """The steps done there and the programmes that it gives."""
    guide, words = view.edition.guide, view.edition.words
    steps = [
        press(words.steps[each].title, "go", "step", each)
        for each, step in guide.steps.items()
        if any(case.value == name for case in step.at)
    ]
    programmes = [
        press(words.programmes[each].title, "go", "programme", each)
        for each, programme in guide.programmes.items()
        if any(case.value == name for case in programme.by)
    ]
    return [*programmes, *steps]


def governorates(view: View, notes: Sequence[Markup]) -> Screen:
    """The fourteen governorates."""
    words = view.edition.words.governorates
    buttons = [
        press(words[name].name, "go", "governorate", name)
        for name in view.edition.guide.governorate_ids
    ]
    text = paragraphs(*notes, view.edition.voice.say("directory.choose-governorate"))
    return Screen(text, (*rows(view, buttons), *foot(view, DIRECTORY)))


def governorate(view: View, notes: Sequence[Markup]) -> Screen:
    """What is different in one governorate."""
    name = view.project.focus.name
    profile = view.find_profile(office_in(view.edition.guide, name))
    text = governorate_text(view.edition, name, profile)
    place = map_button(view.edition.voice, profile)
    return Screen(
        paragraphs(*notes, text),
        (*([(place,)] if place else []), *foot(view, Focus("governorates"))),
    )


def glossary(view: View, notes: Sequence[Markup]) -> Screen:
    """A page of the glossary, in the order of the language's alphabet."""
    words = view.edition.words.glossary
    names = sorted(words, key=lambda name: words[name].term.casefold())
    shown, turning = page_of(view, names, WORDS_ON_A_PAGE)
    buttons = [press(words[name].term, "go", "word", name) for name in shown]
    text = paragraphs(*notes, view.edition.voice.say("glossary.title"))
    return Screen(text, (*rows(view, buttons), *turning, *foot(view, DIRECTORY)))


def word(view: View, notes: Sequence[Markup]) -> Screen:
    """One word, and the institutions that have to do with it."""
    name, guide = view.project.focus.name, view.edition.guide
    see = [
        (press(view.edition.words.bodies[each].name, "go", "body", each),)
        for each in guide.glossary[name].see
    ]
    text = paragraphs(*notes, word_text(view.edition, name))
    return Screen(text, (*see, *foot(view, Focus("glossary"))))


def calendar(view: View, notes: Sequence[Markup]) -> Screen:
    """Working days and holidays."""
    return Screen(paragraphs(*notes, calendar_text(view.edition)), foot(view, DIRECTORY))
