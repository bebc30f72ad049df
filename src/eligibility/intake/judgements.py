"""Judgements of reviewers on links of agreement and approval: a file of its own, read beside the dossier.

A judgement is never an order to decide a person: confirmed is positive evidence as a readable citation is, rejected
takes the link away, unsure tells nothing. It counts whatever the day of decision, because it speaks of the same papers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import chain, islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from eligibility.intake.aside import Aside
from eligibility.intake.files.folder import Part
from eligibility.intake.files.grid import HEADER_WITHIN, Grid
from eligibility.intake.files.header import locate
from eligibility.intake.notices import refuse
from eligibility.intake.sources import open_piece
from eligibility.model.days import parse_day
from eligibility.model.diagnostic import Bilingual, SourceLocation
from eligibility.model.document_number import normal_form
from eligibility.model.names import squeeze
from eligibility.model.tables import LAND_CLASSES, CellType, Column, Table, Word

VERDICTS = (
    Word("confirmed", "确认", ("认可",)),
    Word("rejected", "不认可", ("否认", "不确认")),
    Word("unsure", "存疑", ("不确定",)),
)
JUDGEMENTS = Table(
    "judgements",
    ("对应判定", "链接判定"),
    (
        Column("agreement_no", ("协议编号",), CellType.REFERENCE, required=True),
        Column("land_class", ("地类",), CellType.CHOICE, words=LAND_CLASSES),
        Column("approval_no", ("批文文号",), CellType.APPROVAL_NO, required=True),
        Column("judgement", ("判定", "判断", "意见"), CellType.CHOICE, required=True, words=VERDICTS),
        Column("by", ("判定人", "核查人"), required=True),
        Column("on", ("日期", "判定日期"), CellType.DAY),
        Column("note", ("说明", "备注")),
    ),
)
_FIELDS = (
    *("file", "sheet", "row", "agreement_no", "land_class", "approval_no", "judgement", "by", "on", "note", "sha256"),
    *("agreement_key", "class_key", "approval_key", "verdict", "on_lo"),
)


def read_judgements(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of judgements as they stand, each with its file, sheet, row and the hash of the file.

    Raises:
        InputError: there is no such file, it is of no known kind, or a required column is missing.

    """
    if not path.is_file():
        problem = Bilingual("判定文件不存在", "there is no such file of judgements")
        raise refuse("missing_judgements", SourceLocation(str(path)), problem, Bilingual("检查路径", "check the path"))
    piece = open_piece(JUDGEMENTS, Part(path, path.name, True), Aside())
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return [row | {"sha256": digest} for grid in piece.grids() for row in _rows(grid)]


def lay_judgements(con: duckdb.DuckDBPyConnection, given: Sequence[dict[str, Any]]) -> None:
    """Make `paper.judged` (agreement line × approval: verdict, by whom) and put what is wrong into `paper.quarantine`.

    Judgements that contradict each other are findings and bind nothing; of one reviewer the latest counts.
    """
    read = [row | _read(row) for row in given]
    schema = pa.schema(
        [(name, pa.date32() if name == "on_lo" else pa.int32() if name == "row" else pa.string()) for name in _FIELDS]
    )
    con.register("judging", pa.Table.from_pylist([{name: row[name] for name in _FIELDS} for row in read], schema))
    for name in ("judging", "judged", "judgement_findings"):
        con.execute(files("eligibility.intake").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8"))
    con.unregister("judging")


def _rows(grid: Grid) -> Iterator[dict[str, Any]]:
    head = list(islice(grid.rows, HEADER_WITHIN))
    layout = locate(head, JUDGEMENTS, SourceLocation(grid.file, grid.sheet))
    for number, cells in chain((row for row in head if row[0] > layout.row), grid.rows):
        texts = {key: cells[at].strip() if at < len(cells) else "" for key, at in layout.places.items()}
        if any(texts.values()):
            blank = dict.fromkeys((column.key for column in JUDGEMENTS.columns), "")
            yield {"file": grid.file, "sheet": grid.sheet, "row": number, **blank, **texts}


def _read(row: dict[str, Any]) -> dict[str, Any]:
    """What the cells say; None where a cell cannot be read."""
    day = parse_day(row["on"]) if row["on"] else None
    return {
        "agreement_key": squeeze(row["agreement_no"]) or None,
        "class_key": _word(row["land_class"], LAND_CLASSES),
        "approval_key": normal_form(row["approval_no"]) or None,
        "verdict": _word(row["judgement"], VERDICTS),
        "on_lo": day.lo if day is not None else None,
    }


def _word(text: str, words: tuple[Word, ...]) -> str | None:
    said = squeeze(text).casefold()
    return next((word.key for word in words if said in (word.key, word.zh, *word.also)), None)
