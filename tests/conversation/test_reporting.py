"""An officer reads the guide in their own chat, and says what still holds, what lacks, what is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.events import Other
from bot.guide.shelf import Shelf
from bot.referrals.content import Content, Message
from bot.store import offices, reports
from bot.store.reports import Report
from bot.store.sealing import Seal
from bot.store.store import Store
from tests.conversation.citizen import Citizen
from tests.conversation.looking import answer, arrive, small_shelf
from tests.referrals.country import Clock

FEE = "25000 ليرة جديدة"


@pytest.fixture(scope="module")
def real_shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return small_shelf(tmp_path_factory.mktemp("small") / "guide")


@pytest.fixture
def clock() -> Clock:
    """A month after the small guide was read."""
    clock = Clock()
    clock.later(days=30)
    return clock


@pytest.fixture
async def store(database_url: str, seal: Seal, clock: Clock) -> AsyncIterator[Store]:
    store = Store.open(database_url, seal, clock)
    yield store
    await store.close()


@pytest.fixture
def samer(store: Store, conversation: Conversation) -> Citizen:
    """An officer of Homs, once an office has confirmed him."""
    return Citizen(store, conversation, telegram=501, name="Samer")


async def works_for(person: Citizen, *names: str) -> None:
    """The person was confirmed by these offices."""
    for name in names:
        telegram = person.telegram
        await person.store.run(
            lambda tx, name=name, telegram=telegram: offices.save_officer(
                tx, name, telegram, "Samer", "confirmed"
            )
        )


async def every(person: Citizen) -> list[Report]:
    return await person.store.run(lambda tx: list(reports.every(tx)))


async def reports_the_fee(person: Citizen, text: str = FEE) -> None:
    """Says what the fee of the register is, and sends it."""
    await arrive(person, "s-register")
    await person.presses("سدّ نقص")
    await person.presses("الرسم")
    await person.types(text)
    await person.presses("إرسال")


async def looks_from(person: Citizen, governorate: str, step: str = "s-register") -> str:
    """A citizen of a governorate opens the page of a step."""
    await arrive(person, "learn")
    await answer(person, governorate)
    await person.commands(f"/start {step}")
    return person.text


async def test_a_citizen_has_no_buttons_of_officers(salma: Citizen) -> None:
    await arrive(salma, "s-register")
    assert not {"ما زال صحيحاً", "سدّ نقص", "غير صحيح"} & set(salma.labels)
    await salma.presses_data("1:go:report:register:wrong")
    assert await salma.focus() == "step:register"
    await salma.presses_data("1:right:register")
    await salma.presses_data("1:report:homs")
    assert (await salma.focus(), await every(salma)) == ("step:register", [])


async def test_an_officer_fills_a_gap_and_citizens_of_the_governorate_read_it_at_once(
    samer: Citizen, salma: Citizen
) -> None:
    await works_for(samer, "homs")
    await reports_the_fee(samer)
    assert "ينتظر محرراً" in samer.text
    assert await samer.focus() == "step:register"
    [report] = await every(samer)
    assert (report.about, report.fact, report.office) == ("register", "fee", "homs")
    assert (report.governorate, report.text, report.photo) == ("homs", FEE, None)

    text = await looks_from(salma, "حمص")
    said = f"من مكتب حمص يوم 22 كانون الأول 2026: الرسم: \u2068{FEE}\u2069"
    assert said in text
    assert text.index("آخر قراءة للمصادر") < text.index(said)
    await salma.presses("English")
    said = f"Reported by Homs office on 22 December 2026: The fee: \u2068{FEE}\u2069"
    assert f"{said}. Not yet checked by an editor." in salma.text


async def test_another_governorate_does_not_read_it_but_the_head_office_speaks_for_all(
    samer: Citizen, salma: Citizen
) -> None:
    await works_for(samer, "homs")
    await reports_the_fee(samer)
    assert FEE not in await looks_from(salma, "دمشق")
    rima = Citizen(samer.store, samer.conversation, telegram=502)
    await works_for(rima, "head-office")
    await reports_the_fee(rima, "مئة ليرة جديدة")
    await salma.commands("/start s-register")
    assert "من المكتب الرئيسي" in salma.text


async def test_what_is_known_is_no_gap_but_may_be_wrong(samer: Citizen) -> None:
    await works_for(samer, "homs")
    await arrive(samer, "s-permit")
    await samer.presses("سدّ نقص")
    assert samer.labels[:2] == ["مكان المراجعة", "الأوراق"]
    await samer.presses("رجوع")
    await samer.presses("غير صحيح")
    assert {"الرسم", "المدة", "الأوراق", "مكان المراجعة", "شيء آخر"} <= set(samer.labels)
    await samer.types("ما هذا؟")
    assert "اختاروا أولاً" in samer.text


async def test_one_tap_confirms_a_step_and_twice_on_a_day_is_once(
    samer: Citizen, salma: Citizen
) -> None:
    await works_for(samer, "homs")
    await arrive(samer, "s-register")
    await samer.presses("ما زال صحيحاً")
    assert "تأكيد من مكتب حمص يوم 22 كانون الأول 2026" in samer.text
    await samer.presses("ما زال صحيحاً")
    assert "من قبل" in samer.text
    [report] = await every(samer)
    assert report.fact == "right"
    assert "تأكيد من مكتب حمص" in await looks_from(salma, "حمص")


async def test_a_confirmation_from_before_an_editor_read_the_sources_is_not_shown(
    samer: Citizen, clock: Clock, salma: Citizen
) -> None:
    clock.now -= timedelta(days=30)
    await works_for(samer, "homs")
    await arrive(samer, "s-register")
    await samer.presses("ما زال صحيحاً")
    assert "أكد" not in samer.text
    assert "أكد" not in await looks_from(salma, "حمص")


async def test_the_photo_of_a_receipt_comes_before_or_with_or_after_the_words(
    samer: Citizen,
) -> None:
    await works_for(samer, "homs")
    await arrive(samer, "s-register")
    await samer.presses("سدّ نقص")
    await samer.presses("الرسم")
    await sends_photo(samer, "file-1")
    assert "صورة الإيصال معنا" in samer.text
    assert "إرسال" not in samer.labels
    await samer.sends("voice")
    assert "صورة إيصال فقط" in samer.text
    await samer.types(FEE)
    await sends_photo(samer, "file-2", "30000 ليرة جديدة")
    assert "30000" in samer.text
    await samer.presses("إرسال")
    [report] = await every(samer)
    assert (report.text, report.photo) == ("30000 ليرة جديدة", "file-2")


async def sends_photo(person: Citizen, file: str, caption: str = "") -> None:
    content = Content("photo", caption, file)
    await person.says(Other("photo", Message(person.telegram, 900, content)))


async def test_who_works_for_two_offices_says_for_which(samer: Citizen) -> None:
    await works_for(samer, "homs", "damascus")
    await arrive(samer, "s-register")
    await samer.presses("ما زال صحيحاً")
    assert "باسم أي مكتب" in samer.text
    await samer.presses("إرسال باسم مكتب دمشق")
    [report] = await every(samer)
    assert (report.office, report.governorate) == ("damascus", "damascus")


async def test_a_text_that_would_break_the_page_stands_there_as_it_is(
    samer: Citizen, salma: Citizen
) -> None:
    await works_for(samer, "homs")
    await reports_the_fee(samer, "<b>5</b> & \u202e ليرة\nجديدة")
    assert "\u2068&lt;b&gt;5&lt;/b&gt; &amp; ليرة جديدة\u2069" in await looks_from(salma, "حمص")


async def test_a_text_longer_than_its_place_is_refused(samer: Citizen) -> None:
    await works_for(samer, "homs")
    await arrive(samer, "s-register")
    await samer.presses("غير صحيح")
    await samer.presses("شيء آخر")
    await samer.types("ك" * 201)
    assert "200" in samer.text
    assert (await samer.focus(), await every(samer)) == ("report:register:other", [])


async def test_the_newest_three_stand_there_and_of_each_fact_an_offices_last_word(
    samer: Citizen, salma: Citizen, clock: Clock
) -> None:
    await works_for(samer, "homs")
    await arrive(samer)
    for fact, text in (
        ("fee", "أول"),
        ("fee", "ثان"),
        ("time", "ثالث"),
        ("papers", "رابع"),
        ("counter", "خامس"),
    ):
        clock.later(hours=1)
        await samer.commands("/start s-register")
        await samer.presses("غير صحيح")
        await samer.presses_data(f"1:go:report:register:{fact}")
        await samer.types(text)
        await samer.presses("إرسال")
    text = await looks_from(salma, "حمص")
    places = [text.find(word) for word in ("خامس", "رابع", "ثالث")]
    assert places == sorted(places)
    assert min(places) > 0
    assert not any(f"\u2068{word}\u2069" in text for word in ("أول", "ثان"))
    await salma.presses("الشرح والمصادر")
    assert "خامس" in salma.text


async def test_the_desk_of_an_institution_speaks_of_what_is_done_there_only(
    samer: Citizen, served: list[Shelf], tmp_path: Path
) -> None:
    await works_for(samer, "bank-desk")
    await arrive(samer, "s-register")
    assert "غير صحيح" not in samer.labels
    await samer.presses_data("1:right:register")
    assert await every(samer) == []
    desks = "{head-office: {head: true}, bank-desk: {body: ministry, governorate: homs}}"
    names = "{head-office: مكتب, bank-desk: شباك الوزارة}"
    words = {f"content__{language}__words__offices": names for language in ("ar", "en")}
    served[0] = small_shelf(tmp_path / "after", content__data__offices=desks, **words)
    await samer.commands("/start s-register")
    await samer.presses("ما زال صحيحاً")
    [report] = await every(samer)
    assert (report.office, report.governorate) == ("bank-desk", "homs")


async def test_an_officer_who_was_put_out_between_the_words_and_the_press_sends_nothing(
    samer: Citizen,
) -> None:
    await works_for(samer, "homs")
    await arrive(samer, "s-register")
    await samer.presses("سدّ نقص")
    await samer.presses("الرسم")
    await samer.types(FEE)
    send = samer.button("إرسال")
    await samer.store.run(lambda tx: offices.remove_officer(tx, "homs", samer.telegram))
    await samer.presses_data(send)
    assert (await samer.focus(), await every(samer)) == ("menu", [])
