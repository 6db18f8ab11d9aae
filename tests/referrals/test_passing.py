"""An office passes a case on to another desk."""

from __future__ import annotations

import asyncio

import pytest

from bot.referrals.calls import SetThread
from bot.referrals.case import acting, passing
from bot.referrals.content import Content, Message
from bot.store import cards, involvements, offices
from bot.store.leads import Lead
from bot.telegram.contents import REFERENCE
from tests.referrals.country import HEAD, HOMS, PHONE, RIMA, SAMER, Country
from tests.referrals.desks import (
    ANSWER,
    BANK,
    BASSEL,
    CORP,
    HEAD_OFFICER,
    HUDA,
    ZIAD,
    ask,
    card_of,
    notes,
    numbers,
    offer,
    press,
    press_in_thread,
    say,
    screen_of,
    taken,
    verbs,
)


async def test_no_message_about_a_case_can_pass_for_its_card(country: Country) -> None:
    """A reply to a message that quotes a reference would go to the citizen."""
    lead = await taken(country)
    await press(country, HOMS, SAMER, lead, "pass", "pass-to/guarantee-corp", "offer-note")
    assert not REFERENCE.search(country.last(HOMS).text)
    assert not REFERENCE.search(await ask(country, lead))
    await press(country, CORP, HUDA, lead, "answer")
    assert not REFERENCE.search(country.last(CORP).text)
    await say(country, CORP, HUDA, max(country.chats[CORP]), ANSWER)
    assert not REFERENCE.search(country.last(HOMS).text)
    await offer(country, lead)
    await press(country, CORP, HUDA, lead, "decline", "decline-now")
    assert not REFERENCE.search(country.last(HOMS).text)


@pytest.mark.parametrize("forum", [False, True])
async def test_the_case_is_passed_on_when_the_other_desk_takes_it(
    country: Country, forum: bool
) -> None:
    lead = await taken(country, language="en", forum=forum)
    own = await country.store.run(lambda tx: cards.thread(tx, lead.id, "homs"))
    told = await press_in_thread(country, lead, "pass", "pass-to/guarantee-corp", "offer")
    assert "عُرض الطلب على مؤسسة الضمان" in told
    now = await country.lead(lead.id)
    assert (now.state, now.office, now.officer) == ("claimed", "homs", lead.officer)
    offered = screen_of(country, CORP, lead)
    assert "Layla" not in offered.text
    assert PHONE not in offered.text
    assert verbs(offered) in (["take-over", "decline"], ["decline", "take-over"])
    assert "with the" not in country.last(77).text, "nothing is told before it is taken"

    country.clock.later(minutes=3)
    toast = await press(country, CORP, ZIAD, lead, "take-over")
    assert "صار الطلب عندكم" in toast
    now = await country.lead(lead.id)
    ziad = await country.store.run(lambda tx: offices.officer(tx, "guarantee-corp", ZIAD.telegram))
    assert ziad is not None
    assert (now.office, now.officer, now.state) == ("guarantee-corp", ziad.number, "claimed")
    assert (now.reference, now.id, now.created) == (lead.reference, lead.id, lead.created)
    assert (now.owed, now.owed_since) == ("answer", country.clock.now)
    assert await country.history(lead.id) == [
        "referred",
        "addressed",
        "delivered",
        "claimed",
        "offered",
        "taken-over",
    ]
    assert "Your request" in country.last(77).text
    assert "Guarantee Corporation" in country.last(77).text
    assert lead.reference in country.last(77).text
    former = [screen.text for screen in country.chats[HOMS].values()]
    assert any("انتقل الطلب" in text and "مؤسسة الضمان" in text for text in former)
    assert all("Layla" not in text for text in former)
    assert any("استُلم الطلب" in text for text in former)
    if forum and own is not None:
        assert SetThread("closed", HOMS, own.thread, open=False) in country.calls
    shown = [screen for screen in country.chats[CORP].values() if "Layla" in screen.text]
    assert len(shown) == 1
    assert "phone" in verbs(shown[0])


async def test_a_case_that_comes_back_has_its_old_thread_again(country: Country) -> None:
    lead = await taken(country, forum=True)
    own = await country.store.run(lambda tx: cards.thread(tx, lead.id, "homs"))
    assert own is not None
    await press_in_thread(country, lead, "pass", "pass-to/guarantee-corp", "offer")
    await press(country, CORP, HUDA, lead, "take-over")
    theirs = await country.store.run(lambda tx: cards.thread(tx, lead.id, "guarantee-corp"))
    assert theirs is not None
    assert theirs.open
    for verb in ("pass", "pass-to/homs", "offer"):
        await country.press(CORP, HUDA, verb, theirs.message)
    await country.deliver()
    await press(country, HOMS, RIMA, lead, "take-over")
    again = await country.store.run(lambda tx: cards.thread(tx, lead.id, "homs"))
    assert again is not None
    assert (again.thread, again.open) == (own.thread, True)
    assert (await country.lead(lead.id)).office == "homs"
    closed = await country.store.run(lambda tx: cards.thread(tx, lead.id, "guarantee-corp"))
    assert closed is not None
    assert not closed.open


async def test_an_offer_with_a_note_is_declined_with_a_reason(country: Country) -> None:
    lead = await taken(country)
    await press(country, HOMS, SAMER, lead, "pass", "pass-to/guarantee-corp", "offer-note")
    prompt = max(country.chats[HOMS])
    picture = await say(country, HOMS, SAMER, prompt, content=Content("photo", file="f"))
    assert "اكتبوا نصاً" in picture
    assert "عُرض الطلب" in await say(country, HOMS, SAMER, prompt, "هذا شأنكم")
    assert "هذا شأنكم" in screen_of(country, CORP, lead).text
    plain = await say(country, CORP, HUDA, card_of(country, CORP, lead), "لا نعرف")
    assert "معروض عليكم" in plain, "a reply to an offer is neither yes nor no"
    await press(country, CORP, HUDA, lead, "decline", "decline-note")
    asked = max(country.chats[CORP])
    assert "اكتبوا نصاً" in await say(country, CORP, HUDA, asked, unfit="sticker")
    assert "بقي الطلب حيث هو" in await say(country, CORP, HUDA, asked, "ليس من عملنا")
    assert "ليس من عملنا" in country.last(HOMS).text
    assert "اعتذار من مؤسسة الضمان" in country.last(HOMS).text
    now = await country.lead(lead.id)
    assert (now.state, now.office, now.officer) == ("claimed", "homs", lead.officer)
    assert "اعتذرتم" in screen_of(country, CORP, lead).text
    assert (await notes(country, lead))[-1] == ("declined", "guarantee-corp ليس من عملنا")
    assert all("كيف" not in screen.text for screen in country.chats[77].values())
    await say(country, HOMS, SAMER, prompt, "مرة أخرى")
    assert (await country.history(lead.id)).count("offered") == 1, "an old prompt offers nothing"


async def test_an_offer_is_declined_without_a_reason_and_may_be_made_again(
    country: Country,
) -> None:
    lead = await taken(country)
    await offer(country, lead)
    await press(country, CORP, HUDA, lead, "decline", "decline-now")
    assert "اعتذار من مؤسسة الضمان" in country.last(HOMS).text
    assert "عُرض الطلب" in await offer(country, lead)
    assert "take-over" in verbs(screen_of(country, CORP, lead))


async def test_of_two_who_take_it_over_at_once_one_has_it(country: Country) -> None:
    lead = await taken(country)
    await offer(country, lead)
    card = card_of(country, CORP, lead)
    data = f"o:take-over:{lead.id}"
    answers = await asyncio.gather(
        country.forge(CORP, HUDA, data, card), country.forge(CORP, ZIAD, data, card)
    )
    assert sorted(answer.alert for answer in answers) == [False, True]
    assert (await country.history(lead.id)).count("taken-over") == 1
    [loser] = [answer for answer in answers if answer.alert]
    assert "Huda" in loser.toast or "Ziad" in loser.toast


async def test_of_taking_back_and_taking_over_at_once_one_wins(country: Country) -> None:
    lead = await taken(country)
    await offer(country, lead)
    parts = await country.store.run(lambda tx: involvements.of_lead(tx, lead.id))
    answers = await asyncio.gather(
        country.forge(HOMS, SAMER, f"o:call-off:{lead.id}:{parts[0].id}", 1),
        country.forge(CORP, ZIAD, f"o:take-over:{lead.id}", card_of(country, CORP, lead)),
    )
    assert sorted(answer.alert for answer in answers) == [False, True]
    history = await country.history(lead.id)
    assert ("taken-over" in history) != ("cancelled" in history)
    now = await country.lead(lead.id)
    assert now.office == ("guarantee-corp" if "taken-over" in history else "homs")


async def test_an_offer_is_taken_back(country: Country) -> None:
    lead = await taken(country)
    await ask_and_offer_bank_is_not_possible(country, lead)
    await offer(country, lead)
    toast = await press(country, HOMS, RIMA, lead, "pass", "call-off")
    assert "أُلغي ذلك" in toast, "a lead of the office may too"
    assert "لم يعد الطلب" in screen_of(country, CORP, lead).text
    late = await country.forge(CORP, HUDA, f"o:take-over:{lead.id}", card_of(country, CORP, lead))
    assert late.alert
    parts = await country.store.run(lambda tx: involvements.of_lead(tx, lead.id))
    again = await country.forge(HOMS, RIMA, f"o:call-off:{lead.id}:{parts[-1].id}", 1)
    assert again.alert
    other = await country.refer(await country.citizen(78))
    await country.deliver()
    await country.forge(HOMS, SAMER, f"o:take:{other.id}", 1)
    await offer(country, lead)
    parts = await country.store.run(lambda tx: involvements.open_of_lead(tx, lead.id))
    wrong = await country.forge(HOMS, SAMER, f"o:call-off:{other.id}:{parts[0].id}", 1)
    assert wrong.alert, "a part of another case"
    assert (await country.history(lead.id)).count("cancelled") == 1
    assert (await country.lead(lead.id)).office == "homs"


async def ask_and_offer_bank_is_not_possible(country: Country, lead: Lead) -> None:
    """The bank takes no cases of this topic, but may be asked."""
    await country.bind("bank", BANK, BASSEL)
    await press(country, HOMS, SAMER, lead, "pass", "pass-to/bank")
    assert "ask" in verbs(screen_of(country, HOMS, lead))
    assert "offer" not in verbs(screen_of(country, HOMS, lead))
    forged = await country.forge(
        HOMS, SAMER, f"o:offer:{lead.id}:bank", card_of(country, HOMS, lead)
    )
    assert forged.alert
    await press(country, HOMS, SAMER, lead, "card")


async def test_the_head_office_offers_any_case(country: Country) -> None:
    lead = await taken(country)
    await country.bind("head-office", HEAD, HEAD_OFFICER)
    free = await country.refer(await country.citizen(78))
    await country.deliver()
    guide = country.shelf.guide

    async def offered(case: Lead, office: str, telegram: int) -> bool:
        def work(tx):  # type: ignore[no-untyped-def]
            officer = offices.officer(tx, office, telegram)
            return passing.offer(tx, guide, acting.current(tx, case.id), "guarantee-corp", officer)

        return await country.store.run(work)

    assert not await offered(lead, "guarantee-corp", HUDA.telegram)
    for case in (lead, free):
        assert await offered(case, "head-office", HEAD_OFFICER.telegram)
        assert not await offered(case, "head-office", HEAD_OFFICER.telegram), "once"
    await country.deliver()
    assert "عرض من المكتب الرئيسي" in screen_of(country, CORP, free).text
    await press(country, CORP, HUDA, free, "take-over")
    await press(country, CORP, HUDA, lead, "decline", "decline-now")
    assert (await country.lead(free.id)).office == "guarantee-corp"
    assert any("اعتذار" in screen.text for screen in country.chats[HEAD].values())
    assert any("اعتذار" in screen.text for screen in country.chats[HOMS].values())


async def test_an_answer_under_way_follows_the_case(country: Country) -> None:
    lead = await taken(country)
    await country.bind("bank", BANK, BASSEL)
    await ask(country, lead, "bank")
    await offer(country, lead)
    message = Message(
        BANK, next(numbers), Content("text", ANSWER), "", card_of(country, BANK, lead)
    )
    await country.store.run(lambda tx: country.referrals.heard(tx, BASSEL, message, edited=False))
    await country.forge(CORP, HUDA, f"o:take-over:{lead.id}", card_of(country, CORP, lead))
    await country.deliver()
    assert any("الكشف" in screen.text for screen in country.chats[CORP].values())
