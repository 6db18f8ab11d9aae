"""Stories of a power cut that may come: what is acknowledged has reached the disk before."""

from __future__ import annotations

import asyncio
import os
from errno import EIO
from pathlib import Path

import pytest

from bot.errors import StoreUnavailable
from bot.store import citizens
from bot.store.disk import Disk
from bot.store.store import Store


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How long the log was whenever it was written through."""
    lengths: list[int] = []
    fsync = os.fsync

    def watched(file: int) -> None:
        fsync(file)
        if os.readlink(f"/proc/self/fd/{file}").endswith("-wal"):
            lengths.append(os.fstat(file).st_size)

    monkeypatch.setattr(os, "fsync", watched)
    return lengths


async def arrive(store: Store, telegram: int) -> None:
    await store.run(lambda tx: citizens.create(tx, telegram, "ar"))


async def test_what_was_committed_is_written_through(store: Store, written: list[int]) -> None:
    await arrive(store, 7001)
    assert written == []
    await store.secured()
    await arrive(store, 7002)
    await store.secured()
    first, second = written
    assert 0 < first < second
    await store.secured()
    assert len(written) == 2


async def test_many_that_wait_for_the_disk_wait_for_the_same_writing(
    store: Store, written: list[int]
) -> None:
    async def one(telegram: int) -> None:
        await arrive(store, telegram)
        await store.secured()

    await asyncio.gather(*(one(7000 + number) for number in range(30)))
    assert len(written) == 1


async def test_a_disk_that_refuses_is_asked_again(
    store: Store, written: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: int) -> None:
        raise OSError(EIO, "Input/output error")

    await arrive(store, 7001)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        for _ in range(2):
            with pytest.raises(StoreUnavailable, match="Input/output error"):
                await store.secured()
    await store.secured()
    assert len(written) == 1


async def test_a_log_that_is_not_there_holds_nothing_back(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "dalil.db-wal")
    disk.committed()
    await disk.reached()
