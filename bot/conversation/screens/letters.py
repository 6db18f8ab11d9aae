"""To which of their cases something goes that a citizen wrote or sent."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import Focus
from bot.conversation.screens.finding import above
from bot.conversation.view import View
from bot.engine.readers import clean
from bot.guide.direction import isolated
from bot.guide.screen import Screen
from bot.store.leads import OPEN, Lead

LONGEST_SHOWN = 100
"""Characters of a text that waits, as far as it is shown."""


def open_cases(view: View) -> list[Lead]:
    """The citizen's cases that an office still works on, the newest first."""
    return [lead for lead in reversed(view.leads) if lead.state in OPEN]


def post(view: View, notes: Sequence[Markup]) -> Screen:
    """Asks which case; what they looked at before stands below, and can be gone on with."""
    voice, draft = view.edition.voice, view.project.focus.draft
    parts = draft["parts"]
    text = str(parts[0]["content"].get("text", ""))
    if len(parts) == 1 and text:
        shown = isolated(clean(text, LONGEST_SHOWN))
        said = voice.say("letters.which-text", text=shown)
    else:
        said = voice.count("letters.which", len(parts))
    topics = view.edition.words.topics
    cases = [
        (press(f"{topics[lead.topic]} {lead.reference}", "post", lead.reference),)
        for lead in open_cases(view)
    ]
    only_text = all(part["content"]["kind"] == "text" for part in parts)
    if only_text:
        other = press(voice.plain("letters.was-search"), "none")
    else:
        other = press(voice.plain("letters.not-sent"), "back")
    return above(view, Focus(**draft["back"]), [*notes, said], (*cases, (other,)))
