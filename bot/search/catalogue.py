"""Everything of a guide that can be looked up, as one index over all its languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from bot.engine.guide import Guide
from bot.guide.words import PageWords, Words
from bot.search.entry import Entry
from bot.search.index import Index
from bot.search.lexicon import Lexicon

PURPOSE: Final = (
    "start", "business", "shop", "factory", "workshop", "licence", "sell", "company", "customer",
    "goods", "trader", "machinery",
)  # fmt: skip
"""The concepts of ``synonyms.yaml`` by which people say that they mean a business."""
Text = tuple[str, str, Sequence[str]]
"""What a place is called, what is said of it, and citizens' words for it."""


def of_guide(guide: Guide, worded: Mapping[str, Words]) -> Index:
    """An index of flows, pages, bodies, words and subjects; ids are such as ``step:tax-file``."""
    return _of_guide(guide, tuple(worded.items()))


@lru_cache(maxsize=2)
def _of_guide(guide: Guide, languages: tuple[tuple[str, Words], ...]) -> Index:
    """Built once for each guide: it takes a second."""
    worded = dict(languages)
    return Index.build([*_covered(guide, worded), *uncovered(worded)], lexicon(worded))


def lexicon(worded: Mapping[str, Words]) -> Lexicon:
    """The fillers and the synonyms of every language together."""
    groups = (words.fillers.values() for words in worded.values())
    synonyms: dict[str, list[str]] = {}
    for words in worded.values():
        for concept, same in words.synonyms.items():
            synonyms.setdefault(concept, []).extend(same)
    purpose = [concept for concept in PURPOSE if concept in synonyms]
    return Lexicon(list(chain.from_iterable(chain.from_iterable(groups))), synonyms, purpose)


def _covered(guide: Guide, worded: Mapping[str, Words]) -> Iterator[Entry]:
    listed: Mapping[str, tuple[Mapping[str, object], Callable[[Words, str], Text]]] = {
        "subject": (guide.subjects, _subject),
        "flow": (guide.flows, _flow),
        "step": (guide.steps, lambda words, name: _page(words.steps[name])),
        "programme": (guide.programmes, lambda words, name: _page(words.programmes[name])),
        "article": (guide.articles, lambda words, name: _page(words.articles[name])),
        "body": (guide.bodies, _body),
        "word": (guide.glossary, _word),
        "governorate": (guide.governorates, _governorate),
    }
    for kind, (names, text_of) in listed.items():
        for name in names:
            texts = {language: text_of(words, name) for language, words in worded.items()}
            yield _entry(f"{kind}:{name}", texts)


def _entry(id: str, texts: Mapping[str, Text], *, covered: bool = True) -> Entry:
    return Entry(
        id,
        titles={language: title for language, (title, _, _) in texts.items()},
        descriptions={language: about for language, (_, about, _) in texts.items()},
        keywords={language: says for language, (_, _, says) in texts.items()},
        covered=covered,
    )


def uncovered(worded: Mapping[str, Words]) -> Iterator[Entry]:
    """The subjects that people also ask about and the guide does not cover."""
    names = dict.fromkeys(name for words in worded.values() for name in words.uncovered)
    for name in names:
        texts = {
            language: (words.uncovered[name].title, "", words.uncovered[name].says)
            for language, words in worded.items()
            if name in words.uncovered
        }
        yield _entry(name, texts, covered=False)


def _subject(words: Words, name: str) -> Text:
    subject = words.subjects[name]
    return subject.title, "", subject.says


def _flow(words: Words, name: str) -> Text:
    flow = words.flows[name]
    return flow.title, flow.summary, flow.says


def _page(page: PageWords) -> Text:
    return page.title, page.summary, page.says


def _body(words: Words, name: str) -> Text:
    body = words.bodies[name]
    return body.name, body.about, body.says


def _word(words: Words, name: str) -> Text:
    entry = words.glossary[name]
    return entry.term, entry.meaning, entry.also


def _governorate(words: Words, name: str) -> Text:
    place = words.governorates[name]
    return place.name, "", place.says
