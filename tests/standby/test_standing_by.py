"""The story of two real processes: what the second says while it waits, and how both end."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import psycopg

from bot.localtelegram import LocalTelegram
from bot.store.sealing import new_key
from tests.chaos.city import CHECKOUT, LONGEST_IMPORT, TOKEN
from tests.chaos.guide import short_guide
from tests.store.test_active import HOLDERS
from tests.town import free_port

Json = dict[str, Any]


@asynccontextmanager
async def process(settings: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """``dalil run``; gone after the ``with`` in any case."""
    port = free_port()
    own = {"DALIL_PORT": str(port), "DALIL_WEBHOOK_URL": f"http://127.0.0.1:{port}"}
    run = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=CHECKOUT,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | settings | own,
    )
    try:
        yield run
    finally:
        if run.returncode is None:
            run.kill()
        await run.wait()


async def said(run: asyncio.subprocess.Process, event: str) -> Json:
    """Waits until it logs this."""
    assert run.stderr is not None
    async with asyncio.timeout(LONGEST_IMPORT):
        async for line in run.stderr:
            found: Json = json.loads(line)
            if found["event"] == event:
                return found
    raise AssertionError(f"ended without {event}")


async def test_one_serves_the_other_says_that_it_waits_and_none_serves_without_its_turn(
    tmp_path: Path, own_postgresql_url: str
) -> None:
    telegram = LocalTelegram(bot_token=TOKEN)
    await telegram.start()
    settings = {
        "DALIL_TELEGRAM_TOKEN": TOKEN,
        "DALIL_TELEGRAM_API": telegram.url,
        "DALIL_DATABASE_URL": own_postgresql_url,
        "DALIL_GUIDE_DIR": str(short_guide(tmp_path / "guide")),
        "DALIL_KEY": new_key(),
    }
    async with process(settings) as first, aiohttp.ClientSession() as web:
        address = f"http://127.0.0.1:{(await said(first, 'dalil.started'))['port']}"
        async with web.get(f"{address}/healthz") as answer:
            assert (answer.status, (await answer.json())["status"]) == (200, "ok")

        async with process(settings) as second:
            waiting = await said(second, "dalil.standing-by")
            assert waiting["serving"].startswith(f"Dalil, process {first.pid} on ")
            address = f"http://127.0.0.1:{waiting['port']}"
            async with web.get(f"{address}/healthz") as answer:
                assert (answer.status, (await answer.json())["status"]) == (200, "standby")
            async with web.get(f"{address}/metrics") as answer:
                assert "dalil_active 0.0" in await answer.text()
            async with web.post(f"{address}/webhook", json={"update_id": 1}) as answer:
                assert answer.status == 503
            second.terminate()
            assert await second.wait() == 0

        with psycopg.connect(own_postgresql_url, autocommit=True) as administrator:
            administrator.execute(HOLDERS)
        assert (await said(first, "dalil.turn-lost"))["level"] == "critical"
        assert await first.wait() == 1
    await telegram.stop()
