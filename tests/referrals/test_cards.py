"""What stands on a card, and what never does."""

from __future__ import annotations

from typing import Any

import pytest
from babel.messages.pofile import read_po

from bot.guide.screen import LONGEST_TEXT
from bot.referrals.case.officers import Who
from bot.referrals.group.deed import Answer
from bot.referrals.seen import cards
from tests.referrals.country import ANSWERS, HOMS, LOCALES, PHONE, SAMER, Country

MESSAGES = ("office.refused.", "office.may-act", "office.bound")
"""Words of messages, which may be longer than what a press answers."""


async def carded(country: Country, telegram: int = 77, **changes: Any) -> str:
    """The text of a fresh card in the group of Homs."""
    await country.bind("homs", HOMS, SAMER)
    await country.refer(await country.citizen(telegram), **changes)
    await country.deliver()
    return country.last(HOMS).text


async def test_a_card_says_what_the_office_needs_and_no_more(country: Country) -> None:
    telegram = 7340198265
    text = await carded(country, telegram)
    for part in ("الترخيص", "حمص", "اليوم", "أغذية", "ملف ضريبي", "عقد إيجار", "3 من 9"):
        assert part in text
    assert "5,000,000 ليرة قديمة" in text
    assert "50,000 ليرة جديدة" in text
    assert "a small &lt;bakery&gt;" in text
    assert "Layla" not in text
    assert PHONE not in text
    assert str(telegram) not in text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "اليوم"),
        (1, "أمس"),
        (2, "قبل يومين"),
        (3, "قبل 3 أيام"),
        (10, "قبل 10 أيام"),
        (11, "قبل 11 يوماً"),
        (99, "قبل 99 يوماً"),
        (100, "قبل 100 يوم"),
        (101, "قبل 101 يوم"),
        (103, "قبل 103 أيام"),
    ],
)
async def test_the_age_of_a_lead_is_said_in_words(country: Country, days: int, said: str) -> None:
    lead = await country.refer(await country.citizen())
    country.clock.later(days=days)
    today = country.clock.now.date()
    edition = country.shelf.edition("ar")
    card = await country.store.run(lambda tx: cards.card(tx, edition, lead, today))
    assert f"أُرسل: 22 تشرين الثاني 2026 ({said})" in card.text


async def test_days_begin_at_midnight_in_damascus(country: Country) -> None:
    await country.bind("homs", HOMS, SAMER)
    country.clock.later(hours=11, minutes=30)  # 23:30 in Damascus, 20:30 in UTC
    await country.refer(await country.citizen())
    country.clock.later(hours=1)
    await country.deliver()
    assert "(أمس)" in country.last(HOMS).text


async def test_a_new_day_makes_open_cards_a_day_older(country: Country) -> None:
    assert "(اليوم)" in await carded(country)
    country.clock.later(days=1)
    await country.store.run(country.referrals.new_day)
    await country.deliver()
    assert "(أمس)" in country.last(HOMS).text
    await country.press(HOMS, SAMER, "take")
    await country.deliver()
    await country.resolve(HOMS, SAMER)
    await country.deliver()
    assert "أُرسل: 22 تشرين الثاني 2026\n" in country.last(HOMS).text, "a closed lead has no age"
    assert len(country.chats[HOMS]) == 1


async def test_what_the_guide_has_no_longer_is_counted_not_shown(country: Country) -> None:
    answers = {**ANSWERS, "sector": "gone", "vanished": "secret"}
    text = await carded(country, answers=answers)
    assert "جوابان لم يعد سؤالاهما في الدليل" in text
    assert "secret" not in text


async def test_a_card_never_outgrows_a_message(country: Country) -> None:
    text = await carded(country, answers={**ANSWERS, "about": "😀" * 1500})
    assert len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert "وجواب آخر" in text


async def test_names_cannot_break_a_card_or_an_answer(country: Country) -> None:
    wild = "<b>\u202e\u2069" + "x" * 300
    await country.bind("homs", HOMS, Who(9, wild, administrator=True))
    await country.refer(await country.citizen(), name=wild)
    await country.deliver()
    await country.press(HOMS, Who(9, wild, administrator=None), "take")
    await country.deliver()
    text = country.last(HOMS).text
    assert "&lt;b&gt;" in text
    assert "\u202e" not in text
    assert text.count("\u2068") == text.count("\u2069")
    answer: Answer = await country.press(HOMS, Who(9, wild, administrator=None), "phone")
    assert len(answer.toast) <= 200


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_answer_to_a_press_fits_into_telegrams_200_characters(language: str) -> None:
    with (LOCALES / language / "office.po").open("rb") as stream:
        said = {str(m.id): str(m.string) for m in read_po(stream) if isinstance(m.id, str)}
    pressed = [id for id in said if id.startswith("office.") and not id.startswith(MESSAGES)]
    values = {"name": "x" * 62, "officer": "x" * 62, "phone": "+" + "9" * 17}
    assert [id for id in pressed if len(said[id].format(**values)) > 200] == []
