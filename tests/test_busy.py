"""The demo in which offices are at work: what it promises, on a few of them, over HTTP."""

from __future__ import annotations

from pathlib import Path

from bot import office_commands
from bot.busy import Busy
from bot.busy.plan import STORIES, planned
from bot.busy.talking import ANSWER, LETTER
from bot.demo import MARK
from bot.engine.guide import Guide
from bot.referrals.case import clock
from bot.store import leads, obstacles, offices, outbox, profiles
from bot.store.crossings import of_lead
from bot.store.store import Transaction
from tests.town import NOON, Town, town

OFFICES = ("homs", "aleppo", "guarantee-corp", "head-office")
BECOMES = {
    "new": "delivered",
    "unseen": "delivered",
    "taken": "claimed",
    "begun": "working",
    "late": "working",
    "waits": "waiting-citizen",
    "asked": "waiting-body",
    "answered": "working",
    "offered": "claimed",
    "passed": "claimed",
    "declined": "claimed",
    "talks": "working",
    "ready": "working",
    "ends": "resolved",
    "reopened": "reopened",
    "gone": "resolved",
}


async def test_a_few_offices_are_found_at_work(tmp_path: Path) -> None:
    busy = Busy(OFFICES, lambda: NOON)
    async with town(tmp_path, offices=False, clock=busy.clock) as place:
        guide = place.dalil.guide.shelf.guide
        _promised(guide)
        async with busy.play(place.dalil, place.people):
            await _has_settled(place)

        parts = planned(guide, OFFICES)
        found = await place.dalil.store.run(lambda tx: leads.all_leads(tx, None))
        by_name = sorted((lead.sealed["name"], lead.governorate, lead.state) for lead in found)
        planned_so = sorted((p.name, p.governorate, BECOMES[p.story]) for p in parts)
        assert by_name == planned_so

        shelf = place.dalil.guide.shelf
        late = await place.dalil.store.run(
            lambda tx: {lead.governorate for lead in found if clock.is_overdue(tx, shelf, lead)}
        )
        assert "homs" in late
        assert await place.dalil.store.run(outbox.dead_letters) == []
        counted = await place.dalil.store.run(obstacles.counts)
        assert sum(counted.values()) >= 5
        desks = await place.dalil.store.run(offices.desks)
        assert [desk.office for desk in desks if desk.forum] == ["homs"]
        card = await place.dalil.store.run(lambda tx: profiles.get(tx, "homs"))
        assert card.address is not None
        assert MARK in card.address
        assert "homs" in await place.dalil.store.run(lambda tx: office_commands.leads(tx, None))


async def _has_settled(place: Town) -> None:
    """What citizens and officers wrote has crossed both ways, which is after the cards."""

    def crossed(tx: Transaction) -> list[str]:
        every = [each for lead in leads.all_leads(tx, None) for each in of_lead(tx, lead.id)]
        return sorted(str(each.content["text"]) for each in every if each.to_message)

    async def all_said() -> bool:
        return await place.dalil.store.run(crossed) == sorted([LETTER, ANSWER] * 2)

    await place.until(all_said)


def _promised(guide: Guide) -> None:
    """Of all that can become of a case the offices of the whole country show everything."""
    parts = planned(guide, guide.offices)
    assert {part.story for part in parts} == set(STORIES) == set(BECOMES)
    assert {part.governorate for part in parts} == set(guide.governorates)
    assert len({part.telegram for part in parts}) == len(parts)
    assert all(MARK in part.name for part in parts)
    assert parts == planned(guide, guide.offices)
