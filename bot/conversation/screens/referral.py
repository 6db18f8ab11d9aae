"""Handing over to the office: what exactly is sent, with consent, and how it can answer."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import Focus
from bot.conversation.screens.frame import foot, go
from bot.conversation.screens.pages import end
from bot.conversation.view import View
from bot.guide.pages import figures
from bot.guide.pages.layout import stacked
from bot.guide.pages.office import map_button, office_text
from bot.guide.pages.question import answer_line, paragraphs
from bot.guide.screen import Screen


def consent(view: View, notes: Sequence[Markup]) -> Screen:
    """Which fields go to which office. Nothing is sent before the citizen agrees."""
    voice, topic = view.edition.voice, view.project.focus.name
    profile = view.find_profile(_own_office(view))
    answers = [answer_line(view.edition, name, view.project.answers) for name in view.walk.asked]
    others = [
        voice.say("consent.name"),
        *_progress(view),
        voice.say("consent.language", language=voice.plain("language.name")),
        voice.say("consent.contact"),
    ]
    lines = [*answers, *(figures.bullet(line, voice) for line in others)]
    text = paragraphs(
        *notes,
        voice.say(
            "consent.title", office=office_name(view), topic=view.edition.words.topics[topic]
        ),
        stacked(lines),
        _detour(view),
        office_text(view.edition, profile, unknown=False),
        voice.say("consent.note"),
    )
    agree = press(voice.plain("consent.agree"), "agree", topic)
    place = map_button(voice, profile)
    decline = go(view, "consent.decline", end(view))
    rows = ((agree,), (decline,), *([(place,)] if place else []))
    return Screen(text, (*rows, *foot(view, end(view))))


def _progress(view: View) -> list[Markup]:
    """How many steps are done, where the flow has steps."""
    if not view.walk.flow.goals:
        return []
    finished, total = view.roadmap.finished, len(view.roadmap.stops)
    return [view.edition.voice.say("consent.progress", n=finished, all=total)]


def office_name(view: View) -> str:
    """The office of the citizen's governorate for the topic of their flow."""
    return view.edition.words.offices[_own_office(view)]


def _own_office(view: View) -> str:
    guide, governorate = view.edition.guide, str(view.walk.facts.get("governorate"))
    return guide.office_for(view.walk.flow.refer, governorate) or guide.head_office


def _detour(view: View) -> Markup:
    """Says so when the request would not reach the governorate's own office now."""
    voice, governorate = view.edition.voice, str(view.walk.facts.get("governorate"))
    office = view.find_office(view.walk.flow.refer, governorate)
    if office == _own_office(view):
        return Markup("")
    if office is None:
        return voice.say("consent.waits", office=office_name(view))
    reached = view.edition.words.offices[office]
    return voice.say("consent.detour", office=office_name(view), reached=reached)


def reach(view: View, notes: Sequence[Markup]) -> Screen:
    """How the office can reach the citizen: a shared contact, a typed number, or here."""
    voice, topic = view.edition.voice, view.project.focus.name
    here = press(voice.plain("reach.here"), "here", topic)
    text = paragraphs(*notes, voice.say("reach.ask", office=office_name(view)))
    return Screen(text, ((here,), *foot(view, Focus("consent", topic))))
