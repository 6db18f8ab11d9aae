"""The guide that is served, proved: nothing fails, and every warning has been explained."""

from __future__ import annotations

import pytest

from bot.guide.load import load
from bot.guide.prove import Proof, prove
from tests.guide.small import CHECKOUT


@pytest.fixture(scope="module")
def proof() -> Proof:
    return prove(load(CHECKOUT), CHECKOUT)


def test_nothing_fails(proof: Proof) -> None:
    assert [(f.spot.file, f.code, f.spot.at, f.witness) for f in proof.failures] == []
    assert proof.problems == ()


def test_every_warning_is_explained(proof: Proof) -> None:
    assert [(f.code, f.spot.at) for f in proof.warnings] == []
