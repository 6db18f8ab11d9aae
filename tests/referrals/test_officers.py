"""Who may act in an office's group, and who no longer may."""

from __future__ import annotations

from dataclasses import replace

from bot.store import offices
from tests.referrals.country import HEAD, HOMS, NOUR, RIMA, SAMER, Country


async def ready(country: Country) -> int:
    """Homs has its group and a card in it; returns the lead's id."""
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    return lead.id


async def test_a_member_acts_once_an_administrator_confirmed_them_with_a_tap(
    country: Country,
) -> None:
    lead = await ready(country)
    card = max(country.chats[HOMS])
    assert "سألنا مشرفي المجموعة" in (await country.press(HOMS, NOUR, "take")).toast
    await country.deliver()
    assert "Nour" in country.last(HOMS).text
    question = max(country.chats[HOMS])

    assert "ننتظر" in (await country.press(HOMS, NOUR, "take", card)).toast
    own = await country.press(HOMS, NOUR, "confirm", question)
    assert "إلا مشرفو المجموعة" in own.toast
    await country.deliver()
    assert max(country.chats[HOMS]) == question, "the group is asked once"
    assert (await country.lead(lead)).state == "delivered"

    confirmed = await country.press(HOMS, SAMER, "confirm", question)
    assert "Nour" in confirmed.toast
    assert confirmed.screen is not None
    assert "Samer" in confirmed.screen.text
    assert confirmed.screen.rows == ()
    assert "صار الطلب عندكم" in (await country.press(HOMS, NOUR, "take", card)).toast


async def test_who_is_unknown_is_looked_up_before_anything_happens(country: Country) -> None:
    lead = await ready(country)
    unseen = replace(RIMA, administrator=None)
    assert not (await country.press(HOMS, unseen, "take")).known
    assert (await country.lead(lead)).state == "delivered"
    assert (await country.press(HOMS, RIMA, "take")).known
    assert (await country.press(HOMS, unseen, "take")).known


async def test_a_new_administrator_is_an_officer_at_once(country: Country) -> None:
    await ready(country)
    await country.store.run(lambda tx: country.referrals.member_changed(tx, HOMS, RIMA))
    answer = await country.press(HOMS, replace(RIMA, administrator=None), "take")
    assert "صار الطلب عندكم" in answer.toast


async def test_who_leaves_loses_it_at_once_and_the_lead_is_free_again(country: Country) -> None:
    lead = await ready(country)
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    await country.store.run(lambda tx: country.referrals.member_left(tx, HOMS, SAMER.telegram))
    await country.deliver()
    assert (await country.lead(lead)).state == "delivered"
    assert (await country.lead(lead)).officer is None
    assert country.buttons(HOMS)[0].press == f"o:take:{lead}"
    assert "Layla" not in country.last(HOMS).text
    assert "عاد طلبكم" in country.last(77).text
    unseen = replace(SAMER, administrator=None)
    assert not (await country.press(HOMS, unseen, "take")).known
    assert (await country.history(lead))[-1] == "returned"


async def test_who_is_administrator_no_longer_must_be_confirmed_anew(country: Country) -> None:
    lead = await ready(country)
    await country.press(HOMS, SAMER, "take")
    demoted = replace(SAMER, administrator=False)
    await country.store.run(lambda tx: country.referrals.member_changed(tx, HOMS, demoted))
    assert (await country.lead(lead)).state == "delivered"
    await country.deliver()
    assert "سألنا مشرفي المجموعة" in (await country.press(HOMS, demoted, "take")).toast


async def test_a_stranger_who_confirms_is_looked_up_and_then_told(country: Country) -> None:
    await ready(country)
    await country.press(HOMS, NOUR, "take")
    await country.deliver()
    unseen = replace(RIMA, administrator=None)
    assert not (await country.press(HOMS, unseen, "confirm")).known
    member = replace(RIMA, administrator=False)
    assert "إلا مشرفو" in (await country.press(HOMS, member, "confirm")).toast
    officers = await country.store.run(lambda tx: offices.officers(tx, "homs"))
    assert [(each.name, each.state) for each in officers] == [
        ("Samer", "confirmed"),
        ("Nour", "waiting"),
    ]


async def test_a_confirmation_from_another_office_does_nothing(country: Country) -> None:
    await ready(country)
    await country.bind("hama", HEAD, RIMA)
    await country.press(HOMS, NOUR, "take")
    await country.deliver()
    for button in country.buttons(HOMS):
        assert "قديم" in (await country.forge(HEAD, RIMA, button.press, 1)).toast
    officer = await country.store.run(lambda tx: offices.officer(tx, "homs", NOUR.telegram))
    assert officer is not None
    assert officer.state == "waiting"


async def test_who_left_before_the_question_was_sent_is_not_asked_about(country: Country) -> None:
    await ready(country)
    sent = len(country.chats[HOMS])
    await country.press(HOMS, NOUR, "take")
    await country.store.run(lambda tx: country.referrals.member_left(tx, HOMS, NOUR.telegram))
    await country.deliver()
    assert len(country.chats[HOMS]) == sent
