"""Work beside its caller: waited for at the end, and a fault in it is neither lost nor printed."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.telegram.errands import Errands


async def test_a_fault_is_logged_by_its_kind_and_place_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    errands, done = Errands(), []

    async def breaks() -> None:
        raise ValueError("my telephone is 0944 000 000")

    async def works() -> None:
        done.append(True)

    with capture_logs() as logs:
        errands.start(breaks())
        errands.start(works())
        await errands.finish()
    assert done == [True]
    [fault] = logs
    assert (fault["event"], fault["log_level"]) == ("errand.bug", "error")
    assert fault["error"].startswith("ValueError in breaks")
    assert "0944" not in str(logs) + caplog.text
