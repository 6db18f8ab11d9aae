"""What was found for a typed text, and where a citizen tells what an office told them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import Focus
from bot.conversation.screens.frame import foot
from bot.conversation.screens.pages import focus_of, target
from bot.conversation.screens.questions import question
from bot.conversation.view import View
from bot.guide.direction import isolated
from bot.guide.links import is_known, title_of
from bot.guide.pages.question import paragraphs
from bot.guide.screen import Button, Rows, Screen


def found(view: View, notes: Sequence[Markup]) -> Screen:
    """Up to three places of the guide for a typed text, and the question that stood there."""
    voice, draft = view.edition.voice, view.project.focus.draft
    hits = [hit for hit in draft["hits"] if is_known(view.edition.guide, *hit.split(":", 1))]
    buttons = [(_hit(view, *hit.split(":", 1)),) for hit in hits]
    none = press(voice.plain("found.none"), "none")
    said = voice.say("found.title", text=isolated(draft["text"]))
    return above(view, Focus(**draft["back"]), [*notes, said], (*buttons, (none,)))


def above(view: View, before: Focus, notes: Sequence[Markup], buttons: Rows) -> Screen:
    """Something with buttons above the question that stood there; or alone, with the way back."""
    if before.kind not in ("question", "change") or before.name not in view.walk.asked:
        return Screen(paragraphs(*notes), (*buttons, *foot(view, before)))
    asked = question(view.showing(view.project.at(before)), notes)
    return Screen(asked.text, (*buttons, *asked.rows))


def _hit(view: View, kind: str, name: str) -> Button:
    title = title_of(view.edition.words, kind, name)
    label = view.edition.voice.plain(f"found.{kind}", title=title)
    if kind in ("flow", "subject"):
        return press(label, kind, name)
    return press(label, "go", kind, name)


def tell(view: View, notes: Sequence[Markup]) -> Screen:
    """Asks what an office told the citizen about a page; a typed text is kept for editors."""
    kind, name = target(view.project.focus.name) or ("steps", "")
    title = getattr(view.edition.words, kind)[name].title
    text = view.edition.voice.say("tell.ask", title=title)
    return Screen(paragraphs(*notes, text), foot(view, focus_of(kind, name)))
