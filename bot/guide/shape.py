"""From pydantic's errors to problems: which line, which fault, in words that editors know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.engine.values import Json
from bot.guide.problems import Problem, guess, problem
from bot.guide.strict_yaml import Path, Tree

Shape = TypeVar("Shape")

_EXPECTED: Final = {
    "int_type": "number",
    "int_parsing": "number",
    "bool_type": "true-false",
    "bool_parsing": "true-false",
    "string_type": "text",
    "tuple_type": "list",
    "dict_type": "mapping",
    "mapping_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
}
"""pydantic's error types, and what the language expected there (``problem.expected-…``)."""

_PATTERNS: Final = (
    ("^[a-z][a-z0-9]*(-", "bad-id"),
    ("^[LFO]-", "bad-source-id"),
    ("^[0-9]+/", "bad-rate"),
    ("^(unknown|", "bad-date"),
    ("^https?", "bad-address"),
    ("^unknown$", "only-unknown"),
    ("^([01]", "bad-clock"),
    (r"\S", "empty-words"),
)
"""How the pattern that was not met begins, and the code of the problem."""


def shaped(
    adapter: TypeAdapter[Shape], tree: Tree, path: Path, value: Json
) -> tuple[Shape | None, list[Problem]]:
    """The value at this path of the file as its model; ``None`` and the problems if it is not."""
    try:
        return adapter.validate_python(value), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        return None, [_problem(adapter, tree, path, each) for each in details]


def _problem(adapter: TypeAdapter[Any], tree: Tree, base: Path, error: ErrorDetails) -> Problem:
    context = error.get("ctx", {})
    loc = tuple(part for part in error["loc"] if part != "[key]")
    path = (*base, *loc, *context.get("path", ()))
    code, values = _told(adapter, loc, error, context)
    is_key = code == "unknown-key" or "[key]" in error["loc"]
    return problem(code, tree.file, tree.key(path) if is_key else tree.place(path), **values)


def _told(
    adapter: TypeAdapter[Any], loc: Path, error: ErrorDetails, context: Mapping[str, Any]
) -> tuple[str, dict[str, str]]:
    """The code of the problem and the values of its words."""
    kind = error["type"]
    if kind == "extra_forbidden":
        key, known = str(loc[-1]), tuple(known_keys(adapter.json_schema(), loc[:-1]))
        return "unknown-key", {"key": key, "known": ", ".join(known), "guess": guess(key, known)}
    if kind == "unknown-key":
        key, known = context["key"], context["known"]
        return kind, {"key": key, "known": ", ".join(known), "guess": guess(key, known)}
    if kind == "missing":
        return "missing-key", {"key": str(loc[-1])}
    if kind == "literal_error":
        known = tuple(re.findall(r"'([^']*)'", context["expected"]))
        value = str(error["input"])
        return "unknown-value", {
            "value": value,
            "known": ", ".join(known),
            "guess": guess(value, known),
        }
    if kind == "string_pattern_mismatch":
        code = next(c for start, c in _PATTERNS if context["pattern"].startswith(start))
        return code, {"value": str(error["input"])}
    if kind == "string_too_long":
        told = {"value": str(error["input"]), "most": str(context["max_length"])}
        return "id-too-long", told
    if kind in ("greater_than_equal", "less_than_equal"):
        code = "too-small" if kind == "greater_than_equal" else "too-large"
        return code, {"value": str(error["input"]), "limit": str(*context.values())}
    if kind == "too_short":
        return "list-empty", {"key": str(loc[-1])}
    if kind.startswith("date_"):
        return "not-a-date", {"value": _shown(error["input"])}
    if kind in _EXPECTED:
        return f"expected-{_EXPECTED[kind]}", {"value": _shown(error["input"])}
    told = {name: str(each) for name, each in context.items() if name != "path"}
    return kind, told


def _shown(value: Json) -> str:
    """The value as an editor wrote it, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def known_keys(schema: Mapping[str, Any], path: Path) -> Iterator[str]:
    """The keys that a JSON Schema allows at a path."""
    node: Mapping[str, Any] = schema

    def entered(inner: Mapping[str, Any]) -> Mapping[str, Any]:
        while True:
            if "$ref" in inner:
                inner = schema["$defs"][inner["$ref"].rsplit("/", 1)[1]]
            elif "anyOf" in inner:
                inner = inner["anyOf"][0]
            else:
                return inner

    for segment in path:
        node = entered(node)
        if isinstance(segment, int):
            node = node["items"]
        else:
            others = [*node.get("patternProperties", {}).values()]
            inside = node.get("properties", {}).get(segment)
            node = inside or (others[0] if others else node["additionalProperties"])
    yield from entered(node).get("properties", {})
