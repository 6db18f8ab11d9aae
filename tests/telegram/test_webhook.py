"""Telegram brings updates until we say that they are settled, and only Telegram may."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.store import updates
from bot.telegram.webhook import SECRET_HEADER, Webhook
from tests.telegram.bench import LAYLA, Bench, until

SECRET = "only-for-stories"


@pytest.fixture
async def address(bench: Bench) -> AsyncIterator[str]:
    """Where updates are to be brought."""
    app = web.Application()
    app.router.add_post("/hook", Webhook(bench.house.receiver.accept, SECRET).handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/hook"
    await bench.house.bot.delete_webhook()
    await runner.cleanup()


async def bring(address: str, body: bytes, secret: str = SECRET) -> int:
    headers = {SECRET_HEADER: secret} if secret else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as answer,
    ):
        return answer.status


def update(text: str) -> bytes:
    chat = {"id": 71, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": LAYLA, "text": text}
    return json.dumps({"update_id": 1, "message": message}).encode()


async def register(bench: Bench, address: str) -> None:
    await Webhook(bench.house.receiver.accept, SECRET).register(bench.house.bot, address)


async def test_what_people_say_is_brought_and_answered(bench: Bench, address: str) -> None:
    await register(bench, address)
    await bench.people.say(LAYLA, "hello")
    await until(lambda: bench.people.texts(71) == ["1: hello"])
    [call] = bench.people.calls("setWebhook")
    assert "chat_member" in call["allowed_updates"]


async def test_without_the_secret_nothing_is_done(bench: Bench, address: str) -> None:
    assert await bring(address, update("hello"), secret="") == 401
    assert await bring(address, update("hello"), secret="only-for-storiez") == 401
    assert not await bench.store.run(lambda tx: updates.seen(tx, 4200, 1))


async def test_a_body_over_a_megabyte_is_refused(bench: Bench, address: str) -> None:
    assert await bring(address, update("x" * 1_000_001)) == 413
    assert await bench.store.run(updates.list_set_aside) == []


async def test_what_could_not_be_stored_is_brought_again(bench: Bench, address: str) -> None:
    refusals = 3

    def refuse() -> None:
        nonlocal refusals
        refusals -= 1
        if refusals >= 0:
            raise sqlite3.OperationalError("database is locked")

    bench.store.before_commit = refuse
    await register(bench, address)
    await bench.people.say(LAYLA, "hello")
    await until(lambda: bench.people.texts(71))
    await until(lambda: not bench.world.updates.pending())
    assert bench.people.texts(71) == ["1: hello"]
    assert "503" in bench.world.webhook.last_error


async def test_nonsense_with_the_secret_is_set_aside(bench: Bench, address: str) -> None:
    assert await bring(address, b"no json") == 200
    [aside] = await bench.store.run(updates.list_set_aside)
    assert await bench.store.run(lambda tx: updates.read_set_aside(tx, aside.incident)) == "no json"
