"""The town ends in the middle of a walk and starts again: everybody is exactly where they were."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.localtelegram import LocalTelegram
from bot.store.sealing import new_key
from bot.store.store import upgrade
from tests.chaos.guide import short_guide
from tests.e2e import walks
from tests.town import NOON, TOKEN, Json, Person, town

ROOT = Path(__file__).parents[2]
PATIENCE_WITH_A_START = 60.0
"""Seconds for a process of its own to load everything, on a busy machine too."""
HALF = 6
"""Questions answered before the end."""


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    """A local Telegram that outlives the bot."""
    local = LocalTelegram(bot_token=TOKEN, first_retry=0.01)
    await local.start()
    yield local
    await local.stop()


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_a_walk_goes_on_where_it_was(
    tmp_path: Path, telegram: LocalTelegram, webhook: bool
) -> None:
    road = walks.questions()
    async with town(tmp_path, telegram=telegram, offices=False, webhook=webhook) as place:
        citizen = await walks.arrives(place)
        await citizen.taps(*road[:HALF])
        before = citizen.seen

    async with town(tmp_path, telegram=telegram, offices=False, webhook=webhook) as place:
        citizen = Person(place, walks.SALMA)
        await citizen.look()
        assert citizen.seen == before
        await citizen.taps(*road[HALF:])
        assert "1:go:consent:licensing" in str(citizen.screen)
        assert len(citizen.seen) == len(before)


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_what_was_pressed_while_nobody_was_there_is_answered(
    tmp_path: Path, telegram: LocalTelegram, webhook: bool
) -> None:
    road = walks.questions()
    async with town(tmp_path, telegram=telegram, offices=False, webhook=webhook) as place:
        citizen = await walks.arrives(place)
        await citizen.taps(*road[:HALF])
        number = citizen.screen["message_id"]

    press: Json = {"chat_id": walks.SALMA["id"], "message_id": number, "data": road[HALF]}
    async with ClientSession(telegram.url) as people:
        await people.post("/client/press", json={"from": walks.SALMA, **press})

    async with town(tmp_path, telegram=telegram, offices=False, webhook=webhook) as place:
        citizen = Person(place, walks.SALMA)
        await citizen.offered(road[HALF + 1])
        await citizen.taps(*road[HALF + 1 :])
        assert citizen.screen["message_id"] == number


async def test_a_month_later_the_old_button_still_works(
    tmp_path: Path, telegram: LocalTelegram
) -> None:
    road = walks.questions()
    async with town(tmp_path, telegram=telegram) as place:
        citizen = await walks.arrives(place)
        await citizen.taps(*road[:HALF])

    def in_a_month() -> datetime:
        return NOON + timedelta(days=31)

    async with town(tmp_path, telegram=telegram, offices=False, clock=in_a_month) as place:
        citizen = Person(place, walks.SALMA)
        await citizen.taps(*road[HALF:], "1:go:consent:licensing", "1:agree:licensing")
        await citizen.taps("1:here:licensing")
        homs = place.dalil.guide.shelf.words["ar"].offices["homs"]
        office = Person(place, walks.HEAD, (await place.group(homs))["id"])
        await walks.lead_card(office)


async def test_a_lead_that_was_not_sent_yet_arrives_after_the_start(
    tmp_path: Path, telegram: LocalTelegram
) -> None:
    async with town(tmp_path, telegram=telegram, offices=False) as place:
        office = await walks.opened(place, "homs")
        citizen = await walks.reaches_the_roadmap(place)
        await citizen.taps("1:go:consent:licensing", "1:agree:licensing")
        await place.tell(
            "faults", method="sendMessage", kind="error500", times=50, chat_id=office.chat
        )
        await citizen.taps("1:here:licensing")
        assert (await place.health())["outbox"]["waiting"] > 0
    async with ClientSession(telegram.url) as people:
        mended = {"method": "sendMessage", "kind": "error500", "times": 0}
        await people.post("/client/faults", json=mended)

    def soon() -> datetime:
        return NOON + timedelta(minutes=5)

    async with town(tmp_path, telegram=telegram, offices=False, clock=soon) as place:
        await walks.lead_card(Person(place, walks.HEAD, office.group))
        await Person(place, walks.SALMA).offered("1:n:roadmap")


@asynccontextmanager
async def running_alone(directory: Path, telegram: LocalTelegram) -> AsyncIterator[Process]:
    """``dalil run`` as a process of its own, ended at the latest with the test."""
    upgrade(f"sqlite:///{directory / 'dalil.db'}")
    settings = {
        "DALIL_TELEGRAM_TOKEN": TOKEN,
        "DALIL_TELEGRAM_API": telegram.url,
        "DALIL_DATA_DIR": str(directory),
        "DALIL_GUIDE_DIR": str(short_guide(directory / "guide")),
        "DALIL_KEY": new_key(),
        "DALIL_PORT": "0",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run"),
        cwd=directory,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | settings,
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_told_to_end_it_finishes_what_is_in_hand(
    tmp_path: Path, telegram: LocalTelegram
) -> None:
    start = {"chat_id": walks.SALMA["id"], "from": walks.SALMA, "text": "/start"}
    async with running_alone(tmp_path, telegram) as process, ClientSession(telegram.url) as people:
        with telegram.world.events.listening() as happened:
            await people.post("/client/send", json=start)
            welcome = (await _next(happened, "message", by_the_bot=True, of=process))["message"]
            slow = {"method": "editMessageText", "kind": "slow", "seconds": 1}
            await people.post("/client/faults", json=slow)
            press = {"message_id": welcome["message_id"], "data": "1:language:en"}
            await people.post("/client/press", json=start | press)
            await _next(happened, "callback_answer", of=process)
        process.send_signal(signal.SIGTERM)
        _, errors = await process.communicate()
    screen = telegram.world.chats[walks.SALMA["id"]].posts[welcome["message_id"]].message
    assert screen["text"] != welcome["text"]
    assert process.returncode == 0
    assert "Traceback" not in errors.decode()


async def _next(
    happened: asyncio.Queue[Json | None], kind: str, *, of: Process, by_the_bot: bool = False
) -> Json:
    """The next event of this kind; fails at once if the process ends before."""
    ended = asyncio.create_task(of.wait())
    try:
        async with asyncio.timeout(PATIENCE_WITH_A_START):
            while True:
                heard = asyncio.create_task(happened.get())
                await asyncio.wait({heard, ended}, return_when=asyncio.FIRST_COMPLETED)
                if not heard.done():
                    heard.cancel()
                    raise AssertionError(await _errors(of))
                event = await heard
                assert event is not None, "the local Telegram has closed"
                author = event.get("message", {}).get("from", {})
                if event["kind"] == kind and (author.get("is_bot") or not by_the_bot):
                    return event
    finally:
        ended.cancel()


async def _errors(process: Process) -> str:
    assert process.stderr is not None
    return f"it ended too early: {(await process.stderr.read()).decode()}"
