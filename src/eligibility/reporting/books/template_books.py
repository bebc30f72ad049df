"""Empty workbooks for the tables of a dossier: headers, drop-downs, ids as text, and a sheet that says how to fill in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from eligibility.domain.tables import TABLES, CellType, Column, Table
from eligibility.intake.files.titles import INSTRUCTIONS

ROWS = 20_000
"""Rows that are formatted and have drop-downs."""

_NEVER = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
_FONT: dict[str, object] = {"font_name": "Microsoft YaHei", "font_size": 10}
_LOOKS: dict[str, dict[str, object]] = {
    "text": {"num_format": "@"},
    "header": {"bold": True, "bg_color": "#E4E9EC", "border": 1, "num_format": "@"},
    "required": {"bold": True, "bg_color": "#2B3A42", "font_color": "#FFFFFF", "border": 1, "num_format": "@"},
    "title": {"bold": True, "font_size": 14},
    "wrap": {"text_wrap": True, "valign": "top"},
}
_HOW = {
    CellType.TEXT: "文字",
    CellType.RESIDENT_ID: "18位（或15位）身份证号，单元格须为文本格式",
    CellType.REFERENCE: "编号，单元格须为文本格式；与其他表写法一致",
    CellType.APPROVAL_NO: "批文文号，如 云国土资复〔2013〕120号",
    CellType.PLACE: "社区（村）名称，如 乌龙社区",
    CellType.GROUP: "一个村民小组，如 一组",
    CellType.GROUPS: "村民小组，多个用顿号分开；空白表示整个社区",
    CellType.AREA_MU: "面积，单位亩，照原件的小数位数填写；写作 十二亩三分 也可",
    CellType.AREA_IN_UNIT: "面积，单位见“单位”栏，照原件的小数位数填写",
    CellType.MONEY: "金额，单位元",
    CellType.COUNT: "整数",
    CellType.DAY: "日期，如 2012-03-05；只知年月写 2012年3月，只知年份写 2012年",
    CellType.TRUTH: "是 或 否",
    CellType.CHOICE: "从下拉选项中选",
    CellType.DISPUTE: "有争议的写明争议；没有写 无",
}
_TEXT_AS_TEXT = frozenset(CellType) - {CellType.AREA_MU, CellType.AREA_IN_UNIT, CellType.MONEY, CellType.COUNT}


def write_template_books(folder: Path) -> list[str]:
    """Write one workbook a table into `folder`; their names."""
    return [_write(folder, table) for table in TABLES]


def words_of(column: Column) -> list[str]:
    """What the drop-down of a column offers; empty for a column that is filled in freely."""
    return ["是", "否"] if column.type is CellType.TRUTH else [word.zh for word in column.words]


def _write(folder: Path, table: Table) -> str:
    name = f"{table.zh}.xlsx"
    with xlsxwriter.Workbook(str(folder / name), dict.fromkeys(_NEVER, False)) as book:
        book.set_properties({"title": table.zh, "created": datetime(2000, 1, 1)})
        looks = {key: book.add_format(_FONT | look) for key, look in _LOOKS.items()}
        _form(book.add_worksheet(table.zh), table, looks)
        _instructions(book.add_worksheet(INSTRUCTIONS), table, looks)
    return name


def _form(page: Any, table: Table, looks: dict[str, Any]) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for index, column in enumerate(table.columns):
        page.set_column(index, index, _width(column), looks["text"] if column.type in _TEXT_AS_TEXT else None)
        page.write_string(0, index, _header(column), looks["required" if column.required else "header"])
        rule: dict[str, Any] = {"validate": "any", "input_title": column.zh[:32], "input_message": _how(column)[:255]}
        if words := words_of(column):
            rule |= {"validate": "list", "source": words, "error_title": "不在可选值内", "error_type": "stop"}
        page.data_validation(1, index, ROWS, index, rule)


def _instructions(page: Any, table: Table, looks: dict[str, Any]) -> None:
    for index, width in enumerate((18, 8, 60, 46)):
        page.set_column(index, index, width, looks["wrap"])
    page.write_string(0, 0, f"{table.zh}：填表说明", looks["title"])
    page.write_string(1, 0, "一行一条，表头不要改动；带*的必填，缺了该行不能采用。不知道的留空，不要猜。")
    for index, head in enumerate(("栏目", "必填", "怎样填", "空白表示")):
        page.write_string(2, index, head, looks["header"])
    for row, column in enumerate(table.columns, start=3):
        blank = "该行不能采用" if column.required else "没有、否" if column.blank_means_no else "不详（该项待核）"
        for index, text in enumerate((column.zh, "是" if column.required else "", _how(column), blank)):
            page.write_string(row, index, text, looks["wrap"])


def _how(column: Column) -> str:
    words = words_of(column)
    return f"{_HOW[column.type]}：{'、'.join(words)}" if column.words else _HOW[column.type]


def _header(column: Column) -> str:
    return column.zh + ("*" if column.required else "")


def _width(column: Column) -> float:
    return 22 if column.type in (CellType.RESIDENT_ID, CellType.APPROVAL_NO) else max(12, 2.2 * len(column.zh) + 2)
