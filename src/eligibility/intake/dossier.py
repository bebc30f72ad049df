"""Reads a whole dossier into schema `paper`: the one way in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa

from eligibility.intake.aside import Aside, known_number
from eligibility.intake.between.checks import check_between
from eligibility.intake.bureau.listed import cover_of, rows_of
from eligibility.intake.cells.read import read_cells
from eligibility.intake.files.grid import column_letter
from eligibility.intake.files.titles import nearest_title
from eligibility.intake.load import Sheet, load_rows, make_raw, open_sheet
from eligibility.intake.measured import settle_units
from eligibility.intake.notices import ISSUES, Notice, refuse
from eligibility.intake.remarks import apply_remarks
from eligibility.intake.rows.empty import empty_table_sql
from eligibility.intake.rows.paper import lay_down
from eligibility.intake.sources import Found, find_tables
from eligibility.intake.statements import statement
from eligibility.intake.totals import check_totals
from eligibility.model.diagnostic import Bilingual, SourceLocation
from eligibility.model.extra_columns import widened
from eligibility.model.names import squeeze
from eligibility.model.tables import TABLES, Column, Table
from eligibility.sources import Mapping, shipped
from eligibility.store.database import expect_few_rows, insert_rows

_NOTICE_FIELDS = ("issue", "table_name", "file", "sheet", "row", "col", "value", "other")


ByTable = dict[str, tuple[Column, ...]]
"""Columns by the key of their table."""

_FEW = 100_000
"""Bytes of the files of all tables that hold about a thousand rows."""


@dataclass(slots=True)
class _Desk:
    """What grows while the tables are read one after the other."""

    con: duckdb.DuckDBPyConnection
    notices: list[Notice]
    sources: int = 0
    hashes: dict[Path, str] = field(default_factory=dict)


def read_dossier(
    path: Path,
    con: duckdb.DuckDBPyConnection,
    *,
    mapping: Mapping | None = None,
    extra: ByTable | None = None,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Write schema `paper` from the dossier, a folder or a workbook; `progress` gets one line a table.

    `extra` are columns that a rulebook adds to the tables, by the key of the table. `mapping` says what the sheets are that are none of the nine tables; without it, what their headers tell for certain.

    Raises InputError, and nothing else on bad data: for a dossier, file or header that cannot be worked with. What is
    wrong in a row becomes a row of `paper.quarantine`.
    """
    con.execute(statement("schema"))
    try:
        found, aside = find_tables(path, mapping)
        if sum(path.stat().st_size for path in {piece.path for one in found.values() for piece in one.pieces}) <= _FEW:
            expect_few_rows(con)
        desk = _Desk(con, aside.notices)
        if "persons" not in found:
            raise _no_persons(path, "没有人员名册", "there is no table of persons", aside)
        for table in TABLES:
            if progress is not None:
                progress(f"读取{table.zh}" if table.key in found else f"没有{table.zh}")
            _read_table(desk, widened(table, extra or {}), found.get(table.key), path)
        _read_lists(desk, aside)
    except OSError as refused:
        raise _unreadable(path, refused) from refused
    _enter_unread(con, aside)
    _close(desk)


def _read_table(desk: _Desk, table: Table, found: Found | None, dossier: Path) -> None:
    make_raw(desk.con, table)
    rows, present, sheets = 0, set[str](), list[Sheet]()
    for grid in found.grids() if found else ():
        sheet, behind_header = open_sheet(table, grid, desk.sources)
        _enter(desk, sheet)
        rows += load_rows(desk.con, sheet, behind_header, rows)
        insert_rows(desk.con, "paper.referred", [(sheet.source, *one) for one in grid.referred])
        present |= sheet.layout.places.keys()
        desk.notices += sheet.notices
        sheets.append(sheet)
    if table.key == "persons" and rows == 0:
        raise _no_persons(dossier, "人员名册没有数据行", "the table of persons has no rows")
    if rows:
        units = settle_units(desk.con, table, sheets)
        _set_parts_aside(desk, table, sheets)
        apply_remarks(desk.con, table)
        read_cells(desk.con, table, units)
        desk.notices += check_totals(desk.con, table, sheets, units)
        lay_down(desk.con, table, units)
        if table.key == "persons":
            _refuse_when_nobody_is_left(desk.con, sheets)
    else:
        desk.con.execute(empty_table_sql(table))
    keys = [column.key for column in table.columns if column.key in present]
    told = {"table_name": table.key, "present": found is not None, "columns": keys}
    desk.con.execute(statement("rows/tables_row", table=table.key), told)


def _read_lists(desk: _Desk, aside: Aside) -> None:
    """Enter the lists and registers with which the roster is compared in `paper.lists`, their rows in `paper.listed`."""
    lists, listed = list[tuple[object, ...]](), list[tuple[object, ...]]()
    for paper in aside.compared:
        kind = shipped().kinds[paper.kind]
        cover, source = cover_of(paper), desk.sources
        rows = list(rows_of(paper, kind.compares, kind.blank, cover))
        _enter_source(desk, "listed", paper.path, paper.name, paper.sheet)
        desk.sources += 1
        lost = [one for one in rows if one.lost]
        lists.append((source, kind.compares, cover.complete, cover.first, cover.last, cover.area, len(rows), len(lost)))
        for one in rows:
            for spell in one.spells or (None,):
                says = (spell.kind, spell.value, *spell.since, *spell.until) if spell else ("", "", *(None,) * 4)
                listed.append((source, one.row, one.resident_id, one.valid, one.name, one.lost, *says))
        desk.notices.append(Notice("list_read", "", paper.name, paper.sheet, other=f"{kind.zh}，{len(rows)} 行"))
        if lost:
            desk.notices.append(Notice("list_row_lost", "", paper.name, paper.sheet, lost[0].row, other=str(len(lost))))
    insert_rows(desk.con, "paper.lists", lists)
    insert_rows(desk.con, "paper.listed", listed)


def _refuse_when_nobody_is_left(con: duckdb.DuckDBPyConnection, sheets: list[Sheet]) -> None:
    """InputError when every row of the roster is set aside: there is nobody to decide on, and one cause is likely."""
    lost = """
        SELECT source, "row", column_key, value, issue, count(*) OVER (PARTITION BY issue, column_key) AS n
        FROM intake.issues JOIN paper.persons USING (row_id)
        WHERE table_name = 'persons' AND fatal AND NOT EXISTS (SELECT 1 FROM paper.persons WHERE state <> 'lost')
        ORDER BY n DESC, row_id LIMIT 1
    """
    for source, row, key, value, issue, count in con.execute(lost).fetchall():
        sheet = next(sheet for sheet in sheets if sheet.source == source)
        header = sheet.layout.header(key) if key in sheet.layout.places else ""
        code = next(one.code for one in ISSUES if one.id == issue)
        at = SourceLocation(sheet.grid.file, sheet.grid.sheet, row, header)
        zh = f"人员名册没有一行可以采用：{count}行都因「{header}」（如「{value[:40]}」，{code}）被隔离"
        en = f"no row of the persons can be used: {count} are set aside for {key} (such as “{value[:40]}”, {code})"
        remedy = Bilingual("按原件更正该列后重新提交", "correct that column from the papers and submit again")
        raise refuse("no_persons", at, Bilingual(zh, en), remedy)


def _set_parts_aside(desk: _Desk, table: Table, sheets: list[Sheet]) -> None:
    for sheet in sheets:
        if sheet.parts:
            asked = {"table_name": table.key, "source": sheet.source, "rows": sheet.parts}
            desk.con.execute(statement("parts"), asked)


def _enter(desk: _Desk, sheet: Sheet) -> None:
    """Enter the sheet in `paper.sources`, with its headers as they are written there."""
    _enter_source(desk, sheet.table.key, sheet.grid.path, sheet.grid.file, sheet.grid.sheet)
    layout = sheet.layout
    headers = [
        (sheet.source, key, layout.header(key), column_letter(layout.shown_at(key)))
        for key in layout.places
        if not layout.width or layout.shown_at(key) < layout.width  # what is the same for all rows stands in no cell
    ]
    insert_rows(desk.con, "paper.headers", headers)
    desk.sources += 1


def _enter_source(desk: _Desk, table: str, path: Path, file: str, sheet: str | None) -> None:
    if path not in desk.hashes:
        with path.open("rb") as opened:
            desk.hashes[path] = hashlib.file_digest(opened, "sha256").hexdigest()
    row = [desk.sources, table, file, sheet, desk.hashes[path]]
    desk.con.execute("INSERT INTO paper.sources VALUES (?, ?, ?, ?, ?)", row)


def _close(desk: _Desk) -> None:
    """Put every issue into words in `paper.quarantine`, and clear the desk."""
    notices = list(zip(*desk.notices, strict=True)) or [()] * len(_NOTICE_FIELDS)
    types = [pa.int32() if name == "row" else pa.string() for name in _NOTICE_FIELDS]
    arrays = [pa.array(values, kind) for values, kind in zip(notices, types, strict=True)]
    desk.con.register("intake_notices", pa.table(dict(zip(_NOTICE_FIELDS, arrays, strict=True))))
    desk.con.execute("INSERT INTO intake.notices BY NAME SELECT * FROM intake_notices")
    desk.con.unregister("intake_notices")
    wording = [(one.id, one.code, *one.problem, *one.remedy) for one in ISSUES]
    insert_rows(desk.con, "intake.wording", wording)
    check_between(desk.con)
    for table in TABLES:
        desk.con.execute(statement("rows", table=table.key), {"table_name": table.key})
    desk.con.execute(statement("quarantine"), {"tables": [table.key for table in TABLES]})
    desk.con.execute("DROP SCHEMA intake CASCADE")


def _enter_unread(con: duckdb.DuckDBPyConnection, aside: Aside) -> None:
    """Enter what may concern somebody and was not read in `paper.unread`; the copy of a paper that a table has is none."""
    for numbers in (
        "SELECT DISTINCT agreement_no FROM paper.agreements",
        "SELECT DISTINCT approval_no FROM paper.approvals",
    ):
        known = [squeeze(number) for (number,) in con.execute(numbers).fetchall() if number]
        for one in [one for one in aside.unread if known_number(one, known)]:
            aside.unread.remove(one)
            place = next(index for index, notice in enumerate(aside.notices) if notice.file == one.file)
            aside.notices[place] = Notice("unknown_file", "", one.file, other=nearest_title(one.file))
    for one in aside.unread:
        reason = "unopened" if one.by_name else "unknown"
        con.execute(
            "INSERT INTO paper.unread VALUES (?, ?, ?, NULL, ?)", [one.file, one.sheet, one.guess or None, reason]
        )


def _no_persons(path: Path, zh: str, en: str, aside: Aside | None = None) -> Exception:
    left = "、".join(dict.fromkeys(notice.file for notice in aside.notices)) if aside else ""
    if left:
        zh, en = f"{zh}；没有读取的文件：{left}", f"{en}; files not read: {left}"
    return refuse(
        "no_persons",
        SourceLocation(path.name),
        Bilingual(zh, en),
        Bilingual(
            "提供 persons.csv 或 人员名册.xlsx，每人一行", "supply persons.csv or 人员名册.xlsx, one row a person"
        ),
    )


def _unreadable(path: Path, refused: OSError) -> Exception:
    name = Path(str(refused.filename)).name if refused.filename else path.name
    return refuse(
        "unreadable_file",
        SourceLocation(name),
        Bilingual("文件无法读取", f"the file cannot be read: {refused.strerror}"),
        Bilingual("检查文件权限，关闭正在使用它的程序", "check its permissions; close the program that uses it"),
    )
