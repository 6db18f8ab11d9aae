"""How single words are taken: one spelling, several forms, and by ear."""

from __future__ import annotations

import pytest

from bot.search.normalise import words_of
from bot.search.phrases import Phrases
from bot.search.skeleton import likeness, of_arabic, of_latin
from bot.search.spelling import Spelling
from bot.search.stem import forms, sure_forms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إِجَازَةٌ", "اجازه"),
        ("مؤسّسة", "موسسه"),
        ("مخـــبز", "مخبز"),
        ("کتاب", "كتاب"),
        ("٢٠٢٤", "2024"),
        ("كتييييير", "كتير"),
        ("SHOP", "shop"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert words_of(one) == [other]


def test_an_apostrophe_is_a_part_of_an_arabizi_letter() -> None:
    assert words_of("3'eram, 7'ubz!") == ["3'eram", "7'ubz"]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("والمحلات", "محل"),
        ("بالسجل", "سجل"),
        ("عالمحل", "محل"),
        ("رخصتي", "رخص"),
        ("licences", "licence"),
        ("companies", "company"),
        ("shopping", "shop"),
    ],
)
def test_a_word_is_found_by_its_stem(word: str, form: str) -> None:
    assert form in forms(word)
    assert forms(word)[word] == 1.0


def test_a_word_that_begins_like_an_article_stays_whole_as_well() -> None:
    assert {"البان", "بان"} <= sure_forms("البان")


def test_a_stem_keeps_three_letters() -> None:
    assert all(len(form) >= 3 for form in forms("البنات") if form != "البنات")


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("sejel", "سجل"),
        ("tejari", "تجاري"),
        ("2ard", "قرض"),
        ("qard", "قرض"),
        ("kard", "قرض"),
        ("ma7al", "محل"),
        ("5ibz", "خبز"),
        ("khebez", "خبز"),
        ("7'ubz", "خبز"),
        ("elmat3am", "مطعم"),
        ("shehadet", "شهاده"),
        ("shehadeh", "شهاده"),
        ("sina3a", "صناعه"),
        ("sinaa", "صناعه"),
        ("nadafe", "نظافه"),
        ("warshe", "ورشه"),
    ],
)
def test_arabizi_has_the_skeleton_of_the_arabic(latin: str, arabic: str) -> None:
    assert of_latin(latin) & of_arabic(arabic)


def test_among_words_of_one_skeleton_the_vowels_decide() -> None:
    assert of_latin("jadwa") & of_arabic("جدوي") & of_arabic("جوده")
    assert likeness("jadwa", "جدوي") > likeness("jadwa", "جوده")
    assert likeness("ma7al", "محل") > 0.6 > likeness("ma7al", "محول")


def test_one_other_word_may_stand_within_a_phrase() -> None:
    phrases = Phrases([(("سجل", "تجاري"), "register")])

    def found(text: str) -> list[tuple[str, list[int]]]:
        return list(phrases.within([sure_forms(word) for word in words_of(text)]))

    assert found("بدي السجل التجاري") == [("register", [1, 2])]
    assert found("سجل للمحل تجاري") == [("register", [0, 2])]
    assert found("سجل بلا اسم تجاري") == []
    assert found("تجاري سجل") == []


def test_a_misspelt_word_is_near_the_right_one() -> None:
    spelling = Spelling(["استيراد", "صيدليه", "تصدير", "بئر", "سجل"])
    assert list(spelling.near("استيرد")) == ["استيراد"]
    assert list(spelling.near("تصدير")) == ["تصدير"]
    assert list(spelling.near("تصدرير")) == ["تصدير"]
    assert list(spelling.near("صيدليي")) == ["صيدليه"]
    assert list(spelling.near("صديليه")) == ["صيدليه"]


def test_a_word_of_three_letters_is_not_guessed() -> None:
    assert Spelling(["بئر", "سجل"]).near("سجن") == {}
