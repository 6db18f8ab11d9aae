"""From the citizen's wish to the office's answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.referrals.case.officers import Who
from bot.store import citizens, outbox
from bot.store.outbox import Row
from tests.referrals.country import HEAD, HOMS, NOUR, PHONE, RIMA, SAMER, Country


async def test_the_whole_life_of_a_lead(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen())
    assert (lead.office, lead.state) == ("homs", "new")

    await country.deliver()
    assert (await country.lead(lead.id)).state == "delivered"
    assert "وصل طلبكم" in country.last(77).text
    assert "مكتب حمص" in country.last(77).text
    buttons = [button.press for button in country.buttons(77)]
    assert buttons == [f"1:n:case:{lead.reference}", "1:n:roadmap"]

    country.clock.later(minutes=5)
    taken = await country.press(HOMS, SAMER, "take")
    assert taken.toast.startswith("صار الطلب عندكم")
    await country.deliver()
    assert "استلم موظف في مكتب حمص" in country.last(77).text
    assert "12:05" in country.last(HOMS).text
    assert "Samer" in country.last(HOMS).text
    assert "Layla" in country.last(HOMS).text

    number = await country.press(HOMS, SAMER, "phone")
    assert PHONE in number.toast
    assert number.alert

    await country.resolve(HOMS, SAMER, "licensed")
    await country.deliver()
    assert "حصل على الترخيص" in country.last(77).text
    assert "حصل على الترخيص" in country.last(HOMS).text
    assert [button.press for button in country.buttons(HOMS)] == [f"o:reopen:{lead.id}"]
    assert len(country.chats[HOMS]) == 1, "the card is edited, never posted again"
    assert await country.history(lead.id) == [
        "referred",
        "addressed",
        "delivered",
        "claimed",
        "number-shown",
        "resolved",
    ]


async def test_who_cannot_be_reached_is_told_so_and_may_ask_again(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    citizen = await country.citizen(language="en")
    lead = await country.refer(citizen)
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    await country.resolve(HOMS, SAMER, "unreachable")
    await country.deliver()
    resolved = await country.lead(lead.id)
    assert (resolved.state, resolved.outcome) == ("resolved", "unreachable")
    assert "The Homs office has closed your request" in country.last(77).text
    assert "could not be reached" in country.last(77).text
    assert (await country.refer(citizen)).id != lead.id


async def test_the_same_open_request_is_not_made_twice(country: Country) -> None:
    citizen = await country.citizen()
    first = await country.refer(citizen)
    again = await country.refer(citizen, contact={"here": True})
    assert again == first


async def test_of_two_who_take_at_once_one_wins_and_the_other_is_told(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER, RIMA)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    answers = await asyncio.gather(
        country.press(HOMS, SAMER, "take"), country.press(HOMS, RIMA, "take")
    )
    [first, second] = sorted(answers, key=lambda answer: answer.alert)
    assert "صار الطلب عندكم" in first.toast
    assert "Samer" in second.toast or "ريما" in second.toast or "Rima" in second.toast
    assert second.alert
    assert (await country.history(lead.id)).count("claimed") == 1
    winner = SAMER if answers[0] is first else RIMA
    again = await country.forge(HOMS, winner, f"o:take:{lead.id}", max(country.chats[HOMS]))
    assert "من قبل" in again.toast


@pytest.mark.parametrize("verb", ["phone", "resolve", "end"])
async def test_only_who_took_it_sees_the_number_or_closes_it(country: Country, verb: str) -> None:
    await country.bind("homs", HOMS, SAMER)
    await country.confirm(NOUR)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    card = max(country.chats[HOMS])
    data = f"o:{verb}:{lead.id}:advised"
    early = await country.forge(HOMS, NOUR, data, card)
    assert "أولاً" in early.toast
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    other = await country.forge(HOMS, NOUR, data, card)
    assert "Samer" in other.toast
    assert other.screen is None
    for answer in (early, other):
        assert PHONE not in answer.toast
    assert "number-shown" not in await country.history(lead.id)
    assert (await country.lead(lead.id)).state == "claimed"


async def test_who_chose_to_be_written_to_gave_no_number(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen(), contact={"here": True})
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    assert "ما يكتبه الموظف يصل إلى هذه المحادثة" in country.last(77).text
    answer = await country.press(HOMS, SAMER, "phone")
    assert "ولم يعطِ رقماً" in answer.toast
    assert "number-shown" not in await country.history(lead.id)


async def test_a_take_before_the_card_is_noted_counts(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen())
    await country.forge(HOMS, SAMER, f"o:take:{lead.id}", 1)
    await country.deliver()
    assert (await country.lead(lead.id)).state == "claimed"
    assert "استلم" in country.last(77).text
    assert len(country.chats[77]) == 2, "they are told that it arrived, and that it was taken"


async def test_a_press_from_another_group_does_nothing(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    await country.bind("head-office", HEAD, RIMA)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    stranger = await country.forge(HEAD, RIMA, f"o:take:{lead.id}", 1)
    assert stranger.toast == "هذا الطلب ليس عند مكتب هذه المجموعة."
    nowhere = await country.forge(-5, SAMER, f"o:take:{lead.id}", 1)
    assert "ليست مربوطة" in nowhere.toast
    missing = await country.forge(HOMS, SAMER, "o:take:999", 1)
    assert missing.toast == stranger.toast
    for nonsense in ("o:take:x", "1:n:roadmap", "o:take:" + "9" * 40, ""):
        assert "قديم" in (await country.forge(HOMS, SAMER, nonsense, 1)).toast
    assert (await country.lead(lead.id)).state == "delivered"


async def test_an_erased_citizen_leaves_an_empty_card(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    citizen = await country.citizen()
    lead = await country.refer(citizen)
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    told = len(country.chats[77])
    await country.store.run(
        lambda tx: country.referrals.withdrawn_by_erasure(tx, citizens.erase(tx, citizen))
    )
    await country.deliver()
    card = country.last(HOMS)
    assert "سُحب ومُحيت بياناته" in card.text
    assert "Layla" not in card.text
    assert "أغذية" not in card.text
    assert card.rows == ()
    assert len(country.chats[77]) == told
    late = await country.forge(HOMS, SAMER, f"o:phone:{lead.id}", max(country.chats[HOMS]))
    assert "مُحيت" in late.toast


async def test_what_was_finished_stays_so_when_the_citizen_erases_themselves(
    country: Country,
) -> None:
    await country.bind("homs", HOMS, SAMER)
    citizen = await country.citizen()
    await country.refer(citizen)
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    await country.resolve(HOMS, SAMER, "licensed")
    await country.store.run(
        lambda tx: country.referrals.withdrawn_by_erasure(tx, citizens.erase(tx, citizen))
    )
    await country.deliver()
    assert "حصل على الترخيص" in country.last(HOMS).text
    assert "مُحيت بيانات صاحب الطلب" in country.last(HOMS).text
    assert "Layla" not in country.last(HOMS).text


async def test_a_lead_erased_before_it_was_sent_is_never_sent(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    citizen = await country.citizen()
    await country.refer(citizen)
    await country.store.run(
        lambda tx: country.referrals.withdrawn_by_erasure(tx, citizens.erase(tx, citizen))
    )
    await country.deliver()
    assert country.chats == {}


async def test_a_citizen_who_blocked_the_bot_is_sent_nothing(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    number = await country.citizen()
    await country.refer(number)
    blocked = citizens.Citizen(number, 77, "ar", 1, 0, blocked=True)
    await country.store.run(lambda tx: citizens.update(tx, blocked))
    await country.deliver()
    assert 77 not in country.chats


async def test_an_anonymous_administrator_is_asked_to_show_themselves(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    masked = Who(1087968824, "Group", administrator=True, anonymous=True)
    assert "مجهول" in (await country.press(HOMS, masked, "take")).toast
    assert (await country.lead(lead.id)).officer is None


async def test_a_notice_of_another_citizens_lead_is_never_sent(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen())
    other = await country.citizen(telegram=78)
    await country.deliver()
    row = Row(1, f"citizen:{other}", "notice:delivered", lead.id, 0, country.clock.now, outbox.CARD)
    assert await country.store.run(lambda tx: country.dispatch.next_call(tx, row)) is None
    theirs = replace(row, to=f"citizen:{lead.citizen}")
    assert await country.store.run(lambda tx: country.dispatch.next_call(tx, theirs)) is not None


async def test_the_rows_name_nobody(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    await country.refer(await country.citizen())
    rows = await country.store.run(outbox.due)
    assert [(row.to, row.what) for row in rows] == [("office:homs", "card")]
