"""Each property, broken once: what is told of it, and for whom it does not hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.guide.prove.proof import PROPERTIES
from bot.guide.prove.report import Report
from tests.guide.prove.sound import SOUND
from tests.guide.prove.stories import BROKEN, Broken
from tests.guide.prove.village import Village, changed, editions, proved


def test_nothing_is_said_against_a_sound_guide(tmp_path: Path) -> None:
    proof = proved(Village(), tmp_path)
    assert proof.findings == ()
    assert proof.holds
    assert [each.name for each in proof.properties] == list(PROPERTIES)
    assert all(each.looked_at for each in proof.properties)


@pytest.mark.parametrize("change", SOUND)
def test_what_is_as_it_should_be_is_not_told(
    change: Callable[[Village], None], tmp_path: Path
) -> None:
    assert proved(changed(change), tmp_path).findings == ()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_what_does_not_hold_is_told(broken: Broken, tmp_path: Path) -> None:
    proof = proved(changed(broken.change), tmp_path)
    told = {(finding.code, finding.spot.at) for finding in proof.findings}
    assert told == set(broken.told)
    assert proof.holds is not broken.fails
    if broken.witness is not None:
        assert proof.findings[0].witness == broken.witness
    for edition in editions(tmp_path):
        said = list(Report(edition, tmp_path).lines(proof))
        assert all(any(f"({at})" in line for line in said) for _, at in broken.told)
