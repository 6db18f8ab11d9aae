"""A forum's threads over HTTP: people delete and close them, and take the forum itself away."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from bot.referrals.case.officers import Who
from bot.store import cards, leads, offices, outbox
from bot.store.leads import Lead
from bot.store.offices import Desk
from tests.referrals.country import details
from tests.telegram.bench import LAYLA, OMAR, Bench, Json

SAMI: Json = {"id": 99, "first_name": "Sami", "language_code": "ar"}


async def bound(bench: Bench, **group: Any) -> int:
    """A group that Layla connected to the office of Homs; Sami has said hello."""
    chat = await bench.people.group(LAYLA, OMAR, **group)
    code = await bench.store.run(lambda tx: offices.invite(tx, "homs"))
    await bench.people.say(LAYLA, f"/bind {code}", chat)
    await bench.people.say(SAMI, "hello")
    await bench.house.work()
    return chat


@pytest.fixture
async def forum(bench: Bench) -> int:
    return await bound(bench, forum=True)


async def desk(bench: Bench) -> Desk:
    found = await bench.store.run(lambda tx: offices.desk(tx, "homs"))
    assert found is not None
    return found


async def refer(bench: Bench, times: int = 1) -> list[Lead]:
    """So many requests of Sami's, which nobody has sent yet."""
    referrals = bench.house.referrals
    return [
        await bench.store.run(
            lambda tx, p=project: referrals.refer(tx, 1, p, "licensing", "homs", details())
        )
        for project in range(1, times + 1)
    ]


async def take(bench: Bench, chat: int, lead: Lead) -> int:
    """Layla takes it; the number of its own thread."""
    await bench.people.press(LAYLA, f"o:take:{lead.id}", chat)
    await bench.house.work()
    found = await bench.store.run(lambda tx: cards.thread(tx, lead.id, "homs"))
    assert found is not None
    return found.thread


async def by_hand(bench: Bench, chat: int, thread: int, deed: str) -> None:
    """Layla does it to a thread."""
    await bench.people.post("topics", chat_id=chat, thread_id=thread, do=deed, **{"from": LAYLA})


def threads(bench: Bench, chat: int) -> dict[int, Any]:
    found: dict[int, Any] = bench.world.chats[chat].topics
    return found


def standing_in(bench: Bench, chat: int, thread: int | None) -> list[str]:
    """The texts of the bot in a thread, or outside all of them."""
    screens = bench.people.screens(chat)
    return [each["text"] for each in screens if each.get("message_thread_id") == thread]


async def nothing_waits(bench: Bench) -> bool:
    return await bench.store.run(outbox.counts) == {"waiting": 0, "dead": 0}


async def test_a_forum_is_one_from_the_first_card_on(bench: Bench, forum: int) -> None:
    assert (await desk(bench)).forum
    leads_ = await refer(bench, times=3)
    await bench.house.post.drain()
    [new] = threads(bench, forum)
    assert threads(bench, forum)[new].name == "طلبات جديدة"
    assert len(standing_in(bench, forum, new)) == 3

    own = await take(bench, forum, leads_[-1])
    assert leads_[-1].reference in threads(bench, forum)[own].name
    [card] = standing_in(bench, forum, own)
    assert "Layla" in card, "the citizen's name, since it is taken"
    for data in ("resolve", "end"):
        value = ":advised" if data == "end" else ""
        await bench.people.press(LAYLA, f"o:{data}:{leads_[-1].id}{value}", forum)
        await bench.house.work()
    assert threads(bench, forum)[own].closed
    await bench.people.press(LAYLA, f"o:reopen:{leads_[-1].id}", forum)
    await bench.house.work()
    assert not threads(bench, forum)[own].closed
    assert len(standing_in(bench, forum, own)) == 1
    assert await nothing_waits(bench)


async def test_a_thread_deleted_while_three_rows_wait_is_made_once_more(
    bench: Bench, forum: int
) -> None:
    await refer(bench)
    await bench.house.post.drain()
    [new] = threads(bench, forum)
    await bench.store.run(lambda tx: leads.change(tx, 1, expect=leads.OPEN, project=9))
    await refer(bench, times=3)
    await by_hand(bench, forum, new, "delete")
    await bench.house.post.drain()
    await bench.house.post.drain()
    [again] = threads(bench, forum)
    assert again != new
    assert len(standing_in(bench, forum, again)) == 3
    assert await nothing_waits(bench)
    # The card that vanished with the thread comes again when there is something to say of it.
    await bench.store.run(bench.house.referrals.new_day)
    await bench.house.post.drain()
    assert [*threads(bench, forum)] == [again]
    assert len(standing_in(bench, forum, again)) == 4


async def test_a_case_whose_thread_was_deleted_gets_another_with_its_card(
    bench: Bench, forum: int
) -> None:
    [lead] = await refer(bench)
    await bench.house.post.drain()
    own = await take(bench, forum, lead)
    await by_hand(bench, forum, own, "delete")
    await bench.store.run(bench.house.referrals.new_day)
    await bench.house.post.drain()
    [_, again] = sorted(threads(bench, forum))
    assert again != own
    [card] = standing_in(bench, forum, again)
    assert lead.reference in card
    assert await nothing_waits(bench)
    found = await bench.store.run(lambda tx: cards.thread(tx, lead.id, "homs"))
    assert found is not None
    assert found.message is not None
    await bench.people.press(LAYLA, f"o:begin:{lead.id}", forum, found.message)
    await bench.house.work()
    assert sorted(threads(bench, forum))[-1] == again


async def test_a_case_closes_although_its_thread_is_closed_or_gone(
    bench: Bench, forum: int
) -> None:
    layla = Who(LAYLA["id"], LAYLA["first_name"], administrator=None)
    press = bench.house.referrals.press
    for deed in ("close", "delete"):
        [lead] = await refer(bench)
        await bench.house.post.drain()
        own = await take(bench, forum, lead)
        await by_hand(bench, forum, own, deed)
        end = f"o:end:{lead.id}:advised"
        await bench.store.run(lambda tx, data=end: press(tx, forum, layla, data, 1))
        await bench.house.post.drain()
        found = await bench.store.run(lambda tx, id=lead.id: leads.get(tx, id))
        assert found is not None
        assert found.state == "resolved"
        assert await nothing_waits(bench)
        assert own not in threads(bench, forum) or threads(bench, forum)[own].closed


async def test_a_forum_that_is_none_any_more_is_a_group_like_others(
    bench: Bench, forum: int
) -> None:
    [first] = await refer(bench)
    await bench.house.post.drain()
    await take(bench, forum, first)
    await bench.store.run(lambda tx: leads.change(tx, 1, expect=leads.OPEN, project=9))
    [second] = await refer(bench)
    chat = bench.world.chats[forum]
    chat.forum = False
    chat.topics.clear()
    await bench.house.post.drain()
    await bench.house.post.drain()
    assert not (await desk(bench)).forum
    outside = standing_in(bench, forum, None)
    for lead in (first, second):
        assert len([text for text in outside if lead.reference in text]) == 1
    assert await nothing_waits(bench)
    # The card that only led to the thread is whole again.
    card = await bench.store.run(lambda tx: cards.card(tx, first.id, "homs"))
    assert card is not None
    assert card.thread is None
    shown = chat.posts[card.message].message
    assert any(
        button.get("callback_data") == f"o:resolve:{first.id}"
        for row in shown["reply_markup"]["inline_keyboard"]
        for button in row
    )


async def test_without_the_right_to_make_threads_a_forum_is_used_without_them(
    bench: Bench, forum: int
) -> None:
    rights = {"can_manage_topics": False}
    await bench.people.post("members", chat_id=forum, do="promote_bot", rights=rights)
    await refer(bench)
    await bench.house.post.drain()
    await bench.house.post.drain()
    assert not (await desk(bench)).forum
    assert len([text for text in standing_in(bench, forum, None) if "طلب:" in text]) == 1

    await bench.people.post("members", chat_id=forum, do="promote_bot")
    await bench.house.work()
    assert (await desk(bench)).forum
    await bench.people.press(LAYLA, "o:take:1", forum)
    await bench.house.work()
    [own] = threads(bench, forum)
    assert len(standing_in(bench, forum, own)) == 1


async def test_a_group_that_becomes_a_forum_by_moving_has_threads_from_then_on(
    bench: Bench,
) -> None:
    chat = await bound(bench)
    assert not (await desk(bench)).forum
    await refer(bench)
    await bench.house.post.drain()
    new = (await bench.people.post("migrate", chat_id=chat, forum=True))["id"]
    await bench.house.work()
    await bench.house.post.drain()
    now = await desk(bench)
    assert (now.chat, now.forum) == (new, True)
    await bench.store.run(lambda tx: leads.change(tx, 1, expect=leads.OPEN, project=9))
    await refer(bench)
    await bench.house.post.drain()
    [thread] = threads(bench, new)
    assert standing_in(bench, new, thread)


async def test_a_group_that_becomes_a_forum_shows_it_in_its_first_thread(bench: Bench) -> None:
    chat = await bound(bench, type="supergroup")
    bench.world.chats[chat].forum = True
    await bench.people.say(OMAR, "in the general thread", chat)
    await bench.house.work()
    assert not (await desk(bench)).forum
    opened = await bench.people.post(
        "topics", chat_id=chat, do="create", name="Talk", **{"from": LAYLA}
    )
    asked = len(bench.people.calls("getChat"))
    for _ in range(2):
        await bench.people.say(OMAR, "in it", chat, thread_id=opened["message_thread_id"])
        await bench.house.work()
    assert (await desk(bench)).forum
    assert len(bench.people.calls("getChat")) == asked + 1


async def turned(bench: Bench) -> int:
    """The group of Homs became a forum, which shows in what is written in its threads."""
    chat = await bound(bench, type="supergroup")
    bench.world.chats[chat].forum = True
    return chat


async def thread_opened(bench: Bench, chat: int) -> bool:
    """Omar writes in a new thread; whether the group counts as a forum afterwards."""
    opened = await bench.people.post(
        "topics", chat_id=chat, do="create", name="Talk", **{"from": LAYLA}
    )
    await bench.people.say(OMAR, "in it", chat, thread_id=opened["message_thread_id"])
    await bench.house.work()
    return (await desk(bench)).forum


async def word(bench: Bench, chat: int) -> bool:
    """Omar says something outside all threads; whether the group counts as a forum afterwards."""
    await bench.people.say(OMAR, "good morning", chat)
    await bench.house.work()
    return (await desk(bench)).forum


async def test_a_forum_found_while_the_database_is_locked_is_one_from_the_next_word_on(
    bench: Bench,
) -> None:
    chat = await turned(bench)
    asked, refusals = len(bench.people.calls("getChat")), 1

    def refuse() -> None:
        nonlocal refusals
        if refusals and len(bench.people.calls("getChat")) > asked:
            refusals -= 1
            raise sqlite3.OperationalError("database is locked")

    bench.store.before_commit = refuse
    assert not await thread_opened(bench, chat)
    assert not refusals
    assert await word(bench, chat)
    assert await word(bench, chat)
    assert len(bench.people.calls("getChat")) == asked + 2


async def test_a_forum_that_telegram_does_not_tell_of_at_once_is_asked_for_again(
    bench: Bench,
) -> None:
    chat = await turned(bench)
    await bench.people.fault("getChat", "error500")
    assert not await thread_opened(bench, chat)
    assert await word(bench, chat)
