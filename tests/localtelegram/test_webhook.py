"""A webhook is brought every update until it says 2xx."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from aiohttp import web

from .conftest import LAYLA, OMAR, People, Raw


class Receiver:
    """A bot's own address: notes what arrives and answers as it was told to."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []
        self.secrets: set[str | None] = set()
        self.answers: dict[str, list[web.Response]] = {}
        self.url = ""
        self._arrived = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        text = update["message"]["text"]
        waiting = self.answers.get(text)
        answer = waiting.pop(0) if waiting else web.Response()
        async with self._arrived:
            self.seen.append((text, answer.status))
            self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            self._arrived.notify_all()
        return answer

    async def until(self, *expected: tuple[str, int]) -> None:
        """Waits until all of these arrived."""
        async with self._arrived, asyncio.timeout(60):
            await self._arrived.wait_for(lambda: set(expected) <= set(self.seen))


@pytest_asyncio.fixture(loop_scope="session")
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.add_routes([web.post("/hook", receiver.take)])
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


def refusals(*statuses: int) -> list[web.Response]:
    there = {"Location": "/hook"}
    return [web.Response(status=status, headers=there) for status in statuses]


async def info(raw: Raw) -> dict[str, Any]:
    return dict((await raw("getWebhookInfo"))["result"])


async def test_what_waited_is_delivered_with_the_secret(
    raw: Raw, people: People, receiver: Receiver
) -> None:
    await people.say(LAYLA, "before")
    await raw("setWebhook", url=receiver.url, secret_token="s3cret")
    await people.say(LAYLA, "after")
    await receiver.until(("before", 200), ("after", 200))
    assert receiver.seen == [("before", 200), ("after", 200)]
    assert receiver.secrets == {"s3cret"}


async def test_again_after_anything_but_2xx_and_in_order(
    raw: Raw, people: People, receiver: Receiver
) -> None:
    receiver.answers["a"] = refusals(500, 503, 404, 302)
    await raw("setWebhook", url=receiver.url)
    await people.say(LAYLA, "a")
    await people.say(LAYLA, "b")
    await receiver.until(("b", 200))
    assert receiver.seen == [
        ("a", 500), ("a", 503), ("a", 404), ("a", 302), ("a", 200), ("b", 200)
    ]  # fmt: skip
    assert receiver.secrets == {None}
    assert (await info(raw))["last_error_message"] == ("Wrong response from the webhook: 302 Found")


async def test_one_chat_in_trouble_does_not_hold_up_another(
    raw: Raw, people: People, receiver: Receiver
) -> None:
    receiver.answers["poison"] = refusals(*[500] * 10_000)
    await raw("setWebhook", url=receiver.url)
    await people.say(LAYLA, "poison")
    await receiver.until(("poison", 500))
    await people.say(OMAR, "fine")
    await receiver.until(("fine", 200))
    assert (await info(raw))["pending_update_count"] == 1
    await raw("deleteWebhook")
    (kept,) = await raw.updates()
    assert kept["message"]["text"] == "poison"


async def test_nobody_there(raw: Raw, people: People, unused_tcp_port: int) -> None:
    await raw("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/")
    await people.say(LAYLA, "a")
    while "last_error_message" not in (status := await info(raw)):
        continue
    assert "Connect call failed" in status["last_error_message"]


async def test_the_answer_may_carry_a_call(raw: Raw, people: People, receiver: Receiver) -> None:
    call = {"method": "sendMessage", "chat_id": LAYLA["id"], "text": "echo"}
    wrong = {"method": "sendMessage", "chat_id": 999, "text": "echo"}
    receiver.answers = {"a": [web.json_response(call)], "b": [web.json_response(wrong)]}
    await raw("setWebhook", url=receiver.url)
    await people.say(LAYLA, "a")
    await people.say(LAYLA, "b")
    while len(calls := await people.get("calls", since=1)) < 2:
        continue
    assert [(c["method"], c["ok"], c.get("description")) for c in calls] == [
        ("sendMessage", True, None),
        ("sendMessage", False, "Bad Request: chat not found"),
    ]
    texts = [m["text"] for m in await people.get("messages", chat_id=LAYLA["id"])]
    assert sorted(texts) == ["a", "b", "echo"]
