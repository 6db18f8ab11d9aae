"""JSON Schemas of the guide's files, so that an editor's program completes and checks them.

They are written from the models. Where a model takes a short form in, the schema describes that:
it is what stands in the files.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import CoreRef, GenerateJsonSchema, JsonRef, JsonSchemaValue
from pydantic_core import core_schema

from bot.guide.kinds import kinds_of_file

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_VALUE: Final = {"type": ["string", "integer"]}
_RANGE: Final = {
    "type": "object",
    "minProperties": 1,
    "properties": {"min": _VALUE, "max": _VALUE},
    "additionalProperties": False,
}
_COMPARED: Final = {"anyOf": [_VALUE, {"type": "array", "minItems": 1, "items": _VALUE}, _RANGE]}


def write_schemas(directory: Path) -> None:
    """Writes a schema for each kind of file; a schema's name says which files it describes.

    ``flows.steps`` is for the files in ``flows/steps/``, ``content.words.questions`` for
    ``content/<language>/words/questions.yaml``. Raises ``OSError`` if it cannot write there.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=2)
        (directory / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")


def schemas() -> Mapping[str, Mapping[str, Any]]:
    """The schema of each kind of file, by its name."""
    found: dict[str, Mapping[str, Any]] = {}
    for name, adapter, by_id in kinds_of_file():
        schema = adapter.json_schema(schema_generator=_AsWritten)
        definitions = {"$defs": schema.pop("$defs", {})}
        if by_id:
            schema = {"type": "object", "additionalProperties": schema}
        found[name] = {"$schema": _DIALECT, **schema, "title": name, **definitions}
    return found


class _AsWritten(GenerateJsonSchema):
    """What editors write, where pydantic would describe what it becomes."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """An optional key is left out, never empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        """The short forms, by the name of the validator that makes long forms of them."""
        inner = self.generate_inner(schema["schema"])
        short_forms: Mapping[str, Callable[[JsonSchemaValue], JsonSchemaValue]] = {
            "parse": lambda _: self._condition(),
            "named": lambda model: self._named(model, "id"),
            "_need": self._need,
            "cases": self._cases,
            "or_unknown": lambda model: {"anyOf": [{"const": "unknown"}, model]},
            "_days": lambda _: {"type": "string", "pattern": "^[0-9]+d$"},
            "_months": lambda _: {"type": "string", "pattern": "^[0-9]+m$"},
            "_labelled": lambda model: {"anyOf": [{"type": "string"}, model]},
            "_text": lambda text: {"anyOf": [text, {"type": "integer"}]},
        }
        validator = getattr(schema["function"]["function"], "__name__", "")
        return short_forms[validator](inner) if validator in short_forms else inner

    def _condition(self) -> JsonSchemaValue:
        """A reference to the schema of conditions, which have no model of their own."""
        name, reference = self.get_cache_defs_ref_schema(CoreRef("conditions.Condition:0"))
        several = {"type": "array", "minItems": 1, "items": reference}
        self.definitions[name] = {
            "description": "question: answer. A mapping is and, a list is one of.",
            "type": "object",
            "minProperties": 1,
            "properties": {"all": several, "any": several, "not": reference},
            "additionalProperties": _COMPARED,
        }
        return reference

    def _model(self, schema: JsonSchemaValue) -> JsonSchemaValue:
        """The definition behind a reference."""
        return self.get_schema_from_definitions(JsonRef(schema["$ref"])) or {}

    def _named(self, schema: JsonSchemaValue, key: str) -> JsonSchemaValue:
        """``id``, or ``{id: {…}}`` with the rest of the model."""
        model = self._model(schema)
        rest = {name: each for name, each in model["properties"].items() if name != key}
        name = {"type": "string"}
        entry = {"type": "object", "properties": rest, "additionalProperties": False}
        one = {"type": "object", "minProperties": 1, "maxProperties": 1}
        return {"anyOf": [name, {**one, "additionalProperties": entry}]}

    def _need(self, schema: JsonSchemaValue) -> JsonSchemaValue:
        return {"anyOf": [*self._named(schema, "any")["anyOf"], schema]}

    def _cases(self, schema: JsonSchemaValue) -> JsonSchemaValue:
        """A list of cases, or the value of the only one."""
        return {"anyOf": [self._model(schema["items"])["properties"]["is"], schema]}
