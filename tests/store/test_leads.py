"""Stories of a lead: its reference, two Takes at once, its way between offices, its cards."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from datetime import datetime

import pytest
from store_clock import Clock

from bot.store import cards, citizens, leads, offices
from bot.store.cards import Card, Thread
from bot.store.leads import Lead
from bot.store.store import Store, Transaction

DETAILS = {"contact": "+963944123456", "name": "سامر", "answers": {"workers": 3}}


def make_lead(tx: Transaction, office: str | None = "homs", telegram: int = 7001) -> Lead:
    citizen = citizens.find(tx, telegram) or citizens.create(tx, telegram, "ar")
    return leads.add(tx, citizen.number, 1, "licensing", "homs", office, "r1", DETAILS)


def take(tx: Transaction, lead: int, officer: int) -> bool:
    taken = leads.change(tx, lead, expect={"new", "delivered"}, state="claimed", officer=officer)
    if taken:
        leads.add_event(tx, lead, "claimed", officer)
    return taken


async def test_a_lead_is_found_by_its_reference_as_people_type_it(
    store: Store, clock: Clock
) -> None:
    lead = await store.run(make_lead)
    assert re.fullmatch(r"D-[2-9A-HJ-NP-Z]{6}", lead.reference)
    assert (lead.state, lead.officer, lead.created) == ("new", None, clock.now)
    assert lead.sealed == DETAILS
    for typed in (lead.reference, lead.reference.lower(), f" {lead.reference.replace('-', '')} "):
        assert await store.run(lambda tx, typed=typed: leads.by_reference(tx, typed)) == lead
    assert await store.run(lambda tx: leads.by_reference(tx, "D-000000")) is None
    assert await store.run(lambda tx: leads.get(tx, lead.id)) == lead
    assert await store.run(lambda tx: leads.get(tx, lead.id + 1)) is None


async def test_a_reference_that_is_taken_is_not_given_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter("AAAAAAAAAAAABBBBBB")
    monkeypatch.setattr("bot.store.codes.secrets.choice", lambda _: next(drawn))
    assert (await store.run(make_lead)).reference == "D-AAAAAA"
    assert (await store.run(make_lead)).reference == "D-BBBBBB"


async def test_of_two_takes_at_once_one_wins(store: Store, clock: Clock) -> None:
    def build(tx: Transaction) -> tuple[int, list[int]]:
        people = [
            offices.save_officer(tx, "homs", n, f"officer {n}", "confirmed") for n in (81, 82)
        ]
        return make_lead(tx).id, [officer.number for officer in people]

    lead, (first, second) = await store.run(build)
    results = await asyncio.gather(
        store.run(lambda tx: take(tx, lead, first)),
        store.run(lambda tx: take(tx, lead, second)),
    )
    # On PostgreSQL the one who asked second may be quicker.
    assert sorted(results) == [False, True]
    winner = first if results[0] else second
    stored = await store.run(lambda tx: leads.get(tx, lead))
    assert stored is not None
    assert (stored.state, stored.officer) == ("claimed", winner)
    history = await store.run(lambda tx: leads.events(tx, lead))
    assert [(event.kind, event.officer, event.at) for event in history] == [
        ("claimed", winner, clock.now)
    ]


async def test_who_took_a_lead_stays_known_until_somebody_says_otherwise(store: Store) -> None:
    def live(tx: Transaction) -> list[int | None]:
        number = offices.save_officer(tx, "homs", 81, "officer", "confirmed").number
        lead = make_lead(tx).id
        take(tx, lead, number)
        known: list[int | None] = [number]
        for before, after in (
            ("claimed", {"state": "resolved", "outcome": "unreachable"}),
            ("resolved", {"state": "delivered", "outcome": None, "officer": None}),
        ):
            assert not leads.change(tx, lead, expect={"new"}, **after)
            assert leads.change(tx, lead, expect={before}, **after)
            stored = leads.get(tx, lead)
            assert stored is not None
            assert (stored.state, stored.outcome) == (after["state"], after["outcome"])
            known.append(stored.officer)
        return known

    number, resolved, handed_back = await store.run(live)
    assert (resolved, handed_back) == (number, None)


async def test_what_is_owed_counts_from_when_it_was_owed(store: Store, clock: Clock) -> None:
    async def owed(id: int) -> tuple[str | None, datetime | None, int]:
        lead = await store.run(lambda tx: leads.get(tx, id))
        assert lead is not None
        return lead.owed, lead.owed_since, lead.reminded

    first, second = (await store.run(make_lead)).id, (await store.run(make_lead)).id
    assert await owed(first) == (None, None, 0)
    assert await store.run(leads.owing) == []
    begun = clock.now
    await store.run(lambda tx: leads.owe(tx, first, "answer"))
    clock.forward(minutes=5)
    await store.run(lambda tx: leads.owe(tx, second, "step"))
    await store.run(lambda tx: leads.note_reminded(tx, first, 2))
    assert await owed(first) == ("answer", begun, 2)
    assert [lead.id for lead in await store.run(leads.owing)] == [first, second]

    await store.run(lambda tx: leads.owe(tx, first, "step"))
    assert await owed(first) == ("step", clock.now, 0), "who owes something else starts anew"
    await store.run(lambda tx: leads.owe(tx, first, None))
    assert await owed(first) == (None, None, 0)
    assert [lead.id for lead in await store.run(leads.owing)] == [second]


async def test_leads_are_listed_by_office_citizen_and_state(store: Store) -> None:
    def build(tx: Transaction) -> list[int]:
        made = [make_lead(tx), make_lead(tx, None, 7002), make_lead(tx, "aleppo"), make_lead(tx)]
        leads.change(tx, made[3].id, expect={"new"}, state="resolved")
        return [lead.id for lead in made]

    homs, waiting, aleppo, done = await store.run(build)

    def ids(found: list[Lead]) -> list[int]:
        return [lead.id for lead in found]

    def look(tx: Transaction) -> None:
        citizen = citizens.find(tx, 7001)
        assert citizen is not None
        assert ids(leads.of_citizen(tx, citizen.number)) == [homs, aleppo, done]
        assert ids(leads.open_of_office(tx, "homs")) == [homs]
        assert ids(leads.open_of_office(tx, None)) == [waiting]
        assert ids(leads.all_leads(tx, None)) == [homs, waiting, aleppo, done]
        assert ids(leads.all_leads(tx, "resolved")) == [done]
        assert leads.counts(tx) == {"new": 3, "resolved": 1}
        leads.readdress(tx, waiting, "homs")
        leads.readdress(tx, aleppo, None)
        assert ids(leads.open_of_office(tx, "homs")) == [homs, waiting]
        assert ids(leads.open_of_office(tx, None)) == [aleppo]

    await store.run(look)


async def test_a_history_only_grows_and_keeps_what_officers_wrote(
    store: Store, clock: Clock
) -> None:
    lead = (await store.run(make_lead)).id
    await store.run(lambda tx: leads.add_event(tx, lead, "new"))
    clock.forward(minutes=5)
    await store.run(lambda tx: leads.add_event(tx, lead, "note", None, "اتصلت ولم يرد"))
    first, second = await store.run(lambda tx: leads.events(tx, lead))
    assert (first.kind, first.note, second.note) == ("new", None, "اتصلت ولم يرد")
    assert (second.at - first.at).seconds == 300


async def test_a_card_is_known_by_its_office_and_by_its_message(store: Store) -> None:
    def walk(tx: Transaction) -> None:
        first, second = make_lead(tx), make_lead(tx)
        homs = Card(first.id, "homs", -1001, None, 10)
        aleppo = Card(first.id, "aleppo", -1002, 7, 10)
        cards.set_card(tx, homs)
        cards.set_card(tx, aleppo)
        assert cards.card(tx, first.id, "homs") == homs
        assert cards.of_lead(tx, first.id) == [aleppo, homs]
        assert cards.lead_shown(tx, "aleppo", -1002, 10) == first.id
        assert cards.lead_shown(tx, "aleppo", -1002, 11) is None
        assert cards.lead_shown(tx, "aleppo", -1003, 10) is None

        sent_again = Card(first.id, "homs", -1001, None, 12)
        cards.set_card(tx, sent_again)
        assert cards.of_lead(tx, first.id) == [aleppo, sent_again]
        # A chat that began anew gives the same number to another lead.
        cards.set_card(tx, Card(second.id, "homs", -1001, None, 12))
        assert cards.card(tx, first.id, "homs") is None

        cards.drop(tx, "homs")
        assert cards.of_lead(tx, second.id) == []
        assert cards.of_lead(tx, first.id) == [aleppo]

    await store.run(walk)


async def test_a_thread_is_known_by_its_lead_by_its_number_and_by_the_card_in_it(
    store: Store,
) -> None:
    def walk(tx: Transaction) -> None:
        lead, other = make_lead(tx).id, make_lead(tx).id
        made = Thread(lead, "homs", 7, None, open=True, told=False)
        cards.set_thread(tx, made)
        cards.set_thread(tx, Thread(other, "homs", 8, 70, open=True, told=False))
        assert cards.thread(tx, lead, "homs") == made
        assert cards.thread(tx, lead, "aleppo") is None
        carded = replace(made, message=71, open=False, told=True)
        cards.set_thread(tx, carded)
        assert cards.thread_at(tx, "homs", 7) == carded
        assert cards.thread_at(tx, "aleppo", 7) is None
        assert cards.lead_shown(tx, "homs", -1001, 71) == lead
        assert cards.lead_shown(tx, "aleppo", -1001, 71) is None

        cards.drop(tx, "homs")
        assert cards.thread(tx, lead, "homs") is None

    await store.run(walk)


async def test_a_thread_that_vanished_takes_along_the_cards_that_stood_in_it(
    store: Store,
) -> None:
    def walk(tx: Transaction) -> None:
        first, second = make_lead(tx).id, make_lead(tx).id
        for office, chat in (("homs", -1001), ("aleppo", -1002)):
            offices.bind(tx, office, chat, "Office", forum=True)
            offices.change_desk(tx, office, thread=5)
        cards.set_card(tx, Card(first, "homs", -1001, 5, 50))
        cards.set_card(tx, Card(second, "homs", -1001, None, 51))
        cards.set_card(tx, Card(first, "aleppo", -1002, 5, 50))
        own = Thread(second, "homs", 6, 60, open=True, told=False)
        cards.set_thread(tx, own)

        cards.drop_thread(tx, "homs", 5)
        assert [card.office for card in cards.of_lead(tx, first)] == ["aleppo"]
        assert cards.card(tx, second, "homs") is not None
        assert cards.thread(tx, second, "homs") == own
        desks = {desk.office: desk.thread for desk in offices.desks(tx)}
        assert desks == {"homs": None, "aleppo": 5}

        cards.drop_thread(tx, "homs", 6)
        assert cards.thread(tx, second, "homs") is None

    await store.run(walk)
