"""Deep links: each fits Telegram and opens what it names, also by a former name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.engine.guide import Guide
from bot.guide.links import LETTERS, opened, payloads, title_of
from bot.guide.load import Loaded, load
from tests.guide import small

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram passes on after ``?start=``."""


@pytest.fixture(scope="module")
def served() -> Loaded:
    return load(small.CHECKOUT)


@pytest.fixture
def guide(tmp_path: Path) -> Guide:
    texts = small.files()
    texts["flows/articles/soap.yaml"] += "was: [laurel]\n"
    found = load(small.write(tmp_path / "guide", texts))
    assert found.problems == ()
    assert found.guide is not None
    return found.guide


def test_every_link_of_the_guide_in_service_fits_and_opens_what_it_names(served: Loaded) -> None:
    assert served.guide is not None
    found = list(payloads(served.guide))
    assert len({payload for payload, _, _ in found}) == len(found)
    assert [p for p, _, _ in found if not PAYLOAD.fullmatch(p)] == []
    amiss = [p for p, kind, name in found if opened(served.guide, p) != (kind, name)]
    assert amiss == []


def test_there_is_a_link_to_everything_that_has_a_title(served: Loaded) -> None:
    guide = served.guide
    assert guide is not None
    found = list(payloads(guide))
    assert {kind for _, kind, _ in found} == {"flow", *LETTERS.values()}
    places = (
        *(guide.flows, guide.steps, guide.programmes, guide.articles, guide.bodies),
        *(guide.glossary, guide.governorates, guide.subjects),
    )
    assert len(found) == sum(map(len, places))
    for words in served.words.values():
        assert [p for p, kind, name in found if not title_of(words, kind, name).strip()] == []


@pytest.mark.parametrize(
    ("payload", "place"),
    [
        ("licence", ("flow", "licence")),
        ("s-permit", ("step", "permit")),
        ("s-old-permit", ("step", "permit")),
        ("p-old-loan", ("programme", "seed-loan")),
        ("a-laurel", ("article", "soap")),
        ("b-town-hall", ("body", "town-hall")),
        ("w-guarantor", ("word", "guarantor")),
        ("g-homs", ("governorate", "homs")),
        ("q-dairy", ("subject", "dairy")),
    ],
)
def test_a_link_opens_the_page_of_today(payload: str, place: tuple[str, str], guide: Guide) -> None:
    assert opened(guide, payload) == place


@pytest.mark.parametrize(
    "payload",
    [
        *("", "-", "s", "s-", "--", "s--permit", "S-permit", "s_permit", "s-permit-", "s-Permit"),
        *("permit", "x-permit", "p-permit", "s-seed-loan", "b-permit", "old-permit", "a-old-loan"),
        *("licence-", "menu", "q-licence", "g-old-homs", "steps-permit", "s-permit s-register"),
        *("../../etc/passwd", "__class__", "s-__class__", "سجل", "s-" + "a" * 62),
    ],
)
def test_nonsense_opens_nothing(payload: str, guide: Guide) -> None:
    assert opened(guide, payload) is None
