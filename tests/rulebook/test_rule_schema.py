"""The JSON Schemas say of a rule file what loading says of its shape."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from eligibility.rulebook.schema import KINDS, file_name, json_schemas
from rulebook.rule_copy import RULES

SCHEMAS = json_schemas()
FILES = [(kind, path) for kind, (_, pattern, _) in KINDS.items() for path in sorted(RULES.glob(pattern))]


class EditorLoader(yaml.SafeLoader):
    """The core schema of YAML 1.2 in place of 1.1: 是 and yes are texts, and so are days."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in kinds if not tag.endswith(("timestamp", "bool"))]
    for first, kinds in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"true|True|TRUE|false|False|FALSE"), list("tTfF")
)


def as_an_editor_reads_it(text: str) -> Any:
    """YAML 1.2 as an editor reads it: numbers are numbers, days are texts."""
    return yaml.load(text, Loader=EditorLoader)


def complaints(kind: str, content: Any) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[kind]).iter_errors(content)]


def test_every_rule_file_has_a_schema() -> None:
    covered = {path for _, path in FILES}
    assert [path for path in RULES.rglob("*.yaml") if path not in covered] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[kind])


@pytest.mark.parametrize(("kind", "path"), FILES, ids=[path.relative_to(RULES).as_posix() for _, path in FILES])
def test_every_rule_file_fits_its_schema(kind: str, path: Path) -> None:
    assert complaints(kind, as_an_editor_reads_it(path.read_text(encoding="utf-8"))) == []


CLAUSE = (RULES / "km-reform" / "clauses" / "most_land_lost.yaml").read_text(encoding="utf-8")
LINE = (RULES / "km-reform" / "parameters" / "most_land_line.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "text", "old", "new", "says"),
    [
        ("clause", CLAUSE, "title:", "titel:", "titel"),
        ("clause", CLAUSE, "kind: requirement", "kind: requirment", "requirment"),
        ("clause", CLAUSE, "{any: [all_land_lost, most_land_lost]}", "{any: all_land_lost}", "all_land_lost"),
        ("clause", CLAUSE, "{any: [all_land_lost, most_land_lost]}", "{ayn: [all_land_lost]}", "ayn"),
        ("clause", CLAUSE, "  status: quoted\n", "", "status"),
        ("clause", CLAUSE, "reason: at_threshold", "raeson: at_threshold", "raeson"),
        ("parameter", LINE, "type: area_per_head", "type: area_by_head", "area_by_head"),
        ("parameter", LINE, "    value: 0.3\n", "", "value"),
        ("parameter", LINE, "status: assumed", "status: guessed", "guessed"),
    ],
)
def test_a_wrong_shape_is_seen_while_typing(*, kind: str, text: str, old: str, new: str, says: str) -> None:
    assert text.count(old) == 1
    assert any(says in message for message in complaints(kind, as_an_editor_reads_it(text.replace(old, new))))


def descriptions(schema: Any, path: str = "") -> list[tuple[str, str]]:
    """Every property of a schema with its description."""
    found: list[tuple[str, str]] = []
    if isinstance(schema, dict):
        for key, inner in schema.get("properties", {}).items():
            found.append((f"{path}/{key}", inner.get("description", "")))
        for key, inner in schema.items():
            found += descriptions(inner, f"{path}/{key}")
    elif isinstance(schema, list):
        for inner in schema:
            found += descriptions(inner, path)
    return found


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("documents", "bodies")])
def test_every_key_is_explained_in_chinese(kind: str) -> None:
    said = descriptions(SCHEMAS[kind])
    assert said
    assert [key for key, text in said if not any("\u4e00" <= mark <= "\u9fff" for mark in text)] == []


def call(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(RULES.parent / "cli.py"), "rules", "schema", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def test_the_command_writes_one_file_a_kind(tmp_path: Path) -> None:
    call("--out", tmp_path / "schema")
    written = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "schema").iterdir()}
    assert written == {file_name(kind): schema for kind, schema in SCHEMAS.items()}
    assert json.loads(call().stdout) == SCHEMAS


@pytest.mark.parametrize("page", ["docs/rules.md"])
def test_the_editor_examples_name_schemas_that_exist(page: str) -> None:
    text = (RULES.parent / page).read_text(encoding="utf-8")
    assert "yaml-language-server: $schema=" in text
    settings = text.split("```json")[1].split("```")[0]
    named = json.loads(settings)["yaml.schemas"]
    assert {Path(name).name for name in named} == {file_name(kind) for kind in KINDS}
    for name, pattern in named.items():
        kind = Path(name).name.removesuffix(".schema.json")
        assert pattern == f"rules/{KINDS[kind][1]}"
