"""The cells of the papers on which a question turns, one paper beside the other, so that a difference is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import duckdb

from eligibility.application.workbench.questions import OpenQuestion
from eligibility.labels.titles import as_title
from eligibility.model.diagnostic import Bilingual
from eligibility.model.resident_id import mask
from eligibility.model.tables import TABLES, CellType, Column, Table
from eligibility.model.visible import visible

MOST_PAPERS = 8
"""Papers beside each other; more are counted."""
_UNKNOWN = Bilingual("不详", "not known")
_TRUTH: Mapping[object, Bilingual] = {True: Bilingual("是", "yes"), False: Bilingual("否", "no")}
_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)


class Line(NamedTuple):
    """One column of the papers: its header, what each paper says, and whether they differ."""

    header: Bilingual
    cells: tuple[Bilingual, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Papers of one kind beside each other: where each stands, and column by column what it says; `more` are not shown."""

    title: Bilingual
    places: tuple[str, ...]
    lines: tuple[Line, ...]
    more: int


_NUMBERED = "(agreement_no = $subject OR agreement_key = $subject)"
_RIVALS = f"approval_key IN (SELECT approval_key FROM link.links WHERE {_NUMBERED})"
_CLAIMED = (
    "agreement_key IN (SELECT agreement_key FROM link.links WHERE approval_no = $subject OR approval_key = $subject)"
)
_OWN = "household_id IN (SELECT household_id FROM paper.persons WHERE resident_id = $subject)"
_WANTED: Mapping[str, Sequence[tuple[str, str]]] = {
    "person": (
        ("persons", "resident_id = $subject"), ("confirmations", "resident_id = $subject"),
        ("title_certificates", _OWN), ("contract_ledger", _OWN), ("payouts", _OWN),
    ),
    "household": (
        ("title_certificates", "household_id = $subject"), ("contract_ledger", "household_id = $subject"),
        ("payouts", "household_id = $subject"),
    ),
    "agreement": (
        ("agreements", _NUMBERED), ("approvals", _RIVALS), ("approval_parcels", _RIVALS), ("payouts", _NUMBERED),
    ),
    "approval": (
        ("approvals", "(approval_no = $subject OR approval_key = $subject)"),
        ("approval_parcels", "(approval_no = $subject OR approval_key = $subject)"), ("agreements", _CLAIMED),
    ),
}  # fmt: skip


def evidence(con: duckdb.DuckDBPyConnection, question: OpenQuestion) -> list[Sheet]:
    """The papers on what a question is about, kind by kind; none for a question about no paper."""
    sheets = []
    for key, where in _WANTED.get(question.subject_kind, ()):
        table = next(one for one in TABLES if one.key == key)
        order = " ORDER BY p.state <> 'kept', p.row_id"
        joined = f"FROM paper.{key} AS p LEFT JOIN paper.sources AS s USING (source) WHERE {where}"
        values = {"subject": question.subject}
        count = con.execute(f"SELECT count(*) {joined}", values).fetchall()[0][0]
        if not count:
            continue
        found = con.execute(f"SELECT p.*, s.file, s.sheet {joined}{order} LIMIT {MOST_PAPERS}", values)
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        sheets.append(_sheet(table, rows, count - len(rows)))
    return sheets


def _sheet(table: Table, rows: list[dict[str, Any]], more: int) -> Sheet:
    lines = []
    for column in table.columns:
        cells = [_cell(column, row) for row in rows]
        if any(cell is not None for cell in cells) and column.key != "unit":
            texts = tuple(cell or Bilingual("—", "—") for cell in cells)
            lines.append(Line(Bilingual(column.zh, as_title(column.key)), texts, len(set(texts)) > 1))
    title = Bilingual(table.zh, as_title(table.key))
    return Sheet(title, tuple(_place(row) for row in rows), tuple(lines), more)


def _place(row: Mapping[str, Any]) -> str:
    sheet = f" [{row['sheet']}]" if row.get("sheet") else ""
    return visible(f"{row.get('file') or ''}{sheet} #{row['row']}")


def _cell(column: Column, row: Mapping[str, Any]) -> Bilingual | None:
    """What a paper says in a column; None where it has no such cell."""
    key = column.key
    match column.type:
        case CellType.AREA_MU | CellType.AREA_IN_UNIT:
            value = row.get("area_umu")
            return _UNKNOWN if value is None else Bilingual(f"{value / 1e6:.4f} 亩", f"{value / 1e6:.4f} mu")
        case CellType.DAY:
            return _days(row.get(f"{key}_lo"), row.get(f"{key}_hi"))
        case CellType.MONEY:
            value = row.get(key.replace("_yuan", "_fen"))
            return None if value is None else Bilingual(f"{value / 100:,.2f} 元", f"{value / 100:,.2f} yuan")
        case CellType.GROUP | CellType.GROUPS:
            value = row.get("group_name")
        case CellType.TRUTH:
            return _TRUTH.get(row.get(key), _UNKNOWN)
        case CellType.RESIDENT_ID:
            value = mask(str(row.get(key) or ""))
        case CellType.CHOICE:
            words = {word.key: word.zh for word in column.words}
            value = row.get(key)
            return _UNKNOWN if value is None else Bilingual(words.get(value, str(value)), as_title(str(value)))
        case _:
            value = row.get(key)
    return Bilingual(visible(str(value)), visible(str(value))) if value else None


def _days(low: date | None, high: date | None) -> Bilingual | None:
    if low is None or high is None or low == _LAST:
        return None
    if (low, high) == (_FIRST, _LAST):
        return _UNKNOWN
    if low == high:
        return Bilingual(low.isoformat(), low.isoformat())
    return Bilingual(f"{_day(low)} 至 {_day(high)}", f"{_day(low)} to {_day(high)}")


def _day(day: date) -> str:
    return "…" if day in (_FIRST, _LAST) else day.isoformat()
