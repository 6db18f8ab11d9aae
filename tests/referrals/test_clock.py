"""Stories of the clock: who is reminded of what, when, and only once. It begins on a Sunday noon."""

from __future__ import annotations

from bot.referrals.case import clock
from bot.store import offices, outbox
from bot.store.leads import Lead
from tests.referrals.country import HEAD, HOMS, RIMA, SAMER, Country

CITIZEN = 77


async def referred(country: Country) -> Lead:
    """A lead that has arrived at the office of Homs, whose head office has a group too."""
    await country.bind("homs", HOMS)
    await country.bind("head-office", HEAD, RIMA)
    lead = await country.refer(await country.citizen(CITIZEN))
    await country.deliver()
    return lead


async def press(country: Country, *verbs: str) -> None:
    """Samer presses buttons of the card, one after the other."""
    for verb in verbs:
        await country.press(HOMS, SAMER, verb, min(country.chats[HOMS]))
        if verb != "resolve":
            await country.deliver()


async def ticks(country: Country) -> bool:
    """The clock is looked at, and the post goes out."""
    queued = await country.store.run(country.referrals.tick)
    await country.deliver()
    return queued


async def day(country: Country, days: int) -> None:
    """So many days pass, and the clock is looked at."""
    country.clock.later(days=days)
    await ticks(country)


def said(country: Country, chat: int, words: str) -> int:
    """How many messages of a chat have these words."""
    return sum(words in screen.text for screen in country.chats[chat].values())


async def test_an_office_that_answers_in_time_is_not_reminded(country: Country) -> None:
    lead = await referred(country)
    await press(country, "take", "begin")
    await day(country, 3)
    assert "reminded" not in await country.history(lead.id)


async def test_owner_office_and_head_office_are_reminded_in_turn_once_each(
    country: Country,
) -> None:
    lead = await referred(country)
    await press(country, "take")
    await day(country, 1)  # Monday: due on Tuesday
    assert said(country, HOMS, "تذكير إلى") == 1
    await ticks(country)
    assert said(country, HOMS, "تذكير إلى") == 1
    assert said(country, CITIZEN, "تأخر") == 0
    await day(country, 1)
    assert said(country, HOMS, "تجاوز موعد أول جواب") == 1
    assert said(country, CITIZEN, "تأخر") == 1
    assert said(country, HEAD, "بلا أول جواب") == 0
    await day(country, 1)
    await day(country, 5)
    assert said(country, HEAD, "بلا أول جواب") == 1
    assert said(country, HEAD, "اعرضوه على مكتب آخر") == 1
    assert said(country, HOMS, "تجاوز موعد أول جواب") == 1
    assert (await country.history(lead.id)).count("reminded") == 3


async def test_nobody_who_has_nothing_in_hand_is_called_but_the_office_is(
    country: Country,
) -> None:
    await referred(country)
    await day(country, 1)
    assert said(country, HOMS, "تذكير إلى") == 0
    await day(country, 1)
    assert said(country, HOMS, "لا أحد بعد") == 1


async def test_an_owner_on_leave_is_not_called(country: Country) -> None:
    lead = await referred(country)
    await press(country, "take")
    holder = (await country.lead(lead.id)).officer
    await country.store.run(lambda tx: offices.set_away(tx, holder or 0, True))
    await day(country, 1)
    assert said(country, HOMS, "تذكير إلى") == 0


async def test_the_weekend_and_the_night_do_not_count(country: Country) -> None:
    country.clock.later(days=4, hours=8)  # Thursday, eight in the evening
    lead = await referred(country)
    await day(country, 3)  # Sunday evening, after the office has closed
    assert "reminded" not in await country.history(lead.id)
    now = await country.lead(lead.id)
    due = await country.store.run(lambda tx: clock.due(tx, country.shelf, now))
    assert due is not None
    assert f"{due:%A %H:%M}" == "Tuesday 08:00"


async def test_waiting_for_the_citizen_stops_the_clock_and_their_answer_starts_it(
    country: Country,
) -> None:
    lead = await referred(country)
    await press(country, "take", "begin", "wait")
    await day(country, 30)
    assert "reminded" not in await country.history(lead.id)
    await press(country, "begin")
    assert (await country.lead(lead.id)).owed == "step"


async def test_what_was_done_meanwhile_is_not_reminded_of(country: Country) -> None:
    lead = await referred(country)
    await press(country, "take")
    country.clock.later(days=2)
    await country.store.run(country.referrals.tick)
    await country.press(HOMS, SAMER, "resolve", min(country.chats[HOMS]))
    await country.press(HOMS, SAMER, "end/advised", min(country.chats[HOMS]))
    await country.deliver()
    assert said(country, HOMS, "تجاوز") == 0
    assert said(country, CITIZEN, "تأخر") == 0
    assert (await country.lead(lead.id)).owed is None


async def test_a_bot_that_slept_for_a_week_tells_each_once(country: Country) -> None:
    lead = await referred(country)
    await press(country, "take")
    await day(country, 9)
    assert (await country.history(lead.id)).count("reminded") == 3
    assert not await ticks(country)


async def test_each_desk_has_one_digest_on_a_working_morning(country: Country) -> None:
    await referred(country)
    await press(country, "take")
    country.clock.later(hours=20)  # Monday, eight in the morning
    assert await ticks(country)
    assert said(country, HOMS, "صباح الخير") == 1
    assert said(country, HOMS, "طلب واحد قيد العمل") == 1
    assert HEAD not in country.chats
    assert not await ticks(country)
    country.clock.later(days=4)  # Friday
    assert await country.store.run(outbox.counts) == {"waiting": 0, "dead": 0}
    before = said(country, HOMS, "صباح الخير")
    await ticks(country)
    assert said(country, HOMS, "صباح الخير") == before


async def test_the_head_office_sees_where_something_is_late(country: Country) -> None:
    await referred(country)
    country.clock.later(days=4, hours=-3)  # Thursday, nine in the morning
    await ticks(country)
    assert said(country, HEAD, "مكتب حمص") >= 1
    assert said(country, HEAD, "ومتأخر 1") == 1
