"""What a clerk reads when a dossier has been checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eligibility.cli.screen import Screen
from eligibility.model.diagnostic import SourceLocation
from eligibility.model.tables import table as contract_table

_ID = re.compile(r"(?<![0-9])([0-9]{4})[0-9]{7,10}([0-9]{3}[0-9Xx])(?![0-9])")


def print_check(told: dict[str, Any], out: Path | None, *, lang: str) -> None:
    """Rows by table, findings by code with one example and its remedy, and what to open next."""
    console = Screen()
    console.print(_rows(told, lang))
    if told["absent"]:
        names = told["absent"] if lang == "en" else [contract_table(name).zh for name in told["absent"]]
        said = (
            "No such table (what it would tell is not known): "
            if lang == "en"
            else "没有这些表（其内容一律按不详处理）："
        )
        console.print(said + ("、" if lang != "en" else ", ").join(names), style="yellow")
    for one in told["findings"]:
        _finding(console, one, lang)
    if not told["findings"]:
        console.print("No finding." if lang == "en" else "未发现问题。", style="green")
    _next(console, told, out, lang)


def masked(text: str) -> str:
    """Resident ids in a text with their middle hidden.

    >>> masked("「530199197001010018」在人员名册中查不到")
    '「5301**********0018」在人员名册中查不到'
    """
    return _ID.sub(lambda found: found[1] + "*" * (len(found[0]) - 8) + found[2], text)


def _rows(told: dict[str, Any], lang: str) -> Table:
    en = lang == "en"
    table = Table(title="Rows read" if en else "读入的行")
    for head in ("Table", "In", "Kept", "Set aside") if en else ("表", "读入", "采用", "隔离"):
        table.add_column(head, justify="left" if head in ("Table", "表") else "right")
    for name, rows in told["rows"].items():
        counts = (f"{rows[key]:,}" for key in ("in", "kept", "quarantined"))
        table.add_row(name if en else contract_table(name).zh, *counts)
    return table


def _finding(console: Console, one: dict[str, Any], lang: str) -> None:
    example, en = one["example"], lang == "en"
    at = SourceLocation(example["file"], example["sheet"] or "", example["row"], example["column"] or "").in_language(
        lang
    )
    kept = ("kept" if one["kept"] else "set aside") if en else ("保留" if one["kept"] else "隔离")
    count = f"{one['count']:,} ({kept})" if en else f"{one['count']:,} 处（{kept}）"
    console.print(f"{one['code']}  {count}", style="yellow" if one["kept"] else "red")
    problem, remedy = (example["problem_en"], example["remedy_en"]) if en else (example["problem"], example["remedy"])
    console.print(f"  {at}: {masked(problem)}" if en else f"  例：{at}：{masked(problem)}")
    console.print(f"  → {remedy}")


def _next(console: Console, told: dict[str, Any], out: Path | None, lang: str) -> None:
    if out is None:
        if told["findings"]:
            said = "Add --out FOLDER for marked copies." if lang == "en" else "加 --out 目录，可得逐格标注的副本。"
            console.print(said)
        return
    names = f"{out / 'quarantine.csv'}, {out / 'marked'}"
    console.print(f"Mend the coloured cells: {names}" if lang == "en" else f"请更正带颜色的单元格：{names}")
    for name in told["not_copied"]:
        said = "too long to copy, see quarantine.csv" if lang == "en" else "行数过多，未作副本，见 quarantine.csv"
        console.print(f"  {contract_table(name).zh}：{said}")
