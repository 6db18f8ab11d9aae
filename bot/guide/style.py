"""How the guide is written: long sentences, and words of offices that nobody says.

These are warnings: a guide that has them is served all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path as Directory
from typing import Final

from bot.guide.draft import Draft, read
from bot.guide.explained import read_explained
from bot.guide.kinds import EXPLAINED, PAGES, page_file, words_file
from bot.guide.pages.longest import Screenful, longest_screens
from bot.guide.problems import Place, Problem, problem
from bot.guide.shelf import Edition
from bot.guide.words import Words

MOST_WORDS: Final = {"ar": 24, "en": 28}
"""Words of a sentence that is still read in one breath; English needs more small ones."""
MOST_READ: Final = {"ar": 900, "en": 1100}
"""Characters of a page on one phone screen; English ones are narrower, and so many more fit."""
OTHERWISE: Final = 26
_ENDS: Final = re.compile(r"[.!?؟؛;]\s|\n\s*\n|\n(?=- )|:\s*\n")
_WORD: Final = re.compile(r"\w[\w'’-]*")
_NO_WORD: Final = r"(?<![\w])(?:{})(?![\w])"


STYLE: Final = frozenset({"sentence-long", "officialese", "screen-long"})
"""The codes of these warnings."""


def check_style(directory: Directory, editions: Iterable[Edition]) -> list[Problem]:
    """What nobody has explained yet of how a sound guide is written, in every language.

    An explanation names the file as its place. One that explains nothing is told as well.
    """
    draft, explained = read(directory), read_explained(directory)
    found: list[Problem] = []
    for edition in editions:
        for file, start, text in _texts(draft, edition.voice.language, edition.words):
            found += _long_sentences(edition.voice.language, file, start, text)
            found += _officialese(edition.words, file, start, text)
        found += _long_screens(edition)
    idle = [
        problem("explains-nothing", EXPLAINED, explained.places[name], name=name)
        for name, entry in explained.entries.items()
        if entry.warning in STYLE and not any(entry.fits(each.code, each.file) for each in found)
    ]
    left = (each for each in found if not explained.fits(each.code, each.file))
    return [*sorted(left, key=lambda each: (each.file, each.line)), *idle, *explained.problems]


def _long_screens(edition: Edition) -> Iterator[Problem]:
    """Pages that are longer than a phone shows, as the longest of their readers sees them."""
    most = MOST_READ.get(edition.voice.language, MOST_READ["en"])
    longest: dict[str, Screenful] = {}
    for screen in longest_screens(edition):
        if screen.file.endswith(".md"):
            known = longest.get(screen.file, screen)
            longest[screen.file] = max(screen, known, key=lambda each: each.open)
    for file, screen in longest.items():
        if screen.open > most:
            told = {"what": screen.what, "language": edition.voice.language}
            yield problem(
                "screen-long", file, Place(), units=str(screen.open), most=str(most), **told
            )


def _texts(draft: Draft, language: str, words: Words) -> Iterator[tuple[str, int, str]]:
    """Every text with its file and the line where it begins."""
    for kind in PAGES:
        for name, page in getattr(words, kind).items():
            file = page_file(language, kind, name)
            yield file, draft.files[file].place(("body",)).line, page.body
            yield file, draft.files[file].place(("summary",)).line, page.summary
    short = {
        "bodies": {name: body.about for name, body in words.bodies.items()},
        "governorates": {name: place.about for name, place in words.governorates.items()},
        "glossary": {name: entry.meaning for name, entry in words.glossary.items()},
        "questions": {name: question.why for name, question in words.questions.items()},
        "reasons": words.reasons,
        "flows": {name: flow.summary for name, flow in words.flows.items()},
    }
    for short_kind, texts in short.items():
        file = words_file(language, short_kind)
        for name, text in texts.items():
            yield file, draft.files[file].key((name,)).line, text


def _long_sentences(language: str, file: str, start: int, text: str) -> Iterator[Problem]:
    most, place = MOST_WORDS.get(language, OTHERWISE), 0
    for end in (*(found.end() for found in _ENDS.finditer(text)), len(text)):
        count = len(_WORD.findall(text[place:end]))
        if count > most:
            blank = len(text[place:]) - len(text[place:].lstrip())
            line = start + text.count("\n", 0, place + blank)
            told = {"count": str(count), "most": str(most)}
            yield problem("sentence-long", file, Place(line), **told)
        place = end


def _officialese(words: Words, file: str, start: int, text: str) -> Iterator[Problem]:
    for entry in words.officialese.values():
        pattern = _NO_WORD.format("|".join(map(re.escape, entry.words)))
        for found in re.finditer(pattern, text, re.IGNORECASE):
            line = start + text.count("\n", 0, found.start())
            told = {"word": found[0], "instead": entry.instead}
            yield problem("officialese", file, Place(line), **told)
