"""The page of output files: every file of a small run that was decided, with its columns and what it is."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from bench.reference import head, table, words
from bench.reference.small_run import published
from eligibility.application.saved_runs import VIEWS

SAID = """\
`eligibility run 卷宗 --out out` 写出的全部文件；列名取自对 `docs/example/dossier` 的一次判定。各列的含义见 [数据](../data.md)，表的结构见
[一次判定的表](tables.md)。Every file that `run` writes, with the columns of a run over the small example dossier. What leaves the office,
and with which ids: [reports](../reports.md).

目录先写在一旁，写完才整个换名；同名的旧结果整个换新，里面有别的东西就不写；`out.record` 只增不减。The folder appears whole or not at all.
"""


def page() -> str:
    """The whole page."""
    with TemporaryDirectory() as place:
        out = Path(place) / "out"
        published(out)
        return page_of(out)


def page_of(out: Path) -> str:
    """The whole page from the results `out` of the small run, with their record beside them."""
    names = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    record = {_in_record(path.relative_to(out.parent)) for path in Path(f"{out}.record").rglob("*") if path.is_file()}
    shown = [name for name in names if not name.startswith(("papers/", "rules/"))]
    kept = {file: view for view, file in VIEWS.items()}
    rows = ((f"`{name}`", _of(kept, name)) for name in names if name.startswith("papers/"))
    return (
        head("输出的文件 / Output files", "files", SAID)
        + "\n"
        + "\n".join(_section(out, name) for name in shown)
        + f"\n## papers/\n\n{_said('papers/')}\n\n{table(('文件 / File', '表 / Table'), rows)}"
        + f"\n## rules/\n\n{_said('rules/')}\n\n## out.record/\n\n{_said('out.record/')}\n\n"
        + "".join(f"- `{name}`\n" for name in sorted(record))
    )


def _of(kept: dict[str, str], name: str) -> str:
    view = kept[name.removesuffix(".parquet")]
    return f"[{view}](tables.md#{view.replace('.', '')})"


def _in_record(path: Path) -> str:
    return f"{path.parts[0]}/kept/…" if "kept" in path.parts else str(path)


def _said(name: str) -> str:
    text: str = words()["files"].get(name, "")
    return text


def _section(out: Path, name: str) -> str:
    columns = list(_columns(out / name))
    told = f"\n{'、'.join(f'`{one}`' for one in columns)}\n" if columns else ""
    return f"## {name}\n\n{_said(name)}\n{told}"


def _columns(path: Path) -> Iterator[str]:
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8-sig", newline="") as lines:
                yield from next(csv.reader(lines))
        case ".parquet":
            rows = duckdb.execute("SELECT name FROM parquet_schema(?) WHERE type IS NOT NULL", [str(path)]).fetchall()
            yield from (str(row[0]) for row in rows)
        case ".json":
            yield from json.loads(path.read_text(encoding="utf-8"))
