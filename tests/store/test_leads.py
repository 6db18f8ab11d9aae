"""Stories of a lead: its reference, two Takes at once, its way between offices, its cards."""

from __future__ import annotations

import asyncio
import re

import pytest
from store_clock import Clock

from bot.store import citizens, leads, offices
from bot.store.leads import Card, Lead
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


async def test_who_took_a_lead_stays_known_until_it_is_handed_back(store: Store) -> None:
    def live(tx: Transaction) -> list[int | None]:
        number = offices.save_officer(tx, "homs", 81, "officer", "confirmed").number
        lead = make_lead(tx).id
        known = []
        take(tx, lead, number)
        for before, after in (("claimed", "unreachable"), ("unreachable", "delivered")):
            assert leads.change(tx, lead, expect={before}, state=after)
            stored = leads.get(tx, lead)
            assert stored is not None
            known.append(stored.officer)
        return [number, *known]

    number, unreachable, handed_back = await store.run(live)
    assert (unreachable, handed_back) == (number, None)


async def test_leads_are_listed_by_office_citizen_and_state(store: Store) -> None:
    def build(tx: Transaction) -> list[int]:
        made = [make_lead(tx), make_lead(tx, None, 7002), make_lead(tx, "aleppo"), make_lead(tx)]
        leads.change(tx, made[3].id, expect={"new"}, state="done")
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
        assert ids(leads.all_leads(tx, "done")) == [done]
        assert leads.counts(tx) == {"new": 3, "done": 1}
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
        leads.set_card(tx, homs)
        leads.set_card(tx, aleppo)
        assert leads.card(tx, first.id, "homs") == homs
        assert leads.cards(tx, first.id) == [aleppo, homs]
        assert leads.find_card(tx, -1002, 10) == aleppo
        assert leads.find_card(tx, -1002, 11) is None

        sent_again = Card(first.id, "homs", -1001, None, 12)
        leads.set_card(tx, sent_again)
        assert leads.cards(tx, first.id) == [aleppo, sent_again]
        # A chat that began anew gives the same number to another lead.
        leads.set_card(tx, Card(second.id, "homs", -1001, None, 12))
        assert leads.card(tx, first.id, "homs") is None

        leads.drop_cards(tx, "homs")
        assert leads.cards(tx, second.id) == []
        assert leads.cards(tx, first.id) == [aleppo]

    await store.run(walk)
