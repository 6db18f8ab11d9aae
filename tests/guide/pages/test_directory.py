"""The texts of articles, words, institutions, governorates and the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.engine.directory import Body, Calendar
from bot.engine.guide import Guide
from bot.guide.pages.article import article_text, glossary_text, word_text
from bot.guide.pages.directory import body_text, calendar_text, governorate_text
from bot.guide.shelf import Edition

TODAY = date(2026, 11, 22)


def changed(edition: Edition, **parts: Any) -> Edition:
    """The guide with some of its parts replaced."""
    whole = {name: getattr(edition.guide, name) for name in Guide.__dataclass_fields__}
    return replace(edition, guide=Guide(**{**whole, **parts}))


def test_an_article_is_told_with_its_values_its_age_and_its_sources(english: Edition) -> None:
    text = article_text(english, "soap", {"governorate": "<Homs>"}, TODAY)
    assert text.split("\n\n")[:4] == [
        "<b>soap</b>",
        "<i>soap.</i>",
        "Soap in &lt;Homs&gt;.",
        "Sources last read: 22 November 2026.",
    ]
    assert text.endswith("2025-07-01. High confidence.</blockquote>")


def test_the_words_of_a_page_stand_one_under_the_other(english: Edition) -> None:
    assert glossary_text(english, ["guarantor", "stamp"]).split("\n\n") == [
        "<b>What the words mean</b>",
        "<b>Guarantor</b>\nWho pays if you do not.",
        "<b>Stamp</b>\nA paper that is glued on.",
    ]


def test_a_word_says_what_else_people_call_it_and_where_that_comes_from(english: Edition) -> None:
    text = word_text(english, "guarantor")
    assert "Who pays if you do not.\n\nAlso called: surety.\n\n<blockquote" in text
    assert "https://example.org/1" in text


def test_a_word_of_the_language_alone_has_no_sources(english: Edition) -> None:
    assert word_text(english, "stamp") == "<b>Stamp</b>\nA paper that is glued on."


def test_an_institution_says_what_it_is_for_whether_it_works_and_by_which_law(
    english: Edition,
) -> None:
    text = body_text(english, "ministry")
    assert text.startswith("<b>Ministry</b>\nMinistry\n\nRegisters\n\n")
    assert "Working, by a source of 2025-07.\n\n<b>Law:</b> Trade law\n\n" in text
    assert "no published address or phone" in text
    assert text.count("https://example.org/") == 2


def test_of_an_institution_without_a_status_nothing_is_claimed(english: Edition) -> None:
    text = body_text(english, "town-hall")
    assert text.startswith("<b>Town hall</b>\nWhere you go in the governorate\n\nPermits\n\n")
    assert "orking" not in text
    assert "Law" not in text


@pytest.mark.parametrize(
    ("state", "on", "said"),
    [
        ("merged", "2025", "Merged into another body (2025)."),
        ("closed", "2025-04", "Closed (2025-04)."),
        ("unknown", "unknown", "Not known whether it works today (last source: undated)."),
    ],
)
def test_the_state_of_an_institution_is_as_old_as_its_source(
    english: Edition, state: str, on: str, said: str
) -> None:
    status = {"is": state, "on": on, "source": "L-02"}
    body = Body.model_validate({"kind": "bank", "status": status, "sources": ["L-01"]})
    edition = changed(english, bodies={**english.guide.bodies, "bank": body})
    text = body_text(edition, "bank")
    assert f"\n\n{said}\n\n" in text
    assert "https://example.org/2" in text


def test_a_governorate_says_what_differs_and_names_its_office(english: Edition) -> None:
    text = governorate_text(english, "homs")
    assert text.startswith("<b>Homs</b>\n\nIn the middle.\n\n<b>Your office:</b> Homs office.")
    assert "https://example.org/1" in text
    assert "Sources" not in governorate_text(english, "damascus")


def test_where_a_governorate_has_no_office_the_head_office_answers(english: Edition) -> None:
    head = {"head-office": english.guide.offices["head-office"]}
    assert "Head office" in governorate_text(changed(english, offices=head), "homs")


def test_the_calendar_tells_the_week_and_the_holidays_that_are_known(english: Edition) -> None:
    text = calendar_text(english)
    assert "Public offices work on Sunday, Monday.\n\n" in text
    assert "closing hour" in text
    assert "• New Year: 1 January\n• Feast: its date changes every year\n" in text
    assert text.count("https://example.org/") == 2


def test_what_is_not_published_of_the_calendar_is_not_told(english: Edition) -> None:
    text = calendar_text(changed(english, calendar=Calendar()))
    assert "work on" not in text
    assert "holidays that we know" not in text
    assert "Sources" not in text


def test_a_day_of_the_year_has_its_month_as_in_syria(arabic: Edition) -> None:
    assert "\u200f• رأس السنة: 1 كانون الثاني\n" in calendar_text(arabic)


def test_what_editors_write_is_never_markup(english: Edition) -> None:
    words = english.words
    body = words.bodies["bank"].model_copy(update={"about": "<b>loans</b> & more"})
    place = words.governorates["homs"].model_copy(update={"about": "a < b"})
    term = words.glossary["stamp"].model_copy(update={"meaning": "<i>", "also": ("<u>",)})
    edition = replace(
        english,
        words=replace(
            words, bodies={"bank": body}, governorates={"homs": place}, glossary={"stamp": term}
        ),
    )
    assert "&lt;b&gt;loans&lt;/b&gt; &amp; more" in body_text(edition, "bank")
    assert "a &lt; b" in governorate_text(edition, "homs")
    assert "&lt;i&gt;\n\nAlso called: &lt;u&gt;." in word_text(edition, "stamp")
