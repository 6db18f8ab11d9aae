"""Stories of a seal: who can read what, and what is said about a key that is no key."""

from __future__ import annotations

import pytest

from bot.errors import StoreRefused
from bot.store.sealing import new_key, parse_key

PERSON = {"name": "سامر", "phone": "+963900000001", "answers": [1, None, True]}


def test_what_is_sealed_opens_with_its_key_and_place_alone() -> None:
    seal, other = parse_key(new_key()), parse_key(new_key())
    blob = seal.seal(PERSON, "lead:1")
    assert seal.open(blob, "lead:1") == PERSON
    for word in ("سامر", "+963900000001", "name"):
        assert word.encode() not in blob
    with pytest.raises(StoreRefused, match="DALIL_KEY does not open"):
        other.open(blob, "lead:1")
    with pytest.raises(StoreRefused, match="lead:2"):
        seal.open(blob, "lead:2")
    with pytest.raises(StoreRefused, match="changed"):
        seal.open(blob[:-1] + bytes([blob[-1] ^ 1]), "lead:1")


def test_the_same_value_never_looks_the_same_twice() -> None:
    seal = parse_key(new_key())
    assert seal.seal(PERSON, "lead:1") != seal.seal(PERSON, "lead:1")


def test_an_added_key_seals_from_then_on_while_old_blobs_and_the_index_stay() -> None:
    first, second = new_key(), new_key().replace("k1", "k2")
    old, new = parse_key(first), parse_key(f" {first}, {second} ")
    assert new.open(old.seal(PERSON, "lead:1"), "lead:1") == PERSON
    assert new.blind("7001") == old.blind("7001")
    with pytest.raises(StoreRefused, match="DALIL_KEY lacks the key 'k2'"):
        old.open(new.seal(PERSON, "lead:1"), "lead:1")


def test_the_index_is_stable_keyed_and_tells_values_apart() -> None:
    text = new_key()
    seal, again, other = parse_key(text), parse_key(text), parse_key(new_key())
    assert seal.blind("7001") == again.blind("7001")
    assert len({seal.blind("7001"), seal.blind("7002"), other.blind("7001")}) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "secret",
        "k1:",
        "k1:c2hvcnQ=",
        "k1:not base64 at all",
        "K 1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,",
        "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ],
)
def test_what_is_not_a_key_is_refused_with_an_example_and_not_repeated(text: str) -> None:
    with pytest.raises(StoreRefused, match="for example DALIL_KEY=k1:") as refusal:
        parse_key(text)
    assert "AAAA" not in str(refusal.value)
    assert "not base64" not in str(refusal.value)
