"""The language itself: short forms mean their long forms, and a fact says one thing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from bot.engine.amounts import Amounts, Duration
from bot.engine.conditions import ALWAYS, parse
from bot.engine.directory import Source
from bot.engine.flow import Flow, Question
from bot.engine.step import Document
from tests.engine.building import a_guide, a_step


def test_a_name_alone_is_a_name_with_nothing_said_about_it() -> None:
    flow = Flow.model_validate(
        {
            "flow": "licence",
            "ask": ["sector", {"workers": {"when": {"sector": "craft"}}}],
            "goals": [],
            "refer": "licensing",
        }
    )
    assert [(item.id, item.when) for item in flow.ask] == [
        ("sector", ALWAYS),
        ("workers", parse({"sector": "craft"})),
    ]


def test_one_fact_is_a_case_that_always_holds() -> None:
    step = a_step("permit", at="office", fee="unknown", time={"max": "15d", "source": "L-01"})
    assert [(case.value, case.when) for case in step.at] == [("office", ALWAYS)]
    assert step.fee[0].value == Amounts(unknown=True)
    assert step.time[0].value == Duration.model_validate({"max": "15d", "source": "L-01"})
    assert step.time[0].value.max == 15
    assert (step.recheck, step.read) == (90, date(2026, 11, 22))


def test_a_need_is_one_document_or_any_of_several() -> None:
    sure, either, sometimes = a_step(
        "permit", needs=["lease", {"any": ["lease", "deed"]}, {"plan": {"when": {"size": "big"}}}]
    ).needs
    assert (sure.any, either.any, sometimes.any) == (("lease",), ("lease", "deed"), ("plan",))
    assert sometimes.when == parse({"size": "big"})


def test_a_list_of_papers_may_say_that_it_is_not_all() -> None:
    step = a_step("permit", documents=[{"identity-card": {"copies": 2}}, "unknown"])
    assert step.papers == (Document(id="identity-card", copies=2),)
    assert step.may_ask_more
    assert not a_step("permit", documents=["identity-card"]).may_ask_more


@pytest.mark.parametrize(
    ("fee", "code"),
    [
        ({}, "fee-says-one-thing"),
        ({"amount": 5, "source": "L-01"}, "fee-says-one-thing"),
        ({"amount": 5, "unit": "USD", "free": True, "source": "L-01"}, "fee-says-one-thing"),
        ({"of": "capital", "source": "L-01"}, "fee-says-one-thing"),
        ({"amount": 5, "unit": "USD"}, "fact-without-source"),
        ({"free": True}, "fact-without-source"),
        ({"parts": [{"amount": 5, "unit": "USD"}]}, "fact-without-source"),
    ],
)
def test_a_fee_says_one_thing_and_who_says_it(fee: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        a_step("permit", fee=fee)
    assert [error["type"] for error in caught.value.errors()] == [code]


@pytest.mark.parametrize(
    ("time", "code"),
    [
        ({}, "time-says-one-thing"),
        ({"max": "15d", "unknown": True, "source": "L-01"}, "time-says-one-thing"),
        ({"max": "15d"}, "fact-without-source"),
        ({"max": 15, "source": "L-01"}, "not-days"),
    ],
)
def test_a_time_says_one_thing_in_days(time: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        a_step("permit", time=time)
    assert [error["type"] for error in caught.value.errors()] == [code]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"kind": "choice"}, "options-and-kind"),
        ({"kind": "number", "options": ["a"]}, "options-and-kind"),
        ({"kind": "money"}, "unit-and-kind"),
        ({"kind": "choice", "options": ["a"], "holds": True}, "holds-and-kind"),
    ],
)
def test_a_question_fits_its_kind(question: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Question.model_validate(question)
    assert [error["type"] for error in caught.value.errors()] == [code]


def test_everything_may_be_unknown_but_place_text_and_contact_and_what_is_sure() -> None:
    assert Question(kind="number").may_be_unknown
    assert not Question(kind="number", sure=True).may_be_unknown
    assert not any(Question(kind=k).may_be_unknown for k in ("governorate", "text", "contact"))


def test_governorates_come_in_their_order() -> None:
    guide = a_guide({"governorate": {"kind": "governorate"}}, {"ask": ["governorate"]})
    assert guide.option_ids("governorate") == ("damascus", "homs")


@pytest.mark.parametrize(
    ("dated", "before", "older"),
    [
        ("2018", None, True),
        ("2024-11", None, True),
        ("2024-12-07", None, True),
        ("2024-12-08", None, False),
        ("2025", None, False),
        ("2024", None, None),
        ("2024-12", None, None),
        ("unknown", None, None),
        ("unknown", "2024-12-08", True),
        ("unknown", "2025-06-01", None),
    ],
)
def test_a_source_is_older_than_the_change_only_if_its_date_says_so(
    dated: str, before: str | None, older: bool | None
) -> None:
    source = Source(date=dated, before=before, address="https://example.org", confidence="low")
    assert source.predates_change is older
