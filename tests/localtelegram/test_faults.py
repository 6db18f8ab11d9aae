"""Trouble that can be ordered."""

import asyncio

import aiohttp
import pytest
import telegram

from .conftest import LAYLA, OMAR, People, Raw, Refused

ME = LAYLA["id"]


async def texts(people: People, chat_id: int = ME) -> list[str]:
    return [message["text"] for message in await people.get("messages", chat_id=chat_id)]


async def test_a_flood_names_the_pause(bot: telegram.Bot, raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    await people.post("faults", method="sendMessage", kind="flood", times=2, retry_after=7)
    with pytest.raises(telegram.error.RetryAfter):
        await bot.send_message(ME, "x")
    assert await raw("sendMessage", chat_id=ME, text="x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    await bot.send_message(ME, "x")
    assert await texts(people) == ["/start", "x"]


async def test_an_error_of_the_server(raw: Raw, people: People) -> None:
    await people.post("faults", method="*", kind="error500", times=1)
    assert (await raw("getMe"))["description"] == "Internal Server Error"
    assert (await raw("getMe"))["ok"]


@pytest.mark.parametrize(
    ("kind", "arrived"), [("drop_before", ["/start"]), ("drop_after", ["/start", "x"])]
)
async def test_a_dropped_connection(
    raw: Raw, people: People, kind: str, arrived: list[str]
) -> None:
    await people.say(LAYLA, "/start")
    await people.post("faults", method="sendMessage", kind=kind)
    with pytest.raises(aiohttp.ClientError):
        await raw("sendMessage", chat_id=ME, text="x")
    assert await texts(people) == arrived
    (call,) = await people.get("calls")
    assert call["ok"] == (kind == "drop_after")


async def test_a_refusal_may_be_lost_as_well(raw: Raw, people: People) -> None:
    await people.post("faults", method="sendMessage", kind="drop_after")
    with pytest.raises(aiohttp.ClientError):
        await raw("sendMessage", chat_id=999, text="x")
    (call,) = await people.get("calls")
    assert call["description"] == "Bad Request: chat not found"


async def test_a_slow_answer_holds_up_nobody_else(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    await people.say(OMAR, "/start")
    await people.post("faults", method="sendMessage", kind="slow", seconds=600, chat_id=OMAR["id"])
    slow = asyncio.create_task(raw("sendMessage", chat_id=OMAR["id"], text="slow"))
    assert (await raw("sendMessage", chat_id=ME, text="quick"))["ok"]
    assert not slow.done()
    slow.cancel()
    await asyncio.wait({slow})
    assert await texts(people, OMAR["id"]) == ["/start"]


async def test_a_slow_answer_comes_in_the_end(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    await people.post("faults", method="sendMessage", kind="slow", seconds=0.01)
    assert (await raw("sendMessage", chat_id=ME, text="x"))["ok"]


async def test_trouble_in_one_chat_only(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "/start")
    await people.say(OMAR, "/start")
    await people.post("faults", method="sendMessage", kind="flood", times=9, chat_id=OMAR["id"])
    assert (await raw("sendMessage", chat_id=ME, text="x"))["ok"]
    assert not (await raw("sendMessage", chat_id=OMAR["id"], text="x"))["ok"]
    await people.post("faults", method="sendMessage", kind="flood", times=0)
    assert (await raw("sendMessage", chat_id=OMAR["id"], text="x"))["ok"]


async def test_an_unknown_kind_of_trouble(people: People) -> None:
    with pytest.raises(Refused, match="unknown kind of fault 'earthquake'"):
        await people.post("faults", method="*", kind="earthquake")
