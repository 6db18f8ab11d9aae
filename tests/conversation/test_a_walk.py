"""A shopkeeper's walk: language, questions, roadmap, steps, and back again."""

from __future__ import annotations

import re

import pytest

from bot.store import citizens
from tests.conversation.citizen import Citizen

ANSWERS: dict[str, str | list[str] | None] = {
    "governorate": "homs",
    "sector": "craft",
    "legal-form": "individual",
    "effort": "hand-work",
    "premises": "rented",
    "nuisance": None,
    "workers": None,
    "capital": None,
    "wants-trademark": "no",
    "papers-held": [],
}


async def begin(person: Citizen) -> None:
    await person.commands("/start")
    await person.presses("العربية")
    await person.presses_data("1:flow:licence")


async def to_the_question(person: Citizen, name: str, **other: str) -> None:
    """Answers until the question is in focus."""
    given = ANSWERS | {key.replace("_", "-"): value for key, value in other.items()}
    while (focus := await person.focus()) != f"question:{name}":
        assert focus.startswith("question:"), f"{name} was not asked"
        await person.answers(given[focus.removeprefix("question:")])


async def to_the_roadmap(person: Citizen) -> None:
    await begin(person)
    await answer_the_rest(person)


async def answer_the_rest(person: Citizen) -> None:
    while (focus := await person.focus()).startswith("question:"):
        await person.answers(ANSWERS[focus.removeprefix("question:")])


async def test_newcomers_choose_a_language_before_anything_else(salma: Citizen) -> None:
    for greeting in ("/start", "/roadmap"):
        await salma.commands(greeting)
        assert salma.labels == ["العربية", "English"]
    await salma.types("مرحبا")
    assert salma.labels == ["العربية", "English"]
    await salma.presses("English")
    assert "Where shall we begin?" in salma.text


async def test_a_deep_link_leads_into_its_flow_after_the_language(salma: Citizen) -> None:
    await salma.commands("/start licence")
    await salma.presses("العربية")
    assert await salma.focus() == "question:governorate"


async def test_a_walk_ends_in_a_roadmap_and_progress_never_goes_back(salma: Citizen) -> None:
    await begin(salma)
    seen = [-1]
    while (await salma.focus()).startswith("question:"):
        percent = re.search(r"(\d+)%", salma.text)
        assert percent
        seen.append(int(percent[1]))
        await salma.answers(ANSWERS[(await salma.focus()).removeprefix("question:")])
    assert seen == sorted(seen)
    assert "ربما أيضاً" in salma.text
    assert "1:go:step:environmental-approval" in [b.press for r in salma.screen.rows for b in r]
    assert salma.labels[-2:] == ["English", "القائمة"]


async def test_every_question_says_why_it_is_asked(salma: Citizen) -> None:
    await begin(salma)
    while (focus := await salma.focus()).startswith("question:"):
        assert "لماذا نسأل" in salma.text
        await salma.answers(ANSWERS[focus.removeprefix("question:")])


async def test_a_step_is_ticked_off_and_back(salma: Citizen) -> None:
    await to_the_roadmap(salma)
    await salma.presses("1. ")
    assert "الخطوة 1 من" in salma.text
    await salma.presses("أنجزتُ")
    assert salma.last
    assert salma.last.toast
    assert "أنجزتموها" in salma.text
    await salma.presses("رجوع")
    assert "أنجزتم 1 من" in salma.text
    await salma.presses("✓ 1. ")
    await salma.presses("لم تُنجز")
    await salma.presses("رجوع")
    assert "أنجزتم 0 من" in salma.text


async def test_back_and_change_delete_nothing(salma: Citizen) -> None:
    await to_the_roadmap(salma)
    before = salma.text
    await salma.presses("إجاباتي")
    await salma.presses_data("1:go:change:sector")
    assert "إجابتكم الحالية" in salma.text
    await salma.answers("trade")
    await salma.commands("/roadmap")
    assert salma.text != before
    await salma.presses("إجاباتي")
    await salma.presses_data("1:go:change:sector")
    await salma.answers("craft")
    assert await salma.focus() == "summary"
    await salma.commands("/roadmap")
    assert salma.text == before


async def test_what_may_be_needed_is_decided_from_the_roadmap(salma: Citizen) -> None:
    await to_the_roadmap(salma)
    before, perhaps = salma.text, [each for each in salma.labels if each.startswith("ربما")]
    await salma.presses("أجيب الآن عن: عدد العمال")
    assert await salma.focus() == "question:workers"
    await salma.presses("رجوع")
    assert salma.text == before
    await salma.presses("أجيب الآن عن: عدد العمال")
    await salma.types("3")
    assert await salma.focus() == "roadmap"
    left = [each for each in salma.labels if each.startswith("ربما")]
    assert set(left) < set(perhaps)
    await salma.presses("أجيب الآن عن: ضجيج")
    await salma.answers("no")
    assert not [each for each in salma.labels if each.startswith(("ربما", "أجيب"))]


async def test_back_leads_to_the_question_before(salma: Citizen) -> None:
    await begin(salma)
    await to_the_question(salma, "legal-form")
    await salma.presses("رجوع")
    assert await salma.focus() == "question:sector"
    await salma.presses("رجوع")
    assert await salma.focus() == "question:governorate"
    await salma.answers("aleppo")
    assert await salma.focus() == "question:legal-form"


async def test_the_language_changes_anywhere_and_the_place_stays(salma: Citizen) -> None:
    await begin(salma)
    await to_the_question(salma, "sector")
    arabic = salma.text
    await salma.presses("English")
    assert "Why we ask" in salma.text
    assert await salma.focus() == "question:sector"
    await salma.presses("العربية")
    assert salma.text == arabic


async def test_typed_answers_are_read_and_refusals_say_why(salma: Citizen) -> None:
    await begin(salma)
    await salma.types("حمص")
    assert await salma.focus() == "question:sector"
    await to_the_question(salma, "workers")
    for wrong in ("كتير", "-5", "3 أو 4"):
        await salma.types(wrong)
        assert salma.last
        assert salma.last.edit is None
        assert not salma.text.startswith("<b>")
        assert "كم عاملاً" in salma.text
        assert (await salma.focus()).partition(":")[0] in ("question", "found")
    await salma.types("خمسة عمال")
    await salma.commands("/menu")
    await salma.presses("إجاباتي")
    assert "<b>5</b>" in salma.text


async def test_money_without_its_pound_is_asked_about(salma: Citizen) -> None:
    await begin(salma)
    await to_the_question(salma, "capital", legal_form="llc")
    await salma.types("٥٠ مليون")
    assert "بالليرة الجديدة أم القديمة" in salma.text
    assert salma.labels[:2] == [
        "50,000,000 ليرة جديدة",
        "50,000,000 ليرة قديمة (= 500,000 ليرة جديدة)",
    ]
    await salma.presses("50,000,000 ليرة قديمة")
    await salma.commands("/menu")
    await salma.presses("إجاباتي")
    assert "50,000,000 ليرة قديمة" in salma.text


async def test_several_are_picked_one_by_one(salma: Citizen) -> None:
    await begin(salma)
    await to_the_question(salma, "papers-held")
    for option in ("registered-lease", "commercial-register", "registered-lease"):
        await salma.presses_data(f"1:toggle:papers-held:{option}")
    assert len([label for label in salma.labels if label.startswith("☑")]) == 1
    await salma.presses("تم، اخترتُ 1")
    assert await salma.focus() == "roadmap"


@pytest.mark.parametrize("kind", ["sticker", "voice", "photo", "document", "location", "edited"])
async def test_anything_else_gets_a_kind_word_and_the_same_question(
    salma: Citizen, kind: str
) -> None:
    await begin(salma)
    before = salma.text
    await salma.sends(kind)
    assert salma.text.endswith(before)
    assert len(salma.text) > len(before)


@pytest.mark.parametrize(
    "text", ["م" * 5000, "<b>&</script>", "\u202e\u2066" * 50, "e\u0301" * 2500, "/", "{0}%s{{x}}"]
)
async def test_hostile_texts_get_the_same_question(salma: Citizen, text: str) -> None:
    await begin(salma)
    before = salma.text
    await salma.types(text)
    assert salma.text.endswith(before)
    assert "script" not in salma.text


async def test_old_and_foreign_buttons_change_nothing(salma: Citizen) -> None:
    await begin(salma)
    first = salma.message
    await salma.answers("homs")
    question = salma.text
    await salma.types("؟؟")
    for data in ("1:answer:governorate:aleppo", "0:x", "", "1:answer:sector:nonsense", "1:boom"):
        reply = await salma.presses_data(data)
        assert reply.toast
        assert salma.text == question
    reply = await salma.presses_data("1:answer:sector:trade", message=first)
    assert reply.toast
    assert reply.edit is None
    assert salma.text == question


async def test_a_double_tap_counts_once(salma: Citizen) -> None:
    await begin(salma)
    data = "1:answer:governorate:homs"
    await salma.presses_data(data)
    after = salma.text
    await salma.presses_data(data)
    assert salma.text == after


async def test_what_is_stored_comes_back_after_a_restart_or_a_month(salma: Citizen) -> None:
    await begin(salma)
    await salma.answers("homs")
    question = salma.text
    again = Citizen(salma.store, salma.conversation)
    number = salma.last.citizen if salma.last else 0
    reply = await salma.store.run(lambda tx: salma.conversation.current(tx, number))
    assert reply
    assert reply.screen.text == question
    assert reply.edit is None
    await again.commands("/menu")
    await again.presses("متابعة")
    assert again.text == question


async def test_two_citizens_do_not_mix(salma: Citizen) -> None:
    rami = Citizen(salma.store, salma.conversation, telegram=2002, name="رامي")
    await begin(salma)
    await begin(rami)
    await salma.answers("homs")
    await rami.answers("aleppo")
    for person, governorate in ((salma, "حمص"), (rami, "حلب")):
        await person.commands("/menu")
        await person.presses("إجاباتي")
        assert governorate in person.text
    assert await salma.store.run(citizens.behind) == []
