"""What is counted while Dalil runs, in Prometheus' text format. No person and no chat is in it."""

from __future__ import annotations

from collections import Counter as Tally
from importlib.metadata import version
from typing import get_args

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as TEXT
from structlog.typing import EventDict

from bot.errors import StoreUnavailable
from bot.store import leads, outbox, retries
from bot.store.states import STATES
from bot.store.store import Store, Transaction

SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0)
"""Upper bounds of the settle times that are told apart."""
INCIDENT_STATES = get_args(retries.State)
TROUBLE = frozenset({"warning", "error", "critical"})


class Metrics:
    """The counters of one process. Gauges are read when somebody asks for the page."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._updates = Counter(
            "dalil_updates", "Updates by kind and outcome.", ["kind", "outcome"], registry=registry
        )
        self._settling = Histogram(
            "dalil_settle_seconds",
            "From an update's arrival to its commit.",
            buckets=SECONDS,
            registry=registry,
        )
        self._errors = Counter(
            "dalil_errors", "Warnings and errors in the log, by kind.", ["kind"], registry=registry
        )
        self._active = Gauge(
            "dalil_active", "1: this process serves; 0: it stands by.", registry=registry
        )
        self._database = Gauge("dalil_database_up", "1: the database answers.", registry=registry)
        self._guide = Gauge(
            "dalil_guide_info", "The guide in service.", ["revision", "version"], registry=registry
        )
        self._slots = Gauge(
            "dalil_screens_waiting", "Chats whose screen is to be sent.", registry=registry
        )
        self._outbox = Gauge(
            "dalil_outbox_rows", "Cards and notices to send.", ["state"], registry=registry
        )
        self._leads = Gauge("dalil_leads", "Leads by state.", ["state"], registry=registry)
        self._unplaced = Gauge(
            "dalil_leads_without_office", "Open leads no office can receive.", registry=registry
        )
        self._incidents = Gauge(
            "dalil_set_aside",
            "Updates that were set aside, by state.",
            ["state"],
            registry=registry,
        )

    def update(self, kind: str, outcome: str, seconds: float) -> None:
        """An update was taken: its kind, what became of it, in how many seconds."""
        self._updates.labels(kind, outcome).inc()
        self._settling.observe(seconds)

    def logged(self, _: object, level: str, event: EventDict) -> EventDict:
        """Counts trouble by the name of its log line; a processor for structlog."""
        if level in TROUBLE:
            self._errors.labels(str(event["event"])).inc()
        return event

    def active(self, serves: bool) -> None:
        """Whether this process serves or stands by."""
        self._active.set(serves)

    async def page(self, store: Store, revision: str, screens: int) -> web.Response:
        """The page for Prometheus; while the database does not answer, without its numbers."""
        self._guide.clear()
        self._guide.labels(revision, version("dalil")).set(1)
        self._slots.set(screens)
        try:
            found = await store.run(_rows)
        except StoreUnavailable:
            self._database.set(0)
        else:
            self._database.set(1)
            self._count(*found)
        body = generate_latest(self._registry)
        return web.Response(body=body, headers={"Content-Type": TEXT})

    def _count(
        self,
        rows: dict[str, int],
        by_state: dict[str, int],
        unplaced: int,
        aside: Tally[retries.State],
    ) -> None:
        for state, count in rows.items():
            self._outbox.labels(state).set(count)
        for state in STATES:
            self._leads.labels(state).set(by_state.get(state, 0))
        for state in INCIDENT_STATES:
            self._incidents.labels(state).set(aside[state])
        self._unplaced.set(unplaced)


def _rows(tx: Transaction) -> tuple[dict[str, int], dict[str, int], int, Tally[retries.State]]:
    """Outbox rows and leads by state, leads without an office, incidents by state."""
    unplaced = len(leads.open_of_office(tx, None))
    aside = Tally(incident.state for incident in retries.incidents(tx))
    return outbox.counts(tx), leads.counts(tx), unplaced, aside
