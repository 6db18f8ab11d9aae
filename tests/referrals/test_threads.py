"""In a forum new leads stand as cards in one thread, and a case that is taken has its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pytest

from bot.referrals.calls import Call, OpenThread, SetThread, Show
from bot.store import cards, leads, offices, outbox
from bot.store.outbox import Row
from bot.store.store import Transaction
from tests.referrals.country import HEAD, HOMS, RIMA, SAMER, Country


async def forum(country: Country, leads_: int = 1) -> list[int]:
    """Homs works in a forum; so many citizens have sent a request, of which no card stands yet."""
    await country.bind("homs", HOMS, SAMER, RIMA, forum=True)
    citizens = [await country.citizen(telegram=700 + number) for number in range(leads_)]
    return [(await country.refer(citizen)).id for citizen in citizens]


def made(calls: Iterable[Call], kind: type[Call]) -> list[Call]:
    """The calls of one kind to the group of Homs."""
    return [call for call in calls if isinstance(call, kind) and call.chat == HOMS]


def threads(country: Country) -> list[str]:
    """The titles of the threads that were made, in order."""
    return [call.title for call in country.calls if isinstance(call, OpenThread)]


async def thread(country: Country, lead: int) -> cards.Thread | None:
    return await country.store.run(lambda tx: cards.thread(tx, lead, "homs"))


async def card(country: Country, lead: int) -> cards.Card:
    found = await country.store.run(lambda tx: cards.card(tx, lead, "homs"))
    assert found is not None
    return found


async def taken(country: Country) -> tuple[int, cards.Thread]:
    """A case that Samer has taken, and its own thread."""
    [lead] = await forum(country)
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    own = await thread(country, lead)
    assert own is not None
    return lead, own


async def test_new_leads_stand_in_one_thread_however_many_come_at_once(country: Country) -> None:
    waiting = await forum(country, leads_=5)
    await country.deliver()
    assert threads(country) == ["طلبات جديدة"]
    [new] = country.threads
    shown = [call for call in made(country.calls, Show) if isinstance(call, Show)]
    assert [call.thread for call in shown] == [new] * 5
    assert {(await card(country, lead)).thread for lead in waiting} == {new}
    desk = await country.store.run(lambda tx: offices.desk(tx, "homs"))
    assert desk is not None
    assert desk.thread == new


async def test_a_group_without_threads_gets_none(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    await country.refer(await country.citizen())
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    await country.resolve(HOMS, SAMER)
    await country.deliver()
    assert not made(country.calls, OpenThread)
    assert not made(country.calls, SetThread)
    assert {call.thread for call in country.calls if isinstance(call, Show)} == {None}


async def test_a_case_that_is_taken_has_its_own_thread_with_its_card(country: Country) -> None:
    lead, own = await taken(country)
    reference = (await country.lead(lead)).reference
    assert threads(country) == ["طلبات جديدة", f"{reference} الترخيص"]
    assert own.open
    assert own.message is not None
    inside = country.chats[HOMS][own.message]
    assert "Layla" in inside.text
    assert f"o:resolve:{lead}" in [button.press for row in inside.rows for button in row]
    # Among the new ones it only says who has it, and leads there.
    outside = country.chats[HOMS][(await card(country, lead)).message]
    assert "Samer" in outside.text
    assert "Layla" not in outside.text
    [[link]] = outside.rows
    assert link.url == f"https://t.me/c/{str(HOMS).removeprefix('-100')}/{own.thread}"
    assert link.press == ""


async def test_the_thread_is_closed_with_the_case_and_opened_again_with_it(
    country: Country,
) -> None:
    lead, own = await taken(country)
    messages = len(country.chats[HOMS])

    async def acts(*verbs: str) -> list[Call]:
        before = len(country.calls)
        for verb in verbs:
            await country.press(HOMS, SAMER, verb, own.message)
        await country.deliver()
        return country.calls[before:]

    assert not made(await acts("begin"), SetThread)
    calls = made(await acts("resolve", "end/advised"), SetThread)
    assert calls == [SetThread("closed", HOMS, own.thread, open=False)]
    assert not made(await acts(), SetThread)
    calls = made(await acts("reopen"), SetThread)
    assert calls == [SetThread("open", HOMS, own.thread, open=True)]
    assert not made(await acts("take"), SetThread)
    now = await thread(country, lead)
    assert now == own, "the same thread and the same card, all the time"
    assert len(threads(country)) == 2
    assert len(country.chats[HOMS]) == messages


async def test_what_vanished_is_made_again_by_what_next_belongs_there(country: Country) -> None:
    lead, own = await taken(country)
    shown = await card(country, lead)
    for gone in (shown.thread, own.thread):
        assert gone is not None
        await country.store.run(
            lambda tx, number=gone: country.dispatch.thread_gone(tx, HOMS, number)
        )
    await country.store.run(country.referrals.new_day)
    await country.deliver()
    again = await thread(country, lead)
    assert again is not None
    assert again.thread != own.thread
    assert again.message != own.message
    assert (await card(country, lead)).thread not in (None, shown.thread)
    assert len(threads(country)) == 4


async def test_a_thread_of_another_group_does_not_take_ours_along(country: Country) -> None:
    lead, own = await taken(country)
    await country.bind("head-office", HEAD, RIMA)
    for chat in (HEAD, -1099):
        await country.store.run(
            lambda tx, where=chat: country.dispatch.thread_gone(tx, where, own.thread)
        )
    assert await thread(country, lead) == own


@pytest.mark.parametrize("cut", range(1, 5))
async def test_a_death_between_any_two_calls_costs_one_more_thread_at_most(
    country: Country, cut: int
) -> None:
    """Telegram has done what the call asked for, and we die before it is noted."""
    [lead] = await forum(country)
    deeds = 0

    async def dies_once(row: Row) -> None:
        nonlocal deeds
        done: set[str] = set()
        while call := await country.store.run(partial(_next, country, row, done)):
            number = country._make(call)
            country.calls.append(call)
            deeds += 1
            if deeds == cut:
                done.clear()  # What was done is forgotten with the process.
                continue
            done.add(call.part)
            noted = partial(country.dispatch.succeeded, row=row, call=call, number=number)
            await country.store.run(noted)
        await country.store.run(partial(outbox.sent, id=row.id))

    async def deliver() -> None:
        while rows := await country.store.run(outbox.due):
            for row in rows:
                await dies_once(row)

    await deliver()
    await country.press(HOMS, SAMER, "take")
    await deliver()
    own = await thread(country, lead)
    assert own is not None
    assert own.message is not None
    assert (await country.lead(lead)).state == "claimed"
    assert len(threads(country)) <= 3
    assert await country.store.run(outbox.counts) == {"waiting": 0, "dead": 0}
    assert (await country.history(lead)).count("delivered") == 1


def _next(country: Country, row: Row, done: set[str], tx: Transaction) -> Call | None:
    return country.dispatch.next_call(tx, row, done)


async def test_a_group_that_is_no_forum_any_more_shows_its_cards_whole(country: Country) -> None:
    lead, own = await taken(country)

    def none_any_more(tx: Transaction) -> None:
        for chat in (HEAD, HOMS, HOMS):
            country.referrals.threads_changed(tx, chat, False)

    await country.store.run(none_any_more)
    before = len(country.calls)
    await country.deliver()
    assert await thread(country, lead) is None
    [shown] = made(country.calls[before:], Show)
    assert isinstance(shown, Show)
    assert (shown.edit, shown.thread) == ((await card(country, lead)).message, None)
    pressed = [button.press for row in shown.screen.rows for button in row]
    assert f"o:resolve:{lead}" in pressed

    await country.store.run(lambda tx: country.referrals.threads_changed(tx, HOMS, True))
    await country.deliver()
    again = await thread(country, lead)
    assert again is not None
    assert again.thread != own.thread


async def test_after_moving_a_forum_has_new_threads_and_none_of_the_old(country: Country) -> None:
    lead, own = await taken(country)
    await country.store.run(lambda tx: country.referrals.migrated(tx, HOMS, -1077))
    before = len(country.calls)
    await country.deliver()
    moved = await thread(country, lead)
    assert moved is not None
    assert moved.thread != own.thread
    calls = [call for call in country.calls[before:] if call.chat < 0]
    assert {call.chat for call in calls} == {-1077}
    assert [type(call) for call in calls] == [OpenThread, OpenThread, Show, Show]
    assert leads.TAKEN.count((await country.lead(lead)).state)
