"""Copies of the papers as workbooks in which each bad cell is coloured and carries its message as a comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from eligibility.intake.files.titles import INSTRUCTIONS
from eligibility.model.visible import visible
from eligibility.reporting.books.list_sheet import PlainSheet, clipped
from eligibility.reporting.books.sheets import SHEET_NAME

MOST_COMMENTS = 5_000
"""Comments in one workbook; what lies beyond is coloured only, and stands in quarantine.csv."""

_WIDTH = 21
"""Wide enough for a resident id."""
_NEVER = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
_FONT: dict[str, object] = {"font_name": "Microsoft YaHei", "font_size": 10}
_LOOKS: dict[str, dict[str, object]] = {
    "plain": {"num_format": "@"},
    "header": {"num_format": "@", "bold": True, "bg_color": "#E4E9EC"},
    "aside": {"num_format": "@", "bg_color": "#F4B6AE"},
    "mend": {"num_format": "@", "bg_color": "#FFE29A"},
    "title": {"bold": True, "font_size": 14},
    "wrap": {"text_wrap": True, "valign": "top"},
}
_LEGEND = (
    ("aside", "红：该行因此未采用，请更正"),
    ("mend", "黄：该行保留，此格按“不详”处理或按批注所说采用，请核对"),
)


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """What was found at one place: `column` is the header word, "" for the whole row; `kept`: the row stays."""

    row: int
    column: str
    code: str
    problem: str
    remedy: str
    kept: bool


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """A sheet to copy: its rows by number, its header row and the index of each header word, and what was found."""

    name: str
    header: int
    columns: Mapping[str, int]
    rows: Iterable[tuple[int, Sequence[str]]]
    findings: Sequence[MarkedCell] = ()


@dataclass(slots=True)
class _Pen:
    """The workbook being written and the comments left to write in it."""

    book: Any
    looks: dict[str, Any] = field(default_factory=dict)
    left: int = MOST_COMMENTS


def write_marked_book(path: Path, sheets: Iterable[MarkedSheet]) -> None:
    """Write the copy; every row stands at its old number and every cell is text, so that it can be mended and read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"constant_memory": True} | dict.fromkeys(_NEVER, False)
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": path.stem, "created": datetime(2000, 1, 1)})
        pen = _Pen(book, {name: book.add_format(_FONT | look) for name, look in _LOOKS.items()})
        for sheet in sheets:
            _copy(pen, sheet)
        _explain(pen)


def _copy(pen: _Pen, sheet: MarkedSheet) -> None:
    page = pen.book.add_worksheet(visible(sheet.name)[:SHEET_NAME], worksheet_class=PlainSheet)
    page.set_column(0, max([*sheet.columns.values(), 0]), _WIDTH)
    page.freeze_panes(sheet.header, 0)
    page.set_comments_author("eligibility")
    found: dict[int, dict[int, list[MarkedCell]]] = {}
    for one in sheet.findings:
        found.setdefault(one.row, {}).setdefault(sheet.columns.get(one.column, 0), []).append(one)
    for number, cells in sheet.rows:
        plain = pen.looks["header" if number == sheet.header else "plain"]
        marked = found.get(number, {})
        for index, text in _cells(cells, marked):
            _write(page, (number - 1, index), text, _look(pen, marked[index]) if index in marked else plain)
        for index, ones in marked.items():
            _comment(pen, page, (number - 1, index), ones)


def _cells(cells: Sequence[str], marked: Mapping[int, object]) -> Iterator[tuple[int, str]]:
    """The cells that hold something or are marked, also beyond the end of a short row."""
    for index in range(max(len(cells), max(marked, default=-1) + 1)):
        text = cells[index] if index < len(cells) else ""
        if text or index in marked:
            yield index, text


def _write(page: Any, place: tuple[int, int], text: str, look: Any) -> None:
    if text:
        page.write_string(*place, clipped(text), look)
    else:
        page.write_blank(*place, None, look)


def _look(pen: _Pen, found: Sequence[MarkedCell]) -> Any:
    return pen.looks["mend" if all(one.kept for one in found) else "aside"]


def _comment(pen: _Pen, page: Any, place: tuple[int, int], found: Sequence[MarkedCell]) -> None:
    if pen.left > 0:
        pen.left -= 1
        text = "\n".join(f"{one.problem}\n→ {one.remedy}" for one in found)
        page.write_comment(*place, visible(text)[:2000], {"x_scale": 2, "y_scale": 1 + len(found) // 2})


def _explain(pen: _Pen) -> None:
    page = pen.book.add_worksheet(INSTRUCTIONS)
    page.set_column(0, 0, 90, pen.looks["wrap"])
    page.write_string(0, 0, "请在带颜色的单元格上更正，批注说明原因与办法", pen.looks["title"])
    for row, (look, text) in enumerate(_LEGEND, start=1):
        page.write_string(row, 0, text, pen.looks[look])
    lines = [
        "更正后把本文件放回卷宗，代替原来的文件（同一张表不要同时留两份）；颜色、批注和本说明不影响读取。",
        "全部单元格为文本格式：身份证号等长号码不会丢失数字。合并单元格已逐行填入，公式只留结果。",
    ]
    if not pen.left:
        lines.append(f"批注只写到前{MOST_COMMENTS}处，其余只着色；全部问题见 quarantine.csv。")
    for row, line in enumerate(lines, start=len(_LEGEND) + 1):
        page.write_string(row, 0, line, pen.looks["wrap"])
