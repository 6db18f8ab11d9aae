"""Polling acknowledges what is settled, says in a sentence what is wrong, and ends cleanly."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import pytest
from aiogram.types import BufferedInputFile
from aiohttp import web
from structlog.testing import capture_logs

from bot.telegram.polling import Poller, PollingRefused
from bot.telegram.receiving import NotSettled
from bot.telegram.session import connect
from tests.telegram.bench import LAYLA, OMAR, TOKEN, Bench, People, until


async def test_polling_serves_people_as_they_come_and_confirms(bench: Bench) -> None:
    polling = asyncio.create_task(bench.house.poller.run())
    for n, text in enumerate(("one", "two", "three"), 1):
        await bench.people.say(LAYLA, text)
        await until(lambda n=n, text=text: f"{n}: {text}" in bench.people.texts(71))  # type: ignore[misc]
    await until(lambda: not bench.world.updates.pending())
    polling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await polling
    asked = bench.people.calls("getUpdates")[0]
    assert asked["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat_member",
    ]


async def test_trouble_of_telegrams_is_waited_out(bench: Bench) -> None:
    await bench.people.fault("getUpdates", "error500", times=2)
    await bench.people.fault("getUpdates", "flood", retry_after=9)
    await bench.people.fault("getUpdates", "drop_before")
    await bench.people.say(LAYLA, "hello")
    with capture_logs():
        polling = asyncio.create_task(bench.house.poller.run())
        await until(lambda: bench.people.texts(71))
        polling.cancel()
        await asyncio.wait({polling})
    assert bench.patience.waits[:4] == [1, 2, 9, 4]


async def test_a_batch_that_cannot_be_settled_is_asked_for_again_after_a_while(
    bench: Bench,
) -> None:
    refusals = 3

    def refuse() -> None:
        nonlocal refusals
        refusals -= 1
        if refusals >= 0:
            raise sqlite3.OperationalError("database is locked")

    bench.store.before_commit = refuse
    await bench.people.say(LAYLA, "hello")
    [kept] = [update.id for update in bench.world.updates.pending()]
    polling = asyncio.create_task(bench.house.poller.run())
    await until(lambda: bench.people.texts(71))
    polling.cancel()
    await asyncio.wait({polling})
    assert bench.people.texts(71) == ["1: hello"]
    assert bench.patience.waits == [1, 2, 4]
    assert offsets(bench)[:4] == [None, kept, kept, kept]


async def test_what_is_settled_of_a_batch_is_acknowledged_without_the_rest(bench: Bench) -> None:
    """The database refuses Omar's first word three times, then his next one once."""
    refusals = {"second": 3, "third": 1}
    accept = bench.house.receiver.accept

    async def refusing(raw: Any) -> None:
        text = raw["message"]["text"]
        if refusals.get(text):
            refusals[text] -= 1
            raise NotSettled("The database is locked.")
        await accept(raw)

    poller = Poller(bench.house.bot, refusing, bench.patience.time)
    for person, text in ((LAYLA, "first"), (OMAR, "second"), (OMAR, "third"), (LAYLA, "fourth")):
        await bench.people.say(person, text)
    numbers = [update.id for update in bench.world.updates.pending()]
    polling = asyncio.create_task(poller.run())
    await until(lambda: not bench.world.updates.pending())
    polling.cancel()
    await asyncio.wait({polling})
    assert offsets(bench)[:5] == [None, *[numbers[1]] * 3, numbers[2]]
    # What was acknowledged is progress: the pause is as short as after a first failure.
    assert bench.patience.waits == [1, 2, 4, 1]
    assert [bench.people.texts(each)[-1] for each in (71, 72)] == ["2: fourth", "2: third"]


def offsets(bench: Bench) -> list[int | None]:
    """What Telegram was told to forget, at each question."""
    return [call.get("offset") for call in bench.people.calls("getUpdates")]


async def test_a_cancelled_poller_finishes_what_is_in_hand(bench: Bench) -> None:
    begun, go = asyncio.Event(), asyncio.Event()
    done: list[Any] = []

    async def slowly(raw: object) -> None:
        begun.set()
        await go.wait()
        done.append(raw)

    poller = Poller(bench.house.bot, slowly, bench.patience.time)
    await bench.people.say(LAYLA, "hello")
    polling = asyncio.create_task(poller.run())
    await begun.wait()
    polling.cancel()
    await asyncio.sleep(0)
    assert not polling.done()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await polling
    assert len(done) == 1


async def test_a_wrong_token_is_said_to_be_wrong(people: People) -> None:
    for token in ("4200:another", "1:x"):
        bot = connect(token, people.local.url)
        poller = Poller(bot, lambda _: asyncio.sleep(0))
        for attempt in (poller.start(), poller.run()):
            with pytest.raises(PollingRefused, match="DALIL_TELEGRAM_TOKEN"):
                await attempt
        await bot.session.close()


async def test_a_token_of_no_bot_at_all_is_said_to_be_wrong_too() -> None:
    """Telegram answers 404 where the local one answers 401."""
    app = web.Application()
    nothing = {"ok": False, "error_code": 404, "description": "Not Found"}

    async def answer(_: web.Request) -> web.Response:
        return web.json_response(nothing, status=404)

    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    bot = connect(TOKEN, f"http://{host}:{port}")
    with pytest.raises(PollingRefused, match="DALIL_TELEGRAM_TOKEN"):
        await Poller(bot, lambda _: asyncio.sleep(0)).start()
    await bot.session.close()
    await runner.cleanup()


async def rival(bench: Bench, polling: asyncio.Task[None], questions: int) -> None:
    """Another process asks for the same updates, each time that the poller waits for some."""
    asking = Poller(bench.house.bot, bench.house.receiver.accept)
    for _ in range(questions):
        await until(lambda: polling.done() or bench.world.updates._poller)
        if polling.done():
            return
        waiting = bench.world.updates._poller
        await asking.once()
        await until(lambda waiting=waiting: bench.world.updates._poller is not waiting)  # type: ignore[misc]


async def test_one_who_has_died_and_is_heard_for_a_while_ends_nobody(bench: Bench) -> None:
    with capture_logs() as logs:
        polling = asyncio.create_task(bench.house.poller.run())
        await rival(bench, polling, 3)
        await bench.people.say(LAYLA, "hello")
        await until(lambda: bench.people.texts(71))
        polling.cancel()
        await asyncio.wait({polling})
    assert bench.patience.waits == [2, 2, 2]
    assert len([log for log in logs if log["event"] == "polling.conflict"]) == 1


async def test_two_pollers_of_one_bot_are_told_so(bench: Bench) -> None:
    polling = asyncio.create_task(bench.house.poller.run())
    await rival(bench, polling, 100)
    with pytest.raises(PollingRefused, match="Another process"):
        await polling
    assert sum(bench.patience.waits) == 60


async def test_a_webhook_left_by_an_earlier_run_is_taken_away(bench: Bench) -> None:
    await bench.house.bot.set_webhook("https://example.org/hook")
    with pytest.raises(PollingRefused):
        await bench.house.poller.once()
    await bench.house.poller.start()
    await bench.people.say(LAYLA, "hello")
    assert await bench.house.work()
    assert bench.people.texts(71) == ["1: hello"]


async def test_get_me_goes_the_usual_way(people: People) -> None:
    bot = connect(TOKEN, people.local.url)
    me = await bot.get_me()
    assert (me.id, me.username) == (4200, "dalil_demo_bot")
    await bot.session.close()


async def test_files_go_the_usual_way(bench: Bench) -> None:
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    await bench.house.bot.send_document(71, BufferedInputFile(b"%PDF", "roadmap.pdf"), caption="x")
    [call] = bench.people.calls("sendDocument")
    assert call["caption"] == "x"
