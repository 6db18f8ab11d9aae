"""Groups become offices, their members officers, and their presses reach the leads."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.guide.direction import isolated
from bot.store import leads, offices, outbox
from bot.store.leads import Lead
from tests.referrals.country import details
from tests.telegram.bench import BOT, LAYLA, OMAR, RIMA, Bench, Json

CITIZEN: Json = {"id": 99, "first_name": "Sami", "language_code": "ar"}
HIDDEN = "تعملون هنا كمشرف مجهول"


async def invited(bench: Bench, office: str = "homs") -> str:
    return await bench.store.run(lambda tx: offices.invite(tx, office))


async def bind(bench: Bench, chat: int, office: str = "homs", who: Json = LAYLA) -> None:
    await bench.people.say(who, f"/bind {await invited(bench, office)}", chat)
    await bench.house.work()


async def refer(bench: Bench, governorate: str = "homs") -> Lead:
    """Sami has written to the bot and asks for the office."""
    await bench.people.say(CITIZEN, "hello")
    await bench.house.work()
    referrals = bench.house.referrals
    lead = await bench.store.run(
        lambda tx: referrals.refer(tx, 1, 1, "licensing", governorate, details())
    )
    await bench.house.post.drain()
    return await now(bench, lead)


async def now(bench: Bench, lead: Lead) -> Lead:
    found = await bench.store.run(lambda tx: leads.get(tx, lead.id))
    assert found is not None
    return found


async def desk(bench: Bench, office: str = "homs") -> Any:
    return await bench.store.run(lambda tx: offices.desk(tx, office))


def alerts(bench: Bench) -> list[str]:
    return [call.get("text", "") for call in bench.people.calls("answerCallbackQuery")]


def voice(bench: Bench, id: str, **values: Any) -> str:
    return bench.shelf.voices["ar"].plain(id, **values)


@pytest.fixture
async def group(bench: Bench) -> int:
    """Layla's group with Omar and Rima; it is the office of Homs."""
    chat = await bench.people.group(LAYLA, OMAR, RIMA, type="supergroup")
    await bind(bench, chat)
    assert (await desk(bench)).chat == chat
    return chat


async def test_an_administrator_connects_a_group(bench: Bench, group: int) -> None:
    assert "مكتب حمص" in bench.people.texts(group)[-1]
    known = await bench.store.run(lambda tx: offices.officers(tx, "homs"))
    assert [(o.name, o.administrator) for o in known] == [("ليلى", True)]


@pytest.mark.parametrize(
    ("setting", "who", "reason"),
    [
        ({"username": "everybody"}, LAYLA, "not-private"),
        ({"bot_admin": False}, LAYLA, "bot-not-administrator"),
        ({}, OMAR, "not-administrator"),
    ],
)
async def test_a_group_that_cannot_be_an_office_is_told_why(
    bench: Bench, setting: Json, who: Json, reason: str
) -> None:
    chat = await bench.people.group(LAYLA, OMAR, **setting)
    await bind(bench, chat, who=who)
    assert bench.people.texts(chat) == [voice(bench, f"office.refused.{reason}")]
    assert await desk(bench) is None


async def test_the_code_is_asked_for_and_must_be_right(bench: Bench) -> None:
    chat = await bench.people.group(LAYLA)
    await bench.people.say(LAYLA, "/bind", chat)
    await bench.people.say(LAYLA, "/bind@dalil_demo_bot HOMS-AAAA-AAAA", chat)
    await bench.house.work()
    said = bench.people.texts(chat)
    assert "HOMS-7KQ2-M4XD" in said[0]
    assert said[1] == voice(bench, "office.refused.unknown-code")


async def test_an_anonymous_administrator_is_asked_to_show_themselves(bench: Bench) -> None:
    chat = await bench.people.group(LAYLA, type="supergroup")
    await bench.people.member(chat, LAYLA, "anonymous")
    await bind(bench, chat)
    assert HIDDEN in bench.people.texts(chat)[-1]
    await bench.people.member(chat, LAYLA, "anonymous")
    await bind(bench, chat)
    await refer(bench)
    await bench.people.member(chat, LAYLA, "anonymous")
    await bench.people.press(LAYLA, "o:take:1", chat)
    await bench.house.work()
    assert HIDDEN in alerts(bench)[-1]
    assert bench.people.calls("answerCallbackQuery")[-1]["show_alert"]


async def test_when_telegram_does_not_answer_nothing_is_used_up(bench: Bench) -> None:
    chat = await bench.people.group(LAYLA)
    code = await invited(bench)
    await bench.people.fault("getChat", "error500")
    await bench.people.say(LAYLA, f"/bind {code}", chat)
    await bench.house.work()
    assert bench.people.texts(chat) == [voice(bench, "group.try-again")]
    await bench.people.say(LAYLA, f"/bind {code}", chat)
    await bench.house.work()
    assert await desk(bench) is not None


async def test_a_group_hears_nothing_but_answers_to_commands(bench: Bench) -> None:
    chat = await bench.people.group(LAYLA, OMAR)
    for text in ("good morning", "/bind@another_bot CODE", "/ start"):
        await bench.people.say(OMAR, text, chat)
    await bench.people.send(OMAR, chat, sticker={"emoji": "🙂"})
    await bench.house.work()
    assert bench.people.texts(chat) == []
    await bench.people.say(OMAR, "/start", chat)
    await bench.house.work()
    [answer] = bench.people.texts(chat)
    assert "@dalil_demo_bot" in answer


async def test_in_a_topic_the_answer_stands_in_the_topic(bench: Bench) -> None:
    chat = await bench.people.group(LAYLA, forum=True)
    topic = await bench.house.bot.create_forum_topic(chat, "Cases")
    thread = topic["message_thread_id"]  # type: ignore[index]
    await bench.people.say(LAYLA, "/help", chat, thread_id=thread)
    await bench.house.work()
    assert bench.people.screens(chat)[-1]["message_thread_id"] == thread


async def test_a_card_is_taken_and_both_sides_see_it(bench: Bench, group: int) -> None:
    lead = await refer(bench)
    assert lead.state == "delivered"
    assert "has arrived" in bench.people.texts(99)[-1]
    await bench.people.press(LAYLA, f"o:take:{lead.id}", group)
    await bench.house.work()
    assert (await now(bench, lead)).state == "claimed"
    assert "ليلى" in bench.people.texts(group)[-1]
    assert "has taken" in bench.people.texts(99)[-1]
    assert alerts(bench) == [voice(bench, "office.now-yours")]


async def test_a_member_whom_an_administrator_confirms_may_act(bench: Bench, group: int) -> None:
    lead = await refer(bench)
    card = bench.people.screens(group)[-1]["message_id"]
    take = f"o:take:{lead.id}"
    await bench.people.press(OMAR, take, group, card)
    await bench.house.work()
    assert alerts(bench) == [voice(bench, "office.asked-for-you")]
    asking = bench.people.screens(group)[-1]
    [[_, confirm]] = asking["reply_markup"]["inline_keyboard"]
    await bench.people.press(RIMA, confirm["callback_data"], group)
    await bench.house.work()
    assert alerts(bench)[-1] == voice(bench, "office.administrators-confirm")
    await bench.people.press(LAYLA, confirm["callback_data"], group)
    await bench.house.work()
    assert "reply_markup" not in bench.people.screens(group)[-1]
    await bench.people.press(OMAR, take, group, card)
    await bench.house.work()
    assert (await now(bench, lead)).state == "claimed"


async def test_two_presses_at_once_have_one_winner(bench: Bench, group: int) -> None:
    await bench.people.member(group, OMAR, "promote")
    lead = await refer(bench)
    await bench.people.press(LAYLA, f"o:take:{lead.id}", group)
    await bench.people.press(OMAR, f"o:take:{lead.id}", group)
    await bench.house.work()
    assert sorted(alerts(bench)) == sorted(
        [
            voice(bench, "office.now-yours"),
            voice(bench, "office.anothers", officer=isolated("ليلى")),
        ]
    )


async def test_one_chat_is_handled_in_order_even_while_telegram_is_asked(
    bench: Bench, group: int
) -> None:
    """Omar is a stranger: Telegram must be asked about him before Layla's press has its turn."""
    lead = await refer(bench)
    for person in (OMAR, LAYLA):
        await bench.people.press(person, f"o:take:{lead.id}", group)
    presses = bench.world.updates.pending()[-2:]
    await asyncio.gather(*(bench.house.receiver.accept(each.body) for each in presses))
    rows = await bench.store.run(outbox.due)
    assert next(row.what for row in rows if row.to == "office:homs").startswith("confirm:")


async def test_a_press_brought_twice_counts_once(bench: Bench, group: int) -> None:
    lead = await refer(bench)
    await bench.people.press(LAYLA, f"o:take:{lead.id}", group)
    [update] = bench.world.updates.pending()[-1:]
    for _ in range(3):
        await bench.house.receiver.accept(update.body)
    await bench.house.staff.finish()
    first, *again = alerts(bench)
    assert first
    assert again == ["", ""], "the button waits for each"
    events = await bench.store.run(lambda tx: leads.events(tx, lead.id))
    assert [event.kind for event in events].count("claimed") == 1


async def test_who_leaves_loses_the_right_at_once(bench: Bench, group: int) -> None:
    await bench.people.member(group, OMAR, "promote")
    lead = await refer(bench)
    await bench.people.press(OMAR, f"o:take:{lead.id}", group)
    await bench.house.work()
    await bench.people.member(group, OMAR, "leave")
    await bench.house.work()
    officer = await bench.store.run(lambda tx: offices.officer(tx, "homs", OMAR["id"]))
    assert officer is not None
    assert officer.state == "left"
    assert (await now(bench, lead)).state == "delivered"


@pytest.mark.parametrize("deed", ["remove_bot", "demote_bot"])
async def test_a_group_that_puts_the_bot_out_is_an_office_no_longer(
    bench: Bench, group: int, deed: str
) -> None:
    head = await bench.people.group(RIMA)
    await bind(bench, head, "head-office", RIMA)
    lead = await refer(bench)
    await bench.people.member(group, LAYLA, deed)
    await bench.house.work()
    assert await desk(bench) is None
    assert (await now(bench, lead)).office == "head-office"
    assert lead.reference in bench.people.texts(head)[-1]


async def test_a_group_that_migrates_keeps_everything(bench: Bench) -> None:
    chat = await bench.people.group(LAYLA, OMAR)
    await bind(bench, chat)
    lead = await refer(bench)
    new = (await bench.people.post("migrate", chat_id=chat))["id"]
    await bench.house.work()
    assert (await desk(bench)).chat == new
    assert lead.reference in bench.people.texts(new)[-1]
    await bench.people.press(LAYLA, f"o:take:{lead.id}", new)
    await bench.house.work()
    assert (await now(bench, lead)).state == "claimed"


async def test_a_migration_is_noticed_by_sending_too(bench: Bench) -> None:
    """The post finds out before the service messages are read, and those come twice."""
    chat = await bench.people.group(LAYLA)
    await bind(bench, chat)
    await bench.people.say(CITIZEN, "hello")
    new = (await bench.people.post("migrate", chat_id=chat))["id"]
    from_telegram = [update.body for update in bench.world.updates.pending()]
    for body in from_telegram:
        if body.get("message", {}).get("chat", {}).get("id") == CITIZEN["id"]:
            await bench.house.receiver.accept(body)
    referrals = bench.house.referrals
    await bench.store.run(lambda tx: referrals.refer(tx, 1, 1, "licensing", "homs", details()))
    await bench.house.post.drain()
    assert (await desk(bench)).chat == new
    for body in reversed(from_telegram):
        await bench.house.receiver.accept(body)
    await bench.house.post.drain()
    assert (await desk(bench)).chat == new
    assert len([t for t in bench.people.texts(new) if "طلب" in t]) == 1
    assert (await bench.store.run(outbox.counts))["waiting"] == 0


async def test_the_bot_itself_is_no_officer(bench: Bench, group: int) -> None:
    assert await bench.store.run(lambda tx: offices.officer(tx, "homs", BOT)) is None
    assert group
