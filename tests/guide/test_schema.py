"""The JSON Schemas agree with the models: what loads fits them, what is mistyped does not."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.engine.values import Json
from bot.guide.load import load
from bot.guide.schema import schemas, write_schemas
from tests.guide import small

SCHEMAS = schemas()
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
}
KNOWN = {
    *("$ref", "$schema", "$defs", "title", "description", "format", "type", "const", "enum"),
    *("pattern", "anyOf", "properties", "additionalProperties", "patternProperties", "items"),
    *("propertyNames", "required", "minItems", "maxLength", "minProperties", "maxProperties"),
    *("minimum", "maximum"),
}


def fits(value: Json, schema: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    """Whether a value is valid by a schema, as far as the schemas of the guide use the standard."""
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    if "$ref" in schema:
        return fits(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole)
    if "anyOf" in schema:
        return any(fits(value, each, whole) for each in schema["anyOf"])
    if "const" in schema or "enum" in schema:
        return value in schema.get("enum", [schema.get("const")])
    names = schema.get("type", list(TYPES))
    wanted = [TYPES[name] for name in ([names] if isinstance(names, str) else names)]
    if not any(type(value) is each for each in wanted):
        return False
    if isinstance(value, str):
        short = len(value) <= schema.get("maxLength", len(value))
        return short and bool(re.search(schema.get("pattern", ""), value))
    if isinstance(value, int):
        return bool(schema.get("minimum", value) <= value <= schema.get("maximum", value))
    if isinstance(value, list):
        enough = len(value) >= schema.get("minItems", 0)
        return enough and all(fits(each, schema.get("items", {}), whole) for each in value)
    return not isinstance(value, dict) or mapping_fits(value, schema, whole)


def mapping_fits(
    value: Mapping[str, Json], schema: Mapping[str, Any], whole: Mapping[str, Any]
) -> bool:
    most = schema.get("maxProperties", len(value))
    if not schema.get("minProperties", 0) <= len(value) <= most:
        return False
    if not set(schema.get("required", ())) <= value.keys():
        return False
    for key, each in value.items():
        patterns = schema.get("patternProperties", {})
        inner = schema.get("properties", {}).get(key)
        inner = inner or next((s for p, s in patterns.items() if re.search(p, key)), None)
        inner = schema.get("additionalProperties", {}) if inner is None else inner
        if inner is False or not fits(each, inner, whole):
            return False
    return True


def schema_of(file: str) -> Mapping[str, Any]:
    """The schema that describes a file of the guide."""
    name = re.sub(r"^content\.(ar|en)\.", "content.", file.removesuffix(".yaml").replace("/", "."))
    if name in SCHEMAS:
        return SCHEMAS[name]
    return SCHEMAS[name.rpartition(".")[0]]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Json]:
    """What the small guide and the real one say, file by file."""
    directory = tmp_path_factory.mktemp("small")
    found: dict[str, Json] = {}
    for where in (small.write(directory / "guide", small.files()), small.CHECKOUT):
        yaml = {f: v for f, v in load(where).files.items() if f.endswith(".yaml")}
        found |= {f"{where.name}:{file}": value for file, value in yaml.items()}
    return found


def test_every_file_fits_its_schema(files: dict[str, Json]) -> None:
    misfits = []
    for name, value in files.items():
        schema = schema_of(name.partition(":")[2])
        if not fits(value, schema, schema):
            misfits.append(name)
    assert misfits == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("flows/steps/permit.yaml", "copies: 2", "copis: 2"),
        ("flows/steps/permit.yaml", "min: 3d", "min: 3"),
        ("flows/steps/permit.yaml", "when: {premises: rented}", "when: rented"),
        ("flows/steps/register.yaml", "sources: [L-01, L-02]", "sources: []"),
        ("flows/steps/register.yaml", "recheck: 90d\n", ""),
        ("flows/licence.yaml", "{max: 5}", "{maks: 5}"),
        ("flows/questions.yaml", "kind: number", "kind: nummer"),
        ("content/ar/words/bodies.yaml", "about:", "abot:"),
        ("flows/programmes/seed-loan.yaml", "max: 36m", "max: 36"),
        ("flows/programmes/seed-loan.yaml", "kind: loan", "kind: lone"),
        ("flows/programmes/seed-loan.yaml", "{is: open,", "{is: opened,"),
        ("flows/programmes/seed-loan.yaml", "{workers: {max: 50}}", "{workers: {maks: 50}}"),
        ("flows/articles/soap.yaml", "when: {sector: craft}", "when: craft"),
        ("flows/subjects.yaml", "{sector: food}", "food"),
        ("flows/menu.yaml", "[licence]", "licence"),
        ("flows/topics.yaml", "answer: 2", "answer: 0"),
        ("flows/topics.yaml", "step: 5", "step: 61"),
        ("flows/replies.yaml", "[licensing]", "licensing"),
        ("content/data/bodies.yaml", "kind: counter", "kind: counters"),
        ("content/data/calendar.yaml", "on: 01-01", "on: January"),
        ("content/data/calendar.yaml", 'opens: "08:00", ', ""),
        ("content/data/calendar.yaml", 'opens: "08:00"', 'opens: "8:00"'),
        ("content/data/offices.yaml", "{body: bank,", "{bodie: bank,"),
        ("content/ar/words/replies.yaml", ", text: أهلاً بكم.", ""),
        ("content/ar/words/questions.yaml", "says: [مطعم, فلافل]", "say: [مطعم]"),
    ],
)
def test_a_mistyped_file_does_not_fit(file: str, old: str, new: str, tmp_path: Path) -> None:
    changed = {**small.files(), file: small.files()[file].replace(old, new, 1)}
    assert changed != small.files()
    schema = schema_of(file)
    value = load(small.write(tmp_path / "guide", changed)).files[file]
    assert not fits(value, schema, schema)


def test_the_schemas_are_written_as_files(tmp_path: Path) -> None:
    write_schemas(tmp_path / "schemas")
    written = {path.name: path for path in (tmp_path / "schemas").iterdir()}
    assert written.keys() == {f"{name}.schema.json" for name in SCHEMAS}
    step = json.loads(written["flows.steps.schema.json"].read_text(encoding="utf-8"))
    assert {"step", "at", "fee", "time", "sources", "read", "recheck"} == set(step["required"])
    assert "default" not in json.dumps(step)
