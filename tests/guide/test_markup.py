"""What editors write in a step's text, and what a citizen's phone gets of it."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from bot.guide.markup import faults, html, names


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("one\n\ntwo", "one\n\ntwo"),
        ("one\nline", "one line"),
        ("**bold** and *italic*", "<b>bold</b> and <i>italic</i>"),
        ("before:\n\n- one\n- two\n\nafter", "before:\n\n• one\n• two\n\nafter"),
        ("- one\n\n- two", "• one\n• two"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("[site](https://a.org/?x=1&y=2)", '<a href="https://a.org/?x=1&amp;y=2">site</a>'),
        ("يقدَّم **الطلب** في {{ governorate }}.", "يقدَّم <b>الطلب</b> في حمص."),
        ("**{{ legal-form }}**", "<b>&lt;شركة&gt;</b>"),
        ("{{governorate}}", "حمص"),
        ("{{ safe }}", "<i>x</i>"),
    ],
)
def test_the_subset_becomes_telegrams_html(markdown: str, expected: str) -> None:
    values = {"governorate": "حمص", "legal-form": "<شركة>", "safe": Markup("<i>x</i>")}
    assert html(markdown, values) == expected
    assert list(faults(markdown)) == []


@pytest.mark.parametrize(
    ("markdown", "code", "line"),
    [
        ("text\n\n# heading", "markdown-outside", 2),
        ("text\n=====", "markdown-outside", 0),
        ("a `code` b", "markdown-outside", 0),
        ("one\ntwo ![picture](https://a.org/x.png)", "markdown-outside", 1),
        ("<b>x</b>", "markdown-outside", 0),
        ("<div>x</div>", "markdown-outside", 0),
        ("1. one\n2. two", "markdown-outside", 0),
        ("> quoted", "markdown-outside", 0),
        ("a\n\n---\n\nb", "markdown-outside", 2),
        ("```\ncode\n```", "markdown-outside", 0),
        ("~~gone~~", "markdown-outside", 0),
        ("- a\n  - b", "markdown-list", 1),
        ("- a\n\n  more of a", "markdown-list", 2),
        ("[x](ftp://a.org)", "markdown-link", 0),
        ("[x](/page)", "markdown-link", 0),
        ("[x](https://a.org/{{governorate}})", "markdown-link", 0),
        ("a\n{{ x | upper }}", "template-not-a-name", 1),
        ("{{ x", "template-not-a-name", 0),
        ("{% if x %}", "template-not-a-name", 0),
    ],
)
def test_what_is_beyond_the_subset_is_told_with_its_line(
    markdown: str, code: str, line: int
) -> None:
    assert [(found, at) for found, at, _ in faults(markdown)] == [(code, line)]


def test_names_are_found_with_their_lines() -> None:
    found = list(names("{{ a }}\n\n{{ b-c }} and {{a}}"))
    assert found == [("a", 0), ("b-c", 2), ("a", 2)]


def test_a_name_without_a_value_never_passes_silently() -> None:
    with pytest.raises(KeyError):
        html("{{ sector }}", {})
