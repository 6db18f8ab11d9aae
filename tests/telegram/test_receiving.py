"""Updates are settled once and for all, whatever comes between."""

from __future__ import annotations

import inspect
import os
import re
import sqlite3
from errno import EIO
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.conversation.conversation import Conversation
from bot.store import citizens, updates
from bot.store.citizens import Citizen
from bot.telegram.receiving import NotSettled
from tests.telegram.bench import BOT, LAYLA, OMAR, RIMA, Bench, Json
from tests.telegram.echo import Echo


def text_update(number: int, who: Json, text: str) -> Json:
    chat = {"id": who["id"], "type": "private", "first_name": who["first_name"]}
    message = {"message_id": number, "date": 1, "chat": chat, "from": who, "text": text}
    return {"update_id": number, "message": message}


async def citizen(bench: Bench, who: Json) -> Citizen:
    found = await bench.store.run(lambda tx: citizens.find(tx, who["id"]))
    assert found is not None
    return found


async def project(bench: Bench, number: int) -> Json:
    return await bench.store.run(lambda tx: citizens.load_project(tx, number, 1))


async def raw_of(bench: Bench, incident: str) -> Json:
    raw: Any = await bench.store.run(lambda tx: updates.read_set_aside(tx, incident))
    return dict(raw)


async def test_what_people_send_reaches_the_conversation_as_what_it_is(bench: Bench) -> None:
    people, house = bench.people, bench.house
    await people.say(LAYLA, "/start@dalil_demo_bot licence")
    await people.say(LAYLA, "مرحبا")
    await people.send(LAYLA, contact={"phone_number": "+963944", "first_name": "x", "user_id": 71})
    await people.send(LAYLA, contact={"phone_number": "+963955", "first_name": "y", "user_id": 72})
    await people.send(LAYLA, sticker={"emoji": "🙂"})
    await people.send(LAYLA, location={"latitude": 33.5, "longitude": 36.3})
    message = await people.say(LAYLA, "typo")
    await people.post(
        "edit", chat_id=71, **{"from": LAYLA}, message_id=message["message_id"], text="typ"
    )

    heard: list[str] = []
    for update in bench.world.updates.pending():
        await house.receiver.accept(update.body)
        state = await project(bench, 1)
        heard.append(state["last"])
    assert heard == [
        "/start licence",
        "مرحبا",
        "+963944 own",
        "+963955 somebody else",
        "(sticker)",
        "(location)",
        "typo",
        "(edited)",
    ]
    await house.sender.finish()
    assert people.texts(71)[-1] == "8: (edited)"


async def test_a_malformed_update_among_good_ones_is_set_aside(bench: Bench) -> None:
    people = bench.people
    await people.say(LAYLA, "one")
    bench.world.updates.put("message", 5, {"message_id": "no number", "chat": {}})
    bench.world.updates.put("message", 71, {"message_id": 9, "from": LAYLA, "chat": 71, "text": 5})
    await people.say(OMAR, "two")

    with capture_logs() as logs:
        assert await bench.house.work()

    assert people.texts(71) == ["1: one"]
    assert people.texts(72) == ["1: two"]
    aside = await bench.store.run(updates.list_set_aside)
    assert len(aside) == 2
    raws = [await raw_of(bench, each.incident) for each in aside]
    assert sorted(str(raw["message"]["message_id"]) for raw in raws) == ["9", "no number"]
    assert {log["incident"] for log in logs if log["event"] == "update.set-aside"} == {
        each.incident for each in aside
    }
    await bench.house.work()
    assert bench.world.updates.pending() == []
    # Erasing Layla takes what was set aside of hers along, readable or not.
    number = (await citizen(bench, LAYLA)).number
    await bench.store.run(lambda tx: citizens.erase(tx, number))
    [left] = await bench.store.run(updates.list_set_aside)
    assert (await raw_of(bench, left.incident))["message"]["message_id"] == "no number"


async def test_what_telegram_adds_one_day_is_passed_over(bench: Bench) -> None:
    for kind in ("channel_post", "something_new"):
        await bench.house.receiver.accept({"update_id": 5, kind: {"chat": {"id": 1}}})
    await bench.house.receiver.accept(
        {"update_id": 6, "message": {"message_id": 1, "chat": {"id": -5, "type": "channel"}}}
    )
    assert await bench.store.run(updates.list_set_aside) == []


async def test_a_bug_costs_an_apology_and_nobody_else_anything(bench: Bench) -> None:
    people = bench.people
    await people.say(LAYLA, "before")
    await people.say(LAYLA, "bug")
    await people.say(LAYLA, "after")
    await people.say(OMAR, "hello")

    with capture_logs() as logs:
        assert await bench.house.work()

    [aside] = await bench.store.run(updates.list_set_aside)
    assert "Bug" in aside.error
    # The answer that failed has left nothing behind: two were counted, not three.
    assert people.texts(71)[-1] == "2: after"
    assert people.texts(72) == ["1: hello"]
    written = str(logs)
    for secret in ("ليلى", "Omar", "before", "hello", "71", "72"):
        # As a word: the number of an incident may have these digits in it.
        assert not re.search(rf"\b{secret}\b", written)

    bench.clock.later(minutes=1)
    await people.say(RIMA, "bug")
    await bench.house.work()
    newest = (await bench.store.run(updates.list_set_aside))[-1]
    assert people.texts(73) == [f"Sorry: {newest.incident}"]


async def test_a_bug_behind_a_button_does_not_leave_it_waiting(bench: Bench) -> None:
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    [screen] = bench.people.screens(71)
    press = {"id": "5", "from": LAYLA, "message": screen, "data": "bug"}
    await bench.house.receiver.accept({"update_id": 1, "callback_query": press})
    await bench.house.sender.finish()
    assert bench.people.texts(71)[-1].startswith("Sorry: I-")
    assert len(bench.people.calls("answerCallbackQuery")) == 1


async def test_a_database_that_refuses_three_commits_loses_nothing(bench: Bench) -> None:
    people, house = bench.people, bench.house
    crowd: list[Json] = [{"id": 100 + n, "first_name": f"N{n}"} for n in range(5)]
    for person in crowd:
        await people.say(person, f"I am {person['id']}")
    refusals = 3

    def refuse() -> None:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise sqlite3.OperationalError("database is locked")

    bench.store.before_commit = refuse
    assert not await house.work()
    served = [p for p in crowd if people.texts(p["id"])]
    assert len(served) == 2
    kept = [update.id for update in bench.world.updates.pending()]
    assert len(kept) == 5

    assert await house.work()
    for person in crowd:
        assert people.texts(person["id"]) == [f"1: I am {person['id']}"]
    await people.say(crowd[0], "next")
    assert await house.work()
    [following] = [update.id for update in bench.world.updates.pending()]
    offsets = [call.get("offset") for call in people.calls("getUpdates")]
    assert offsets == [None, kept[0], following]


async def test_one_chat_stays_in_order_when_a_commit_fails(bench: Bench) -> None:
    people, house = bench.people, bench.house
    for text in ("one", "two", "three"):
        await people.say(LAYLA, text)
    refusals = [True]

    def refuse() -> None:
        if refusals and refusals.pop():
            raise sqlite3.OperationalError("disk I/O error")

    bench.store.before_commit = refuse
    assert not await house.work()
    assert people.texts(71) == []
    assert await house.work()
    assert people.texts(71)[-1] == "3: three"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_telegram_keeps_what_the_disk_did_not_take(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, house = bench.people, bench.house
    await people.say(LAYLA, "hello")

    def broken(_: int) -> None:
        raise OSError(EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        assert not await house.work()
    [kept] = [update.id for update in bench.world.updates.pending()]
    assert await house.work()
    await people.say(LAYLA, "and now?")
    assert await house.work()
    [following] = [update.id for update in bench.world.updates.pending()]
    offsets = [call.get("offset") for call in people.calls("getUpdates")]
    assert offsets == [None, kept, following]
    assert people.texts(71)[-1] == "2: and now?"


async def test_a_webhook_caller_hears_that_nothing_was_stored(bench: Bench) -> None:
    def refuse() -> None:
        raise sqlite3.OperationalError("database or disk is full")

    bench.store.before_commit = refuse
    with pytest.raises(NotSettled):
        await bench.house.receiver.accept(text_update(1, LAYLA, "hello"))
    with pytest.raises(NotSettled):
        await bench.house.receiver.accept({"update_id": 2, "message": "no object"})


async def test_the_same_update_five_times_changes_nothing(bench: Bench) -> None:
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    before = (await citizen(bench, LAYLA), bench.people.texts(71))
    [update] = bench.world.updates.pending()
    for _ in range(5):
        await bench.house.receiver.accept(update.body)
    await bench.house.sender.finish()
    assert (await citizen(bench, LAYLA), bench.people.texts(71)) == before

    await bench.people.say(LAYLA, "bug")
    for _ in range(5):
        await bench.house.receiver.accept(bench.world.updates.pending()[-1].body)
    assert len(await bench.store.run(updates.list_set_aside)) == 1


async def test_fifty_citizens_at_once_do_not_mix(bench: Bench) -> None:
    crowd: list[Json] = [{"id": 1000 + n, "first_name": "N"} for n in range(50)]
    for text in ("first", "second"):
        for person in crowd:
            await bench.people.say(person, f"{text} {person['id']}")
    assert await bench.house.work()
    for person in crowd:
        assert bench.people.texts(person["id"])[-1] == f"2: second {person['id']}"
        number = (await citizen(bench, person)).number
        state = await project(bench, number)
        assert state == {"count": 2, "last": f"second {person['id']}"}


async def test_who_blocks_the_bot_and_comes_back_is_noted(bench: Bench) -> None:
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    await bench.people.post("block", user_id=71)
    await bench.house.work()
    assert (await citizen(bench, LAYLA)).blocked
    await bench.people.post("block", user_id=71, blocked=False)
    await bench.house.work()
    assert not (await citizen(bench, LAYLA)).blocked


async def test_an_update_without_a_number_is_set_aside_too(bench: Bench) -> None:
    await bench.house.receiver.accept("nonsense")
    await bench.house.receiver.accept({"message": {}})
    aside = await bench.store.run(updates.list_set_aside)
    assert len(aside) == 2
    assert not await bench.store.run(lambda tx: updates.seen(tx, BOT, 0))


def test_the_echo_is_a_conversation_like_any_other() -> None:
    """Its signatures are those of the real one."""
    for name in ("receive", "current", "apology"):
        ours = inspect.signature(getattr(Echo, name))
        real = inspect.signature(getattr(Conversation, name))
        assert list(ours.parameters) == list(real.parameters)
