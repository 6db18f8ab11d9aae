"""Notices that waited while the world went on: what is no longer so is not said."""

from __future__ import annotations

from bot.store import outbox
from tests.referrals.country import HOMS, RIMA, SAMER, Country

OTHER = -1003


def told(country: Country) -> list[str]:
    """The first word of everything the citizen was told, in order."""
    return [screen.text.split()[0] for screen in country.chats.get(77, {}).values()]


async def test_taken_and_given_back_before_the_post_went_is_only_given_back(
    country: Country,
) -> None:
    await country.bind("homs", HOMS, SAMER, RIMA)
    await country.refer(await country.citizen())
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.store.run(lambda tx: country.referrals.member_left(tx, HOMS, SAMER.telegram))
    await country.deliver()
    assert told(country) == ["وصل", "عاد"]


async def test_given_back_and_taken_by_another_before_the_post_went_is_only_taken(
    country: Country,
) -> None:
    await country.bind("homs", HOMS, SAMER, RIMA)
    await country.refer(await country.citizen())
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.store.run(lambda tx: country.referrals.member_left(tx, HOMS, SAMER.telegram))
    await country.press(HOMS, RIMA, "take")
    await country.deliver()
    assert told(country) == ["وصل", "استلم"]


async def test_arrived_and_lost_before_the_post_went_is_only_waiting(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    await country.refer(await country.citizen())
    [row] = await country.store.run(outbox.due)
    call = await country.store.run(lambda tx: country.dispatch.next_call(tx, row))
    assert call is not None
    await country.store.run(lambda tx: country.dispatch.succeeded(tx, row, call, 1))
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HOMS, "removed"))
    await country.deliver()
    assert told(country) == ["انقطع"]


async def test_lost_and_bound_again_before_the_post_went_is_only_arrived(
    country: Country,
) -> None:
    await country.bind("homs", HOMS, SAMER)
    await country.refer(await country.citizen())
    await country.deliver()
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HOMS, "removed"))
    await country.bind("homs", OTHER, SAMER)
    await country.deliver()
    assert told(country) == ["وصل", "وصل"]
