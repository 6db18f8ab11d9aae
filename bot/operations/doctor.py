"""``dalil doctor``: everything that an operator can mend, found before a citizen finds it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.errors import DalilError
from bot.guide.load import find_guide, load
from bot.operations.findings import Finding, fine, notice, serious
from bot.operations.store_checks import waiting
from bot.operations.telegram_checks import telegram
from bot.settings import Settings, SettingsRefused, StoreSettings, read_settings
from bot.store.sealing import parse_key
from bot.store.store import Store, utc_now

LITTLE_ROOM, SOME_ROOM = 100_000_000, 1_000_000_000
"""Bytes: under the first the database will soon refuse to write."""
MARKS = {"fine": "  ", "notice": "? ", "serious": "! "}
Kind = TypeVar("Kind", bound=StoreSettings)


async def examine(clock: Callable[[], datetime] = utc_now) -> list[Finding]:
    """Everything about the Dalil whose settings are in the environment."""
    found: list[Finding] = []
    settings = _settings(Settings, found)
    stored: StoreSettings | None = settings or _settings(StoreSettings, [])
    if stored is not None:
        found += await examine_data(stored)
    if settings is not None:
        api, token = settings.telegram_api, settings.telegram_token.get_secret_value()
        found += await telegram(api, token, settings.webhook, clock)
        found += [await _process(settings.port)]
    return found


async def examine_data(settings: StoreSettings) -> list[Finding]:
    """The guide, the disk and the database alone."""
    offices, guide = _guide(settings.guide_dir)
    return [guide, _disk(settings.data_dir), *await _database(settings, offices)]


def printed(found: Iterable[Finding]) -> str:
    """A line for each finding, and under it the mend."""
    lines = []
    for each in found:
        lines.append(f"{MARKS[each.level]}{each.about}: {each.text}")
        if each.mend:
            lines.append(f"    {each.mend}")
    return "\n".join(lines)


def as_json(found: Iterable[Finding]) -> str:
    """For programs: a list of objects with about, level, text and mend."""
    return json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2)


def _settings(kind: type[Kind], found: list[Finding]) -> Kind | None:
    try:
        settings = read_settings(kind)
    except SettingsRefused as refused:
        mend = "Write it into .env or the environment."
        found += [serious("settings", line, mend) for line in str(refused).splitlines()]
        return None
    found.append(fine("settings", "All settings are understood."))
    return settings


def _guide(directory: Path | None) -> tuple[Sequence[str], Finding]:
    loaded = load(find_guide(directory))
    if loaded.guide is None or loaded.problems:
        count = len(loaded.problems)
        mend = "`dalil check` lists each with its place and its mend."
        return (), serious("guide", f"The guide has {count} problems: it is not served.", mend)
    return tuple(loaded.guide.offices), fine("guide", f"Revision {loaded.revision[:12]}.")


def _disk(directory: Path) -> Finding:
    place = next(
        path for path in (directory.absolute(), *directory.absolute().parents) if path.exists()
    )
    free = shutil.disk_usage(place).free
    text = f"{free // 1_000_000} MB are free at {place}."
    mend = "Make room, or move DALIL_DATA_DIR to a larger disk."
    if free < LITTLE_ROOM:
        return serious("disk", text, mend)
    return notice("disk", text, mend) if free < SOME_ROOM else fine("disk", text)


async def _database(settings: StoreSettings, offices: Sequence[str]) -> list[Finding]:
    try:
        store = Store.open(settings.database, parse_key(settings.key.get_secret_value()))
    except DalilError as error:
        return [serious("database", str(error), "Mend what the sentence names; nothing was lost.")]
    try:
        found = await store.run(lambda tx: waiting(tx, offices))
    except DalilError as error:
        return [serious("database", str(error), "See that the database runs and has room.")]
    finally:
        await store.close()
    return [fine("database", "It answers, with this Dalil's schema, and the key fits."), *found]


async def _process(port: int) -> Finding:
    mend = "Start it with `dalil run`, or see what it logged."
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=5)) as session,
            session.get(f"http://127.0.0.1:{port}/healthz") as answer,
        ):
            said = await answer.json(content_type=None)
    except (ClientError, OSError, ValueError):
        return notice("bot", f"No bot answers on port {port} of this machine.", mend)
    if said.get("status") == "standby":
        return fine("bot", "It stands by: another process serves.")
    if answer.status != 200:
        return serious("bot", f"It says of itself: {said.get('status')}.", mend)
    return fine("bot", f"It runs, Dalil {said.get('version')}.")


def is_serious(found: Iterable[Finding]) -> bool:
    """Whether something hurts now."""
    return any(each.level == "serious" for each in found)
