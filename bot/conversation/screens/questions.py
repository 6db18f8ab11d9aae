"""A question with its buttons, and the summary from which any answer can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from bot.conversation.buttons import press
from bot.conversation.project import MENU, Focus
from bot.conversation.screens.frame import foot, go, rows
from bot.conversation.screens.pages import end, onward
from bot.conversation.view import View
from bot.guide.pages import figures
from bot.guide.pages.question import paragraphs, question_text, summary_text
from bot.guide.screen import Rows, Screen, in_rows
from bot.guide.shelf import Edition


def question(view: View, notes: Sequence[Markup]) -> Screen:
    """The question in focus, answered by pressing or by typing."""
    name = view.project.focus.name
    voice, edition = view.edition.voice, view.edition
    said = [*notes, *_taken_over(view)]
    if name in view.walk.refused:
        said.append(voice.say("question.again"))
    elif name not in view.walk.open:
        given = figures.answer(name, view.project.answers[name], edition)
        said.append(voice.say("question.answered", answer=given))
    if isinstance(view.project.focus.draft, int):
        said.append(voice.say("refused.old-or-new-pounds"))
    text = question_text(edition, name, view.walk, said)
    return Screen(text, (*_options(view, name), *_unsure(view, name), *foot(view, _back(view))))


def _taken_over(view: View) -> list[Markup]:
    """What a flow entered later took from earlier answers."""
    if not view.project.took_over:
        return []
    said = [
        f"{view.edition.words.questions[name].label}: "
        f"{figures.answer(name, view.project.answers[name], view.edition)}"
        for name in view.project.took_over
    ]
    voice = view.edition.voice
    return [voice.say("question.took-over", answers=voice.plain("list.and").join(said))]


def _options(view: View, name: str) -> Rows:
    asked, draft = view.edition.guide.questions[name], view.project.focus.draft
    if asked.kind == "several":
        return _several(view, name, draft if isinstance(draft, list) else chosen(view, name))
    if asked.kind == "money" and isinstance(draft, int):
        voice = view.edition.voice
        units = (("new", "new SYP"), ("old", "old SYP"))
        return tuple(
            (press(figures.money(draft, unit, voice), "unit", name, short),)
            for short, unit in units
        )
    if asked.kind in ("choice", "yes-no", "governorate"):
        return _choices(view.edition, name)
    return ()


@lru_cache(maxsize=512)
def _choices(edition: Edition, name: str) -> Rows:
    """A button for each option. Kept: whoever is asked, they are the same in one edition."""
    buttons = [
        press(figures.option(name, option, edition), "answer", name, option)
        for option in edition.guide.option_ids(name)
    ]
    return in_rows(buttons, mirrored=edition.mirrored)


def _several(view: View, name: str, picked: list[str]) -> Rows:
    voice = view.edition.voice
    buttons = []
    for option in view.edition.guide.option_ids(name):
        mark = "mark.picked" if option in picked else "mark.free"
        label = voice.plain(mark, label=figures.option(name, option, view.edition))
        buttons.append(press(label, "toggle", name, option))
    done = voice.plain("several.done" if picked else "several.none", n=len(picked))
    return (*rows(view, buttons), (press(done, "enough", name),))


def chosen(view: View, name: str) -> list[str]:
    """What is picked so far in a question of several: the draft, else the answer given before."""
    draft = view.project.focus.draft
    if isinstance(draft, list):
        return draft
    given = view.project.answers.get(name) if name not in view.walk.open else None
    return given if isinstance(given, list) else []


def _unsure(view: View, name: str) -> Rows:
    if not view.edition.guide.questions[name].may_be_unknown:
        return ()
    return ((press(view.edition.voice.plain("button.unsure"), "unsure", name),),)


def _back(view: View) -> Focus:
    """Where Back leads: to the question asked before, or to the screen that led here."""
    focus = view.project.focus
    if focus.kind == "change":
        return Focus("summary")
    if view.walk.position is None:
        return Focus("roadmap")
    place = view.walk.asked.index(focus.name)
    return Focus("question", view.walk.asked[place - 1]) if place else MENU


def summary(view: View, notes: Sequence[Markup]) -> Screen:
    """Every answer, each with a button to change it; nothing is deleted by looking."""
    given = [name for name in view.walk.asked if name not in view.walk.open]
    text = summary_text(view.edition, view.walk, view.project.answers)
    changes = [
        press(view.edition.words.questions[name].label, "go", "change", name) for name in given
    ]
    if view.walk.position is None:
        further = go(view, onward(view), end(view))
    else:
        further = go(view, "button.continue", Focus("question", view.walk.position))
    return Screen(paragraphs(*notes, text), (*rows(view, changes), (further,), *foot(view)))
