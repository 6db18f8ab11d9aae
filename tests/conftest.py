"""What stories of several parts share: a key, and a store on each kind of database."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

import bot.telegram  # noqa: F401 (imports aiogram in its way, before any story does)
from bot.store.sealing import Seal, new_key, parse_key
from bot.store.store import Store
from tests.browsing import close_browsers
from tests.once import make_once
from tests.postgres import Postgres, postgres
from tests.prepared import prepared

LONGEST = ("tests/standby/", "tests/test_wheel.py")
"""Stories of whole processes, half a minute each."""


@pytest.fixture(scope="session", autouse=True)
def once() -> Iterator[None]:
    """What a story would make anew and find the same is made once."""
    with pytest.MonkeyPatch.context() as patch:
        make_once(patch)
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server, started for the first story that needs it."""
    with postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of the newest schema: each story is told once for each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def postgresql_url(server: Postgres) -> str:
    return server.emptied()


@pytest.fixture
def own_postgresql_url(server: Postgres) -> Iterator[str]:
    """A prepared database that a story may turn upside down, or share with other processes."""
    with server.own() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return prepared(tmp_path / "dalil.db")


@pytest_asyncio.fixture(scope="session", loop_scope="session", autouse=True)
async def browsers() -> AsyncIterator[None]:
    """What browser was started for some story is ended after the last one."""
    yield
    await close_browsers()


@pytest.fixture
def seal() -> Seal:
    return parse_key(new_key())


@pytest.fixture
async def store(database_url: str, seal: Seal) -> AsyncIterator[Store]:
    store = Store.open(database_url, seal)
    yield store
    await store.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says plainly what a machine could not run."""
    skipped = len(terminalreporter.stats.get("skipped", []))
    if skipped and os.environ.get("CI"):
        terminalreporter.write_line(f"{skipped} skipped: under CI a skip is a failure", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under CI nothing is skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest stories begin first, else one worker is left with them at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch that writes transcripts anew."""
    parser.addoption("--refresh-transcripts", action="store_true", help="write transcripts anew")
