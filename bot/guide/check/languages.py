"""Languages: each has both halves, the words of the guide and the catalogs of the bot's voice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.guide.draft import Draft
from bot.guide.languages import languages_in, strange_in
from bot.guide.problems import Place, Problem, problem


def check_languages(draft: Draft, locales: Path) -> Iterator[Problem]:
    """Languages with words but no catalogs, or the reverse, and folders of no known language."""
    voiced = languages_in(locales)
    for language in draft.words:
        if language not in voiced:
            yield _half("language-without-catalogs", language, "content", "locales")
    for language in voiced:
        if language not in draft.words:
            yield _half("language-without-content", language, "locales", "content")
    for language in strange_in(locales):
        yield problem("language-unknown", f"locales/{language}", Place(), language=language)


def _half(code: str, language: str, there: str, where: str) -> Problem:
    told = {"language": language, "where": f"{where}/{language}"}
    return problem(code, f"{there}/{language}", Place(), **told)
