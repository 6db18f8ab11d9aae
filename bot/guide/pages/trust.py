"""How far a page can be trusted: where it comes from, how old that is, when it was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from markupsafe import Markup

from bot.engine.strict import Sourced
from bot.guide.pages import figures
from bot.guide.pages.layout import on_one_line, stacked
from bot.guide.shelf import Edition


def sources_text(edition: Edition, cited: Iterable[str]) -> Markup:
    """What something rests on, each page once; folded, to be opened by who wants to know."""
    pages: dict[str, str] = {}
    for name in cited:
        pages.setdefault(edition.guide.sources[name].address or name, name)
    if not pages:
        return Markup("")
    lines = [figures.bullet(source_line(edition, name), edition.voice) for name in pages.values()]
    listed = stacked([edition.voice.say("step.sources"), *lines])
    return Markup("<blockquote expandable>{}</blockquote>").format(listed)


def source_line(edition: Edition, name: str) -> Markup:
    """One source: title, linked where it is a page, publisher, date, confidence."""
    voice, source, words = edition.voice, edition.guide.sources[name], edition.words.sources[name]
    dated = source.date if source.year else voice.plain("source.undated")
    link = (
        Markup('<a href="{}">{}</a>').format(source.address, words.title)
        if source.address
        else Markup("{}").format(words.title)
    )
    confidence = voice.plain(f"source.{source.confidence}")
    line = voice.say(
        "source.line", title=link, publisher=words.publisher, date=dated, confidence=confidence
    )
    return on_one_line(line, voice.say("source.old")) if source.predates_change else line


def is_due(page: Sourced, today: date) -> bool:
    """Whether it is time to read the sources of a page again."""
    return today > page.read + timedelta(days=page.recheck)


def is_old(edition: Edition, page: Sourced) -> bool:
    """Whether no source of a page is known to be newer than the change of government."""
    return all(edition.guide.sources[name].predates_change is not False for name in page.sources)


def freshness(edition: Edition, page: Sourced, today: date) -> Markup:
    """One line: when the sources were read, and whether that, or they themselves, are old."""
    voice = edition.voice
    line = voice.say("step.read", day=figures.day(page.read, voice))
    if is_due(page, today):
        return on_one_line(line, voice.say("step.due"))
    if is_old(edition, page):
        return on_one_line(line, voice.say("page.old"))
    return line
