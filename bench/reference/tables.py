"""The page of tables: what each stage declares, with the columns of a small run that was decided."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from bench.reference import head, table, words
from bench.reference.small_run import decided
from eligibility.application.pipeline import STAGES, kept_tables
from eligibility.application.saved_runs import VIEWS
from eligibility.application.stage import Stage

SAID = """\
The stages are those that `eligibility run` executes, in their order; what each reads and writes is what the program declares and by
which it finds where a what-if must begin. Names and types of the columns are read from a run over `docs/example/dossier`.

Conventions (areas in micro-亩, days as ranges, NULL): [architecture](../architecture.md#conventions-in-tables). A table that is kept with a
run is opened by `eligibility.open_run("out").table("link.links")`, or as Parquet from the run folder.
"""


def page() -> str:
    """The whole page."""
    stages = "\n".join(map(_stage, STAGES))
    with decided() as con:
        sections = [_section(con, name) for stage in STAGES for name in stage.writes]
    return head("一次判定的表 / Tables of a run", "tables", SAID) + f"\n## Stages\n\n{stages}\n" + "\n".join(sections)


def _stage(one: Stage) -> str:
    told = (
        ("reads", one.reads),
        ("writes", one.writes),
        ("changes in place", one.amends),
        ("adds rows to", one.adds),
    )
    timed = "" if one.step == one.name else f"Timed as `{one.step}`.\n\n"
    return f"### {one.name}\n\n{timed}" + "".join(f"- {verb} {_list(names)}\n" for verb, names in told if names)


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"[{name}](#{_anchor(name)})" for name in names)


def _anchor(name: str) -> str:
    return name.replace(".", "")


def _section(con: duckdb.DuckDBPyConnection, name: str) -> str:
    rows = con.execute(f"DESCRIBE {name}").fetchall()
    said = words()["tables"].get(name, "")
    columns = table(("Column", "Type"), ((f"`{row[0]}`", str(row[1])) for row in rows))
    return f"## {name}\n\n{said}\n\n{_path(name)}\n\n{columns}".replace("\n\n\n\n", "\n\n")


def _path(name: str) -> str:
    kept = f"kept as `{VIEWS[name]}.parquet`" if name in kept_tables() else "not kept with a run"
    told = [("written by", "writes"), ("changed by", "amends"), ("rows added by", "adds"), ("read by", "reads")]
    parts = [f"{verb} {', '.join(names)}" for verb, list_ in told if (names := _stages(name, list_))]
    return f"*{'; '.join([*parts, kept])}*"


def _stages(name: str, list_: str) -> list[str]:
    return [stage.name for stage in STAGES if name in _declared(stage, list_)]


def _declared(stage: Stage, list_: str) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(stage, list_)
    return names
