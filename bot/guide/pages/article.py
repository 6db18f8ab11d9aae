"""The text of an article, and of the words of a page that not everybody knows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup, escape

from bot.guide.markup import html
from bot.guide.pages.layout import bold, italic, stacked
from bot.guide.pages.question import paragraphs
from bot.guide.pages.trust import freshness, sources_text
from bot.guide.shelf import Edition


def article_text(edition: Edition, name: str, values: dict[str, str], today: date) -> Markup:
    """An article with its sources. ``values`` fill the templates of the text."""
    article, words = edition.guide.articles[name], edition.words.articles[name]
    return paragraphs(
        bold(words.title),
        italic(words.summary),
        html(words.body, values),
        freshness(edition, article, today),
        sources_text(edition, article.sources),
    )


def glossary_text(edition: Edition, names: Iterable[str]) -> Markup:
    """The meanings of several words, one under the other."""
    meanings = (_meaning(edition, name) for name in names)
    return paragraphs(edition.voice.say("glossary.on-page"), *meanings)


def _meaning(edition: Edition, name: str) -> Markup:
    words = edition.words.glossary[name]
    return stacked([bold(words.term), escape(words.meaning)])


def word_text(edition: Edition, name: str) -> Markup:
    """One word: its meaning, what else people call it, and where that comes from."""
    words, voice = edition.words.glossary[name], edition.voice
    also = voice.plain("list.and").join(words.also)
    return paragraphs(
        _meaning(edition, name),
        voice.say("glossary.also", words=escape(also)) if also else Markup(""),
        sources_text(edition, edition.guide.glossary[name].sources),
    )
