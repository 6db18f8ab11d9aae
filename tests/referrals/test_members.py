"""Joining is not authority: who confirms members, who sends them away, who steps in for whom."""

from __future__ import annotations

from dataclasses import replace

from bot.referrals.case.officers import Who
from bot.store import offices
from tests.referrals.country import HEAD, HOMS, NOUR, RIMA, SAMER, Country
from tests.referrals.menu import goes, labels, officer, opened

LINA = Who(504, "Lina", administrator=False)


async def ready(country: Country, *members: Who) -> int:
    """Homs has its group, a case in Samer's hands, and these confirmed members."""
    await country.bind("homs", HOMS, SAMER)
    for each in members:
        await country.confirm(each)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    return lead.id


async def wants(country: Country, who: Who = NOUR) -> None:
    """A member presses on a card for the first time."""
    await country.forge(HOMS, who, "o:take:1", 1)
    await country.deliver()


async def test_a_lead_may_say_no(country: Country) -> None:
    await ready(country)
    await wants(country)
    answer = await country.press(HOMS, SAMER, "deny")
    assert "لا يعمل" in answer.toast
    assert answer.screen is not None
    assert answer.screen.rows == ()
    assert (await officer(country, NOUR)).state == "left"
    assert "سألنا" in (await country.forge(HOMS, NOUR, "o:take:1", 1)).toast


async def test_after_a_working_day_the_head_office_is_asked_too_once(country: Country) -> None:
    await country.bind("head-office", HEAD, RIMA)
    await ready(country)
    await wants(country)
    country.clock.later(hours=23)
    await country.store.run(country.referrals.tick)
    await country.deliver()
    assert not any("Nour" in each.text for each in country.chats.get(HEAD, {}).values())
    for _ in range(3):
        country.clock.later(hours=2)
        await country.store.run(country.referrals.tick)
        await country.deliver()
    asked = [each for each in country.chats[HEAD].values() if "Nour" in each.text]
    assert len(asked) == 1
    assert "مكتب حمص" in asked[0].text
    here = next(n for n, each in country.chats[HEAD].items() if "Nour" in each.text)
    await country.press(HEAD, RIMA, "confirm", here)
    assert (await officer(country, NOUR)).state == "confirmed"
    there = next(n for n, each in country.chats[HOMS].items() if "Nour" in each.text)
    late = await country.press(HOMS, SAMER, "deny", there)
    assert "من قبل" in late.toast
    assert (await officer(country, NOUR)).state == "confirmed", "whoever was first decided"


async def test_where_no_lead_can_answer_the_head_office_is_asked_at_once(country: Country) -> None:
    await country.bind("head-office", HEAD, RIMA)
    await ready(country)
    samer = await officer(country, SAMER)
    await country.store.run(lambda tx: offices.set_away(tx, samer.number, True))
    await wants(country)
    await country.store.run(country.referrals.tick)
    await country.deliver()
    assert "Nour" in country.last(HEAD).text


async def test_the_head_office_sees_in_its_menu_who_waits_everywhere(country: Country) -> None:
    await country.bind("head-office", HEAD, RIMA)
    await ready(country)
    await wants(country)
    await wants(country, LINA)
    await goes(country, "asking", who=RIMA, chat=HEAD)
    assert "Nour\u2069، في مكتب حمص" in country.last(HEAD).text
    nour, lina = await officer(country, NOUR), await officer(country, LINA)
    said = await country.press(HEAD, RIMA, f"let/{nour.number}")
    assert "Nour" in said.toast
    await country.press(HEAD, RIMA, f"let-not/{lina.number}")
    assert "لا أحد ينتظر" in country.last(HEAD).text
    assert (await officer(country, NOUR)).state == "confirmed"
    assert (await officer(country, LINA)).state == "left"


async def test_other_offices_confirm_nobody_here(country: Country) -> None:
    await ready(country)
    await country.bind("hama", -1003, RIMA)
    await wants(country)
    nour = await officer(country, NOUR)
    for verb in ("confirm", "deny", "let", "let-not", "member", "dismiss", "leave-of"):
        await country.forge(-1003, RIMA, f"o:{verb}:{nour.number}", 1)
    assert (await officer(country, NOUR)).state == "waiting"


async def test_an_officer_who_is_no_lead_confirms_and_dismisses_nobody(country: Country) -> None:
    await ready(country, NOUR)
    await wants(country, LINA)
    lina, samer = await officer(country, LINA), await officer(country, SAMER)
    for data in (f"confirm:{lina.number}", f"let:{lina.number}", f"dismiss:{samer.number}"):
        assert (await country.forge(HOMS, NOUR, f"o:{data}", 1)).alert
    assert (await officer(country, LINA)).state == "waiting"
    await country.confirm(LINA)
    for verb in ("member", "dismiss"):
        assert (await country.forge(HOMS, NOUR, f"o:{verb}:{lina.number}", 1)).alert
    assert (await officer(country, LINA)).state == "confirmed"
    await goes(country, "members", who=NOUR)
    assert [b.press for b in country.buttons(HOMS)] == ["o:office:0"]


async def test_a_head_officer_who_is_a_member_elsewhere_confirms_there_too(
    country: Country,
) -> None:
    await country.bind("head-office", HEAD, RIMA)
    await ready(country)
    await wants(country)
    unseen = replace(RIMA, administrator=None)
    assert "Nour" in (await country.press(HOMS, unseen, "confirm")).toast
    assert (await officer(country, NOUR)).state == "confirmed"


async def test_a_lead_takes_somebodys_role_away_at_once(country: Country) -> None:
    lead = await ready(country, NOUR)
    await country.forge(HOMS, SAMER, "o:hand-to:1:2", 1)
    assert (await country.lead(lead)).officer == (await officer(country, NOUR)).number
    nour = await officer(country, NOUR)
    answer, text = await goes(country, "members", f"member/{nour.number}", f"dismiss/{nour.number}")
    assert "انتهى عمل" in answer.toast
    assert "Nour" not in text
    assert (await country.lead(lead)).state == "delivered"
    assert "سألنا" in (await country.forge(HOMS, NOUR, f"o:take:{lead}", 1)).toast
    await country.deliver()
    assert "عاد طلبكم" in country.last(77).text


async def test_a_lead_goes_only_when_telegram_takes_the_right_away(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER, RIMA)
    rima = await officer(country, RIMA)
    await goes(country, "members", f"member/{rima.number}")
    assert not [b for b in country.buttons(HOMS) if "dismiss" in b.press]
    answer = await country.forge(HOMS, SAMER, f"o:dismiss:{rima.number}", 1)
    assert "في تلغرام" in answer.toast
    assert (await officer(country, RIMA)).state == "confirmed"


async def test_removed_between_press_and_commit(country: Country) -> None:
    """The press was made as an officer; by the time it is worked on they have been removed."""
    lead = await ready(country, NOUR)
    await country.store.run(lambda tx: country.referrals.member_left(tx, HOMS, NOUR.telegram))
    unseen = replace(NOUR, administrator=None)
    for data in ("o:take:1", "o:hand:1", "o:all-open:0", "o:leave-to:2:0"):
        answer = await country.forge(HOMS, unseen, data, 1)
        assert not answer.known, "they are looked up, and Telegram says that they have left"
    assert (await country.lead(lead)).state == "claimed"
    assert (await officer(country, NOUR)).state == "left"


async def test_a_case_is_handed_to_a_colleague(country: Country) -> None:
    lead = await ready(country, NOUR, LINA)
    lina = await officer(country, LINA)
    await country.store.run(lambda tx: offices.set_away(tx, lina.number, True))
    told = len(country.chats[77])
    await country.press(HOMS, SAMER, "hand")
    assert [b.label for b in country.buttons(HOMS)][:-1] == ["\u2068Nour\u2069"]
    answer = await country.press(HOMS, SAMER, "hand-to")
    assert "Nour" in answer.toast
    await country.deliver()
    assert (await country.lead(lead)).officer == (await officer(country, NOUR)).number
    assert (await country.history(lead))[-1] == "handed"
    assert "tg://user?id=503" in country.last(HOMS).text
    assert "عند \u2068Nour" in country.chats[HOMS][min(country.chats[HOMS])].text
    assert len(country.chats[77]) == told, "the citizen need not know"
    refused = await country.forge(HOMS, LINA, f"o:hand:{lead}", 1)
    assert "Nour" in refused.toast
    assert refused.alert


async def test_alone_there_is_nobody_to_hand_to(country: Country) -> None:
    await ready(country)
    assert "لا زميل" in (await country.press(HOMS, SAMER, "hand")).toast


async def test_on_leave_everything_goes_to_the_replacement_in_one_step(country: Country) -> None:
    lead = await ready(country, NOUR, LINA)
    samer, nour = await officer(country, SAMER), await officer(country, NOUR)
    answer, text = await goes(
        country, "leave", f"leave-of/{samer.number}", f"leave-to/{samer.number}:{nour.number}"
    )
    assert "انتقل طلب واحد إلى" in answer.toast
    assert "Samer" in text
    assert (await officer(country, SAMER)).away
    assert (await country.lead(lead)).officer == nour.number
    await country.deliver()
    assert "tg://user?id=503" in country.last(HOMS).text
    await opened(country)
    await country.press(HOMS, SAMER, "leave")
    assert "عدت من الإجازة" in labels(country.last(HOMS))
    await country.press(HOMS, SAMER, f"at-work/{samer.number}")
    assert not (await officer(country, SAMER)).away
    assert (await country.lead(lead)).officer == nour.number, "it stays where it is"


async def test_without_a_replacement_the_office_has_them_again(country: Country) -> None:
    lead = await ready(country, NOUR)
    samer = await officer(country, SAMER)
    answer, _ = await goes(
        country, "leave", f"leave-of/{samer.number}", f"leave-to/{samer.number}:0"
    )
    assert "عاد طلب واحد إلى المكتب" in answer.toast
    assert (await country.lead(lead)).state == "delivered"
    await country.deliver()
    assert "عاد طلبكم" in country.last(77).text


async def test_a_lead_sends_others_on_leave_and_others_only_themselves(country: Country) -> None:
    await ready(country, NOUR, LINA)
    nour, lina = await officer(country, NOUR), await officer(country, LINA)
    refused = await country.forge(HOMS, LINA, f"o:leave-of:{nour.number}", 1)
    assert refused.alert
    await goes(country, "leave", f"leave-of/{nour.number}", f"leave-to/{nour.number}:0")
    assert (await officer(country, NOUR)).away
    await goes(country, "leave", f"leave-of/{lina.number}", who=LINA)
    offered = [b.label for b in country.buttons(HOMS)]
    assert "\u2068Samer\u2069" in offered
    assert "\u2068Nour\u2069" not in offered, "who is away takes nothing over"
    again = await country.forge(HOMS, SAMER, f"o:leave-of:{nour.number}", 1)
    assert "من قبل" in again.toast
