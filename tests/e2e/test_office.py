"""Offices over HTTP: how a lead finds one, who may act, and what happens when groups go."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot import office_commands
from bot.localtelegram import LocalTelegram
from bot.referrals.group.presses import VERBS
from bot.store import leads, offices, outbox, updates
from tests.e2e import walks
from tests.town import NOON, NOTICE, TOKEN, Json, Person, Town, town

HOMS = "homs"


async def history(place: Town, lead: int = 1) -> list[str]:
    events = await place.dalil.store.run(partial(leads.events, lead=lead))
    return [event.kind for event in events]


async def test_a_governorate_without_a_group_falls_back_to_the_head_office(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        head_office = await walks.opened(place, "head-office")
        citizen = await walks.is_referred(place, governorate="daraa")

        card = await walks.lead_card(head_office)
        daraa = place.dalil.guide.shelf.words["ar"].governorates["daraa"].name
        assert place.voice("card.reason.no-group", governorate=daraa) in card["text"]
        await citizen.offered(NOTICE)
        await head_office.taps("o:take:1")
        await citizen.offered(NOTICE, times=2)


async def test_without_any_office_the_lead_waits_and_binding_one_delivers_it(
    tmp_path: Path,
) -> None:
    async with town(tmp_path, offices=False) as place:
        citizen = await walks.is_referred(place, governorate="daraa")

        assert place.voice("case.waiting") in citizen.screen["text"]
        health = await place.health()
        assert (health["http"], health["without_office"]) == (200, 1)
        listed = await place.dalil.store.run(lambda tx: office_commands.leads(tx, None))
        assert "WAITS: no office is connected" in listed

        daraa = await walks.opened(place, "daraa")
        await walks.lead_card(daraa)
        await citizen.offered(NOTICE)
        assert (await place.health())["without_office"] == 0
        assert await history(place) == ["referred", "waiting", "addressed", "delivered"]


PUBLIC: Json = {"username": "homs_public"}
REFUSALS: list[tuple[str, Json, Json]] = [
    ("not-private", PUBLIC, walks.HEAD),
    ("bot-not-administrator", {"bot_admin": False}, walks.HEAD),
    ("not-administrator", {}, walks.MEMBER),
]


@pytest.mark.parametrize(("reason", "group", "user"), REFUSALS, ids=[each[0] for each in REFUSALS])
async def test_binding_is_refused_and_the_code_stays_good(
    tmp_path: Path, reason: str, group: Json, user: Json
) -> None:
    async with town(tmp_path, offices=False) as place:
        code = await walks.invited(place, HOMS)
        head = await walks.founded(place, "مكتب حمص", **group)
        who = walks.other(head, user)
        await who.types(f"/bind@dalil_demo_bot {code}")

        assert who.screen["text"] == place.voice(f"office.refused.{reason}")
        assert await place.dalil.store.run(offices.desks) == []
        private = await walks.founded(place, "مكتب حمص الخاص")
        await private.types(f"/bind {code}")
        assert len(await place.dalil.store.run(offices.desks)) == 1


async def test_an_anonymous_administrator_is_asked_to_show_themselves(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        code = await walks.invited(place, HOMS)
        head = await walks.founded(place, "مكتب حمص")
        await place.tell("members", chat_id=head.chat, user=walks.HEAD, do="anonymous")
        await head.types(f"/bind {code}")
        assert head.screen["text"] == place.voice("office.refused.anonymous")

        await place.tell("members", chat_id=head.chat, user=walks.HEAD, do="anonymous")
        await head.types(f"/bind {code}")
        await walks.is_referred(place)
        await walks.lead_card(head)
        await place.tell("members", chat_id=head.chat, user=walks.HEAD, do="anonymous")
        await head.taps("o:take:1")
        assert head.toast == place.voice("office.show-yourself")
        assert "claimed" not in await history(place)


async def test_a_code_works_once_and_in_time(tmp_path: Path) -> None:
    now = [NOON]

    def clock() -> datetime:
        return now[0]

    async with town(tmp_path, offices=False, clock=clock) as place:
        refused = place.voice("office.refused.unknown-code")
        head = await walks.founded(place, "مجموعة")
        await head.types("/bind HOMS-AAAA-BBBB")
        assert head.screen["text"] == refused

        late = await walks.invited(place, HOMS)
        now[0] += timedelta(hours=49)
        await head.types(f"/bind {late}")
        assert head.screen["text"] == refused

        code = await walks.invited(place, HOMS)
        await head.types(f"/bind {code.lower()}")
        second = await walks.founded(place, "مجموعة أخرى")
        await second.types(f"/bind {code}")
        assert second.screen["text"] == refused
        assert [desk.chat for desk in await place.dalil.store.run(offices.desks)] == [head.chat]


async def test_a_member_acts_once_an_administrator_confirms_them(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        head = await walks.opened(place, HOMS)
        member = walks.other(head, walks.MEMBER)
        await walks.is_referred(place)
        await walks.lead_card(head)

        await member.taps("o:take:1")
        assert member.toast == place.voice("office.asked-for-you")
        asked = await head.offered("o:confirm:3")
        await member.taps("o:confirm:3")
        assert member.toast == place.voice("office.administrators-confirm")
        await walks.other(head, walks.SECOND).taps("o:confirm:3")
        await member.taps("o:take:1")

        assert member.toast == place.voice("office.now-yours")
        assert asked["message_id"] != (await head.offered("o:phone:1"))["message_id"]
        await member.taps("o:phone:1")
        assert "963900000000" in member.toast
        assert await history(place) == [
            "referred",
            "addressed",
            "delivered",
            "claimed",
            "number-shown",
        ]


async def test_who_leaves_the_group_loses_everything_at_once(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        head = await walks.opened(place, HOMS)
        second = walks.other(head, walks.SECOND)
        citizen = await walks.is_referred(place)
        await walks.lead_card(head)
        await second.taps("o:take:1")
        await citizen.offered(NOTICE, times=2)

        await place.tell("members", chat_id=head.chat, user=walks.SECOND, do="leave")
        await walks.lead_card(head)
        await citizen.offered(NOTICE, times=3)
        assert (await history(place))[-1] == "returned"

        await place.tell("members", chat_id=head.chat, user=walks.SECOND, do="join")
        await second.taps("o:take:1")
        assert second.toast == place.voice("office.asked-for-you")


@pytest.mark.parametrize(("deed", "reason"), [("remove_bot", "removed"), ("demote_bot", "demoted")])
async def test_a_lost_group_is_unbound_and_its_leads_go_to_the_head_office(
    tmp_path: Path, deed: str, reason: str
) -> None:
    async with town(tmp_path, offices=False) as place:
        homs = await walks.opened(place, HOMS)
        head_office = await walks.opened(place, "head-office")
        citizen = await walks.is_referred(place)
        await walks.lead_card(homs)
        await homs.taps("o:take:1")
        await citizen.offered(NOTICE, times=2)

        await place.tell("members", chat_id=homs.chat, do=deed)
        card = await walks.lead_card(head_office)
        name = place.dalil.guide.shelf.words["ar"].governorates[HOMS].name
        assert place.voice(f"card.reason.{reason}", governorate=name) in card["text"]
        desks = await place.dalil.store.run(offices.desks)
        assert [desk.office for desk in desks] == ["head-office"]
        await head_office.taps("o:take:1", "o:resolve:1", "o:end:1:advised")
        assert (await history(place))[-2:] == ["claimed", "resolved"]


async def test_a_group_that_became_a_supergroup_keeps_everything(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        old = await walks.opened(place, HOMS)
        await walks.is_referred(place)
        card = await walks.lead_card(old)
        new_id = (await place.tell("migrate", chat_id=old.chat))["id"]
        new = Person(place, walks.HEAD, new_id)

        await walks.lead_card(new)
        press = {"message_id": card["message_id"], "data": "o:take:1"}
        with pytest.raises(AssertionError, match="upgraded to a supergroup"):
            await place.tell("press", chat_id=old.chat, **{"from": walks.HEAD}, **press)
        await new.taps("o:take:1", "o:phone:1")
        assert "963900000000" in new.toast


async def test_a_press_that_was_under_way_while_the_group_moved_counts(tmp_path: Path) -> None:
    telegram = LocalTelegram(bot_token=TOKEN, first_retry=0.01)
    try:
        async with town(tmp_path, offices=False, telegram=telegram) as place:
            old = await walks.opened(place, HOMS)
            await walks.is_referred(place)
            card = await walks.lead_card(old)
        world = telegram.world
        query = _query(world.chats[old.chat].as_json(), card, walks.HEAD, "o:take:1", world)
        world.updates.put("callback_query", old.chat, query)
        async with town(tmp_path, offices=False, telegram=telegram) as place:
            new_id = (await place.tell("migrate", chat_id=old.chat))["id"]
            new = Person(place, walks.HEAD, new_id)
            await new.offered("o:phone:1")
    finally:
        await telegram.stop()


async def test_of_two_who_take_at_once_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        head = await walks.opened(place, HOMS)
        citizen = await walks.is_referred(place)
        card = await walks.lead_card(head)
        press = {"chat_id": head.chat, "message_id": card["message_id"], "data": "o:take:1"}
        answers: list[str] = []
        with place.telegram.world.events.listening() as happened:
            both = (place.tell("press", **{"from": who}, **press) for who in ADMINISTRATORS)
            await asyncio.gather(*both)
            while len(answers) < 2:
                event = await happened.get()
                if event is not None and event["kind"] == "callback_answer":
                    answers.append(event["text"])

        won = place.voice("office.now-yours")
        assert answers.count(won) == 1
        assert (await history(place)).count("claimed") == 1
        await citizen.offered(NOTICE, times=2)


ADMINISTRATORS = [walks.HEAD, walks.SECOND]


async def test_a_citizen_who_blocked_the_bot_is_left_alone_and_finds_all_as_it_is(
    tmp_path: Path,
) -> None:
    async with town(tmp_path, offices=False) as place:
        head = await walks.opened(place, HOMS)
        citizen = await walks.is_referred(place)
        await walks.lead_card(head)
        await citizen.offered(NOTICE)
        await place.tell("block", user_id=walks.SALMA["id"])
        await head.taps("o:take:1")
        await head.offered("o:phone:1")

        await place.settles()
        assert await place.dalil.store.run(outbox.counts) == {"waiting": 0, "dead": 0}
        await citizen.look()
        before = len(citizen.seen)

        await place.tell("block", user_id=walks.SALMA["id"], blocked=False)
        await citizen.types("/menu")
        assert len(citizen.seen) == before + 2
        lead = (await place.dalil.store.run(partial(leads.get, id=1))) or pytest.fail("gone")
        await citizen.taps(f"1:go:case:{lead.reference}")
        name = place.dalil.guide.shelf.words["ar"].offices[HOMS]
        assert place.voice("case.claimed", office=name) in citizen.screen["text"]


FORGED_BY_A_CITIZEN = [
    "",
    "garbage",
    "\x00\ud7ff:::",
    "0:answer:sector:trade",
    "1:answer:sector:nonsense",
    "1:answer:workers:-5",
    "1:answer:no-such-question:x",
    "1:unsure:governorate",
    "1:toggle:sector:trade",
    "1:unit:capital:old",
    "1:done:no-such-step",
    "1:go:step:../../etc/passwd",
    "1:go:case:D-AAAAAA",
    "1:go:consent:no-such-topic",
    "1:go:reach:no-such-topic",
    "1:go:no-such-place",
    "1:flow:no-such-flow",
    "1:language:xx",
    "1:erase",
    "1:here:licensing",
    "o:take:1",
    "o:confirm:1",
]


async def test_forged_presses_of_a_citizen_do_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        citizen = await walks.reaches_the_roadmap(place)
        stood = citizen.screen
        for data in FORGED_BY_A_CITIZEN:
            await _forges(citizen, stood, data)
        assert await place.dalil.store.run(updates.list_set_aside) == []
        assert await place.dalil.store.run(leads.counts) == {}
        await citizen.types("/roadmap")
        assert citizen.screen["text"] == stood["text"]


async def test_forged_presses_in_a_group_touch_no_other_offices_leads(tmp_path: Path) -> None:
    async with town(tmp_path, offices=False) as place:
        homs = await walks.opened(place, HOMS)
        hama = await walks.opened(place, "hama")
        await walks.is_referred(place)
        await walks.lead_card(homs)
        bound = hama.screen

        for data in (*(f"o:{verb}:1" for verb in VERBS), "o:end:1:advised", "o:take:999"):
            await _forges(hama, bound, data)
            assert hama.toast == place.voice("office.not-yours")
        for data in ("o:confirm:1", "o:confirm:999", "o:erase:1", "1:erase", "o:take:-1", ""):
            await _forges(hama, bound, data)
            assert hama.toast == place.voice("office.old-button")
        assert await history(place) == ["referred", "addressed", "delivered"]
        assert await place.dalil.store.run(updates.list_set_aside) == []


async def _forges(person: Person, message: Json, data: str) -> None:
    """A press with data that no button has, as only a tampered app can send it."""
    world = person.town.telegram.world
    with world.events.listening() as happened:
        query = _query(message["chat"], message, person.user, data, world)
        world.updates.put("callback_query", person.chat, query)
        event: Json | None = {"kind": ""}
        while event is not None and event["kind"] != "callback_answer":
            event = await happened.get()
    assert event is not None
    person.toast = event.get("text") or ""
    await person.town.dalil.sender.finish()
    await person.look()


def _query(chat: Json, message: Json, user: Json, data: str, world: Any) -> Json:
    return {
        "id": world.presses.note(chat["id"]),
        "from": user | {"is_bot": False},
        "message": message,
        "chat_instance": "1",
        "data": data,
    }
