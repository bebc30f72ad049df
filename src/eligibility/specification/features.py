"""Reads feature files: features, rules, scenarios, and every row of 例子 with its steps expanded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException, ParserError
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

Node = Mapping[str, Any]
Table = tuple[tuple[str, ...], ...]


class StepType(StrEnum):
    """Type of a step: given (假如), when (当) or then (那么)."""

    GIVEN = "given"
    WHEN = "when"
    THEN = "then"


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence, with its table if it has one."""

    step_type: StepType
    text: str
    table: Table = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One run of a scenario: the cells of its row of 例子 (none outside an outline), its line number, its steps."""

    cells: tuple[str, ...]
    line: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """One table of 例子; a scenario without any has one unnamed table with one row and no columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario as written: keyword and text of its own steps, and the rule that contains it."""

    name: str
    line: int
    rule: str
    written: tuple[tuple[str, str, Table], ...]
    examples: tuple[Examples, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row of every table, in order."""
        return tuple(row for table in self.examples for row in table.rows)


@dataclass(frozen=True, slots=True)
class Feature:
    """One file. `path` is relative to the folder of the regime; `clause` its own clause, "" for a story."""

    path: str
    clause: str
    tags: tuple[str, ...]
    name: str
    description: str
    background: tuple[tuple[str, str, Table], ...]
    scenarios: tuple[Scenario, ...]


def read_features(folder: Path) -> tuple[Feature, ...]:
    """Read every feature file under `folder`, those of clauses first.

    Raises InputError with a finding for each file that is not Gherkin, or if the folder has no feature file.
    """
    paths = sorted(folder.rglob("*.feature"), key=lambda path: (path.parent != folder, path.as_posix()))
    if not paths:
        problem = Bilingual("这里没有场景文件（*.feature）", "there is no feature file here (*.feature)")
        remedy = Bilingual("请用 --features 指明场景目录", "name the folder of features with --features")
        raise InputError(Diagnostic("no_features", SourceLocation(folder.as_posix()), problem, remedy))
    wrong: list[Diagnostic] = []
    read = [feature for path in paths if (feature := _feature(path, folder, wrong)) is not None]
    if wrong:
        raise InputError(*wrong)
    return tuple(read)


def _feature(path: Path, folder: Path, wrong: list[Diagnostic]) -> Feature | None:
    try:
        document: Any = Parser().parse(path.read_text(encoding="utf-8"))
    except CompositeParserException as bad:
        wrong.extend(_unreadable(path, error) for error in bad.errors)
        return None
    except (ParserError, UnicodeDecodeError) as bad:
        wrong.append(_finding(path, None, str(bad)))
        return None
    node = document["feature"]
    if node is None:
        wrong.append(_finding(path, None, "no feature"))
        return None
    document["uri"] = path.as_posix()
    return Feature(
        path.relative_to(folder).as_posix(),
        path.stem if path.parent == folder else "",
        tuple(tag["name"].removeprefix("@") for tag in node["tags"]),
        node["name"],
        "\n".join(line.strip() for line in node["description"].splitlines() if line.strip()),
        tuple(step for child in node["children"] if "background" in child for step in _written(child["background"])),
        tuple(_scenarios(node, _expanded(document))),
    )


def _expanded(document: Any) -> dict[tuple[str, ...], tuple[Step, ...]]:
    """Return steps by scenario id (and row id), with the background before them and the cells filled in."""
    step_types = {"Context": StepType.GIVEN, "Action": StepType.WHEN, "Outcome": StepType.THEN}
    expanded: dict[tuple[str, ...], tuple[Step, ...]] = {}
    for pickle in Compiler().compile(document):
        steps = (
            Step(step_types.get(step["type"], StepType.THEN), step["text"], _pickled(step.get("argument")))
            for step in pickle["steps"]
        )
        expanded[tuple(pickle["astNodeIds"])] = tuple(steps)
    return expanded


def _scenarios(feature: Node, expanded: Mapping[tuple[str, ...], tuple[Step, ...]]) -> Iterator[Scenario]:
    for child in feature["children"]:
        if "rule" in child:
            nodes = child["rule"]["children"]
            before = tuple(step for node in nodes if "background" in node for step in _written(node["background"]))
            for node in nodes:
                if "scenario" in node:
                    yield _scenario(node["scenario"], child["rule"]["name"], before, expanded)
        elif "scenario" in child:
            yield _scenario(child["scenario"], "", (), expanded)


def _scenario(
    node: Node,
    rule: str,
    before: tuple[tuple[str, str, Table], ...],
    expanded: Mapping[tuple[str, ...], tuple[Step, ...]],
) -> Scenario:
    tables = tuple(_examples(node, table, expanded) for table in node["examples"])
    alone = expanded.get((node["id"],), ())
    only = Examples("", (), (Row((), node["location"]["line"], alone),))
    return Scenario(node["name"], node["location"]["line"], rule, (*before, *_written(node)), tables or (only,))


def _examples(node: Node, table: Node, expanded: Mapping[tuple[str, ...], tuple[Step, ...]]) -> Examples:
    rows = tuple(
        Row(_cells(row), row["location"]["line"], expanded[node["id"], row["id"]]) for row in table["tableBody"]
    )
    return Examples(table["name"], _cells(table["tableHeader"]) if "tableHeader" in table else (), rows)


def _written(node: Node) -> Iterator[tuple[str, str, Table]]:
    for step in node["steps"]:
        rows = step["dataTable"]["rows"] if "dataTable" in step else ()
        yield step["keyword"].strip(), step["text"], tuple(_cells(row) for row in rows)


def _cells(row: Node) -> tuple[str, ...]:
    return tuple(cell["value"] for cell in row["cells"])


def _pickled(argument: Node | None) -> Table:
    table = (argument or {}).get("dataTable")
    return () if table is None else tuple(_cells(row) for row in table["rows"])


def _unreadable(path: Path, error: Exception) -> Diagnostic:
    place = getattr(error, "location", None) or {}
    return _finding(path, place.get("line"), str(error))


def _finding(path: Path, line: int | None, message: str) -> Diagnostic:
    problem = Bilingual(f"场景文件读不懂：{message}", f"the feature file cannot be read: {message}")
    remedy = Bilingual(
        "请对照 docs/specification.md 改正该行", "correct this line, docs/specification.md says how it is written"
    )
    return Diagnostic("bad_feature", SourceLocation(path.as_posix(), row=line), problem, remedy)
