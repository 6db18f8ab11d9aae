"""What stops a citizen at a step: counted without them, and told to an office if they want that."""

from __future__ import annotations

from functools import partial

import pytest

from bot.conversation.conversation import Conversation
from bot.engine.disclosure import publish
from bot.referrals.calls import Show
from bot.referrals.dispatch import Dispatch
from bot.store import leads, obstacles, offices, outbox
from bot.store.store import Store, Transaction
from tests.conversation.citizen import Citizen
from tests.conversation.looking import arrive

STEP = "tax-file"


async def stopped(person: Citizen, what: str = "مبلغ إضافي") -> None:
    """Looks a step up and says what stopped them there."""
    await person.commands(f"/start s-{STEP}")
    await person.presses("تعثّرت هنا")
    await person.presses(what)


async def counted(store: Store) -> int:
    return (await store.run(obstacles.counts)).total()


async def queued(store: Store, dispatch: Dispatch) -> list[str]:
    """What offices would read now."""

    def work(tx: Transaction) -> list[str]:
        calls = [dispatch.next_call(tx, row) for row in outbox.due(tx)]
        return [call.screen.text for call in calls if isinstance(call, Show)]

    return await store.run(work)


@pytest.fixture
def dispatch(conversation: Conversation) -> Dispatch:
    return Dispatch(conversation.shelf_of)


async def test_it_is_counted_without_the_person_and_once_a_day(
    store: Store, salma: Citizen
) -> None:
    await arrive(salma)
    await stopped(salma)
    assert "عددناه بلا اسمكم" in salma.text
    await stopped(salma)
    assert "ذكرتم هذا اليوم" in salma.text
    assert await counted(store) == 1
    await stopped(salma, "تأخير")
    assert await counted(store) == 2
    await salma.presses("لا، يكفي العدّ")
    assert await salma.focus() == f"step:{STEP}"
    assert (await store.run(outbox.counts))["waiting"] == 0


async def test_the_office_hears_of_it_without_knowing_who(
    store: Store, salma: Citizen, dispatch: Dispatch
) -> None:
    await store.run(lambda tx: offices.bind(tx, "homs", -1001, "Homs"))
    await arrive(salma)
    await salma.commands("/start licence")
    await salma.answers("homs")
    await stopped(salma)
    await salma.presses("نعم، من غير اسمي")
    assert "أرسلناه إلى المكتب" in salma.text
    (said,) = await queued(store, dispatch)
    assert "مبلغ إضافي" in said
    assert "لا نعرف من هو" in said
    assert salma.name not in said


async def test_where_no_office_is_connected_that_is_said(store: Store, salma: Citizen) -> None:
    await arrive(salma)
    await stopped(salma)
    await salma.presses("نعم، من غير اسمي")
    assert "لا مكتب متصل" in salma.text
    assert await counted(store) == 1


async def test_it_can_be_told_as_part_of_a_case(
    store: Store, salma: Citizen, dispatch: Dispatch
) -> None:
    await store.run(lambda tx: offices.bind(tx, "homs", -1001, "Homs"))
    await arrive(salma)
    number = salma.last.citizen if salma.last else 0
    add = partial(leads.add, citizen=number, project=1, topic="licensing", governorate="homs")
    details = {"answers": {}, "progress": [0, 3], "name": "سلمى", "contact": {"here": True}}
    lead = await store.run(lambda tx: add(tx, office="homs", revision="r", details=details))
    await stopped(salma)
    await salma.presses(f"نعم، مع طلبي {lead.reference}")
    (said,) = await queued(store, dispatch)
    assert lead.reference.removeprefix("D-") in said
    events = await store.run(lambda tx: leads.events(tx, lead.id))
    assert [(each.kind, each.note) for each in events] == [("obstacle", f"{STEP} money")]


async def test_a_forged_press_counts_nothing(store: Store, salma: Citizen) -> None:
    await arrive(salma)
    for data in ("1:stopped:no-such-step:money", f"1:stopped:{STEP}:bribe", "1:tell:alone"):
        await salma.presses_data(data)
    assert await counted(store) == 0


async def test_four_are_not_shown_and_a_fifth_shows_them_all(store: Store) -> None:
    def work(tx: Transaction) -> None:
        body = "finance-directorate"
        obstacles.add(tx, kind="money", step=STEP, body=body, governorate="homs")

    for _ in range(4):
        await store.run(work)
    assert publish(await store.run(obstacles.counts)) == []
    await store.run(work)
    assert [line.count for line in publish(await store.run(obstacles.counts))] == [5]
