"""A citizen looks around: the menu, links to pages, what may be given, the directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.guide.shelf import Shelf
from tests.conversation.citizen import Citizen
from tests.conversation.looking import answer, arrive, small_shelf, to_the_money
from tests.guide import small

WEAVER = ("حرفة", "3")
TRADER = ("تجارة",)
DAIRY = "dairy: {title: ألبان, says: [لبن]}\n"
WITHOUT_CASH = {
    "flows__subjects": "dairy: {flow: licence, answers: {sector: food}}\n",
    "content__ar__words__subjects": DAIRY,
    "content__en__words__subjects": DAIRY,
}


@pytest.fixture(scope="module")
def real_shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return small_shelf(tmp_path_factory.mktemp("small") / "guide")


async def test_an_entry_of_the_menu_opens_the_flows_behind_it(salma: Citizen) -> None:
    await arrive(salma)
    assert salma.labels[:3] == ["الترخيص", "التمويل والتدريب", "الجهات والمصطلحات والمحافظات"]
    await salma.presses("التمويل والتدريب")
    assert "<b>التمويل</b>\nمن يعطي المال." in salma.text
    assert salma.labels[:2] == ["التمويل", "التدريب"]
    await salma.presses("التدريب")
    assert await salma.focus() == "question:governorate"


async def test_an_entry_of_one_flow_opens_it_at_once(salma: Citizen) -> None:
    await arrive(salma)
    await salma.presses("الترخيص")
    assert await salma.focus() == "question:governorate"


@pytest.mark.parametrize(
    ("link", "focus"),
    [
        ("money", "question:governorate"),
        ("s-permit", "step:permit"),
        ("s-old-permit", "step:permit"),
        ("p-seed-loan", "programme:seed-loan"),
        ("p-old-loan", "programme:seed-loan"),
        ("a-soap", "article:soap"),
        ("b-bank", "body:bank"),
        ("w-guarantor", "word:guarantor"),
        ("g-homs", "governorate:homs"),
        ("q-cash", "programme:seed-loan"),
        ("q-dairy", "question:governorate"),
        ("x-permit", "menu"),
        ("s-nothing", "menu"),
        ("", "menu"),
    ],
)
async def test_a_link_leads_to_its_page_after_the_language_and_ever_after(
    salma: Citizen, link: str, focus: str
) -> None:
    await arrive(salma, link)
    assert await salma.focus() == focus
    shown = salma.text
    await salma.commands("/menu")
    await salma.commands(f"/start {link}".strip())
    assert await salma.focus() == focus
    assert salma.text.endswith(shown.split("\n\n")[-1])


async def test_whatever_a_newcomer_sends_before_the_language_the_link_is_kept(
    salma: Citizen,
) -> None:
    await salma.commands("/start s-permit")
    await salma.types("مرحبا")
    await salma.sends("sticker")
    assert salma.labels == ["العربية", "English"]
    await salma.presses("English")
    assert await salma.focus() == "step:permit"
    assert "A general page" in salma.text


async def test_a_link_whose_page_went_before_the_language_was_chosen_leads_to_the_menu(
    salma: Citizen, served: list[Shelf], tmp_path: Path
) -> None:
    await salma.commands("/start q-cash")
    served[0] = small_shelf(tmp_path / "after", **WITHOUT_CASH)
    await salma.types("؟")
    assert salma.labels == ["العربية", "English"]
    await salma.presses("العربية")
    assert await salma.focus() == "menu"


async def test_a_step_that_is_looked_up_shows_the_way_into_its_flow(salma: Citizen) -> None:
    await arrive(salma, "s-permit")
    assert "1:flow:licence" in [button.press for row in salma.screen.rows for button in row]
    await salma.presses("الشرح والمصادر")
    assert "قدّم <b>الطلب</b>" in salma.text
    await salma.presses("رجوع")
    assert await salma.focus() == "step:permit"
    await salma.presses("الترخيص")
    assert await salma.focus() == "question:governorate"


async def test_what_somebody_answered_before_tells_a_page_that_is_looked_up(
    salma: Citizen,
) -> None:
    await to_the_money(salma, *TRADER)
    await salma.commands("/start s-permit")
    assert "البلدية" in salma.text
    assert "الوزارة" not in salma.text


async def test_from_the_results_to_a_programme_its_text_its_words_and_back(
    salma: Citizen,
) -> None:
    await to_the_money(salma, *WEAVER)
    assert await salma.focus() == "results"
    assert "seed-loan: مفتوح (2025-07-30)" in salma.text
    await salma.presses("seed-loan")
    page = salma.text
    assert "توافق إجاباتكم الشروط المنشورة (2025)" in page
    await salma.presses("الشرح والمصادر")
    assert "قرض لمن <b>يصنع</b> في حمص." in salma.text
    assert "example.org/1" in salma.text
    await salma.presses("رجوع")
    assert salma.text == page
    await salma.presses("معاني الكلمات")
    assert "<b>كفيل</b>\nمن يدفع إن لم تدفعوا." in salma.text
    assert "<b>طابع</b>" in salma.text
    await salma.presses("رجوع")
    await salma.presses("رجوع")
    assert await salma.focus() == "results"


async def test_what_does_not_fit_stands_behind_a_button_with_its_reason(salma: Citizen) -> None:
    await to_the_money(salma, *TRADER)
    assert "seed-loan" not in salma.labels
    await salma.presses_data("1:go:refusals")
    assert "القرض للحرف والأغذية فقط" in salma.text
    assert "seed-loan" in salma.text
    await salma.presses("رجوع")
    await salma.presses_data("1:go:programme:seed-loan")
    assert "القرض لمن عنده خمسون عاملاً أو أقل" in salma.text


async def test_of_what_something_is_missing_stands_behind_a_button_too(salma: Citizen) -> None:
    await to_the_money(salma)
    for question in ("sector", "workers"):
        await salma.presses_data(f"1:unsure:{question}")
    assert "seed-loan" not in salma.labels
    await salma.presses_data("1:go:asks")
    assert "المجال، العمال" in salma.text
    await salma.presses("seed-loan")
    assert await salma.focus() == "programme:seed-loan"


async def test_a_changed_answer_changes_the_results(salma: Citizen) -> None:
    await to_the_money(salma, *TRADER)
    await salma.presses("إجاباتي")
    await salma.presses_data("1:go:change:sector")
    await answer(salma, "غذاء", "60")
    await salma.presses_data("1:go:change:workers")
    await salma.types("50")
    await salma.presses_data("1:go:results")
    assert "seed-loan" in salma.labels


async def test_a_flow_may_end_in_results_with_the_roadmap_behind(salma: Citizen) -> None:
    await arrive(salma, "learn")
    await answer(salma, "حمص", "غذاء", "50 ليرة جديدة")
    assert await salma.focus() == "results"
    await salma.presses("إلى خارطة الطريق")
    assert "1. register" in salma.labels
    await salma.presses_data("1:go:results")
    assert await salma.focus() == "results"
    await salma.commands("/roadmap")
    assert await salma.focus() == "results"


async def test_back_from_what_the_roadmap_asks_leads_to_the_roadmap_though_results_come_first(
    salma: Citizen, served: list[Shelf], tmp_path: Path
) -> None:
    doubtful = small.LEARN.replace("[register]", "[permit]")
    served[0] = small_shelf(tmp_path / "doubtful", flows__learn=doubtful)
    await arrive(salma, "learn")
    await answer(salma, "حمص")
    for question in ("sector", "capital"):
        await salma.presses_data(f"1:unsure:{question}")
    assert await salma.focus() == "results"
    await salma.presses("إلى خارطة الطريق")
    await salma.presses("أجيب الآن عن: ")
    assert (await salma.focus()).startswith("question:")
    await salma.presses("رجوع")
    assert await salma.focus() == "roadmap"


async def test_what_is_good_to_read_is_for_those_whom_it_means(salma: Citizen) -> None:
    await to_the_money(salma, *WEAVER)
    await salma.presses_data("1:go:reading")
    assert "soap" in salma.labels
    await salma.presses("soap")
    assert "الصابون في حمص." in salma.text
    await salma.presses("رجوع")
    assert await salma.focus() == "reading"
    await salma.commands("/delete")
    await salma.presses("نعم، احذفوا")
    await to_the_money(salma, *TRADER)
    assert "1:go:reading" not in [button.press for row in salma.screen.rows for button in row]


async def test_there_is_nothing_to_get_before_the_questions_are_answered(salma: Citizen) -> None:
    await arrive(salma, "money")
    for place in ("results", "asks", "refusals", "reading", "roadmap"):
        await salma.presses_data(f"1:go:{place}")
        assert await salma.focus() == "question:governorate"


async def test_the_directory_leads_from_institutions_to_what_they_do(salma: Citizen) -> None:
    await arrive(salma)
    await salma.presses("الجهات والمصطلحات")
    assert "1:go:bodies:ministry" in [button.press for row in salma.screen.rows for button in row]
    assert "1:go:bodies:support" not in [b.press for row in salma.screen.rows for b in row]
    await salma.presses_data("1:go:bodies:bank")
    await salma.presses("المصرف")
    assert "القروض" in salma.text
    await salma.presses("seed-loan")
    assert await salma.focus() == "programme:seed-loan"
    await salma.presses_data("1:go:body:ministry")
    assert salma.labels[:3] == ["closed-fund", "evening-course", "permit"]
    await salma.presses("رجوع")
    assert await salma.focus() == "bodies:ministry"


async def test_the_directory_has_governorates_words_and_the_days_of_offices(
    salma: Citizen,
) -> None:
    await arrive(salma)
    await salma.presses_data("1:go:governorates")
    await salma.presses("حمص")
    assert "في الوسط." in salma.text
    assert "مكتب حمص" in salma.text
    await salma.presses_data("1:go:glossary")
    await salma.presses("كفيل")
    assert "ضامن" in salma.text
    await salma.presses("المصرف")
    assert await salma.focus() == "body:bank"
    await salma.presses_data("1:go:calendar")
    assert "رأس السنة" in salma.text


@pytest.mark.parametrize(
    "focus",
    [
        *("step:nothing", "programme:nothing", "article:", "body:x", "bodies:x", "word:x"),
        *("governorate:x", "menu:x", "more:articles/soap", "more:bodies/bank", "more:steps/x"),
        *("words:x", "tell:steps/x", "tell:x", "case:x", "found", "found:x", "consent:x"),
        *("welcome:flow:x", "welcome:x", "nothing", ""),
    ],
)
async def test_a_place_that_is_none_shows_where_one_stands(salma: Citizen, focus: str) -> None:
    await to_the_money(salma, *WEAVER)
    reply = await salma.presses_data(f"1:go:{focus}")
    assert reply.toast
    assert await salma.focus() == "results"


@pytest.mark.parametrize("focus", ["results:9", "asks:0", "glossary:99", "reading:x", "results:-1"])
async def test_a_page_beyond_the_last_is_the_last_or_the_first(salma: Citizen, focus: str) -> None:
    await to_the_money(salma, *WEAVER)
    reply = await salma.presses_data(f"1:go:{focus}")
    assert not reply.toast
    assert salma.text
