"""Groups come, move and go; no lead is lost over it."""

from __future__ import annotations

from bot.referrals.referrals import Bound, Refusal
from bot.store import leads, offices, outbox
from tests.referrals.country import HEAD, HOMS, RIMA, SAMER, Country

OTHER = -1003


async def test_without_a_group_of_its_own_a_lead_goes_to_the_head_office(
    country: Country,
) -> None:
    await country.bind("head-office", HEAD)
    lead = await country.refer(await country.citizen())
    assert lead.office == "head-office"
    await country.deliver()
    assert "لأن مكتب حمص لا مجموعة له" in country.last(HEAD).text
    assert "المكتب الرئيسي" in country.last(77).text


async def test_without_any_group_it_waits_and_binding_delivers_it(country: Country) -> None:
    homs = await country.refer(await country.citizen())
    hama = await country.refer(await country.citizen(telegram=78), governorate="hama")
    assert homs.office is None
    assert await country.store.run(country.referrals.waiting) == 2
    await country.deliver()
    assert country.chats == {}

    assert await country.bind("homs", HOMS) == Bound("homs")
    await country.deliver()
    assert await country.store.run(country.referrals.waiting) == 1
    assert homs.reference in country.last(HOMS).text
    assert "جاء إلى المكتب الرئيسي" not in country.last(HOMS).text

    await country.bind("head-office", HEAD)
    await country.deliver()
    assert await country.store.run(country.referrals.waiting) == 0
    assert hama.reference in country.last(HEAD).text
    assert homs.reference not in country.last(HEAD).text
    assert await country.history(hama.id) == ["referred", "waiting", "addressed", "delivered"]


async def test_the_leads_of_a_lost_group_go_to_the_head_office_with_the_reason(
    country: Country,
) -> None:
    await country.bind("homs", HOMS)
    await country.bind("head-office", HEAD, RIMA)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HOMS, "removed"))
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HOMS, "removed"))
    await country.deliver()
    moved = await country.lead(lead.id)
    assert (moved.office, moved.state, moved.officer) == ("head-office", "delivered", None)
    assert "البوت أُخرج من مجموعة مكتب حمص" in country.last(HEAD).text
    assert "إلى المكتب الرئيسي" in country.last(77).text
    events = await country.store.run(lambda tx: leads.events(tx, lead.id))
    assert [each.note for each in events if each.kind == "addressed"] == [
        "homs",
        "head-office removed",
    ]
    assert "ليست مربوطة" in (await country.press(HOMS, SAMER, "take")).toast
    assert "صار الطلب عندكم" in (await country.press(HEAD, RIMA, "take")).toast


async def test_a_reason_without_words_of_its_own_is_still_said(country: Country) -> None:
    await country.bind("homs", HOMS)
    await country.bind("head-office", HEAD)
    await country.refer(await country.citizen())
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HOMS, "chat not found"))
    await country.deliver()
    assert "لأن الرسائل لم تعد تصل" in country.last(HEAD).text


async def test_when_the_head_office_is_lost_too_the_lead_waits_and_the_citizen_knows(
    country: Country,
) -> None:
    await country.bind("head-office", HEAD)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HEAD, "demoted"))
    await country.deliver()
    assert (await country.lead(lead.id)).office is None
    assert await country.store.run(country.referrals.waiting) == 1
    assert "الطلب محفوظ" in country.last(77).text
    await country.bind("homs", HOMS)
    await country.deliver()
    assert lead.reference in country.last(HOMS).text
    assert "وصل طلبكم" in country.last(77).text


async def test_a_lost_head_office_gives_back_what_the_governorates_can_take(
    country: Country,
) -> None:
    await country.bind("head-office", HEAD)
    lead = await country.refer(await country.citizen())
    await country.bind("homs", HOMS)
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HEAD, "demoted"))
    assert (await country.lead(lead.id)).office == "homs"


async def test_a_group_that_migrated_keeps_its_office_officers_and_leads(
    country: Country,
) -> None:
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    told = len(country.chats[77])
    for _ in range(2):
        await country.store.run(lambda tx: country.referrals.migrated(tx, HOMS, OTHER))
    await country.deliver()
    assert len(country.chats[OTHER]) == 1
    old = await country.forge(OTHER, SAMER, f"o:take:{lead.id}", 99)
    assert "عندكم" in old.toast
    assert old.screen is not None
    assert lead.reference in old.screen.text
    assert "أُغلق" in (await country.resolve(OTHER, SAMER)).toast
    assert len(country.chats[77]) == told, "moving a group is nothing to the citizen"


async def test_a_card_that_was_on_its_way_while_the_group_moved_is_sent_again(
    country: Country,
) -> None:
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen())
    [row] = await country.store.run(outbox.due)
    call = await country.store.run(lambda tx: country.dispatch.next_call(tx, row))
    assert call is not None
    await country.store.run(lambda tx: country.referrals.migrated(tx, HOMS, OTHER))
    await country.store.run(lambda tx: country.dispatch.succeeded(tx, row, call, 5))
    await country.store.run(lambda tx: outbox.sent(tx, row.id))
    assert (await country.lead(lead.id)).state == "new", "what arrived there is void"
    await country.deliver()
    assert lead.reference in country.last(OTHER).text


async def test_a_code_binds_one_group_once(country: Country) -> None:
    code = await country.store.run(lambda tx: offices.invite(tx, "homs"))
    assert await country.bind_with(code, HOMS) == Bound("homs")
    again = await country.bind_with(code, OTHER)
    assert again == Refusal("unknown-code")
    assert "رمزاً جديداً" in country.referrals.said(again).text
    assert "مكتب حمص" in country.referrals.said(Bound("homs")).text


async def test_a_code_out_of_time_binds_nothing(country: Country) -> None:
    code = await country.store.run(lambda tx: offices.invite(tx, "homs"))
    country.clock.later(hours=49)
    assert await country.bind_with(code, HOMS) == Refusal("unknown-code")
    assert await country.store.run(offices.desks) == []


async def test_a_group_that_is_an_office_already_is_refused_and_the_code_stays_good(
    country: Country,
) -> None:
    await country.bind("homs", HOMS)
    code = await country.store.run(lambda tx: offices.invite(tx, "head-office"))
    refused = await country.bind_with(code, HOMS)
    assert isinstance(refused, Refusal)
    assert "مكتب حمص" in country.referrals.said(refused).text
    assert await country.bind_with(code, HEAD) == Bound("head-office")


async def test_a_code_for_an_office_that_the_guide_lost_binds_nothing(country: Country) -> None:
    assert await country.bind("vanished", HOMS) == Refusal("office-gone")
    assert await country.store.run(offices.desks) == []


async def test_another_group_for_the_same_office_takes_over_its_leads(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER, RIMA)
    first = await country.refer(await country.citizen())
    second = await country.refer(await country.citizen(telegram=78))
    await country.deliver()
    await country.forge(HOMS, SAMER, f"o:take:{first.id}", 1)
    await country.forge(HOMS, RIMA, f"o:take:{second.id}", 2)
    await country.bind("homs", OTHER, RIMA)
    await country.deliver()
    assert (await country.lead(first.id)).state == "delivered", "Samer is not in this group"
    assert (await country.lead(second.id)).state == "claimed", "Rima is"
    assert len(country.chats[OTHER]) == 2
    assert "ليست مربوطة" in (await country.press(HOMS, SAMER, "take", 1)).toast
