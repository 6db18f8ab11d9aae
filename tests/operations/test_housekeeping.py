"""Stories of time that passes: what is forgotten, and what a new day brings."""

from __future__ import annotations

from typing import Any

import pytest

from bot.jobs import Housekeeping
from bot.store import citizens, leads, outbox, remarks, retries, updates
from bot.store.sealing import Seal
from bot.store.store import Store, Transaction
from tests.referrals.country import HOMS, SAMER, Clock, Country


@pytest.fixture
async def country(database_url: str, seal: Seal, shelf: Any) -> Any:
    clock = Clock()
    store = Store.open(database_url, seal, clock)
    yield Country(store, shelf, clock)
    await store.close()


def house(country: Country) -> Housekeeping:
    async def nothing() -> int:
        return 0

    return Housekeeping(country.store, country.referrals, retry=nothing, committed=lambda: None)


async def closed(country: Country, citizen: int) -> int:
    """A lead that was taken and resolved."""
    lead = await country.refer(citizen)
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    await country.resolve(HOMS, SAMER, "licensed")
    await country.deliver()
    return lead.id


async def test_a_year_after_its_end_a_lead_no_longer_names_its_person(country: Country) -> None:
    await country.bind("homs", HOMS)
    layla = await country.citizen()
    done = await closed(country, layla)
    still_open = await country.refer(layla)
    await country.deliver()
    country.clock.later(days=364)
    await house(country).forget()
    assert (await country.lead(done)).sealed["name"] == "Layla"
    [card] = [text for text in country.chats[HOMS].values() if "Layla" in text.text]

    country.clock.later(days=2)
    await house(country).forget()
    await country.deliver()
    emptied = await country.lead(done)
    assert (emptied.sealed, emptied.citizen) == ({}, None)
    assert (emptied.state, emptied.outcome) == ("resolved", "licensed")
    history = await country.store.run(lambda tx: leads.events(tx, done))
    assert history[-1].kind == "emptied"
    assert {event.note for event in history} == {None}
    assert [text for text in country.chats[HOMS].values() if "Layla" in text.text] == []
    assert "مُحيت بيانات صاحب الطلب" in country.chats[HOMS][_place(country, done)].text
    assert card.text != country.chats[HOMS][_place(country, done)].text
    # The open one, and the citizen, are as they were; and it is done once.
    assert (await country.lead(still_open.id)).sealed["name"] == "Layla"
    assert await country.store.run(lambda tx: citizens.get(tx, layla)) is not None
    await house(country).forget()
    assert await country.store.run(outbox.due) == []


def _place(country: Country, lead: int) -> int:
    """The message that is the lead's card: the first in the group is its first card."""
    return min(country.chats[HOMS]) if lead == 1 else max(country.chats[HOMS])


async def test_what_was_set_aside_is_kept_for_a_person_and_not_for_ever(country: Country) -> None:
    def aside(number: int) -> Any:
        return lambda tx: updates.set_aside(tx, 1, number, {}, "ValueError", None)

    settled = await country.store.run(aside(1))
    waits = await country.store.run(aside(2))
    await country.store.run(lambda tx: retries.ask(tx, settled))
    await country.store.run(lambda tx: retries.begin(tx, settled))
    await country.store.run(lambda tx: retries.settle(tx, settled))

    async def kept() -> list[str]:
        await house(country).forget()
        return [each.incident for each in await country.store.run(retries.incidents)]

    country.clock.later(days=29)
    assert set(await kept()) == {settled, waits}
    country.clock.later(days=2)
    assert await kept() == [waits]
    assert await country.store.run(lambda tx: retries.history(tx, settled)) == []
    country.clock.later(days=58)
    assert await kept() == [waits]
    country.clock.later(days=2)
    assert await kept() == []


async def test_what_citizens_wrote_for_the_editors_is_kept_for_a_year(country: Country) -> None:
    def write(text: str) -> Any:
        return lambda tx: remarks.add(tx, "told", "steps/a", "homs", "ar", "r1", text)

    async def kept() -> list[str]:
        await house(country).forget()
        return [each.text for each in await country.store.run(listed)]

    def listed(tx: Transaction) -> list[remarks.Remark]:
        return list(remarks.every(tx, "told"))

    await country.store.run(write("the first"))
    country.clock.later(days=1)
    await country.store.run(write("the second"))
    country.clock.later(days=364)
    assert await kept() == ["the second", "the first"]
    country.clock.later(minutes=1)
    assert await kept() == ["the second"]
    country.clock.later(days=1)
    assert await kept() == []


async def test_once_a_day_of_syria_open_cards_are_put_out_anew(country: Country) -> None:
    await country.bind("homs", HOMS)
    await house(country).new_day()
    lead = await country.refer(await country.citizen())
    await country.deliver()
    assert "اليوم" in country.last(HOMS).text

    async def cards() -> list[int | None]:
        await house(country).new_day()
        rows = await country.store.run(outbox.due)
        await country.deliver()
        return [row.lead for row in rows]

    # Noon in Damascus; a restart on the same day changes nothing, nor does midnight in London.
    country.clock.later(hours=11, minutes=59)
    assert await cards() == []
    country.clock.later(minutes=2)
    assert await cards() == [lead.id]
    assert "أمس" in country.last(HOMS).text
    country.clock.later(hours=4)
    assert await cards() == []
