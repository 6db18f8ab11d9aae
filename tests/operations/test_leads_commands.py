"""What operators see of leads: everything that happened, and nothing that anybody wrote."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest

from bot import office_commands
from bot.guide.shelf import Shelf
from bot.guide.voice import load_voices
from bot.store import leads
from bot.store.leads import Lead
from bot.store.sealing import Seal
from bot.store.store import Store
from tests.referrals.country import (
    HOMS,
    LOCALES,
    PHONE,
    SAMER,
    Clock,
    Country,
    small_guide,
    small_words,
)
from tests.referrals.desks import ANSWER, CORP, HUDA, QUESTION, ask, card_of, press, say, taken

LETTER = "ننتظركم غداً"


@pytest.fixture
async def country(database_url: str, seal: Seal) -> AsyncIterator[Country]:
    words = {language: small_words(language) for language in ("ar", "en")}
    clock = Clock()
    store = Store.open(database_url, seal, clock)
    yield Country(store, Shelf(small_guide(), words, load_voices(LOCALES), "r1"), clock)
    await store.close()


async def shown(country: Country, lead: Lead, *, guide: bool = True) -> str:
    shelf = country.shelf if guide else None
    return await country.store.run(lambda tx: office_commands.lead(tx, shelf, lead.reference))


def lines(text: str, *words: str) -> list[str]:
    """The lines that have all these words."""
    return [line for line in text.splitlines() if all(word in line.split() for word in words)]


async def test_a_lead_is_shown_with_all_that_happened_and_nothing_written(
    country: Country,
) -> None:
    lead = await taken(country)
    await press(country, HOMS, SAMER, lead, "phone")
    await ask(country, lead)
    country.clock.later(hours=1)
    await press(country, CORP, HUDA, lead, "answer")
    await say(country, CORP, HUDA, max(country.chats[CORP]), ANSWER)
    await say(country, HOMS, SAMER, card_of(country, HOMS, lead), LETTER)
    await press(country, HOMS, SAMER, lead, "resolve", "end/guaranteed")
    text = await shown(country, lead)
    assert text.splitlines()[0].split() == [lead.reference, "licensing", "homs", *RESOLVED]
    assert lines(text, "2026-11-22", "12:00", "claimed", "officer", "1", "homs")
    assert lines(text, "asked", "officer", "homs", "guarantee-corp", "(a", "text)")
    assert lines(text, "2026-11-22", "13:00", "answered", "guarantee-corp", "(a", "text)")
    assert lines(text, "resolved", "guaranteed")
    assert lines(text, "guarantee-corp", "asked", "answered", "homs,")
    assert lines(text, "officer", "citizen", "text", "yes")
    assert lines(text, "officer", "homs", "text", "yes")
    for secret in (QUESTION.splitlines()[0], ANSWER, LETTER, PHONE, "Layla", "Samer", "bakery"):
        assert secret not in text


RESOLVED = ["resolved:", "guaranteed"]


async def test_what_is_owed_is_shown_with_its_day(country: Country) -> None:
    lead = await taken(country)
    owed = "answer since 2026-11-22 12:00, due 2026-11-24 12:00"
    assert f"owed: {owed}; reminded 0 of 3 times" in await shown(country, lead)
    assert "owed: answer since 2026-11-22 12:00; reminded" in await shown(
        country, lead, guide=False
    )
    country.clock.later(days=2)
    await country.store.run(country.referrals.tick)
    text = await shown(country, lead)
    assert f"{owed}, OVERDUE; reminded 2 of 3 times" in text
    assert lines(text, "reminded", "owner")
    assert lines(text, "reminded", "office")


async def test_leads_are_listed_by_state_by_office_and_overdue(country: Country) -> None:
    late = await taken(country)
    country.clock.later(days=3)
    fresh = await country.refer(await country.citizen(78))
    await country.deliver()
    waits = await country.refer(await country.citizen(79), "hama")
    await country.store.run(lambda tx: leads.readdress(tx, waits.id, None))

    async def listed(**wanted: object) -> set[str]:
        text = await country.store.run(
            lambda tx: office_commands.leads(tx, country.shelf, **wanted)  # type: ignore[arg-type]
        )
        return set(re.findall(r"D-[A-Z0-9]{6}", text))

    assert await listed() == {late.reference, fresh.reference, waits.reference}
    assert await listed(office="homs") == {late.reference, fresh.reference}
    assert await listed(overdue=True) == {late.reference}
    assert await listed(state="delivered", office="homs") == {fresh.reference}
    with pytest.raises(office_commands.NoSuchThing, match="guarantee-corp"):
        await listed(office="hims")
