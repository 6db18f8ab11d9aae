"""The queue: confirmed by offset, waited for, filtered, and taken by one receiver at a time."""

import asyncio

from .conftest import LAYLA, OMAR, Clock, People, Raw


async def texts(raw: Raw, **params: int) -> list[str]:
    return [update["message"]["text"] for update in await raw.updates(**params)]


async def test_nothing_is_confirmed_without_an_offset(raw: Raw, people: People) -> None:
    for text in "abc":
        await people.say(LAYLA, text)
    assert await texts(raw) == ["a", "b", "c"]
    assert await texts(raw, limit=2) == ["a", "b"]
    assert await texts(raw, limit=0) == ["a", "b", "c"]


async def test_an_offset_confirms_what_is_below_it(raw: Raw, people: People) -> None:
    for text in "abc":
        await people.say(LAYLA, text)
    first, second, third = (update["update_id"] for update in await raw.updates())
    assert (second, third) == (first + 1, first + 2)
    assert await texts(raw, offset=second) == ["b", "c"]
    assert await texts(raw, offset=first) == ["b", "c"]
    assert await texts(raw, offset=third + 1) == []
    await people.say(LAYLA, "d")
    assert [update["update_id"] for update in await raw.updates()] == [third + 1]


async def test_a_negative_offset_keeps_only_the_last(raw: Raw, people: People) -> None:
    for text in "abc":
        await people.say(LAYLA, text)
    assert await texts(raw, offset=-2) == ["b", "c"]
    assert await texts(raw, offset=-9) == ["b", "c"]
    assert await texts(raw) == ["b", "c"]


async def test_at_most_a_hundred_at_once(raw: Raw, people: People) -> None:
    for number in range(101):
        await people.say(LAYLA, str(number))
    assert len(await raw.updates(limit=1000)) == 100


async def test_updates_are_as_they_were_when_they_happened(raw: Raw, people: People) -> None:
    sent = await people.say(LAYLA, "a")
    wish = {"chat_id": LAYLA["id"], "from": LAYLA, "message_id": sent["message_id"]}
    await people.post("edit", **wish, text="b")
    first, second = await raw.updates()
    assert first["message"]["text"] == "a"
    assert second["edited_message"]["text"] == "b"


async def test_a_poll_waits_for_the_first_update(raw: Raw, people: People) -> None:
    poll = asyncio.create_task(raw.updates(timeout=30))
    while not poll.done():
        await people.say(LAYLA, "hello")
    assert (await poll)[0]["message"]["text"] == "hello"


async def test_a_second_poll_ends_the_first(raw: Raw, people: People) -> None:
    first = asyncio.create_task(raw("getUpdates", timeout=30))
    second = asyncio.create_task(raw("getUpdates", timeout=30))
    done, (waiting,) = await asyncio.wait({first, second}, return_when=asyncio.FIRST_COMPLETED)
    assert done.pop().result() == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; make sure that only one"
        " bot instance is running",
    }
    await people.say(LAYLA, "hello")
    assert len((await waiting)["result"]) == 1


async def test_polling_and_a_webhook_exclude_each_other(raw: Raw) -> None:
    poll = asyncio.create_task(raw("getUpdates", timeout=30))
    while not (await raw("getWebhookInfo"))["result"]["url"]:
        await raw("setWebhook", url="http://127.0.0.1:9/")
        if not poll.done():
            await raw("deleteWebhook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    body = await raw("getUpdates")
    assert (body["error_code"], body["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
        " delete the webhook first",
    )
    await raw("deleteWebhook")
    assert await raw.updates() == []


async def test_only_kinds_that_were_asked_for(raw: Raw, people: People) -> None:
    """The list stays until another is given, and says nothing about what is queued already."""
    await people.say(LAYLA, "a")
    assert len(await raw.updates(allowed_updates=["callback_query"])) == 1
    await people.say(LAYLA, "b")
    assert len(await raw.updates()) == 1
    await raw.updates(allowed_updates=[])
    await people.say(LAYLA, "c")
    assert await texts(raw) == ["a", "c"]


async def test_chat_member_only_by_name_and_for_administrators(raw: Raw, people: People) -> None:
    async def kinds() -> list[str]:
        updates = await raw.updates()
        await raw.updates(offset=-1)
        await raw.updates(offset=updates[-1]["update_id"] + 1 if updates else 0)
        return [next(key for key in update if key != "update_id") for update in updates]

    group = await people.group(bot_admin=True)
    assert await kinds() == ["my_chat_member", "message"]
    await people.member(group, "promote", OMAR)
    assert await kinds() == []
    await raw.updates(allowed_updates=["message", "chat_member"])
    await people.member(group, "demote", OMAR)
    assert await kinds() == ["chat_member"]
    await people.member(group, "demote_bot")
    await people.member(group, "promote", OMAR)
    assert await kinds() == []


async def test_updates_live_a_day(raw: Raw, people: People, clock: Clock) -> None:
    await people.say(LAYLA, "a")
    clock.now += 24 * 60 * 60 - 1
    assert await texts(raw) == ["a"]
    clock.now += 2
    assert await texts(raw) == []


async def test_pending_updates_can_be_dropped(raw: Raw, people: People) -> None:
    await people.say(LAYLA, "a")
    assert (await raw("getWebhookInfo"))["result"]["pending_update_count"] == 1
    await raw("deleteWebhook", drop_pending_updates=True)
    assert await raw.updates() == []
