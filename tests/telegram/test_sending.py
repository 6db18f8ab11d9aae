"""Each chat shows the newest screen, and nothing is lost on the way to it."""

from __future__ import annotations

import pytest
from aiogram.methods import SendMessage

from bot.conversation.events import Reply
from bot.guide.screen import Screen
from bot.store import citizens
from bot.telegram.session import call
from tests.telegram.bench import LAYLA, Bench, Json, buttons, reply, shown
from tests.telegram.echo import ROWS


async def test_a_screen_arrives_with_its_buttons_and_is_noted(bench: Bench, layla: Json) -> None:
    assert buttons(layla) == [
        {"text": "more", "callback_data": "1:more"},
        {"text": "site", "url": "https://example.org/"},
        {"text": "copy", "copy_text": {"text": "D-4F7K2Q"}},
    ]
    noted = await shown(bench)
    assert noted is not None
    assert (noted.message, noted.screen) == (layla["message_id"], 1)


@pytest.mark.usefixtures("layla")
async def test_a_press_edits_the_screen_and_is_answered(bench: Bench) -> None:
    await bench.people.press(LAYLA, "1:more")
    await bench.house.work()
    assert bench.people.texts(71) == ["2: 1:more"]
    [answer] = bench.people.calls("answerCallbackQuery")
    assert answer["text"] == "noted"


@pytest.mark.usefixtures("layla")
async def test_what_is_typed_is_answered_below_and_the_old_screen_loses_its_buttons(
    bench: Bench,
) -> None:
    await bench.people.say(LAYLA, "again")
    await bench.house.work()
    old, new = bench.people.screens(71)
    assert (old["text"], buttons(old)) == ("1: hello", [])
    assert new["text"] == "2: again"
    assert buttons(new)
    noted = await shown(bench)
    assert noted is not None
    assert noted.message == new["message_id"]


async def test_a_newer_screen_replaces_the_one_that_waits(bench: Bench, layla: Json) -> None:
    edit = layla["message_id"]
    for screen in [await reply(bench, text, edit) for text in ("two", "three", "four")]:
        bench.house.sender.show(screen)
    await bench.house.sender.finish()
    assert [call["text"] for call in bench.people.calls("editMessageText")] == ["four"]
    assert bench.people.texts(71) == ["four"]


@pytest.mark.usefixtures("layla")
async def test_an_older_screen_never_replaces_a_newer_one(bench: Bench) -> None:
    older, newer = await reply(bench, "older"), await reply(bench, "newer")
    bench.house.sender.show(newer)
    bench.house.sender.show(older)
    await bench.house.sender.finish()
    assert bench.people.texts(71) == ["1: hello", "newer"]


async def test_what_was_to_stand_below_stays_below_when_a_press_overtakes_it(
    bench: Bench, layla: Json
) -> None:
    typed = await reply(bench, "typed")
    pressed = await reply(bench, "pressed", layla["message_id"])
    bench.house.sender.show(typed)
    bench.house.sender.show(pressed)
    await bench.house.sender.finish()
    assert bench.people.texts(71) == ["1: hello", "pressed"]


async def test_an_edit_above_the_newest_screen_goes_below(bench: Bench, layla: Json) -> None:
    bench.house.sender.show(await reply(bench, "typed"))
    await bench.house.sender.finish()
    bench.house.sender.show(await reply(bench, "pressed above", layla["message_id"]))
    await bench.house.sender.finish()
    assert bench.people.texts(71)[-1] == "pressed above"
    assert [bool(buttons(m)) for m in bench.people.screens(71)] == [False, False, True]


@pytest.mark.usefixtures("layla")
async def test_the_same_screen_is_not_sent_again(bench: Bench) -> None:
    await bench.people.say(LAYLA, "three")
    await bench.house.work()
    edits = len(bench.people.calls("editMessageText"))
    message = bench.people.screens(71)[-1]["message_id"]
    number = await bench.store.run(lambda tx: citizens.next_screen(tx, citizens.get(tx, 1)))
    same = Screen("2: three", ROWS)
    bench.house.sender.show(Reply(1, 71, same, number, message))
    await bench.house.sender.finish()
    assert len(bench.people.calls("editMessageText")) == edits
    noted = await shown(bench)
    assert noted is not None
    assert noted.screen == number


async def test_the_keyboard_that_shares_a_contact_comes_and_goes(bench: Bench) -> None:
    await bench.people.say(LAYLA, "phone")
    await bench.house.work()
    assert bench.people.texts(71) == ["Your number?", "1: phone"]
    keyboard = bench.world.chats[71].keyboard
    assert keyboard["keyboard"] == [[{"text": "Share it", "request_contact": True}]]
    await bench.people.say(LAYLA, "thanks")
    await bench.house.work()
    assert bench.people.texts(71)[2:] == ["Thanks.", "2: thanks"]
    assert bench.world.chats[71].keyboard is None


async def test_a_keyboard_survives_being_overtaken(bench: Bench) -> None:
    await bench.people.say(LAYLA, "phone")
    await bench.people.say(LAYLA, "quick")
    await bench.house.work()
    # The first screen may have been quick enough to be seen in between.
    texts = bench.people.texts(71)
    assert (texts[0], texts[-1]) == ("Your number?", "2: quick")


@pytest.mark.usefixtures("layla")
async def test_erasing_is_confirmed_and_nothing_is_noted(bench: Bench) -> None:
    await bench.people.say(LAYLA, "/delete")
    await bench.house.work()
    assert bench.people.texts(71)[-1] == "Erased."
    assert await shown(bench) is None


@pytest.mark.usefixtures("layla")
async def test_half_a_letter_is_sent_as_a_question_mark(bench: Bench) -> None:
    """No UTF-8 has half a surrogate pair, and a text that has one is better read than lost."""
    await call(bench.house.bot, SendMessage, chat_id=71, text="half \ud83d")
    assert bench.people.texts(71)[-1] == "half ?"
