"""How old a page is: when its sources were read, and whether they are older than the change."""

from __future__ import annotations

from datetime import date

import pytest

from bot.guide.pages.trust import freshness, is_due, is_old, sources_text
from bot.guide.shelf import Edition
from tests.engine.building import a_programme, a_step

READ, DUE = date(2026, 11, 22), date(2027, 2, 21)
OLD = "older than December 2024"
AGO = "That is a while ago"


def test_a_page_is_due_the_day_after_its_time(english: Edition) -> None:
    step = a_step("permit")
    assert not is_due(step, date(2027, 2, 20))
    assert is_due(step, DUE)
    assert AGO not in freshness(english, step, date(2027, 2, 20))
    assert AGO in freshness(english, step, DUE)


@pytest.mark.parametrize(
    ("sources", "old"),
    [(["L-01"], False), (["L-02"], True), (["L-02", "L-01"], False), (["L-03"], True)],
)
def test_a_page_is_old_unless_one_source_is_known_to_be_newer(
    english: Edition, sources: list[str], old: bool
) -> None:
    """``L-03`` is of 2024: nobody can tell on which side of the change."""
    page = a_programme("loan", sources=sources)
    assert is_old(english, page) is old
    assert (OLD in freshness(english, page, READ)) is old


def test_one_warning_is_enough(english: Edition) -> None:
    said = freshness(english, a_step("permit", sources=["L-02"]), DUE)
    assert AGO in said
    assert OLD not in said


def test_sources_are_told_once_each_by_their_address(english: Edition) -> None:
    text = sources_text(english, ["L-02", "L-01", "L-02"])
    assert text.index("example.org/2") < text.index("example.org/1")
    assert text.count("<a href=") == 2
    assert sources_text(english, []) == ""


def test_the_day_on_which_sources_were_read_is_said_in_words(arabic: Edition) -> None:
    assert "22 تشرين الثاني 2026" in freshness(arabic, a_step("permit"), READ)
