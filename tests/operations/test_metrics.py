"""Stories of the page that Prometheus reads."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import structlog
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot import logs
from bot.metrics import Metrics
from bot.store.store import Store
from tests.operations.lived import clean, hurt, live
from tests.town import Person, Town, town

SALMA = {"id": 7340198265, "first_name": "سلمى", "language_code": "ar"}
Numbers = dict[str, float]


async def numbers(town: Town) -> tuple[Numbers, str]:
    """The page, by name and labels, and as it came."""
    port = town.dalil.port
    async with (
        ClientSession() as prometheus,
        prometheus.get(f"http://127.0.0.1:{port}/metrics") as page,
    ):
        assert page.status == 200
        assert page.headers["Content-Type"].startswith("text/plain")
        text = await page.text()
    return read(text), text


def read(text: str) -> Numbers:
    samples = [s for family in text_string_to_metric_families(text) for s in family.samples]
    return {" ".join([s.name, *map(str, s.labels.values())]): s.value for s in samples}


async def test_what_happens_is_counted_and_nobody_is_named(tmp_path: Path) -> None:
    async with town(tmp_path) as place:
        before, _ = await numbers(place)
        salma = Person(place, SALMA)
        await salma.types("/start")
        await salma.types("سؤال")
        await place.dalil.store.run(hurt)
        await place.dalil.receiver.accept({"update_id": 9000, "message": {"message_id": "odd"}})
        await place.dalil.receiver.accept({"update_id": 9001, "channel_post": {}})
        found, text = await numbers(place)
        await place.dalil.store.run(clean)
        served = place.dalil.guide.shelf.revision
    messages = "dalil_updates_total message settled"
    assert found[messages] - before.get(messages, 0) == 2
    assert found["dalil_updates_total message set-aside"] == 1
    assert found["dalil_updates_total other ignored"] == 1
    counted = sum(value for name, value in found.items() if "updates_total" in name)
    assert found["dalil_settle_seconds_count"] == counted
    assert found[f"dalil_guide_info {served} {_version(text)}"] == 1
    assert (found["dalil_active"], found["dalil_database_up"]) == (1, 1)
    assert (found["dalil_leads new"], found["dalil_leads claimed"]) == (1, 0)
    assert found["dalil_leads_without_office"] == 1
    assert found["dalil_outbox_rows dead"] == 1
    assert (found["dalil_set_aside open"], found["dalil_set_aside settled"]) == (2, 0)
    for secret in ("7340198265", "-100", "سلمى", "homs"):
        assert secret not in text


def _version(text: str) -> str:
    return text.partition('version="')[2].partition('"')[0]


async def test_without_its_database_the_page_says_so(store: Store) -> None:
    metrics = Metrics()
    await store.run(live)
    assert read(await _page(metrics, store))["dalil_database_up"] == 1

    def refuse() -> None:
        raise sqlite3.OperationalError("disk I/O error")

    store.before_commit = refuse
    found = read(await _page(metrics, store))
    assert found["dalil_database_up"] == 0
    assert found["dalil_screens_waiting"] == 3


async def _page(metrics: Metrics, store: Store) -> str:
    page = await metrics.page(store, "r1", 3)
    assert isinstance(page.body, bytes)
    return page.body.decode()


async def test_trouble_in_the_log_is_counted_by_kind(store: Store) -> None:
    metrics = Metrics()
    logs.configure(for_people=False, also=(metrics.logged,))
    try:
        log = structlog.get_logger()
        for citizen in (1, 2):
            log.warning("sender.later", citizen=citizen)
        log.error("post.bug", row=1)
        log.info("update.settled", citizen=1)
    finally:
        structlog.reset_defaults()
    found = read(await _page(metrics, store))
    kinds = {name: value for name, value in found.items() if "errors_total" in name}
    assert kinds == {"dalil_errors_total sender.later": 2, "dalil_errors_total post.bug": 1}
