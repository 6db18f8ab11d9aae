"""An officer, in their own chat, says of a step that it is still right, what it lacks, or what is
wrong. It stands beside the text at once, in the office's name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from bot.conversation.buttons import Press
from bot.conversation.outcome import Outcome, Word
from bot.conversation.project import Focus
from bot.conversation.screens.reporting import offices_of, parted
from bot.conversation.view import View
from bot.engine.readers import Refused, read_text
from bot.referrals.content import Message
from bot.referrals.ground import local_day
from bot.referrals.rows.due import where_it_speaks
from bot.store import reports
from bot.store.reports import FACTS, RIGHT
from bot.store.store import Transaction

LONGEST_WORD = 200
"""Characters of what an office says: it stands in a message that has more to say."""


def right(view: View, step: str) -> Outcome | None:
    """All of a step still holds; who speaks for two offices is asked for which. ``None``: for none."""
    offices = offices_of(view, step) if step in view.edition.guide.steps else []
    if len(offices) == 1:
        word = Word(step, RIGHT, offices[0])
        return Outcome(view.project.at(Focus("step", step)), word=word)
    if not offices:
        return None
    return Outcome(view.project.at(Focus("report", f"{step}:{RIGHT}", {"text": ""})))


def typed(view: View, text: str) -> Outcome:
    """What is lacking or wrong, in the officer's words."""
    voice, draft = view.edition.voice, _draft(view)
    if parted(view.project.focus.name)[1] not in FACTS:
        return Outcome(view.project, (voice.say("report.choose"),))
    read = read_text(text, LONGEST_WORD)
    if isinstance(read, Refused):
        return Outcome(view.project, (voice.say(f"refused.{read.reason}", **read.values),))
    return _drafted(view, {**draft, "text": read.value})


def sent(view: View, message: Message | None) -> Outcome:
    """The photo of a receipt, perhaps with the words below it; nothing else is taken."""
    content = message.content if message else None
    if content is None or content.kind != "photo":
        return Outcome(view.project, (view.edition.voice.say("report.only-photo"),))
    if parted(view.project.focus.name)[1] not in FACTS:
        return Outcome(view.project, (view.edition.voice.say("report.choose"),))
    with_photo = _drafted(view, {**_draft(view), "photo": content.file})
    if not content.text:
        return with_photo
    return typed(view.showing(with_photo.project), content.text)


def send(view: View, press: Press) -> Outcome | None:
    """The draft goes out in the name of this office; ``None`` if there is none to send."""
    focus, draft = view.project.focus, _draft(view)
    step, fact = parted(focus.name)
    if focus.kind != "report" or press.object not in offices_of(view, step):
        return None
    if fact not in (RIGHT, *FACTS) or (fact != RIGHT and not draft.get("text")):
        return None
    text, photo = draft.get("text", ""), draft.get("photo")
    word = Word(step, fact, press.object, text, photo)
    return Outcome(view.project.at(Focus("step", step)), word=word)


def keep(tx: Transaction, view: View, word: Word) -> Markup:
    """Keeps what an officer said, once if they say it twice on a day; gives what they are told."""
    voice, guide = view.edition.voice, view.edition.guide
    officer = next(each for each in view.officers if each.office == word.office)
    where = where_it_speaks(guide, word.office)
    for known in reports.of_step(tx, [word.step], [where]):
        same = (known.office, known.fact, known.text) == (word.office, word.fact, word.text)
        if same and local_day(known.at) == view.today and not word.photo:
            return voice.say("report.known")
    reports.add(
        tx,
        about=word.step,
        fact=word.fact,
        office=word.office,
        governorate=where,
        officer=officer.number,
        text=word.text,
        photo=word.photo,
    )
    return voice.say("report.thanks-right" if word.fact == RIGHT else "report.thanks")


def _draft(view: View) -> dict[str, Any]:
    draft = view.project.focus.draft
    return draft if isinstance(draft, dict) else {}


def _drafted(view: View, draft: dict[str, Any]) -> Outcome:
    return Outcome(view.project.at(replace(view.project.focus, draft=draft)))
