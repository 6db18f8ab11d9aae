"""The text of a question, and of the summary of answers."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.engine.replay import Walk
from bot.engine.values import Answers
from bot.guide.pages import figures
from bot.guide.pages.layout import bold, stacked
from bot.guide.shelf import Edition


def question_text(edition: Edition, name: str, walk: Walk, notes: Sequence[Markup] = ()) -> Markup:
    """A question under its notes: flow, progress, the question, why it is asked, a hint."""
    voice, words = edition.voice, edition.words.questions[name]
    place = voice.say(
        "question.place",
        flow=edition.words.flows[walk.flow.flow].title,
        bar=figures.bar(walk.progress),
        percent=int(walk.progress * 100),
    )
    asked = [bold(words.ask), voice.say("question.why", why=words.why)]
    if words.hint:
        asked.append(voice.say("question.hint", hint=words.hint))
    return paragraphs(*notes, place, *asked)


def summary_text(edition: Edition, walk: Walk, answers: Answers) -> Markup:
    """Every answer of the walk, and what is still open."""
    voice = edition.voice
    lines = [answer_line(edition, name, answers) for name in walk.asked if name not in walk.open]
    head = voice.say("summary.title", flow=edition.words.flows[walk.flow.flow].title)
    if not lines:
        return paragraphs(head, voice.say("summary.empty"))
    left = voice.count("summary.open", len(walk.open)) if walk.open else voice.say("summary.full")
    return paragraphs(head, stacked(lines), left, voice.say("summary.change"))


def answer_line(edition: Edition, name: str, answers: Answers) -> Markup:
    """One answer: the question's short label, and what was answered."""
    said = figures.answer(name, answers[name], edition)
    label = edition.words.questions[name].label
    line = edition.voice.say("summary.line", question=label, answer=said)
    return figures.bullet(line, edition.voice)


def paragraphs(*parts: Markup) -> Markup:
    """The parts that are not empty, with an empty line between them."""
    return Markup("\n\n".join([part for part in parts if part]))
