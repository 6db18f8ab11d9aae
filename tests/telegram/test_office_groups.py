"""Groups that may not be an office's, or no longer; and the menu of those that are."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.jobs import Housekeeping
from bot.store import leads, offices
from tests.telegram.bench import LAYLA, OMAR, RIMA, Bench, Json
from tests.telegram.test_staff import alerts, bind, desk, group, now, refer, voice

__all__ = ["group"]
STRANGER: Json = {"id": 660, "first_name": "غريب", "language_code": "ar"}


async def head_office(bench: Bench) -> int:
    chat = await bench.people.group(RIMA)
    await bind(bench, chat, "head-office", RIMA)
    return chat


async def becomes_public(bench: Bench, chat: int) -> None:
    await bench.people.post("public", chat_id=chat, username="everybody_reads")


async def history(bench: Bench) -> list[tuple[str, str]]:
    events = await bench.store.run(lambda tx: offices.history(tx, "homs"))
    return [(event.kind, event.reason) for event in events]


async def press_on_a_card(bench: Bench, chat: int) -> None:
    await forge(bench, LAYLA, "o:take:1", chat)


async def forge(bench: Bench, who: Json, data: str, chat: int) -> None:
    """A press with this data, whether a button has it or not, in the group as it is now."""
    message = {"message_id": 1, "chat": bench.world.chats[chat].as_json()}
    query = {"id": f"{chat}{data}", "from": who, "message": message, "data": data}
    bench.world.updates.put("callback_query", chat, query)


async def write_office(bench: Bench, chat: int) -> None:
    await bench.people.say(LAYLA, "/office", chat)


async def talk(bench: Bench, chat: int) -> None:
    await bench.people.say(OMAR, "good morning", chat)


async def look(bench: Bench, _: int) -> None:
    await bench.house.staff.watch.look()


@pytest.mark.parametrize("notice", [press_on_a_card, write_office, talk, look])
async def test_a_group_that_became_public_is_an_office_no_longer(
    bench: Bench, group: int, notice: Any
) -> None:
    head = await head_office(bench)
    lead = await refer(bench)
    await becomes_public(bench, group)
    await notice(bench, group)
    await bench.house.work()
    assert await desk(bench) is None
    assert (await history(bench))[-1] == ("unbound", "public")
    assert (await now(bench, lead)).office == "head-office"
    assert (await now(bench, lead)).state == "delivered"
    assert "صارت عامة" in bench.people.texts(head)[-1]
    told = [each for each in bench.people.texts(group) if "/bind" in each and "خاصة" in each]
    assert len(told) == 1
    await notice(bench, group)
    await bench.house.work()
    assert len([each for each in bench.people.texts(group) if "ثم اطلبوا رمز" in each]) == 1


async def test_nobody_else_reads_the_cards_of_a_group_that_became_public(
    bench: Bench, group: int
) -> None:
    lead = await refer(bench)
    await bench.people.press(LAYLA, f"o:take:{lead.id}", group)
    await bench.house.work()
    assert any(lead.reference in each for each in bench.people.texts(group))
    await becomes_public(bench, group)
    await bench.house.staff.watch.look()
    await bench.house.work()
    assert not any(lead.reference in each for each in bench.people.texts(group))
    assert not any("reply_markup" in each for each in bench.people.screens(group))
    assert voice(bench, "desk.card-gone") in bench.people.texts(group)


async def test_it_can_be_bound_again_once_it_is_private(bench: Bench, group: int) -> None:
    await becomes_public(bench, group)
    await bench.house.staff.watch.look()
    await bind(bench, group)
    assert bench.people.texts(group)[-1] == voice(bench, "office.refused.not-private")
    await bench.people.post("public", chat_id=group, username=None)
    await bind(bench, group)
    assert (await desk(bench)).chat == group


async def test_a_private_group_is_looked_at_and_left_alone(bench: Bench, group: int) -> None:
    said = bench.people.texts(group)
    await bench.house.staff.watch.look()
    await bench.people.fault("getChat", "error500")
    await bench.house.staff.watch.look()
    await bench.house.work()
    assert bench.people.texts(group) == said
    assert await desk(bench) is not None


async def test_groups_are_looked_at_once_a_day(bench: Bench) -> None:
    looked: list[None] = []

    async def look() -> None:
        looked.append(None)

    async def nothing() -> None:
        return None

    house = Housekeeping(
        bench.store,
        bench.house.referrals,
        retry=nothing,
        committed=lambda: None,
        look_at_groups=look,
    )
    for _ in range(3):
        await house.new_day()
    assert len(looked) == 1


async def test_a_strangers_group_sees_nothing_and_does_nothing(bench: Bench, group: int) -> None:
    """The bot was added by a stranger, who administers that group and knows a case's number."""
    lead = await refer(bench)
    theirs = await bench.people.group(STRANGER, type="supergroup")
    await bench.people.say(STRANGER, "/office", theirs)
    await bench.people.say(STRANGER, f"{lead.reference}", theirs)
    await bench.people.say(STRANGER, "/bind HOMS-AAAA-AAAA", theirs)
    for data in (f"o:take:{lead.id}", "o:all-open:0", "o:desks:0", "o:confirm:1", "o:phone:1"):
        await forge(bench, STRANGER, data, theirs)
    await bench.house.work()
    said = bench.people.texts(theirs)
    assert said[0] == voice(bench, "desk.no-office").replace("<code>", "").replace("</code>", "")
    assert said[1:] == [voice(bench, "office.refused.unknown-code")]
    assert set(alerts(bench)) == {voice(bench, "office.no-desk")}
    assert (await now(bench, lead)).state == "delivered"
    assert (await desk(bench)).chat == group
    known = await bench.store.run(lambda tx: offices.officer_of(tx, STRANGER["id"]))
    assert known == []


async def test_office_opens_a_menu_that_is_edited_in_place(bench: Bench, group: int) -> None:
    await refer(bench)
    await bench.people.say(LAYLA, "/office", group)
    await bench.house.work()
    menu = bench.people.screens(group)[-1]
    assert "مكتب حمص" in menu["text"]
    count = len(bench.people.texts(group))
    for verb in ("all-open", "card-of-office", "members", "leave"):
        await bench.people.press(LAYLA, f"o:{verb}:0", group, menu["message_id"])
        await bench.house.work()
        assert bench.people.screens(group)[-1]["text"] != menu["text"]
        await bench.people.press(LAYLA, "o:office:0", group, menu["message_id"])
        await bench.house.work()
        assert len(bench.people.texts(group)) == count
    assert bench.people.screens(group)[-1]["text"] == menu["text"]


async def test_a_member_who_asks_for_the_menu_is_asked_about(bench: Bench, group: int) -> None:
    await bench.people.say(OMAR, "/office@dalil_demo_bot", group)
    await bench.house.work()
    said = bench.people.texts(group)
    assert any("سألنا مشرفي المجموعة" in each for each in said)
    assert "هل يؤكد ذلك أحد المشرفين" in said[-1]


async def ask(bench: Bench, group: int, field: str) -> None:
    """Layla wants to say this of her office, and the bot asks for it."""
    await bench.people.say(LAYLA, "/office", group)
    await bench.house.work()
    menu = bench.people.screens(group)[-1]["message_id"]
    for data in ("o:card-of-office:0", f"o:fact:0:{field}"):
        await bench.people.press(LAYLA, data, group, menu)
        await bench.house.work()


async def test_the_card_of_an_office_is_filled_in_by_replies(bench: Bench, group: int) -> None:
    await ask(bench, group, "hours")
    question = bench.people.screens(group)[-1]
    assert "ما ساعات الدوام" in question["text"]
    await bench.people.say(LAYLA, "٨:٣٠-١٥:٠٠", group, reply_to_message_id=question["message_id"])
    await bench.house.work()
    assert "سيقرؤه الناس هكذا" in bench.people.texts(group)[-1]
    await ask(bench, group, "place")
    question = bench.people.screens(group)[-1]
    pin = {"latitude": 34.7324, "longitude": 36.7137}
    await bench.people.send(LAYLA, group, location=pin, reply_to_message_id=question["message_id"])
    await bench.house.work()
    answer = bench.people.screens(group)[-1]
    [[button]] = answer["reply_markup"]["inline_keyboard"]
    assert button["url"].startswith("https://www.openstreetmap.org/?mlat=34.73240&mlon=36.71370")


async def test_who_was_removed_while_their_press_was_on_its_way(bench: Bench, group: int) -> None:
    """In whatever order Telegram's updates are worked on, nothing stays with who has left."""
    await bench.people.member(group, OMAR, "promote")
    lead = await refer(bench)
    await bench.house.work()
    await bench.people.press(OMAR, f"o:take:{lead.id}", group)
    await bench.people.member(group, OMAR, "leave")
    press, gone, *more = bench.world.updates.pending()
    for each in (gone, *more, press):
        await bench.house.receiver.accept(each.body)
    await bench.house.staff.finish()
    assert (await now(bench, lead)).state == "delivered"
    assert alerts(bench)[-1] == voice(bench, "desk.not-here")
    officer = await bench.store.run(lambda tx: offices.officer(tx, "homs", OMAR["id"]))
    assert officer is not None
    assert officer.state == "left", "nobody is asked about somebody who is gone"
    assert await bench.store.run(leads.counts) == {"delivered": 1}


async def test_press_and_removal_at_the_same_moment(bench: Bench, group: int) -> None:
    await bench.people.member(group, OMAR, "promote")
    lead = await refer(bench)
    await bench.house.work()
    await bench.people.press(OMAR, f"o:take:{lead.id}", group)
    await bench.people.member(group, OMAR, "leave")
    pending = [each.body for each in bench.world.updates.pending()]
    await asyncio.gather(*(bench.house.receiver.accept(body) for body in pending))
    await bench.house.staff.finish()
    assert (await now(bench, lead)).state == "delivered"
    assert (await now(bench, lead)).officer is None
