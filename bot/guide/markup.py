"""The small Markdown that editors write, as Telegram's HTML.

Paragraphs, **bold**, *italic*, ``-`` lists and links; ``{{ name }}`` stands for a value. The
names are question ids, so they may have hyphens, which no template language knows; nothing but a
bare name is allowed, so one pattern is the whole template language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_PARSER: Final = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
"""Knows more than the subset, so that what is outside it is seen and not printed as it stands."""
_VALUE: Final = re.compile(r"\{\{ *([a-z][a-z0-9-]*) *\}\}")
_BRACES: Final = re.compile(r"\{\{.*?\}\}|\{\{|\}\}|\{%.*?%\}|\{%|\{#", re.DOTALL)
_TAGS: Final = {
    "strong_open": "<b>",
    "strong_close": "</b>",
    "em_open": "<i>",
    "em_close": "</i>",
    "link_close": "</a>",
    "softbreak": " ",
    "hardbreak": "\n",
}
_BLOCKS: Final = frozenset(
    {"paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close"}
    | {"list_item_open", "list_item_close", "inline"}
)


def html(markdown: str, values: Mapping[str, str]) -> Markup:
    """The text as Telegram's HTML, with the values in place of ``{{ name }}``.

    Values are escaped unless they are ``Markup``. Raises ``KeyError`` for a name without a value;
    what ``faults`` finds in the text must be mended before.
    """
    blocks: list[str] = []
    bullet = ""
    for token in _tokens(markdown):
        if token.type == "list_item_open":
            bullet = "• "
        elif token.type == "inline":
            text = bullet + "".join(_inline(token.children or [], values))
            if bullet and blocks and blocks[-1].startswith(bullet):
                blocks[-1] = f"{blocks[-1]}\n{text}"
            else:
                blocks.append(text)
            bullet = ""
    return Markup("\n\n".join(blocks))


def names(markdown: str) -> Iterator[tuple[str, int]]:
    """The names of the values that the text shows, each with its line in the text, from 0."""
    for found in _VALUE.finditer(markdown):
        yield found[1], markdown.count("\n", 0, found.start())


def faults(markdown: str) -> Iterator[tuple[str, int, str]]:
    """What the text has beyond the subset: the problem's code, the line from 0, and the text.

    One fault for each line: what is inside a table is not told again cell by cell.
    """
    told: set[int] = set()
    for code, line, value in (*_template_faults(markdown), *_block_faults(_tokens(markdown))):
        if line not in told:
            told.add(line)
            yield code, line, value


def _template_faults(markdown: str) -> Iterator[tuple[str, int, str]]:
    for found in _BRACES.finditer(markdown):
        if not _VALUE.fullmatch(found[0]):
            yield "template-not-a-name", markdown.count("\n", 0, found.start()), found[0]


def _block_faults(tokens: tuple[Token, ...]) -> Iterator[tuple[str, int, str]]:
    depth = lists = paragraphs = line = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        outside = token.type not in _BLOCKS
        if outside and token.nesting >= 0 and depth == 0:
            yield "markdown-outside", line, token.markup or token.content.strip() or token.tag
        depth += token.nesting if outside else 0
        lists += token.nesting if token.type.startswith("bullet_list") else 0
        paragraphs += token.type == "paragraph_open"
        if token.type in ("bullet_list_open", "list_item_open"):
            paragraphs = 0
        if lists > 1 or (lists and paragraphs > 1):
            yield "markdown-list", line, ""
        if token.type == "inline" and depth == 0:
            yield from _inline_faults(token.children or [], line)


def _inline_faults(tokens: list[Token], line: int) -> Iterator[tuple[str, int, str]]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            line += 1
        elif token.type == "link_open":
            address = str(token.attrs["href"])
            if not address.startswith(("https://", "http://")) or "%7B" in address:
                yield "markdown-link", line, address
        elif token.type not in _TAGS and token.type != "text" and token.nesting >= 0:
            yield "markdown-outside", line, token.markup or token.content or token.tag


@lru_cache(maxsize=1024)
def _tokens(markdown: str) -> tuple[Token, ...]:
    return tuple(_PARSER.parse(markdown))


def _inline(tokens: list[Token], values: Mapping[str, str]) -> Iterator[str]:
    for token in tokens:
        if token.type == "link_open":
            yield f'<a href="{escape(str(token.attrs["href"]))}">'
        elif token.type == "text":
            yield _filled(token.content, values)
        else:
            yield _TAGS[token.type]


def _filled(text: str, values: Mapping[str, str]) -> Markup:
    parts = _VALUE.split(text)
    return Markup("").join(
        escape(values[part]) if index % 2 else escape(part) for index, part in enumerate(parts)
    )
