"""Stories of an operator who asks what is wrong: each finding says how to mend it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.localtelegram import LocalTelegram
from bot.operations import doctor
from bot.operations.doctor import examine, is_serious
from bot.operations.findings import Finding
from bot.operations.telegram_checks import telegram
from bot.store import marks
from bot.store.rotation import SEALED
from bot.store.store import utc_now
from tests.operations.lived import clean, hurt, live
from tests.test_cli import Shell
from tests.town import TOKEN, Town, town

Findings = dict[str, list[Finding]]


async def found(clock: Callable[[], datetime] = utc_now) -> Findings:
    """What is not fine, by what it is about."""
    by_subject: Findings = {}
    for finding in await examine(clock):
        assert bool(finding.mend) == (finding.level != "fine")
        if finding.level != "fine":
            by_subject.setdefault(finding.about, []).append(finding)
    return by_subject


def surroundings(monkeypatch: pytest.MonkeyPatch, place: Town) -> None:
    """The environment in which the running town could have been started."""
    for name in [name for name in os.environ if name.startswith("DALIL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DALIL_KEY", place.settings.key.get_secret_value())
    monkeypatch.setenv("DALIL_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("DALIL_TELEGRAM_API", place.telegram.url)
    monkeypatch.setenv("DALIL_DATA_DIR", str(place.settings.data_dir))
    monkeypatch.setenv("DALIL_PORT", str(place.dalil.port))


async def _nothing_waits(place: Town) -> bool:
    return not place.telegram.world.updates.pending()


def _wrong_by(seconds: float) -> datetime:
    return utc_now() + timedelta(seconds=seconds)


async def test_a_bot_in_good_health_and_all_that_can_be_wrong_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor, "SOME_ROOM", 0)
    monkeypatch.setattr(doctor, "LITTLE_ROOM", 0)
    async with town(tmp_path, clock=utc_now) as place:
        surroundings(monkeypatch, place)
        # What was settled is acknowledged once the disk has it.
        await place.until(partial(_nothing_waits, place))
        assert await found() == {}
        # It was asked without taking an update away from the bot that polls.
        assert not [
            c for c in place.telegram.world.calls if c["method"] == "getUpdates" and c.get("error")
        ]

        for ahead, word in ((62, "ahead of"), (-3600, "behind")):
            [clock] = (await found(partial(_wrong_by, ahead)))["clock"]
            assert clock.level == "serious"
            assert word in clock.text
        assert "clock" not in await found(partial(_wrong_by, 30))

        await place.dalil.store.run(hurt)
        wrong = await found()
        assert {about: each[0].level for about, each in wrong.items()} == {
            "leads": "serious",
            "outbox": "serious",
            "set-aside": "notice",
        }
        assert is_serious(await examine())

        monkeypatch.setattr(doctor, "SOME_ROOM", 10**18)
        assert (await found())["disk"][0].level == "notice"
        monkeypatch.setattr(doctor, "LITTLE_ROOM", 10**18)
        assert (await found())["disk"][0].level == "serious"

        monkeypatch.setenv("DALIL_WEBHOOK_URL", "https://dalil.example.org")
        [inbox] = (await found())["webhook"]
        assert "nowhere, not https://dalil.example.org/webhook" in inbox.text
        await place.dalil.store.run(clean)
    # It was ended in the meantime.
    assert (await found())["telegram"][0].level == "serious"
    assert (await found())["bot"][0].level == "notice"


async def test_how_updates_come_is_looked_at_from_both_sides() -> None:
    local = LocalTelegram(bot_token=TOKEN)
    await local.start()
    try:

        async def inbox(webhook: str | None) -> list[Finding]:
            everything = await telegram(local.url, TOKEN, webhook, utc_now)
            return [each for each in everything if each.about in ("webhook", "polling")]

        assert [each.level for each in await inbox(None)] == ["fine"]
        local.world.updates.put("message", 71, {"message_id": 1})
        assert [each.level for each in await inbox(None)] == ["fine", "notice"]
        for _ in range(100):
            local.world.updates.put("message", 71, {"message_id": 1})
        assert [each.level for each in await inbox(None)] == ["fine", "serious"]
        wrong = await telegram(local.url, "1000:wrong", None, utc_now)
        assert [each.about for each in wrong if each.level == "serious"] == ["token"]
    finally:
        await local.stop()


def test_settings_guide_database_and_key_are_looked_at_without_a_bot(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said, _ = shell("doctor", "--json")
    assert code == 1
    missing = [each["text"] for each in json.loads(said) if each["about"] == "settings"]
    assert any("DALIL_KEY is missing" in text for text in missing)
    assert any("DALIL_TELEGRAM_TOKEN is missing" in text for text in missing)

    shell.settle()
    shell.set(telegram_api="http://127.0.0.1:1", port="1")
    shell.store(live)
    shell.store(lambda tx: marks.put(tx, marks.SERVING_KEY, "k1"))
    code, said, _ = shell("doctor")
    assert code == 1
    assert "! telegram: http://127.0.0.1:1 cannot be reached" in said
    assert re.search(r"\? offices: \d+ of \d+ have no group", said)
    assert "  database: It answers" in said

    key = os.environ["DALIL_KEY"]
    second = shell("key")[1].strip().replace("k1:", "k2:")
    monkeypatch.setenv("DALIL_KEY", f"{key},{second}")
    assert "? key: " in shell("doctor")[1]
    monkeypatch.setenv("DALIL_KEY", second)
    assert "! database: DALIL_KEY lacks the key 'k1'" in shell("doctor")[1]


def test_everything_an_operator_types(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.settle()
    shell.store(live)
    copy = str(shell.directory / "copy.zip")
    code, said, _ = shell("backup", copy)
    assert code == 0
    assert "keep a copy of DALIL_KEY" in said
    assert shell("restore", copy)[0] == 1

    monkeypatch.setenv("DALIL_DATA_DIR", str(shell.directory / "new"))
    code, said, _ = shell("restore", copy)
    assert code == 0
    assert "the key fits" in said
    listed = shell("set-aside", "list")[1]
    incident = next(word for word in listed.split() if word.startswith("I-"))
    assert "ValueError" in listed
    assert "Salma" not in shell("set-aside", "show", incident)[1]
    assert "Salma" in shell("set-aside", "show", incident, "--personal")[1]
    assert "to be tried again" in shell("set-aside", "retry", incident)[1]
    assert "Nothing" in shell("set-aside", "retry", "all")[1]

    key = os.environ["DALIL_KEY"]
    second = shell("key")[1].strip().replace("k1:", "k2:")
    monkeypatch.setenv("DALIL_KEY", f"{key},{second}")
    code, said, _ = shell("keys", "rotate")
    assert code == 0
    sealed = re.match(
        r"(\d+) values are sealed with an older key than k2.\n\1 sealed anew.\n", said
    )
    assert sealed is not None
    assert int(sealed[1]) >= len(SEALED)
