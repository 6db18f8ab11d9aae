"""Strict YAML: what an editor writes is what is read, and every value knows its place."""

from __future__ import annotations

import pytest

from bot.engine.values import Json
from bot.guide.problems import Place
from bot.guide.strict_yaml import Tree, read_markdown, read_yaml


def read(text: str) -> Tree:
    return read_yaml("a.yaml", text.encode())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ('"12"', "12"),
        ("'true'", "true"),
        ("12:30", "12:30"),
        ("2026-11-22", "2026-11-22"),
        ("15d", "15d"),
        ("نعم", "نعم"),
        ("{}", {}),
        ("[a, [b]]", ["a", ["b"]]),
    ],
)
def test_a_value_means_what_it_says(written: str, meant: Json) -> None:
    tree = read(f"key: {written}")
    assert tree.problems == ()
    assert tree.value == {"key": meant}
    assert type(tree.value["key"]) is type(meant)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("10_000", "yaml-number"),
        ("10,000", "yaml-number"),
        ("007", "yaml-number"),
        ("0x1F", "yaml-number"),
        ("+5", "yaml-number"),
        ("1.5", "yaml-decimal"),
        (".5", "yaml-decimal"),
        ("1.5e3", "yaml-decimal"),
        (".inf", "yaml-decimal"),
        (".nan", "yaml-decimal"),
        ("~", "yaml-empty"),
        ("null", "yaml-empty"),
        ("", "yaml-empty"),
        ("!!int 3", "yaml-tag"),
        ("&a 3", "yaml-anchor"),
        ("*a", "yaml-anchor"),
    ],
)
def test_surprises_are_problems_at_their_place(written: str, code: str) -> None:
    tree = read(f"first: 1\nkey: {written}\n")
    assert [(each.code, each.line) for each in tree.problems] == [(code, 2)]


def test_every_problem_of_a_file_is_told() -> None:
    tree = read("a: 1_0\nb: [1.5, ~]\na: 2\nc: &x 3\nd: fine\n")
    found = [(each.code, each.line, each.column) for each in tree.problems]
    assert found == [
        ("yaml-number", 1, 4),
        ("yaml-decimal", 2, 5),
        ("yaml-empty", 2, 10),
        ("yaml-duplicate", 3, 1),
        ("yaml-anchor", 4, 4),
    ]
    assert tree.problems[3].values == {"key": "a", "line": "1"}
    assert tree.value["d"] == "fine"


def test_a_place_is_found_through_the_short_forms() -> None:
    tree = read(
        "fee: {amount: five}\n"
        "documents:\n"
        "  - lease:\n"
        "      copies: two\n"
        "  - deed\n"
        "time:\n"
        "  - is: unknown\n"
        "    when: {a: b}\n"
    )
    assert tree.place(("fee", 0, "is", "amount")) == Place(1, 15)
    assert tree.place(("documents", 0, "copies")) == Place(4, 15)
    assert tree.key(("documents", 0, "copies")) == Place(4, 7)
    assert tree.place(("documents", 1, "id")) == Place(5, 5)
    assert tree.place(("time", 0, "when", "a")) == Place(8, 15)
    assert tree.at(("time", 0, "when"))[1] == {"a": "b"}


def test_columns_count_letters_not_bytes() -> None:
    assert read("اسم: 1_0").problems[0].column == 6


def test_markdown_knows_the_lines_of_its_front_matter_and_its_body() -> None:
    tree = read_markdown("a.md", b"---\ntitle: 1_0\nsummary: x\n---\nfirst\n\nsecond\n")
    assert tree.value["body"] == "first\n\nsecond\n"
    assert tree.place(("body",)) == Place(5, 1)
    assert [(each.code, each.line) for each in tree.problems] == [("yaml-number", 2)]


def test_a_file_from_windows_reads_the_same() -> None:
    tree = read_markdown("a.md", b"\xef\xbb\xbf---\r\ntitle: a\r\nsummary: b\r\n---\r\nbody\r\n")
    assert tree.problems == ()
    assert tree.value == {"title": "a", "summary": "b", "body": "body\n"}
