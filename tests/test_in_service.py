"""The guide in service: nothing takes its place that is not sound and proved, once for each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest

from bot.guide.load import revision
from bot.in_service import GuideInService, GuideRefused
from bot.store import revisions
from bot.store.store import Store
from tests.guide.prove.village import Village, an_article, changed

Change = Callable[[Village], None]


@pytest.fixture
async def service(store: Store, tmp_path: Path) -> GuideInService:
    """The sound village in service."""
    found = GuideInService(Village().write(tmp_path / "guide"), store)
    await found.reload()
    return found


def edit(directory: Path, *changes: Change) -> Path:
    """Writes the village anew, changed, in the place of what was there."""
    rmtree(directory / "guide", ignore_errors=True)
    return changed(*changes).write(directory / "guide")


async def refused(service: GuideInService) -> GuideRefused:
    """Why the guide is not served; what was in service stays, to the very objects."""
    shelf, index = service.shelf, service.index
    with pytest.raises(GuideRefused) as refusal:
        await service.reload()
    assert service.shelf is shelf
    assert service.index is index
    return refusal.value


def nothing_for_traders(village: Village) -> None:
    village.flows["licence"]["goals"] = ["oven-check", "craft-card"]
    village.flows["licence"]["programmes"] = []
    del village.programmes["loan"], village.steps["permit"]
    village.steps["craft-card"]["needs"] = ["register"]
    village.articles["small"] = an_article(when={"workers": {"max": 5}})
    village.flows["licence"]["articles"].append("small")


def labels_alike(village: Village) -> None:
    village.labels |= {"sector.food": "Trade!"}


def asked_in_vain(village: Village) -> None:
    village.questions["colour"] = {"kind": "choice", "options": ["red", "green"]}
    village.flows["licence"]["ask"].append("colour")


def misspelt(village: Village) -> None:
    village.flows["licence"]["goals"].append("permits")
    village.steps["permit"]["at"] = "offices"


def renamed(village: Village) -> None:
    village.titles["bread"] = "baguettes"


async def test_a_sound_guide_takes_the_place_of_another(
    service: GuideInService, store: Store, tmp_path: Path
) -> None:
    before = service.shelf.revision
    assert [hit.id for hit in service.index.search("baguettes", "en").hits] == []
    guide = edit(tmp_path, renamed)
    await service.reload()
    assert service.shelf.revision == revision(guide) != before
    assert [hit.id for hit in service.index.search("baguettes", "en").hits] == ["article:bread"]
    assert await store.run(lambda tx: revisions.get(tx, before))
    now = service.shelf.revision
    assert await store.run(lambda tx: revisions.get(tx, now))


async def test_what_does_not_hold_is_told_with_whom_it_fails(
    service: GuideInService, store: Store, tmp_path: Path
) -> None:
    guide = edit(tmp_path, nothing_for_traders)
    refusal = await refused(service)
    failure, witness, *_, end = str(refusal).splitlines()
    assert failure.strip().startswith("flows/licence.yaml:")
    assert "failure ends-empty (flows/licence)" in failure
    assert witness.strip() == "for example: sector: trade"
    assert end == "The guide is not served until these are mended."
    assert any("مثال: sector: trade" in line for line in refusal.told("ar"))
    assert await store.run(lambda tx: revisions.first_served(tx, revision(guide))) is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (labels_alike, "reads-otherwise (questions/sector/food)"),
        (asked_in_vain, "asked-in-vain (flows/licence/colour)"),
    ],
)
async def test_an_option_that_reads_alike_and_a_question_about_nothing_are_refused(
    change: Change, told: str, service: GuideInService, tmp_path: Path
) -> None:
    edit(tmp_path, change)
    assert told in str(await refused(service))
    edit(tmp_path, renamed)
    await service.reload()
    assert service.index.search("baguettes", "en").hits


async def test_an_explanation_that_cannot_be_read_is_told_with_its_line(
    service: GuideInService, tmp_path: Path
) -> None:
    def without_reason(village: Village) -> None:
        village.explained["why-not"] = {"warning": "to-bring", "at": "documents/deed"}

    edit(tmp_path, without_reason)
    assert "content/data/explained.yaml:2:" in str(await refused(service))


async def test_a_guide_with_problems_is_refused_with_every_one(
    service: GuideInService, tmp_path: Path
) -> None:
    edit(tmp_path, misspelt)
    refusal = await refused(service)
    for lines in (str(refusal).splitlines(), refusal.told("ar")):
        assert any(line.startswith("flows/licence.yaml:") for line in lines)
        assert any(line.startswith("flows/steps/permit.yaml:") for line in lines)
    assert "permits" in str(refusal)


async def test_whoever_starts_with_a_broken_guide_serves_nothing(
    store: Store, tmp_path: Path
) -> None:
    guide = edit(tmp_path, labels_alike)
    service = GuideInService(guide, store)
    with pytest.raises(GuideRefused):
        await service.reload()
    assert not hasattr(service, "shelf")
    assert await store.run(lambda tx: revisions.get(tx, revision(guide))) is None


async def test_a_revision_that_was_served_before_is_not_proved_again(
    service: GuideInService, store: Store, tmp_path: Path
) -> None:
    """Whoever goes back to a guide of yesterday gets it at once, whatever is demanded today."""
    guide = edit(tmp_path, labels_alike)
    await refused(service)
    known = revision(guide)
    await store.run(lambda tx: revisions.keep(tx, known, b"a guide of yesterday"))
    await service.reload()
    assert service.shelf.revision == known
    assert await store.run(lambda tx: revisions.get(tx, known)) == b"a guide of yesterday"
