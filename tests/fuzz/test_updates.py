"""A short shower in every test run: ``make fuzz UPDATES=100000`` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.telegram.parsing import Unparsable, lane, parse, sender, update_id
from tests.fuzz.driver import shower
from tests.fuzz.updates import Sample, samples

HALF = 1000


@settings(max_examples=300, deadline=None)
@given(samples)
def test_every_update_is_understood_or_refused_by_name(sample: Sample) -> None:
    """What Telegram can send is parsed; anything else is ``Unparsable``, never another error."""
    lane(sample.raw), update_id(sample.raw), sender(sample.raw)
    try:
        parse(sample.raw)
    except Unparsable:
        assert not sample.real


@pytest.mark.parametrize("webhook", [True, False], ids=["webhook", "polling"])
async def test_nobody_waits_in_vain_and_nothing_breaks(tmp_path: Path, webhook: bool) -> None:
    figures = await shower(tmp_path, 7, HALF, webhook=webhook)
    assert figures.faults == []
    assert figures.owed > HALF / 2
    assert figures.set_aside > 0, "broken updates are kept for a person to look at"
    assert figures.logged["update.settled"] > HALF / 3
