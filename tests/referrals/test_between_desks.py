"""To which desks a case may turn, who may turn to them, and what becomes of it when they go."""

from __future__ import annotations

import pytest

from bot.store import citizens, involvements
from tests.referrals.country import HEAD, HOMS, NOUR, PHONE, SAMER, Country
from tests.referrals.desks import (
    ANSWER,
    BANK,
    BASSEL,
    CORP,
    CORP_AGAIN,
    HAMA,
    HEAD_OFFICER,
    HUDA,
    ask,
    card_of,
    notes,
    offer,
    press,
    say,
    screen_of,
    taken,
    verbs,
)


async def test_only_desks_with_a_group_that_fit_are_offered(country: Country) -> None:
    lead = await taken(country)

    async def offered() -> list[str]:
        await press(country, HOMS, SAMER, lead, "pass")
        rows = screen_of(country, HOMS, lead).rows
        found = [b.press.split(":")[3] for row in rows for b in row if ":pass-to:" in b.press]
        await press(country, HOMS, SAMER, lead, "card")
        return found

    assert await offered() == ["guarantee-corp"]
    await country.bind("trade-hama", HAMA, BASSEL)
    await country.bind("hama", -1006, BASSEL)
    assert await offered() == ["guarantee-corp"], "another governorate's"
    await country.bind("head-office", HEAD, HEAD_OFFICER)
    await country.bind("bank", BANK, BASSEL)
    assert await offered() == ["head-office", "guarantee-corp", "bank"]
    await ask(country, lead)
    assert await offered() == ["head-office", "bank"], "who was asked already"
    for office in ("homs", "hama", "trade-hama", "nowhere", "guarantee-corp"):
        for verb in ("pass-to", "ask", "offer", "offer-note"):
            data = f"o:{verb}:{lead.id}:{office}"
            answer = await country.forge(HOMS, SAMER, data, card_of(country, HOMS, lead))
            assert answer.alert, data


async def test_the_governorates_own_office_gets_a_case_back(country: Country) -> None:
    await country.bind("head-office", HEAD, HEAD_OFFICER)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    await country.press(HEAD, HEAD_OFFICER, "take")
    await country.deliver()
    await country.bind("homs", HOMS, SAMER)
    await press(country, HEAD, HEAD_OFFICER, lead, "pass", "pass-to/homs", "offer")
    await press(country, HOMS, SAMER, lead, "take-over")
    now = await country.lead(lead.id)
    assert (now.office, now.state) == ("homs", "claimed")
    assert "جاء إلى المكتب الرئيسي" not in screen_of(country, HOMS, lead).text


async def test_many_desks_are_paged(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.referrals.group.pass_verbs.ON_A_PAGE", 1)
    lead = await taken(country)
    await country.bind("head-office", HEAD, HEAD_OFFICER)
    await press(country, HOMS, SAMER, lead, "pass")
    assert verbs(screen_of(country, HOMS, lead)) == ["pass-to", "pass", "card"]
    await press(country, HOMS, SAMER, lead, "pass/1", "pass-to/guarantee-corp", "ask")
    assert "مؤسسة الضمان" in country.last(HOMS).text


async def test_nobody_is_there_to_be_asked(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    lead = await country.refer(await country.citizen())
    await country.deliver()
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    answer = await country.press(HOMS, SAMER, "pass")
    assert answer.alert
    assert "لا جهة أخرى" in answer.toast
    assert lead.reference in country.last(HOMS).text


async def test_who_may_not_changes_nothing(country: Country) -> None:
    lead = await taken(country)
    await country.confirm(NOUR)
    await country.bind("bank", BANK, BASSEL)
    card = card_of(country, HOMS, lead)
    for verb in ("pass", "pass-to", "ask", "offer", "offer-note"):
        answer = await country.forge(HOMS, NOUR, f"o:{verb}:{lead.id}:guarantee-corp", card)
        assert answer.alert, verb
    await ask(country, lead)
    before = await notes(country, lead)
    asked = card_of(country, CORP, lead)
    for verb in (
        "take-over",
        "decline",
        "decline-now",
        "decline-note",
        "resolve",
        "phone",
        "begin",
    ):
        answer = await country.forge(CORP, HUDA, f"o:{verb}:{lead.id}", asked)
        assert answer.alert, verb
        assert PHONE not in answer.toast
    for verb in ("answer", "take-over", "pass"):
        answer = await country.forge(BANK, BASSEL, f"o:{verb}:{lead.id}", 1)
        assert answer.alert, verb
    parts = await country.store.run(lambda tx: involvements.of_lead(tx, lead.id))
    for who, chat in ((NOUR, HOMS), (HUDA, CORP), (BASSEL, BANK)):
        data = f"o:call-off:{lead.id}:{parts[0].id}"
        assert (await country.forge(chat, who, data, 1)).alert
    assert await notes(country, lead) == before


async def test_a_desk_that_loses_its_group_is_asked_no_more(country: Country) -> None:
    lead = await taken(country)
    await ask(country, lead)
    await country.store.run(lambda tx: country.referrals.lost_group(tx, CORP, "removed"))
    await country.deliver()
    assert (await country.lead(lead.id)).state == "working"
    assert "لم تعد مجموعة مؤسسة الضمان" in country.last(HOMS).text
    assert "بانتظار جواب" not in screen_of(country, HOMS, lead).text
    assert (await notes(country, lead))[-1] == ("cancelled", "guarantee-corp")


async def test_the_office_of_a_case_loses_its_group_while_others_are_asked(
    country: Country,
) -> None:
    lead = await taken(country)
    await country.bind("head-office", HEAD, HEAD_OFFICER)
    await ask(country, lead)
    await country.store.run(lambda tx: country.referrals.lost_group(tx, HOMS, "removed"))
    await country.deliver()
    now = await country.lead(lead.id)
    assert (now.office, now.officer) == ("head-office", None)
    assert "أُلغي سؤال مكتب حمص" in screen_of(country, CORP, lead).text
    assert "take" in verbs(screen_of(country, HEAD, lead))


async def test_a_desk_that_took_a_case_over_and_loses_its_group(country: Country) -> None:
    lead = await taken(country)
    await offer(country, lead)
    await press(country, CORP, HUDA, lead, "take-over")
    await country.store.run(lambda tx: country.referrals.lost_group(tx, CORP, "removed"))
    await country.deliver()
    assert (await country.lead(lead.id)).office == "homs", "back where it belongs"
    assert "take" in verbs(screen_of(country, HOMS, lead))


async def test_the_asked_desks_group_gets_another_id_or_becomes_another_group(
    country: Country,
) -> None:
    lead = await taken(country)
    await ask(country, lead)
    await country.store.run(lambda tx: country.referrals.migrated(tx, CORP, CORP_AGAIN))
    await country.deliver()
    assert "answer" in verbs(screen_of(country, CORP_AGAIN, lead))
    assert "هل الضمان متاح" in screen_of(country, CORP_AGAIN, lead).text
    old = card_of(country, CORP, lead)
    said = await say(country, CORP_AGAIN, HUDA, old, ANSWER, quoted=[lead.reference])
    assert said == "", "a reply to the old card, whose number means nothing now"
    assert "الكشف" in country.last(HOMS).text
    await ask(country, lead)
    await country.bind("guarantee-corp", -1020, BASSEL)
    await country.deliver()
    assert "answer" in verbs(screen_of(country, -1020, lead))


async def test_a_resolved_case_asks_nothing_more(country: Country) -> None:
    lead = await taken(country)
    await ask(country, lead)
    await press(country, HOMS, SAMER, lead, "resolve", "end/guaranteed")
    assert "أُلغي سؤال" in screen_of(country, CORP, lead).text
    said = await say(country, CORP, HUDA, card_of(country, CORP, lead), ANSWER)
    assert said
    assert (await country.lead(lead.id)).state == "resolved"


async def test_an_erased_person_leaves_nothing_at_the_asked_desk(country: Country) -> None:
    lead = await taken(country)
    await ask(country, lead)

    def erase(tx):  # type: ignore[no-untyped-def]
        assert lead.citizen is not None
        erased = citizens.erase(tx, lead.citizen)
        country.referrals.withdrawn_by_erasure(tx, erased)

    await country.store.run(erase)
    await country.deliver()
    for screen in country.chats[CORP].values():
        assert "أغذية" not in screen.text
        assert "هل الضمان متاح" not in screen.text
        assert not screen.rows
    assert (await country.forge(CORP, HUDA, f"o:answer:{lead.id}", 1)).alert
