"""Every screen fits Telegram in each language when its longest values are added up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from bot.guide.pages.longest import Screenful, longest_screens
from bot.guide.prove.findings import Claim, Finding, Spot, Tally, failure
from bot.guide.prove.ground import Ground
from bot.guide.screen import LONGEST_TEXT


def claims(ground: Ground) -> Iterator[Claim]:
    """Of each screen in each language, that it is short enough."""
    for edition in ground.editions:
        language = edition.voice.language
        for screen in longest_screens(edition):
            at = Spot(f"screens/{language}/{screen.what}", screen.file, (screen.what,))
            yield Claim(at, partial(_fits, at, screen, language))


def _fits(at: Spot, screen: Screenful, language: str, _tally: Tally) -> Iterable[Finding]:
    if screen.units > LONGEST_TEXT:
        told = {"screen": screen.what, "language": language, "units": str(screen.units)}
        yield failure("screen-too-long", at, None, **told)
