"""The road in a terminal, scripted: plain lines go in through a pipe, what is seen comes out."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from bot.guide.pages import figures
from tests.town import Town, town

ROOT = Path(__file__).parents[2]
ANSWERS = [
    ("governorate", "aleppo"),
    ("sector", "trade"),
    ("legal-form", "individual"),
    ("effort", "with-capital"),
    ("premises", "rented"),
]
"""Typed in the guide's own words, whatever these are today."""
LANGUAGE = {"ar": "1", "en": "2"}
WORKERS = {"ar": ":say ٣", "en": ":say 3"}
NO = {"ar": "لا", "en": "no"}


async def walk(place: Town, language: str, lines: list[str]) -> str:
    """What ``dalil chat`` prints for these lines."""
    arguments = ["--url", place.telegram.url, "--person", "77", "--language", language]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "chat", *arguments),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )
    output, errors = await process.communicate("\n".join(lines).encode())
    assert (process.returncode, errors) == (0, b"")
    return output.decode()


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_a_script_walks_to_the_roadmap(tmp_path: Path, language: str) -> None:
    async with town(tmp_path, offices=False) as place:
        edition = place.dalil.guide.shelf.edition(language)
        typed = [figures.option(question, option, edition) for question, option in ANSWERS]
        held = figures.option("papers-held", "registered-lease", edition)
        lines = [
            "/start",
            LANGUAGE[language],
            "/start licence",
            *typed,
            WORKERS[language],
            NO[language],
            held,
        ]
        seen = await walk(place, language, lines)

        roadmap = seen.rpartition(f"> {held}")[2]
        assert "(no answer)" not in seen
        for step in ("commercial-register", "chamber-membership", "tax-file", "register-lease"):
            assert edition.words.steps[step].title in roadmap
