"""Stories of an office: its code, its group, the people in it."""

from __future__ import annotations

import re

from store_clock import Clock

from bot.store import cards, citizens, leads, offices
from bot.store.cards import Card
from bot.store.offices import Officer
from bot.store.store import Store, Transaction

OLD, NEW = -4001, -1004001


def a_card(tx: Transaction, office: str, chat: int) -> int:
    citizen = citizens.create(tx, 7001, "ar").number
    lead = leads.add(tx, citizen, 1, "licensing", "homs", office, "r1", {}).id
    cards.set_card(tx, Card(lead, office, chat, None, 10))
    return lead


async def test_a_code_works_once_however_it_is_typed(store: Store) -> None:
    code = await store.run(lambda tx: offices.invite(tx, "homs"))
    assert re.fullmatch(r"HOMS-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", code)
    assert await store.run(lambda tx: offices.redeem(tx, code[:-1])) is None
    assert await store.run(lambda tx: offices.redeem(tx, f" {code.lower()} ")) == "homs"
    assert await store.run(lambda tx: offices.redeem(tx, code)) is None


async def test_a_code_runs_out(store: Store, clock: Clock) -> None:
    rural = await store.run(lambda tx: offices.invite(tx, "rural-damascus"))
    short = await store.run(lambda tx: offices.invite(tx, "homs", lifetime_hours=1))
    clock.forward(hours=2)
    assert await store.run(lambda tx: offices.redeem(tx, short)) is None
    clock.forward(hours=45)
    assert await store.run(lambda tx: offices.redeem(tx, rural)) == "rural-damascus"
    late = await store.run(lambda tx: offices.invite(tx, "homs"))
    clock.forward(hours=48)
    assert await store.run(lambda tx: offices.redeem(tx, late)) is None


async def test_a_group_is_the_desk_of_an_office_until_it_is_lost(
    store: Store, clock: Clock
) -> None:
    def walk(tx: Transaction) -> None:
        offices.bind(tx, "homs", -1001, "Homs office")
        offices.bind(tx, "aleppo", -1002, "Aleppo office")
        offices.save_officer(tx, "homs", 81, "Rima", "confirmed", administrator=True)
        lead = a_card(tx, "homs", -1001)
        desk = offices.desk(tx, "homs")
        assert desk == offices.desk_of_chat(tx, -1001)
        assert desk is not None
        assert (desk.title, desk.bound) == ("Homs office", clock.now)
        assert [item.office for item in offices.desks(tx)] == ["aleppo", "homs"]

        offices.unbind(tx, "homs", "the bot was removed")

        assert offices.desk(tx, "homs") is None
        assert offices.desk_of_chat(tx, -1001) is None
        assert cards.of_lead(tx, lead) == []
        assert [item.state for item in offices.officers(tx, "homs")] == ["left"]
        assert offices.desk(tx, "aleppo") is not None
        history = offices.history(tx, "homs")
        assert [(event.kind, event.reason) for event in history] == [
            ("bound", "Homs office"),
            ("unbound", "the bot was removed"),
        ]

    await store.run(walk)


async def test_another_group_takes_the_place_of_the_first_and_its_rights(store: Store) -> None:
    def walk(tx: Transaction) -> None:
        offices.bind(tx, "homs", -1001, "Homs office")
        offices.save_officer(tx, "homs", 81, "Rima", "confirmed")
        offices.bind(tx, "homs", -1001, "Homs office, renamed")
        assert offices.officers(tx, "homs")[0].state == "confirmed"
        offices.bind(tx, "homs", -1009, "New group")
        assert offices.officers(tx, "homs")[0].state == "left"
        assert offices.desk_of_chat(tx, -1001) is None
        assert [(desk.chat, desk.title) for desk in offices.desks(tx)] == [(-1009, "New group")]

    await store.run(walk)


async def test_a_group_that_migrates_keeps_its_people_and_voids_its_messages(
    store: Store,
) -> None:
    def walk(tx: Transaction) -> None:
        offices.bind(tx, "homs", OLD, "Homs office")
        officer = offices.save_officer(tx, "homs", 81, "Rima", "confirmed")
        lead = a_card(tx, "homs", OLD)
        offices.migrate(tx, OLD, NEW)
        assert cards.of_lead(tx, lead) == []
        cards.set_card(tx, Card(lead, "homs", NEW, None, 3))
        # Telegram says it again, after the card was sent anew.
        offices.migrate(tx, OLD, NEW)

        desk = offices.desk_of_chat(tx, NEW)
        assert desk is not None
        assert desk.office == "homs"
        assert offices.desk_of_chat(tx, OLD) is None
        assert offices.officers(tx, "homs") == [officer]
        assert cards.of_lead(tx, lead) == [Card(lead, "homs", NEW, None, 3)]
        assert [event.kind for event in offices.history(tx, "homs")] == ["bound", "migrated"]

    await store.run(walk)


async def test_an_officer_keeps_their_number_through_confirming_and_leaving(
    store: Store,
) -> None:
    def walk(tx: Transaction) -> None:
        waiting = offices.save_officer(tx, "homs", 81, "Rima", "waiting")
        assert waiting == Officer(waiting.number, "homs", 81, "Rima", "waiting", False)
        elsewhere = offices.save_officer(tx, "aleppo", 81, "Rima", "confirmed")
        confirmed = offices.save_officer(tx, "homs", 81, "ريما", "confirmed", administrator=True)
        assert confirmed == Officer(waiting.number, "homs", 81, "ريما", "confirmed", True)
        assert offices.officer(tx, "homs", 81) == confirmed
        assert offices.officer(tx, "homs", 82) is None

        offices.remove_officer(tx, "homs", 81)

        left = offices.officer_by_number(tx, waiting.number)
        assert left == Officer(waiting.number, "homs", 81, "ريما", "left", False)
        assert offices.officers(tx, "homs") == [left]
        assert offices.officer(tx, "aleppo", 81) == elsewhere
        assert offices.officer_by_number(tx, 999) is None

    await store.run(walk)
