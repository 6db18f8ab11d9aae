"""Warnings that an editor has explained are counted; an explanation of nothing is a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.guide.prove import Proof, Report
from tests.guide.prove.village import Village, changed, editions, proved

TRADERS = "trade-other"


def _alike(village: Village) -> None:
    """Nothing separates two of the sectors, and nobody wants the stamp."""
    village.questions["sector"]["options"].append("other")
    village.questions["papers-held"]["options"].append("stamp")


def _explain(village: Village, warning: str, at: str) -> None:
    village.explained["why-not"] = {"warning": warning, "at": at, "why": "It is so."}


def _said(directory: Path, proof: Proof) -> list[str]:
    _, english = editions(directory)
    return list(Report(english, directory).lines(proof))


@pytest.mark.parametrize("at", ["questions/sector", f"questions/sector/{TRADERS}"])
def test_an_explained_warning_is_counted_and_not_told(at: str, tmp_path: Path) -> None:
    village = changed(_alike, lambda v: _explain(v, "options-alike", at))
    proof = proved(village, tmp_path)
    assert [finding.code for finding in proof.findings] == ["option-idle"]
    assert sum(each.explained for each in proof.properties) == 1
    assert proof.holds
    assert any(line.endswith(": 1 warning, 1 warning explained") for line in _said(tmp_path, proof))


@pytest.mark.parametrize(
    ("warning", "at"),
    [
        ("options-alike", "questions/sect"),
        ("options-alike", "questions/papers-held"),
        ("option-idle", "questions/sector"),
        ("asked-in-vain", "questions/sector"),
    ],
)
def test_an_explanation_of_nothing_fails(warning: str, at: str, tmp_path: Path) -> None:
    proof = proved(changed(_alike, lambda v: _explain(v, warning, at)), tmp_path)
    assert [finding.code for finding in proof.failures] == ["explains-nothing"]
    assert proof.failures[0].spot.at == "explained/why-not"
    assert len(proof.warnings) == 2
    assert not proof.holds
    line = "content/data/explained.yaml:2:2  failure explains-nothing (explained/why-not): "
    assert any(each.startswith(line) for each in _said(tmp_path, proof))


def test_a_failure_cannot_be_explained(tmp_path: Path) -> None:
    def never(village: Village) -> None:
        village.steps["spare"] = {**village.steps["register"], "gives": ["register"]}
        _explain(village, "dead-page", "steps/spare")

    proof = proved(changed(never), tmp_path)
    assert {finding.code for finding in proof.failures} == {"dead-page", "explains-nothing"}


def test_what_is_not_looked_for_is_not_missed(tmp_path: Path) -> None:
    village = changed(_alike, lambda v: _explain(v, "to-bring", "documents/deed"))
    assert proved(village, tmp_path, "questions").failures == ()


def test_a_faulty_explanation_is_told_with_its_line(tmp_path: Path) -> None:
    def without_reason(village: Village) -> None:
        _explain(village, "options-alike", "questions/sector")
        del village.explained["why-not"]["why"]

    proof = proved(changed(_alike, without_reason), tmp_path)
    assert [(p.file, p.line, p.code) for p in proof.problems] == [
        ("content/data/explained.yaml", 2, "missing-key")
    ]
    assert not proof.holds
    assert any("explained.yaml:2:" in line for line in _said(tmp_path, proof))
