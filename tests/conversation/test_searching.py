"""What a citizen types that is no answer: it is looked for, and kept for the editors if in vain."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.guide.direction import isolated
from bot.guide.shelf import Shelf
from bot.store.remarks import Remark
from tests.conversation.citizen import Citizen
from tests.conversation.looking import answer, arrive, kept, small_shelf
from tests.guide.small import FLOW

DAIRY = "dairy: {title: ألبان, says: [لبن]}\n"
WITHOUT_CASH = {
    "flows__subjects": "dairy: {flow: licence, answers: {sector: food}}\n",
    "content__ar__words__subjects": DAIRY,
    "content__en__words__subjects": DAIRY,
}


@pytest.fixture(scope="module")
def real_shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return small_shelf(tmp_path_factory.mktemp("small") / "guide")


async def test_a_typed_word_leads_to_its_place(salma: Citizen) -> None:
    await arrive(salma)
    await salma.types("شو يعني كفيل")
    assert await salma.focus() == "found"
    assert "كفيل" in salma.text
    await salma.presses("معنى: كفيل")
    assert await salma.focus() == "word:guarantor"
    assert await kept(salma, "missed") == []


async def test_what_is_found_stands_above_the_question_which_can_still_be_answered(
    salma: Citizen,
) -> None:
    await arrive(salma, "licence")
    await answer(salma, "حمص", "غذاء")
    question = salma.text
    await salma.types("كفيل")
    assert await salma.focus() == "found"
    assert salma.text.endswith(question)
    assert any("كفيل" in label for label in salma.labels)
    await salma.types("7")
    assert await salma.focus() == "question:premises"
    await salma.types("كفيل")
    await salma.presses("إيجار")
    assert await salma.focus() == "question:opened"


async def test_what_is_no_answer_is_refused_with_its_reason_above_what_was_found(
    salma: Citizen,
) -> None:
    await arrive(salma, "licence")
    await answer(salma, "حمص", "غذاء")
    question, reason = salma.text, "لم نجد رقماً في ما كتبتم"
    await salma.types("كفيل")
    found = f"هذا ما وجدناه عن «{isolated('كفيل')}»"
    assert salma.text.index(reason) < salma.text.index(found) < salma.text.index(question)
    assert "معنى: كفيل" in salma.labels
    await salma.presses("معنى: كفيل")
    assert reason not in salma.text


async def test_several_that_are_picked_stay_picked_above_a_search(salma: Citizen) -> None:
    await to_the_papers(salma)
    await salma.presses("سجل")
    await salma.types("كفيل")
    assert "☑ سجل" in salma.labels
    await salma.presses("عقد إيجار")
    await salma.presses("تم، اخترتُ 2")
    assert await salma.focus() == "roadmap"


async def to_the_papers(person: Citizen) -> None:
    await arrive(person, "licence")
    await answer(person, "حمص", "تجارة", "3", "50 ليرة جديدة", "لا")
    assert await person.focus() == "question:papers-held"


async def test_what_citizens_call_an_option_is_an_answer_and_no_search(salma: Citizen) -> None:
    await arrive(salma, "licence")
    await answer(salma, "حمص", "فلافل")
    assert await salma.focus() == "question:workers"
    await salma.commands("/menu")
    await salma.presses("إجاباتي")
    assert "المجال: <b>غذاء</b>" in salma.text


async def test_looking_at_what_was_found_and_coming_back_loses_no_answer(salma: Citizen) -> None:
    await arrive(salma, "licence")
    await answer(salma, "حمص", "غذاء")
    await salma.types("كفيل")
    await salma.presses(salma.labels[0])
    assert await salma.focus() == "word:guarantor"
    await salma.commands("/menu")
    await salma.presses("متابعة")
    assert await salma.focus() == "question:workers"


async def test_none_of_these_is_kept_without_the_person(salma: Citizen) -> None:
    await arrive(salma, "licence")
    await salma.presses("حمص")
    question = salma.text
    await salma.types("كفيل")
    await salma.presses("لا شيء من هذا")
    assert salma.text.endswith(question)
    assert await salma.focus() == "question:sector"
    [remark] = await kept(salma, "missed")
    assert remark == Remark(
        *(remark.code, remark.at, "missed", "", "homs", "ar"),
        salma.conversation.shelf_of().revision,
        "كفيل",
    )
    await salma.presses_data("1:none")
    assert salma.last
    assert salma.last.toast
    assert len(await kept(salma, "missed")) == 1


async def test_what_is_not_found_is_kept_and_said(salma: Citizen) -> None:
    await arrive(salma)
    await salma.types("زرافة " * 40)
    assert "لم نجد ذلك في الدليل" in salma.text
    assert await salma.focus() == "menu"
    [remark] = await kept(salma, "missed")
    assert remark.text.startswith("زرافة زرافة")
    assert len(remark.text) <= 100
    assert (remark.governorate, remark.about) == ("", "")


async def test_nonsense_for_an_answer_is_refused_and_not_kept(salma: Citizen) -> None:
    await arrive(salma, "licence")
    await answer(salma, "حمص", "غذاء")
    await salma.types("زرافة")
    assert await salma.focus() == "question:workers"
    assert not salma.text.startswith("الترخيص")
    assert await kept(salma, "missed") == []


async def test_a_subject_that_the_guide_does_not_cover_is_named(salma: Citizen) -> None:
    await arrive(salma)
    await salma.types("بدي فيزا")
    assert "«تأشيرات السفر»" in salma.text
    assert await salma.focus() == "menu"
    assert [remark.text for remark in await kept(salma, "missed")] == ["بدي فيزا"]
    await salma.presses("الترخيص")
    await salma.types("فيزا")
    assert "«تأشيرات السفر»" in salma.text
    assert await salma.focus() == "question:governorate"


async def test_a_subject_brings_its_answers_along_and_says_so(salma: Citizen) -> None:
    await arrive(salma)
    await salma.types("بدي افتح معمل لبن")
    await salma.presses("ألبان وأجبان")
    assert await salma.focus() == "question:governorate"
    assert "أخذنا من إجاباتكم السابقة: المجال: غذاء" in salma.text
    await salma.presses("حمص")
    assert await salma.focus() == "question:workers"


async def test_a_subject_that_says_otherwise_than_the_answers_counts_and_says_so(
    salma: Citizen,
) -> None:
    await arrive(salma, "licence")
    await answer(salma, "حمص", "حرفة")
    await salma.types("جبنة")
    await salma.presses("ألبان وأجبان")
    assert await salma.focus() == "question:workers"
    assert "أخذنا من إجاباتكم السابقة: المجال: غذاء" in salma.text
    await salma.types("3")
    assert "أخذنا" not in salma.text
    await salma.commands("/menu")
    await salma.presses("إجاباتي")
    assert "المجال: <b>غذاء</b>" in salma.text
    assert "حرفة" not in salma.text


async def test_a_subject_leads_to_a_page_as_well(salma: Citizen) -> None:
    await arrive(salma)
    await salma.types("قرشين")
    await salma.presses("مال للبداية")
    assert await salma.focus() == "programme:seed-loan"


async def test_hits_that_the_guide_lost_are_not_shown(
    salma: Citizen, served: list[Shelf], tmp_path: Path
) -> None:
    await arrive(salma)
    await salma.types("قرشين")
    old = salma.button("مال للبداية")
    served[0] = small_shelf(tmp_path / "after", **WITHOUT_CASH)
    reply = await salma.presses_data(old)
    assert reply.toast
    assert await salma.focus() == "found"
    assert "مال للبداية" not in salma.labels


async def test_a_question_that_the_guide_lost_is_no_longer_under_a_search(
    salma: Citizen, served: list[Shelf], tmp_path: Path
) -> None:
    await to_the_papers(salma)
    await salma.types("كفيل")
    served[0] = small_shelf(
        tmp_path / "after", flows__licence=FLOW.replace("  - papers-held\n", "")
    )
    await salma.types("كفيل")
    assert await salma.focus() == "found"
    await salma.presses("لا شيء من هذا")
    assert await salma.focus() == "roadmap"


async def test_what_an_office_told_is_kept_with_its_page_and_sealed(
    salma: Citizen, database_url: str
) -> None:
    told = "قال لي الموظف أبو سامر إن الرسم 5000"
    await arrive(salma, "licence")
    await salma.presses("حمص")
    await salma.commands("/start s-permit")
    await salma.presses("أخبرونا بما قيل لكم")
    assert "permit" in salma.text
    await salma.types(told)
    assert await salma.focus() == "step:permit"
    assert "بلا اسمكم" in salma.text
    [remark] = await kept(salma, "told")
    assert (remark.text, remark.about, remark.governorate) == (told, "steps/permit", "homs")
    await salma.types("زرافة بنفسجية")
    await salma.store.close()
    if database_url.startswith("sqlite"):
        path = Path(database_url.removeprefix("sqlite:///"))
        written = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
        for word in ("أبو سامر", "الرسم", "زرافة"):
            assert word.encode() not in written


async def test_whoever_has_nothing_to_tell_goes_back(salma: Citizen) -> None:
    await arrive(salma, "p-seed-loan")
    await salma.presses("أخبرونا بما قيل لكم")
    await salma.presses("رجوع")
    assert await salma.focus() == "programme:seed-loan"
    assert await kept(salma, "told") == []


async def test_a_very_long_text_is_neither_looked_for_nor_kept(salma: Citizen) -> None:
    await arrive(salma)
    await salma.types("كفيل " * 300)
    assert await salma.focus() == "menu"
    assert await kept(salma, "missed") == []


@pytest.mark.parametrize("text", ["<b>كفيل</b> & {0} %s {{ x }}", "كفيل\u202e\u2066", "كفيل\x00"])
async def test_markup_in_what_is_looked_for_stays_a_text(salma: Citizen, text: str) -> None:
    await arrive(salma)
    await salma.types(text)
    assert "<b>كفيل</b>" not in salma.text.partition(":")[0]
    assert await salma.focus() == "found"


async def test_the_language_changes_above_what_was_found(salma: Citizen) -> None:
    await arrive(salma, "licence")
    await salma.presses("حمص")
    await salma.types("كفيل")
    await salma.presses("English")
    assert await salma.focus() == "found"
    assert "What do you do?" in salma.text
    assert any("Guarantor" in label for label in salma.labels)
    await salma.presses("Craft")
    assert await salma.focus() == "question:workers"
