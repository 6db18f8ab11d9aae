"""Stories of /cases: what citizens see of their cases, and how they close and reopen them.

It begins on a Sunday noon; the offices of the small guide work on Sundays and Mondays.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.guide.load import compiled, load
from bot.guide.shelf import Shelf
from bot.store import involvements, leads
from bot.store.sealing import Seal
from tests.conversation.casework import TRAINING, Casework, casework
from tests.conversation.conftest import shelf_in
from tests.guide import small
from tests.referrals.country import HEAD, HOMS, RIMA, SAMER

Kept = tuple[Shelf, bytes]
BANK = -1003


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    where = small.write(tmp_path_factory.mktemp("small") / "guide", small.files())
    return shelf_in(where), compiled(load(where))


@pytest.fixture
async def work(database_url: str, seal: Seal, kept: Kept) -> AsyncIterator[Casework]:
    async with casework(database_url, seal, *kept) as work:
        yield work


async def test_who_has_no_case_is_told_how_to_come_to_one(work: Casework) -> None:
    await work.walks()
    await work.salma.commands("/cases")
    assert "لا طلبات لديكم" in work.text
    assert "You have no requests" in await work.in_english()


async def test_before_the_request_arrives_they_know_what_the_office_has_promised(
    work: Casework,
) -> None:
    await work.country.bind("homs", HOMS)
    await work.walks()
    await work.refers()
    assert "خلال يومي عمل من وصول الطلب إليه" in work.text
    assert "أيام العمل: الأحد، الإثنين" in work.text
    assert "لا شيء مطلوب منكم الآن" in work.text
    english = await work.in_english()
    assert "answers within 2 working days of the request reaching it" in english
    assert "Working days: Sunday, Monday" in english


async def test_without_an_office_nothing_is_promised(work: Casework) -> None:
    await work.walks()
    await work.refers()
    assert "لا مكتب متصل" in work.text
    assert "نعدكم" not in work.text


async def test_the_day_of_the_answer_is_told_and_its_slip_too(work: Casework) -> None:
    lead = await work.referred()
    assert "موعد الجواب الأول من مكتب حمص: 29 تشرين الثاني 2026" in await work.looks_at(lead)
    work.country.clock.later(days=8)
    assert "تأخر الجواب الأول من مكتب حمص" in await work.looks_at(lead)
    assert "كان موعده 29 تشرين الثاني 2026" in work.text
    assert "أيام العمل" not in work.text
    assert "The Homs office is late" in await work.in_english()
    await work.press(lead, "take", "begin")
    assert "تأخر الجواب الأول من مكتب حمص</b>" not in await work.looks_at(lead)
    assert "موعد الخطوة التالية من مكتب حمص: 20 كانون الأول 2026" in work.text


async def test_all_cases_are_listed_the_newest_first(work: Casework) -> None:
    first = await work.referred()
    await work.press(first, "take", "begin", "wait")
    await work.walks("learn", TRAINING)
    second = await work.refers("training")
    await work.country.deliver()
    await work.salma.commands("/cases")
    assert work.text.index(second.reference) < work.text.index(first.reference)
    assert "وصل طلبكم إلى مكتب حمص" in work.text
    assert "المطلوب منكم:</b> أن تجيبوا مكتب حمص" in work.text
    assert "Asked of you:</b> an answer to the Homs office" in await work.in_english()
    await work.salma.presses(f"الترخيص {first.reference}")
    assert await work.salma.focus() == f"case:{first.reference}"
    await work.salma.presses("رجوع")
    assert await work.salma.focus() == "cases"


async def test_many_cases_are_turned_over_and_the_menu_leads_to_all(work: Casework) -> None:
    lead = await work.referred()
    for _ in range(5):
        await work.press(lead, "take", "end/advised")
        await work.walks()
        lead = await work.refers()
        await work.country.deliver()
    await work.salma.commands("/menu")
    await work.salma.presses("كل طلباتي")
    assert work.text.count("<code>D-") == 4
    await work.salma.presses("التالي")
    assert work.text.count("<code>D-") == 2


async def test_what_happened_is_told_by_days_and_names_no_officer(work: Casework) -> None:
    lead = await work.referred()
    await work.press(lead, "take", "begin")
    work.country.clock.later(days=1)
    await work.press(lead, "wait")
    await work.looks_at(lead)
    for day, said in (
        ("22", "أُرسل الطلب"),
        ("22", "وصل إلى مكتب حمص"),
        ("22", "استلمه موظف في مكتب حمص"),
        ("22", "بدأ العمل عليه في مكتب حمص"),
        ("23", "طُلب منكم جواب إلى مكتب حمص"),
    ):
        assert f"{day} تشرين الثاني 2026: {said}" in work.text
    assert "Samer" not in work.text
    english = await work.in_english()
    assert "22 November 2026: an officer of the Homs office took it" in english


async def test_who_looked_at_their_number_is_told_by_the_day(work: Casework) -> None:
    lead = await work.referred("0944123456")
    await work.press(lead, "take", "phone", "phone")
    seen = await work.looks_at(lead)
    assert seen.count("اطّلع الموظف الذي استلمه على رقم هاتفكم") == 1


async def test_passing_on_is_told_with_where_it_went(work: Casework) -> None:
    await work.country.bind("bank-desk", BANK, RIMA)
    lead = await work.referred()
    await work.press(lead, "take", "offer/bank-desk")
    await work.press(lead, "take-over", chat=BANK, who=RIMA, office="bank-desk")
    assert "انتقل إلى مصرف المدينة" in await work.looks_at(lead)
    assert "Rima" not in work.text


async def test_of_a_long_history_the_newest_is_shown(work: Casework) -> None:
    lead = await work.referred()
    await work.press(lead, "take", *["begin", "wait"] * 6)
    await work.looks_at(lead)
    assert "وقبل ذلك 5 أحداث" in work.text
    assert "أُرسل الطلب" not in work.text


async def test_a_citizen_closes_their_case_after_one_confirmation(work: Casework) -> None:
    lead = await work.referred()
    await work.press(lead, "take")
    await work.looks_at(lead)
    await work.salma.presses("لم أعد أحتاجه")
    assert "خلال 90 يوماً" in work.text
    await work.salma.presses("لا، أبقوه")
    assert await work.salma.focus() == f"case:{lead.reference}"
    await work.salma.presses("لم أعد أحتاجه")
    yes = work.salma.button("نعم، أغلقوه")
    await work.salma.presses_data(yes)
    now = await work.country.lead(lead.id)
    assert (now.state, now.outcome, now.owed) == ("resolved", "withdrawn", None)
    assert work.text.startswith("أُغلق طلبكم.")
    assert "أغلقتم هذا الطلب بأنفسكم" in work.text
    assert "You closed this request yourselves" in await work.in_english()
    await work.country.deliver()
    assert "سحب صاحب الطلب" in work.country.last(HOMS).text
    card = await work.card(lead)
    assert "أُغلق: سحبه صاحبه" in card
    assert "Samer" not in card
    await work.salma.presses_data(yes)
    assert (await work.country.history(lead.id)).count("withdrawn") == 1


async def test_closing_calls_off_what_another_desk_was_to_do(work: Casework) -> None:
    await work.country.bind("bank-desk", BANK, RIMA)
    lead = await work.referred()
    await work.press(lead, "take", "offer/bank-desk")
    await work.looks_at(lead)
    await work.salma.presses("لم أعد أحتاجه")
    await work.salma.presses("نعم")
    await work.country.deliver()
    refused = await work.press(lead, "take-over", chat=BANK, who=RIMA, office="bank-desk")
    assert refused
    assert (await work.country.lead(lead.id)).office == "homs"
    assert "cancelled" in await work.country.history(lead.id)
    assert await work.country.store.run(lambda tx: involvements.open_of_lead(tx, lead.id)) == []


async def test_a_free_case_is_closed_without_calling_anybody(work: Casework) -> None:
    lead = await work.referred()
    before = len(work.country.chats[HOMS])
    await work.looks_at(lead)
    await work.salma.presses("لم أعد أحتاجه")
    await work.salma.presses("نعم")
    await work.country.deliver()
    assert len(work.country.chats[HOMS]) == before
    assert "أُغلق: سحبه صاحبه" in await work.card(lead)


async def test_an_office_that_was_faster_with_the_end_keeps_its_outcome(work: Casework) -> None:
    lead = await work.referred()
    await work.press(lead, "take")
    await work.looks_at(lead)
    await work.salma.presses("لم أعد أحتاجه")
    yes = work.salma.button("نعم")
    await work.press(lead, "end/advised")
    await work.salma.presses_data(yes)
    assert (await work.country.lead(lead.id)).outcome == "advised"
    assert work.salma.last
    assert work.salma.last.toast


async def test_who_came_from_a_question_finds_back_after_closing(work: Casework) -> None:
    lead = await work.referred()
    await work.walks("learn", ())
    stood = await work.salma.focus()
    assert stood == "results"
    await work.looks_at(lead)
    await work.salma.presses("لم أعد أحتاجه")
    await work.salma.presses("نعم")
    await work.salma.presses("رجوع إلى حيث كنتم")
    assert await work.salma.focus() == stood


async def closed(work: Casework) -> int:
    """Salma's case, which Samer took and closed."""
    lead = await work.referred()
    await work.press(lead, "take", "end/not-eligible")
    await work.looks_at(lead)
    return lead.id


async def test_a_closed_case_is_opened_again_and_the_office_hears_of_it(work: Casework) -> None:
    id = await closed(work)
    work.country.clock.later(days=89)
    await work.salma.presses("إعادة فتح الطلب")
    now = await work.country.lead(id)
    assert (now.state, now.outcome, now.owed, now.office) == ("reopened", None, "answer", "homs")
    assert work.text.startswith("أُعيد فتح طلبكم.")
    assert "أعدتم فتحه" in work.text
    await work.country.deliver()
    assert "أعاد صاحب الطلب فتحه" in work.country.last(HOMS).text
    await work.press(now, "take")
    assert (await work.country.lead(id)).state == "claimed"


async def test_after_ninety_days_a_new_request_is_needed(work: Casework) -> None:
    id = await closed(work)
    reopen = work.salma.button("إعادة فتح الطلب")
    work.country.clock.later(days=91)
    await work.salma.presses_data(reopen)
    assert "لم يتغير شيء" in work.text
    assert (await work.country.lead(id)).state == "resolved"
    assert "إعادة فتح الطلب" not in work.salma.labels
    assert "فاطلبوه من آخر المسار" in work.text


async def test_a_case_is_not_opened_beside_another_of_the_same_matter(work: Casework) -> None:
    id = await closed(work)
    reopen = work.salma.button("إعادة فتح الطلب")
    await work.walks()
    await work.refers()
    await work.looks_at(await work.country.lead(id))
    assert "إعادة فتح الطلب" not in work.salma.labels
    await work.salma.presses_data(reopen)
    assert (await work.country.lead(id)).state == "resolved"


async def lose_the_group(work: Casework) -> None:
    await work.country.store.run(lambda tx: work.country.referrals.lost_group(tx, HOMS, "removed"))


async def test_a_case_whose_office_lost_its_group_goes_to_the_head_office(work: Casework) -> None:
    id = await closed(work)
    await work.country.bind("head-office", HEAD, RIMA)
    await lose_the_group(work)
    await work.salma.presses("إعادة فتح الطلب")
    await work.country.deliver()
    now = await work.country.lead(id)
    assert (now.office, now.state, now.owed) == ("head-office", "delivered", "answer")
    assert "البوت أُخرج من مجموعة" in work.country.last(HEAD).text
    assert "وصل إلى المكتب الرئيسي" in await work.looks_at(now)


async def test_without_any_group_a_reopened_case_waits_for_one(work: Casework) -> None:
    id = await closed(work)
    await lose_the_group(work)
    await work.salma.presses("إعادة فتح الطلب")
    assert "لا مكتب متصل" in work.text
    assert "نعدكم" not in work.text
    assert "Nothing is asked of you now" in await work.in_english()
    now = await work.country.lead(id)
    assert (now.office, now.state, now.owed) == (None, "new", None)
    await work.country.bind("homs", HOMS, SAMER)
    await work.country.deliver()
    assert (await work.country.lead(id)).owed == "answer"


async def test_nobody_closes_or_opens_the_case_of_another(work: Casework) -> None:
    lead = await work.referred()
    work.salma.telegram = 2002
    await work.walks()
    for verb in ("close", "withdraw", "reopen"):
        await work.salma.presses_data(f"1:{verb}:{lead.reference}")
    assert (await work.country.lead(lead.id)).state == "delivered"
    events = await work.country.store.run(lambda tx: leads.events(tx, lead.id))
    assert [event.kind for event in events] == ["referred", "addressed", "delivered"]
    assert SAMER.telegram != work.salma.telegram
