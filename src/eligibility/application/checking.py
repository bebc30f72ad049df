"""What a dossier holds and what is wrong in it, before anything is decided; its files with the wrong cells marked."""

from __future__ import annotations

import json as json_text
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

import duckdb
from rapidfuzz import process

from eligibility.application.mapping import given_mapping
from eligibility.application.record.hashes import file_hashes
from eligibility.intake import read_dossier
from eligibility.intake.reread import SheetCopy, reread
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.extra_columns import extra_columns
from eligibility.reporting.books.marked_books import MarkedCell, MarkedSheet, write_marked_book
from eligibility.reporting.books.template_books import write_template_books
from eligibility.reporting.pages.findings_page import catalogues, entry_text
from eligibility.reporting.tables import write_table
from eligibility.rulebook import load_policy
from eligibility.sources import Mapping
from eligibility.store.database import connect
from eligibility.store.folders import atomic_folder, check_place, in_use

MARK = "check.json"
"""The file by which the folder of an earlier check is known."""
MARKED_ROWS = 200_000
"""Above so many rows a table is not copied: its findings stand in quarantine.csv."""

_FINDINGS = """
    SELECT code, kept, count(*) AS count, arg_min(
        {'file': file, 'sheet': sheet, 'row': "row", 'column': col, 'problem': problem, 'remedy': remedy,
         'problem_en': problem_en, 'remedy_en': remedy_en}, n) AS example
    FROM (SELECT *, row_number() OVER () AS n FROM paper.quarantine)
    GROUP BY code, kept ORDER BY kept, count DESC, code
"""


def check_dossier(dossier: Path, out: Path | None, mapping: Path | None = None) -> dict[str, Any]:
    """Read the dossier: rows by table, absent tables, findings by code with an example, tables too long to be copied.

    With `out` quarantine.csv, check.json and marked copies of the files are written there.

    Raises:
        InputError: the dossier cannot be read, or `out` holds something else; nothing is written.

    """
    with connect() as con:
        given = given_mapping(dossier, mapping)
        read_dossier(dossier, con, mapping=given)
        checked = _summary(con)
        if out is not None:
            _write(con, dossier, out, checked, given)
    return checked


def write_templates(out: Path, *, lang: str, rules: Path | None = None) -> int:
    """Write one empty workbook a table into `out`, which must be new or empty, with the columns that `rules` adds; how many.

    Raises:
        InputError: `out` holds something, or cannot be written.

    """
    extra = None if rules is None else extra_columns(load_policy(rules, as_of=date.today()))
    with atomic_folder(out) as folder:
        return len(write_template_books(folder, lang, extra))


def finding_codes(code: str, *, lang: str) -> list[str]:
    """What one code of the findings on papers means, or all of them, each as a text.

    Raises:
        InputError: there is no such code; the nearest is named.

    """
    entries = [entry for one in catalogues() for entry in one.entries if code in ("", entry.code)]
    if not entries:
        near = process.extractOne(code, [entry.code for one in catalogues() for entry in one.entries])
        problem = Bilingual(
            f"没有代码「{code}」，最接近的是 {near[0]}", f"there is no code {code}; the nearest is {near[0]}"
        )
        remedy = Bilingual(
            "不带参数执行 eligibility intake codes 可列出全部", "eligibility intake codes lists them all"
        )
        raise InputError(Diagnostic("unknown_name", SourceLocation("intake codes"), problem, remedy))
    return [entry_text(entry, lang) for entry in entries]


def _summary(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    tables = con.execute("SELECT table_name, present, rows_in, kept, quarantined FROM paper.tables").fetchall()
    found = con.execute(_FINDINGS).fetchall()
    return {
        "rows": {name: {"in": rows, "kept": kept, "quarantined": aside} for name, there, rows, kept, aside in tables if there},
        "absent": [name for name, there, *_ in tables if not there],
        "findings": [
            {"code": code, "kept": kept, "count": count, "example": example} for code, kept, count, example in found
        ],
        "not_copied": [name for name, there, rows, *_ in tables if there and rows > MARKED_ROWS],
    }  # fmt: skip


def _write(
    con: duckdb.DuckDBPyConnection, dossier: Path, out: Path, checked: dict[str, Any], given: Mapping | None
) -> None:
    check_place(out)
    replacing = (out / MARK).is_file()
    if replacing:
        _check_ours(out)
    with atomic_folder(out, replacing=replacing) as folder:
        write_table(con, "quarantine.csv", folder)
        files = _files_to_mark(con, checked["not_copied"])
        copies = (copy for copy in reread(dossier, given) if copy.file in files)
        for file, sheets in groupby(copies, key=lambda copy: copy.file):
            write_marked_book(folder / "marked" / _workbook_name(file), _marked(con, sheets))
        record = checked | {"files": file_hashes(folder)}
        (folder / MARK).write_text(json_text.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _check_ours(out: Path) -> None:
    """Whether everything in `out` is as an earlier check wrote it; copies that somebody mended are not replaced."""
    try:
        record = json_text.loads((out / MARK).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        record = None
    now = {name: digest for name, digest in file_hashes(out).items() if name != MARK}
    foreign = [name for name in now if not isinstance(record, dict) or record.get(name) != now[name]]
    if foreign or not isinstance(record, dict):
        raise in_use(out, foreign)


def _files_to_mark(con: duckdb.DuckDBPyConnection, too_long: list[str]) -> set[str]:
    """Every file of a table in which a row has a finding: parts of one table must stay of one kind."""
    sql = """
        SELECT DISTINCT file FROM paper.sources
        WHERE table_name IN (SELECT table_name FROM paper.quarantine WHERE "row" IS NOT NULL)
          AND NOT list_contains($too_long, table_name)
    """
    return {row[0] for row in con.execute(sql, {"too_long": too_long}).fetchall()}


def _workbook_name(file: str) -> str:
    return str(PurePosixPath(file).with_suffix(".xlsx"))


def _marked(con: duckdb.DuckDBPyConnection, sheets: Iterator[SheetCopy]) -> Iterator[MarkedSheet]:
    sql = """
        SELECT "row", coalesce(col, ''), code, problem, remedy, kept FROM paper.quarantine
        WHERE file = ? AND sheet = ? AND "row" IS NOT NULL
    """
    for copy in sheets:
        found = [MarkedCell(*row) for row in con.execute(sql, [copy.file, copy.sheet]).fetchall()]
        yield MarkedSheet(copy.sheet or copy.table.zh, copy.header, copy.columns, copy.rows, found)
