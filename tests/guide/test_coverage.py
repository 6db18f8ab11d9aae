"""What the guide covers: counted in the small guide, and promised of the guide in service."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.engine.values import Json
from bot.guide.coverage import Coverage, Due, Share, as_json, coverage, stale
from bot.guide.load import Loaded, load
from tests.guide import small

DUE = date(2026, 11, 22) + timedelta(days=90)
"""The day of recheck of every page of the small guide."""
LEAST = {"steps": 70, "programmes": 25, "bodies": 40, "glossary": 60}
FLOWS = 12
EXPORT_PRODUCTS = 8
FACTS = {*(f"L-{n:02}" for n in range(1, 213)), *(f"F-{n:02}" for n in range(1, 284))}


def loaded(directory: Path, **changes: tuple[str, str]) -> Loaded:
    """The small guide with something replaced in these steps, programmes and articles."""
    texts = small.files()
    for name, (old, new) in changes.items():
        [file] = [each for each in texts if each.endswith(f"/{name.replace('_', '-')}.yaml")]
        assert old in texts[file]
        texts[file] = texts[file].replace(old, new)
    return load(small.write(directory / "guide", texts))


def test_each_flow_is_counted(tmp_path: Path) -> None:
    """The second step of ``licence`` is free for some, and its time is not known to anybody."""
    learn, licence, money = coverage(loaded(tmp_path))
    none = Share(0, 0)
    assert learn == Coverage(
        *("learn", 3, 1, 1, 0, 2, 3),
        *(Share(1, 1), Share(0, 1), Share(1, 1), Share(0, 1), Share(0, 1), Share(2, 2)),
    )
    assert licence == Coverage(
        *("licence", 8, 2, 0, 1, 2, 3),
        *(Share(2, 2), Share(1, 2), Share(2, 2), Share(1, 2), Share(1, 2), Share(3, 3)),
    )
    assert money == Coverage(
        *("money", 3, 0, 3, 1, 2, 5),
        *(none, none, none, none, none, Share(4, 4)),
    )
    assert str(licence.documents) == "1/2"


def test_what_becomes_known_is_no_longer_unknown(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        register=("time: unknown", "time: {min: 1d, max: 2d, source: L-01}"),
        permit=("  - unknown\n", ""),
        evening_course=("ceiling: unknown", "ceiling: {max: 5, unit: new SYP, source: L-01}"),
    )
    learn, licence, money = coverage(found)
    assert [learn.unknowns, licence.unknowns, money.unknowns] == [1, 1, 4]
    assert licence.time == Share(2, 2)


def test_a_page_without_words_in_every_language_is_not_whole(tmp_path: Path) -> None:
    guide = small.write(tmp_path / "guide", small.files())
    (guide / "content/en/articles/soap.md").unlink()
    learn, licence, money = coverage(load(guide))
    assert [learn.languages, licence.languages, money.languages] == [
        Share(2, 2),
        Share(2, 3),
        Share(3, 4),
    ]


def test_a_guide_that_cannot_be_built_has_no_numbers(tmp_path: Path) -> None:
    assert list(coverage(loaded(tmp_path, permit=("time: ", "tine: ")))) == []


def test_programs_read_the_same_numbers(tmp_path: Path) -> None:
    _, licence, _ = coverage(loaded(tmp_path))
    read = as_json(licence)
    assert (read["flow"], read["unknowns"]) == ("licence", licence.unknowns)
    assert read["time"] == {"known": 1, "of": 2}


def test_nothing_is_due_before_the_day_after_its_recheck(tmp_path: Path) -> None:
    guide = loaded(tmp_path).guide
    assert guide is not None
    assert stale(guide, DUE) == []
    assert len(stale(guide, DUE + timedelta(days=1))) == 6


def test_what_is_due_stands_by_body_and_editor_the_longest_due_first(tmp_path: Path) -> None:
    early = DUE - timedelta(days=20)
    found = loaded(
        tmp_path,
        register=("recheck: 90d", "recheck: 70d"),
        closed_fund=("recheck: 90d", "recheck: 85d"),
        permit=("recheck: 90d", "recheck: 90d\neditor: rima"),
        evening_course=("recheck: 90d", "recheck: 91d\neditor: adnan"),
        soap=("recheck: 90d", "recheck: 400d"),
    )
    assert found.guide is not None
    assert stale(found.guide, early + timedelta(days=1)) == [
        Due("ministry", "-", "steps/register", early)
    ]
    assert stale(found.guide, DUE + timedelta(days=2)) == [
        Due("bank", "-", "programmes/seed-loan", DUE),
        Due("ministry", "-", "steps/register", early),
        Due("ministry", "-", "programmes/closed-fund", DUE - timedelta(days=5)),
        Due("town-hall", "adnan", "programmes/evening-course", DUE + timedelta(days=1)),
        Due("town-hall", "rima", "steps/permit", DUE),
    ]


@pytest.fixture(scope="module")
def served() -> Loaded:
    return load(small.CHECKOUT)


def test_the_guide_in_service_covers_what_is_promised(served: Loaded) -> None:
    guide = served.guide
    assert guide is not None
    held = {kind: len(getattr(guide, kind)) for kind in LEAST}
    assert {kind: held[kind] for kind in LEAST if held[kind] < LEAST[kind]} == {}
    assert len(guide.flows) == FLOWS
    assert len([a for a in guide.articles if a.startswith("product-")]) >= EXPORT_PRODUCTS


def test_every_flow_says_everything_in_every_language(served: Loaded) -> None:
    flows = list(coverage(served))
    assert len(flows) == FLOWS
    assert [each.flow for each in flows if each.languages.known < each.languages.of] == []
    assert [each.flow for each in flows if not each.steps or not each.sources] == []


def test_every_fact_is_cited_or_its_disuse_is_explained(served: Loaded) -> None:
    guide = served.guide
    assert guide is not None
    assert len(FACTS) == 495
    assert guide.sources.keys() == FACTS
    cited = {
        source
        for file, value in served.files.items()
        if file.startswith(("flows/", "content/data/"))
        for source in _cited(value)
    }
    assert cited | guide.unused.keys() == FACTS
    assert cited & guide.unused.keys() == set()
    assert [name for name, reason in guide.unused.items() if len(reason.split()) < 3] == []


def _cited(value: Json) -> Iterator[str]:
    """What stands under ``source`` or ``sources``, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("source", "sources"):
                yield from [inner] if isinstance(inner, str) else inner
            else:
                yield from _cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _cited(inner)
