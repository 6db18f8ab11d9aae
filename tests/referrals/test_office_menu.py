"""``/office`` in an office's group: its cases, and at the head office those of all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.referrals.case.officers import Who
from bot.store import leads, offices
from tests.referrals.country import HEAD, HOMS, NOUR, RIMA, SAMER, Country
from tests.referrals.menu import asked, goes, labels, opened

HAMA = -1003
MONA = Who(505, "Mona", administrator=True)
FORUM = -1001234


async def several(country: Country, count: int, chat: int = HOMS, *, forum: bool = False) -> None:
    """Homs has its group and so many cases."""
    await country.bind("homs", chat, SAMER, forum=forum)
    for number in range(count):
        await country.refer(await country.citizen(900 + number))
    await country.deliver()


async def test_an_officer_sees_how_the_office_stands(country: Country) -> None:
    await several(country, 3)
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    said = await opened(country)
    assert "مكتب حمص" in said.text
    assert "3 طلبات مفتوحة" in said.text
    assert "منها طلبان لم يستلمهما أحد" in said.text
    assert labels(said)[0] in ("طلباتي", "كل المفتوحة")
    assert "كل المكاتب" not in labels(said), "that is the head office's"


async def test_who_is_no_officer_is_told_how_to_become_one(country: Country) -> None:
    await several(country, 1)
    assert not (await asked(country, replace(NOUR, administrator=None))).known
    said = await opened(country, NOUR)
    assert "سألنا مشرفي المجموعة" in said.text
    assert said.rows == ()
    await country.deliver()
    assert "Nour" in country.last(HOMS).text
    assert "ننتظر أن يؤكدكم" in (await opened(country, NOUR)).text
    await country.confirm(NOUR)
    assert "طلباتي" in labels(await opened(country, NOUR))


async def test_an_anonymous_administrator_is_asked_to_show_themselves(country: Country) -> None:
    await several(country, 1)
    said = await opened(country, replace(SAMER, anonymous=True))
    assert "البقاء مجهولاً" in said.text
    pressed = await country.forge(HOMS, replace(SAMER, anonymous=True), "o:office:0", 1)
    assert "البقاء مجهولاً" in pressed.toast
    assert len(pressed.toast) <= 200


async def test_a_group_that_is_no_office_has_no_menu(country: Country) -> None:
    said = await opened(country, SAMER, -555)
    assert "/bind" in said.text
    assert said.rows == ()


async def test_lists_are_paged_and_tell_state_age_and_holder(country: Country) -> None:
    await several(country, 9)
    await country.press(HOMS, SAMER, "take")
    country.clock.later(days=1)
    await country.deliver()
    _, text = await goes(country, "all-open")
    assert text.count("الطلب ") >= 8
    assert "لم يستلمه أحد" in text
    assert "أمس" in text
    await country.press(HOMS, SAMER, "all-open/1")
    assert "Samer" in country.last(HOMS).text
    assert country.last(HOMS).text.count("الترخيص") == 1
    await country.press(HOMS, SAMER, "all-open/0")
    assert country.last(HOMS).text == text
    _, mine = await goes(country, "mine")
    assert mine.count("الترخيص") == 1


async def test_who_has_nothing_is_told_so(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    for verb in ("mine", "all-open", "longest"):
        _, text = await goes(country, verb)
        assert text
        assert [b.press for b in country.buttons(HOMS)] == ["o:office:0"]
    await country.press(HOMS, SAMER, "office")
    assert "مكتب حمص" in country.last(HOMS).text


async def test_who_waits_longest_comes_first_and_late_is_said_as_late(country: Country) -> None:
    await several(country, 1)
    country.clock.later(days=3)
    second = await country.refer(await country.citizen(999))
    await country.deliver()
    _, text = await goes(country, "longest")
    [first, last] = [line for line in text.split("\n") if "الترخيص" in line]
    assert "تأخر، كان موعده" in first
    assert second.reference[2:] in last
    assert "موعده" in last


async def test_a_case_is_linked_to_its_thread_or_its_card(country: Country) -> None:
    await several(country, 2, FORUM, forum=True)
    await country.press(FORUM, SAMER, "take")
    await country.deliver()
    await goes(country, "all-open", chat=FORUM)
    urls = [button.url for button in country.buttons(FORUM) if button.url]
    assert len(urls) == 2
    threads = {url.split("/")[-2] for url in urls}
    assert threads == {str(number) for number in country.threads}
    assert all(url.startswith("https://t.me/c/1234/") for url in urls)


async def test_in_a_group_without_links_the_list_still_names_the_cases(country: Country) -> None:
    await several(country, 1, -77)
    _, text = await goes(country, "all-open", chat=-77)
    assert "الترخيص" in text
    assert [b.press for b in country.buttons(-77)] == ["o:office:0"]


async def test_the_head_office_sees_every_desk_and_offers_a_case(country: Country) -> None:
    await country.bind("head-office", HEAD, RIMA)
    await country.bind("hama", HAMA, MONA)
    await several(country, 1)
    country.clock.later(days=5)
    _, text = await goes(country, "desks", who=RIMA, chat=HEAD)
    assert "مكتب حمص: مفتوح 1، بلا مستلم 1، متأخر 1" in text
    assert "hama: مفتوح 0" in text
    assert "المصرف، بلا مجموعة" in text
    await country.bind("guarantee-corp", -1004, MONA)
    await country.press(HEAD, RIMA, "desk/homs:0")
    shown = country.last(HEAD)
    assert "Layla" not in shown.text
    assert "Samer" not in shown.text
    await country.press(HEAD, RIMA, "desk-case")
    offered = await country.press(HEAD, RIMA, "desk-offer/guarantee-corp")
    assert "مؤسسة الضمان" in offered.toast
    assert "عُرض على مؤسسة الضمان" in country.last(HEAD).text
    assert not [b for b in country.buttons(HEAD) if "desk-offer" in b.press], "one at a time"
    await country.deliver()
    lead = await country.lead(1)
    assert lead.office == "homs"
    await country.press(-1004, MONA, "take-over")
    assert (await country.lead(1)).office == "guarantee-corp"


async def test_nobody_else_sees_other_desks(country: Country) -> None:
    await several(country, 1)
    await country.bind("hama", HAMA, RIMA)
    for data in ("o:desks:0", "o:desk:0:homs:0", "o:desk-case:1", "o:asking:0"):
        answer = await country.forge(HAMA, RIMA, data, 1)
        assert answer.alert
        assert answer.screen is None
    refused = await country.forge(HAMA, RIMA, "o:desk-offer:1:hama", 1)
    assert refused.alert
    assert "offered" not in await country.history(1)


@pytest.mark.parametrize(
    "data",
    [
        "o:desk:0:nowhere:0",
        "o:desk-case:999999",
        "o:desk-offer:1:nowhere",
        "o:all-open:0:99999999",
        "o:all-open:0:x",
        "o:member:0",
        "o:member:999",
        "o:let:999",
        "o:leave-of:999",
        "o:leave-to:1:999",
        "o:at-work:999",
        "o:fact:0:nothing",
        "o:hand-to:1:999",
        "o:hand-to:1:x",
    ],
)
async def test_forged_presses_change_nothing(country: Country, data: str) -> None:
    await country.bind("head-office", HEAD, RIMA)
    await several(country, 1)
    for chat, who in ((HOMS, SAMER), (HEAD, RIMA)):
        await country.forge(chat, who, data, 1)
    assert (await country.lead(1)).state == "delivered"
    assert (await country.lead(1)).office == "homs"
    known = await country.store.run(lambda tx: offices.officers(tx, "homs"))
    assert [(each.state, each.away) for each in known] == [("confirmed", False)]


async def test_an_office_that_was_asked_finds_the_case_in_its_list(country: Country) -> None:
    await country.bind("head-office", HEAD, RIMA)
    await country.bind("hama", HAMA, MONA)
    await several(country, 1)
    await country.press(HOMS, SAMER, "take")
    await goes(country, "desks", "desk/homs:0", "desk-case", who=RIMA, chat=HEAD)
    offers = [b.press for b in country.buttons(HEAD) if "desk-offer" in b.press]
    assert offers == ["o:desk-offer:1:head-office"], "not Hama, nor who has no group"
    await country.bind("guarantee-corp", -1004, MONA)
    await goes(country, "desks", "desk/homs:0", "desk-case", who=RIMA, chat=HEAD)
    await country.press(HEAD, RIMA, "desk-offer/guarantee-corp")
    await country.deliver()
    _, text = await goes(country, "all-open", who=MONA, chat=-1004)
    assert "مكتب حمص" in text
    assert "Layla" not in text


async def test_nothing_of_it_needs_a_private_chat(country: Country) -> None:
    """Samer never started the bot: all he sees stands in the group."""
    await several(country, 1)
    await country.press(HOMS, SAMER, "take")
    await country.confirm(NOUR)
    await goes(country, "members")
    await goes(country, "leave", "leave-of/1", "leave-to/3")
    await goes(country, "card-of-office", "fact/address", "office")
    await country.deliver()
    assert {call.chat for call in country.calls} <= {HOMS, 900}
    assert await country.store.run(lambda tx: leads.counts(tx)) == {"claimed": 1}
