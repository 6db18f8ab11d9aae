"""What an office reported goes into the guide's files: these lines, no other byte, or nothing."""

from __future__ import annotations

import subprocess
import sys
from collections import UserDict
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import unified_diff
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from bot.guide.amend import Amendment, Unamendable, amend, parse_fee, parse_time
from bot.guide.load import load
from tests.guide import small

DAY = date(2026, 12, 3)
PERMIT, REGISTER = "flows/steps/permit.yaml", "flows/steps/register.yaml"
SOURCES = "content/data/sources.yaml"
Said = Mapping[str, list[str]]


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    return small.write(tmp_path / "guide", small.files())


@pytest.fixture
def real(tmp_path: Path) -> Path:
    for part in ("flows", "content", "locales"):
        copytree(small.CHECKOUT / part, tmp_path / part)
    return tmp_path


def reported(field: Any, value: Any, **other: Any) -> Amendment:
    """What the office of Homs said of the register of the small guide, and an editor accepted."""
    usual: dict[str, Any] = {
        "step": "register",
        "governorate": "homs",
        "office": "homs",
        "day": DAY,
        "report": "R7K2Q",
    }
    return Amendment(field=field, value=value, **(usual | other))


def texts(directory: Path) -> dict[str, bytes]:
    found = (path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix(): path.read_bytes() for path in found}


def changes(before: Mapping[str, bytes], directory: Path) -> Said:
    """The lines taken out and put in, by file."""
    after = texts(directory)
    assert after.keys() == before.keys()
    return {
        name: list(_diff(before[name].decode(), after[name].decode()))
        for name in sorted(after)
        if after[name] != before[name]
    }


def _diff(old: str, new: str) -> Iterator[str]:
    lines = unified_diff(old.split("\n"), new.split("\n"), n=0, lineterm="")
    return (line for line in lines if not line.startswith(("---", "+++", "@@")))


def amended(directory: Path, amendment: Amendment) -> Said:
    """What the amendment changes, in the files of which it tells and in no other."""
    before = texts(directory)
    written = amend(directory, amendment)
    found = changes(before, directory)
    assert {path.relative_to(directory).as_posix() for path in written} == found.keys()
    return found


def rewritten(directory: Path, file: str, old: str, new: str) -> None:
    path = directory / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_fee_that_nobody_knew_gets_a_case_for_the_governorate_and_a_source(real: Path) -> None:
    fee = parse_fee("25000 new SYP")
    said = amended(real, reported("fee", fee, step="tax-file"))
    assert said == {
        "flows/steps/tax-file.yaml": [
            "-fee: unknown",
            "+fee:",
            "+  - {is: {amount: 25000, unit: new SYP, source: O-01}, when: {governorate: homs}}",
            "+  - is: unknown",
        ],
        SOURCES: [
            "+# Report R7K2Q: fee of tax-file",
            "+O-01:",
            "+  date: 2026-12-03",
            "+  office: homs",
            "+  confidence: medium",
            "+",
        ],
        "content/ar/words/sources.yaml": [
            "+O-01:",
            "+  title: قول مكتب الترويج في حمص، 3 كانون الأول 2026",
            "+  publisher: مكتب الترويج في حمص",
        ],
        "content/en/words/sources.yaml": [
            "+O-01:",
            "+  title: Word of the Homs promotion office, 3 December 2026",
            "+  publisher: Homs promotion office",
        ],
    }
    assert load(real).problems == ()


def test_a_list_of_cases_and_sources_that_differ_stay_below_with_their_comments(
    real: Path,
) -> None:
    said = amended(real, reported("fee", {"free": True}, step="commercial-register"))
    assert said["flows/steps/commercial-register.yaml"] == [
        "+  - {is: {free: true, source: O-01}, when: {governorate: homs}}"
    ]
    text = (real / "flows/steps/commercial-register.yaml").read_text(encoding="utf-8")
    assert "governorate: homs}}\n  # An official's list and what" in text


def test_parts_move_to_the_right_as_they_are(guide: Path) -> None:
    rewritten(guide, PERMIT, "fee:\n  parts:\n", "fee:  # of 2025\n  # seen\n  parts:\n\n")
    said = amended(guide, reported("fee", parse_fee("up to 50 USD"), step="permit"))
    assert said[PERMIT] == [
        "-  # seen",
        "-  parts:",
        "+  - {is: {max: 50, unit: USD, source: O-01}, when: {governorate: homs}}",
        "+  - is:",
        "+      # seen",
        "+      parts:",
        "-    - {charge: stamp, amount: 100, unit: old SYP, source: L-01}",
        "-    - {of: capital, rate: 4/1000, source: L-01}",
        "+        - {charge: stamp, amount: 100, unit: old SYP, source: L-01}",
        "+        - {of: capital, rate: 4/1000, source: L-01}",
    ]


def test_a_time_on_one_line_stays_on_one_line_with_its_comment(guide: Path) -> None:
    rewritten(guide, PERMIT, "15d, source: L-01}", "15d, source: L-01}  # by law\n# The law:")
    said = amended(guide, reported("time", parse_time("10 d"), step="permit"))
    assert said[PERMIT] == [
        "-time: {min: 3d, max: 15d, source: L-01}  # by law",
        "+time:",
        "+  - {is: {min: 10d, max: 10d, source: O-01}, when: {governorate: homs}}",
        "+  - is: {min: 3d, max: 15d, source: L-01}  # by law",
    ]


def test_a_second_word_of_the_same_governorate_replaces_the_first(guide: Path) -> None:
    amend(guide, reported("fee", parse_fee("5 USD")))
    amend(guide, reported("fee", parse_fee("6 USD"), governorate="damascus", office="damascus"))
    said = amended(guide, reported("fee", parse_fee("7 USD"), report="R9"))
    assert said[REGISTER] == [
        "+  - {is: {amount: 7, unit: USD, source: O-03}, when: {governorate: homs}}",
        "-  - {is: {amount: 5, unit: USD, source: O-01}, when: {governorate: homs}}",
    ]
    assert said["content/data/unused-facts.yaml"] == ["+O-01: superseded by report R9"]


def test_cases_that_could_never_hold_again_go_and_all_others_stay(guide: Path) -> None:
    case = "{is: {amount: 3, unit: USD, source: L-02}, when: {governorate: "
    kept = f"  # both\n  - {case}[homs, damascus]}}}}\n"
    rewritten(guide, REGISTER, "fee:\n", f"fee:\n{kept}  - {case}[homs], sector: food}}}}\n")
    said = amended(guide, reported("fee", "unknown"))
    assert said[REGISTER] == [
        "+  - {is: {unknown: true, source: O-01}, when: {governorate: homs}}",
        "-  - {is: {amount: 3, unit: USD, source: L-02}, when: {governorate: [homs], sector: food}}",
    ]
    fee = parse_fee("1 USD")
    narrow = amended(guide, reported("fee", fee, when={"sector": "food"}))
    assert [line[0] for line in narrow[REGISTER]] == ["+"]
    assert "when: {governorate: homs, sector: food}}" in narrow[REGISTER][0]


def test_the_word_of_the_head_office_takes_the_place_of_the_fact(real: Path) -> None:
    everywhere = {"governorate": None, "office": "head-office", "step": "company-formation"}
    fee = parse_fee("{parts: [{amount: 9, unit: USD}, {min: 5, unit: old SYP}, unknown]}")
    said = amended(real, reported("fee", fee, **everywhere))
    lines = said["flows/steps/company-formation.yaml"]
    assert [line for line in lines if line.startswith("+")] == [
        "+fee: {parts: [{amount: 9, unit: USD, source: O-01}, "
        "{min: 5, unit: old SYP, source: O-01}, {unknown: true, source: O-01}]}"
    ]
    assert len(lines) == 12
    words = said["content/en/words/charges.yaml"]
    assert [line.partition(":")[0] for line in words] == [
        "-articles",
        "-stamp-duty",
        "-other-formation",
    ]


def test_a_list_on_one_line_is_written_anew(guide: Path) -> None:
    rewritten(guide, REGISTER, "time: unknown", "time: [{is: unknown}]")
    said = amended(guide, reported("time", parse_time("2 weeks")))
    assert said[REGISTER] == [
        "-time: [{is: unknown}]",
        "+time:",
        "+  - {is: {min: 14d, max: 14d, source: O-01}, when: {governorate: homs}}",
        "+  - is: unknown",
    ]


def test_another_counter_is_cited_among_the_sources_of_the_step(guide: Path) -> None:
    said = amended(guide, reported("at", "town-hall"))
    assert said[REGISTER] == [
        "-at: ministry",
        "+at:",
        "+  - {is: town-hall, when: {governorate: homs}}",
        "+  - is: ministry",
        "-sources: [L-01, L-02]",
        "+sources: [L-01, L-02, O-01]",
    ]
    rewritten(guide, PERMIT, "sources: [L-01]\n", "sources:\n  - L-01\n")
    said = amended(guide, reported("at", "ministry", step="permit"))
    assert said[PERMIT] == [
        "-  - {is: town-hall, when: {governorate: homs}}",
        "+  - {is: ministry, when: {governorate: homs}}",
        "+  - O-02",
    ]


def test_another_paper_stands_before_what_is_not_known(guide: Path) -> None:
    said = amended(guide, reported("document", {"id": "deed", "copies": 2}, step="permit"))
    assert said[PERMIT] == ["+  - deed: {copies: 2, when: {governorate: homs}, source: O-01}"]
    again = amended(guide, reported("document", {"id": "deed", "copies": 1}, step="permit"))
    assert again[PERMIT] == [
        "-  - deed: {copies: 2, when: {governorate: homs}, source: O-01}",
        "+  - deed: {copies: 1, when: {governorate: homs}, source: O-02}",
    ]
    with pytest.raises(Unamendable, match="asks for identity-card already, for more people"):
        amend(guide, reported("document", {"id": "identity-card"}, step="permit"))
    everywhere = reported("document", {"id": "lease"}, governorate=None, office="head-office")
    first = amended(guide, everywhere)
    assert first[REGISTER] == ["+documents:", "+  - lease: {source: O-03}"]


def test_papers_on_one_line_become_a_list_of_lines(real: Path) -> None:
    said = amended(real, reported("document", {"id": "identity-card"}, step="tax-file"))
    assert said["flows/steps/tax-file.yaml"] == [
        "-documents: [unknown]",
        "+documents:",
        "+  - identity-card: {when: {governorate: homs}, source: O-01}",
        "+  - unknown",
    ]


def test_a_confirmed_step_was_read_on_that_day_and_nothing_else(guide: Path) -> None:
    said = amended(guide, reported("confirmed", None, step="old-permit"))
    assert said == {PERMIT: ["-read: 2026-11-22", "+read: 2026-12-03"]}
    with pytest.raises(Unamendable, match="was read on 2026-12-03, and the office's word is of"):
        amend(guide, reported("confirmed", None, step="permit", day=date(2026, 12, 1)))


def test_line_ends_of_other_systems_stay(guide: Path) -> None:
    for file in (REGISTER, SOURCES):
        path = guide / file
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    said = amended(guide, reported("time", parse_time("10 d")))
    assert all(line.endswith("\r") for file in (REGISTER, SOURCES) for line in said[file])


@pytest.mark.parametrize(
    ("amendment", "sentence"),
    [
        (reported("fee", "unknown", step="registr"), 'no step "registr" .*is register meant'),
        (reported("fee", "unknown", office="hams"), 'no office "hams" .*is homs meant'),
        (reported("fee", "unknown", report="a\nb"), "is no code of a report"),
        (reported("fee", "unknown", governorate="mars"), "would have faults(.|\n)*register.yaml:"),
        (reported("at", "moon"), 'would have faults(.|\n)*"moon"'),
        (reported("fee", {"amount": 5}), "would have faults(.|\n)*register.yaml:"),
    ],
)
def test_what_the_guide_cannot_say_is_refused_and_nothing_changes(
    guide: Path, amendment: Amendment, sentence: str
) -> None:
    before = texts(guide)
    with pytest.raises(Unamendable, match=sentence):
        amend(guide, amendment)
    assert changes(before, guide) == {}


def test_a_guide_with_faults_is_left_alone(guide: Path) -> None:
    rewritten(guide, PERMIT, "law: [trade-law]", "law: [no-law]")
    before = texts(guide)
    with pytest.raises(Unamendable, match=r"mended first:\nflows/steps/permit.yaml:\d+  there is"):
        amend(guide, reported("fee", parse_fee("5 USD")))
    assert changes(before, guide) == {}


def test_a_fact_that_has_no_line_of_its_own_is_left_to_the_editor(guide: Path) -> None:
    rewritten(guide, REGISTER, "time: unknown", '"time": unknown')
    before = texts(guide)
    with pytest.raises(Unamendable, match='no line that begins with "time:"'):
        amend(guide, reported("time", parse_time("5 d")))
    assert changes(before, guide) == {}


def test_a_file_that_somebody_saves_meanwhile_is_not_overwritten(guide: Path) -> None:
    class Meddling(UserDict[str, Any]):
        """A condition during whose reading another editor saves a file."""

        def keys(self) -> Any:
            path = guide / REGISTER
            path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
            return super().keys()

    with pytest.raises(Unamendable, match="Somebody saved a file"):
        amend(guide, reported("fee", parse_fee("5 USD"), when=Meddling()))
    assert (guide / REGISTER).read_text(encoding="utf-8") == small.REGISTER + "# seen\n"
    assert b"O-01" not in (guide / SOURCES).read_bytes()


def test_a_folder_that_cannot_be_written_loses_nothing(guide: Path) -> None:
    (guide / "content/en/words/.sources.yaml.amended").mkdir()
    before = texts(guide)
    with pytest.raises(Unamendable, match="cannot be written"):
        amend(guide, reported("fee", parse_fee("5 USD")))
    assert changes(before, guide) == {}


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("25,000 new SYP", {"amount": 25000, "unit": "new SYP"}),
        ("٢٥ ألف ليرة جديدة", {"amount": 25000, "unit": "new SYP"}),
        ("15000-20000 old SYP", {"min": 15000, "max": 20000, "unit": "old SYP"}),
        ("بين 10000 و 15000 ليرة قديمة", {"min": 10000, "max": 15000, "unit": "old SYP"}),
        ("حتى 50$", {"max": 50, "unit": "USD"}),
        ("من 100 ليرة جديدة", {"min": 100, "unit": "new SYP"}),
        ("مجاناً", {"free": True}),
        ("0", {"free": True}),
        ("لا أعرف", "unknown"),
        ("{of: capital, rate: 4/1000}", {"of": "capital", "rate": "4/1000"}),
    ],
)
def test_a_fee_is_read_as_it_is_said(text: str, fee: Any) -> None:
    assert parse_fee(text) == fee


@pytest.mark.parametrize(
    "text",
    [
        "25000",
        "25000 new SYP and a stamp",
        "بين 10 و 15 ألف ليرة قديمة",
        "20-10 USD",
        "more than 5 new SYP",
        "50 euro",
        "{amount: 5}",
        "{amount: 5",
        "",
    ],
)
def test_a_fee_that_may_mean_two_is_asked_again(text: str) -> None:
    with pytest.raises(Unamendable):
        parse_fee(text)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("10 d", {"min": "10d", "max": "10d"}),
        ("عشرة أيام", {"min": "10d", "max": "10d"}),
        ("يومين", {"min": "2d", "max": "2d"}),
        ("7-10 days", {"min": "7d", "max": "10d"}),
        ("من 7 إلى 10 أيام", {"min": "7d", "max": "10d"}),
        ("خلال أسبوعين", {"max": "14d"}),
        ("at least a week", {"min": "7d"}),
        ("unknown", "unknown"),
        ("{max: 15d}", {"max": "15d"}),
    ],
)
def test_a_time_is_read_as_it_is_said(text: str, time: Any) -> None:
    assert parse_time(text) == time


@pytest.mark.parametrize(
    "text",
    ["10", "a month", "شهر", "15 working days", "15 يوم عمل", "about 10 days", "10-7 d", "-5 d"],
)
def test_a_time_of_no_certain_length_is_asked_again(text: str) -> None:
    with pytest.raises(Unamendable, match="cannot be read for certain"):
        parse_time(text)


def test_editors_need_neither_telegram_nor_the_database() -> None:
    code = (
        "import sys, bot.guide.amend\n"
        "assert not {'aiogram', 'aiohttp', 'sqlalchemy'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=small.CHECKOUT, check=True)
