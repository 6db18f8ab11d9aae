"""Whatever Telegram makes of our sending, the newest screen arrives in the end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.conversation.events import Reply
from bot.guide.screen import Screen
from bot.store import citizens
from bot.store.citizens import Shown
from tests.telegram.bench import LAYLA, OMAR, Bench, Json, buttons, reply, shown
from tests.telegram.echo import ROWS


async def test_flood_is_waited_for_as_long_as_telegram_says(bench: Bench) -> None:
    await bench.people.fault("sendMessage", "flood", retry_after=17)
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    assert bench.people.texts(71) == ["1: hello"]
    assert 17 in bench.patience.waits


async def test_what_waits_out_a_flood_is_overtaken_by_the_newest(bench: Bench) -> None:
    await bench.people.fault("sendMessage", "flood", retry_after=17)
    sleeping = bench.patience.sleep

    async def meanwhile(seconds: float) -> None:
        if seconds == 17:
            bench.house.sender.show(await reply(bench, "newest"))
        await sleeping(seconds)

    bench.patience.sleep = meanwhile  # type: ignore[method-assign]
    bench.restart()
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    assert bench.people.texts(71) == ["newest"]


async def test_what_was_refused_does_not_push_aside_what_came_meanwhile(
    bench: Bench, layla: Json
) -> None:
    await bench.people.fault("sendMessage", "flood", retry_after=17)
    newest = await reply(bench, "newest", layla["message_id"])
    write = bench.house.writer.show

    async def meanwhile(*args: Any, **more: Any) -> int:
        bench.house.writer.show = write  # type: ignore[method-assign]
        bench.house.sender.show(newest)
        return await write(*args, **more)

    bench.house.writer.show = meanwhile  # type: ignore[method-assign]
    bench.house.sender.show(replace(newest, screen=Screen("older"), number=1, edit=None))
    await bench.house.sender.finish()
    assert bench.people.texts(71) == ["1: hello", "newest"]


async def test_trouble_of_telegrams_is_sat_out(bench: Bench) -> None:
    await bench.people.fault("sendMessage", "error500", times=4)
    await bench.people.fault("sendMessage", "drop_before", times=3)
    await bench.people.say(LAYLA, "hello")
    await bench.house.work()
    assert bench.people.texts(71) == ["1: hello"]
    assert bench.patience.waits == [1, 2, 4, 8, 16, 32, 60]


async def test_an_answer_lost_on_the_way_leaves_no_doubt_about_the_screen(
    bench: Bench, layla: Json
) -> None:
    """The edit arrived, its answer did not; then the screen before it is to be shown again."""
    first = await bench.store.run(lambda tx: citizens.shown(tx, 1))
    assert first is not None
    await bench.people.fault("editMessageText", "drop_after")
    edit = layla["message_id"]
    number = await bench.store.run(lambda tx: citizens.next_screen(tx, citizens.get(tx, 1)))
    again = Reply(1, 71, Screen("1: hello", ROWS), number + 1, edit)
    sleeping = bench.patience.sleep

    async def meanwhile(seconds: float) -> None:
        bench.house.sender.show(again)
        await sleeping(seconds)

    bench.patience.sleep = meanwhile  # type: ignore[method-assign]
    bench.restart().sender.show(await reply(bench, "two", edit))
    await bench.house.sender.finish()
    assert bench.people.texts(71) == ["1: hello"]


async def test_not_modified_is_success(bench: Bench, layla: Json) -> None:
    """The process died between the edit and its note: the same edit comes again."""
    before = Shown(layla["message_id"], "of the screen before", 0)
    await bench.store.run(lambda tx: citizens.set_shown(tx, 1, before))
    number = await bench.store.run(lambda tx: citizens.next_screen(tx, citizens.get(tx, 1)))
    same = Screen("1: hello", ROWS)
    with capture_logs() as logs:
        bench.restart().sender.show(Reply(1, 71, same, number, layla["message_id"]))
        await bench.house.sender.finish()
    assert bench.world.calls[-1]["method"] == "editMessageText"
    assert bench.people.texts(71) == ["1: hello"]
    assert [log for log in logs if log["log_level"] in ("warning", "error")] == []
    noted = await shown(bench)
    assert noted is not None
    assert noted.screen == number


async def test_when_the_message_to_edit_is_gone_a_new_one_comes(bench: Bench, layla: Json) -> None:
    await bench.people.press(LAYLA, "1:more")
    del bench.world.chats[71].posts[layla["message_id"]]
    await bench.house.work()
    assert bench.people.texts(71) == ["2: 1:more"]


@pytest.mark.usefixtures("layla")
async def test_who_has_blocked_the_bot_is_left_alone_until_they_write(bench: Bench) -> None:
    await bench.people.post("block", user_id=71)
    bench.house.sender.show(await reply(bench, "two"))
    await bench.house.sender.finish()
    known = await bench.store.run(lambda tx: citizens.get(tx, 1))
    assert known is not None
    assert known.blocked
    assert await bench.store.run(citizens.behind) == []


async def test_a_text_that_telegram_cannot_parse_arrives_plain_and_raises_an_alarm(
    bench: Bench,
) -> None:
    with capture_logs() as logs:
        await bench.people.say(LAYLA, "bad html")
        await bench.house.work()
    assert bench.people.texts(71) == ["1 < 2"]
    assert buttons(bench.people.screens(71)[0])
    assert [log["event"] for log in logs if log["log_level"] == "error"] == [
        "telegram.unparsable-text"
    ]


async def test_a_screen_that_telegram_refuses_does_not_block_the_next(bench: Bench) -> None:
    with capture_logs() as logs:
        await bench.people.say(LAYLA, "too long")
        await bench.house.work()
    assert bench.people.texts(71) == []
    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["sender.refused"]
    await bench.people.say(LAYLA, "fine")
    await bench.house.work()
    assert bench.people.texts(71) == ["2: fine"]


async def test_an_answer_to_an_old_press_is_given_up_quietly(bench: Bench, layla: Json) -> None:
    with capture_logs() as logs:
        bench.house.sender.show(await reply(bench, "two", layla["message_id"]), "no-such-press")
        await bench.house.sender.finish()
    assert bench.people.texts(71) == ["two"]
    assert "sender.answer-refused" in [log["event"] for log in logs]
    assert [log for log in logs if log["log_level"] in ("warning", "error")] == []


async def test_after_a_restart_each_citizen_gets_their_screen_once(bench: Bench) -> None:
    for person in (LAYLA, OMAR):
        await bench.people.say(person, "hello")
    await bench.house.work()
    await bench.people.say(LAYLA, "lost on the way")
    await bench.people.fault("*", "drop_before", times=1000)
    for update in bench.world.updates.pending():
        await bench.house.receiver.accept(update.body)
    await bench.house.close()
    await bench.people.fault("*", "drop_before", times=0)
    assert bench.people.texts(71) == ["1: hello"]

    for _ in range(2):
        house = bench.restart()
        await house.jobs.catch_up()
        await house.work()
    assert bench.people.texts(71) == ["1: hello", "2: lost on the way"]
    assert bench.people.texts(72) == ["1: hello"]
