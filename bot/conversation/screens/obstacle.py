"""What stopped a citizen at a step: of which kind, and whether the office is to hear of it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import Focus
from bot.conversation.screens.frame import foot, go
from bot.conversation.view import View
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Screen
from bot.store.leads import OPEN, Lead
from bot.store.obstacles import KINDS

ALONE = "alone"
"""Tells the office without a name."""


def stopped(view: View, notes: Sequence[Markup]) -> Screen:
    """Asks what stopped the citizen at a step."""
    voice, step = view.edition.voice, view.project.focus.name
    title = view.edition.words.steps[step].title
    kinds = [press(voice.plain(f"obstacle.{kind}"), "stopped", step, kind) for kind in KINDS]
    text = paragraphs(*notes, voice.say("obstacle.ask", title=title), voice.say("obstacle.promise"))
    return Screen(text, (*((kind,) for kind in kinds), *foot(view, Focus("step", step))))


def told(view: View, notes: Sequence[Markup]) -> Screen:
    """It was counted: whom it shall reach besides."""
    voice, step = view.edition.voice, view.project.focus.name
    cases = [
        press(voice.plain("obstacle.in-case", reference=lead.reference), "tell", lead.reference)
        for lead in open_cases(view)
    ]
    ways = [*cases, press(voice.plain("obstacle.alone"), "tell", ALONE)]
    nobody = go(view, "obstacle.nobody", Focus("step", step))
    text = paragraphs(*notes, voice.say("obstacle.counted"), voice.say("obstacle.tell"))
    return Screen(text, (*((way,) for way in ways), (nobody,), *foot(view, Focus("step", step))))


def open_cases(view: View) -> list[Lead]:
    """The citizen's cases of which the office could hear it."""
    return [lead for lead in view.leads if lead.state in OPEN]
