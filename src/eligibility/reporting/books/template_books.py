"""Empty workbooks for the tables of a dossier: headers, drop-downs, ids as text, and a sheet that says how to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from eligibility.intake.files.titles import INSTRUCTIONS
from eligibility.model.diagnostic import Bilingual
from eligibility.model.extra_columns import widened
from eligibility.model.tables import TABLES, CellType, Column, Table

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
    CellType.TEXT: Bilingual("文字", "text"),
    CellType.RESIDENT_ID: Bilingual(
        "18位（或15位）身份证号，单元格须为文本格式",
        "identity number of 18 (or 15) digits; the cell must be formatted as text",
    ),
    CellType.REFERENCE: Bilingual(
        "编号，单元格须为文本格式；与其他表写法一致",
        "number given by the office; formatted as text, and written alike in all tables",
    ),
    CellType.APPROVAL_NO: Bilingual(
        "批文文号，如 云国土资复〔2013〕120号", "number of the approval, such as 云国土资复〔2013〕120号"
    ),
    CellType.PLACE: Bilingual("社区（村）名称，如 乌龙社区", "name of the community (village), such as 乌龙社区"),
    CellType.GROUP: Bilingual("一个村民小组，如 一组", "one villagers' group, such as 一组"),
    CellType.GROUPS: Bilingual(
        "村民小组，多个用顿号分开；空白表示整个社区",
        "villagers' groups, several joined by 、; blank is the whole community",
    ),
    CellType.AREA_MU: Bilingual(
        "面积，单位亩，照原件的小数位数填写；写作 十二亩三分 也可",
        "area in mu (亩), with the decimals of the original; 十二亩三分 is read too",
    ),
    CellType.AREA_IN_UNIT: Bilingual(
        "面积，单位见“单位”栏，照原件的小数位数填写",
        "area in the unit of column 单位, with the decimals of the original",
    ),
    CellType.MONEY: Bilingual("金额，单位元", "amount in yuan (元)"),
    CellType.COUNT: Bilingual("整数", "whole number"),
    CellType.DAY: Bilingual(
        "日期，如 2012-03-05；只知年月写 2012年3月，只知年份写 2012年",
        "day, such as 2012-03-05; where only the month is known 2012年3月, only the year 2012年",
    ),
    CellType.TRUTH: Bilingual("是 或 否", "是 (yes) or 否 (no)"),
    CellType.CHOICE: Bilingual("从下拉选项中选", "choose from the list"),
    CellType.DISPUTE: Bilingual(
        "有争议的写明争议；没有写 无",
        "say what the dispute is, in Chinese as on the paper; where there is none write 无",
    ),
}
_RULE = Bilingual(
    "一行一条，表头不要改动；带*的必填，缺了该行不能采用。不知道的留空，不要猜。",
    "One row each; leave the headers as they are. A column with * must be filled, or its row cannot be used. Leave blank what is "
    "not known; do not guess.",
)
_HEADS = Bilingual("栏目|必填|怎样填|空白表示", "Column|Required|How to fill in|Blank means")
_SET_ASIDE = Bilingual("该行不能采用", "the row cannot be used")
_NO = Bilingual("没有、否", "none, no")
_UNKNOWN = Bilingual("不详（该项待核）", "not known (to be looked into)")
_CHOOSE = Bilingual("不在可选值内", "not on the list")
_ONE_LINE = 66
"""Narrow characters that stand in one line of an explanation; a Chinese one is two."""
_TEXT_AS_TEXT = frozenset(CellType) - {CellType.AREA_MU, CellType.AREA_IN_UNIT, CellType.MONEY, CellType.COUNT}


def write_template_books(
    folder: Path, lang: str = "zh", extra: Mapping[str, tuple[Column, ...]] | None = None
) -> list[str]:
    """Write one workbook a table into `folder`; their names. Headers and choices are Chinese, explanations in `lang`.

    `extra`: columns that a rulebook adds, by the key of their table.
    """
    return [_write(folder, widened(table, extra or {}), lang) for table in TABLES]


def words_of(column: Column) -> list[str]:
    """What the drop-down of a column offers; empty for a column that is filled in freely."""
    return ["是", "否"] if column.type is CellType.TRUTH else [word.zh for word in column.words]


def _write(folder: Path, table: Table, lang: str) -> str:
    name = f"{table.zh}.xlsx"
    with xlsxwriter.Workbook(str(folder / name), dict.fromkeys(_NEVER, False)) as book:
        book.set_properties({"title": table.zh, "created": datetime(2000, 1, 1)})
        looks = {key: book.add_format(_FONT | look) for key, look in _LOOKS.items()}
        for title, fill in ((table.zh, _form), (INSTRUCTIONS, _instructions)):
            page = book.add_worksheet(title)
            page.set_landscape()
            page.set_paper(9)
            page.fit_to_pages(1, 0)
            fill(page, table, looks, lang)
    return name


def _form(page: Any, table: Table, looks: dict[str, Any], lang: str) -> None:
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    for index, column in enumerate(table.columns):
        page.set_column(index, index, _width(column), looks["text"] if column.type in _TEXT_AS_TEXT else None)
        page.write_string(0, index, _header(column), looks["required" if column.required else "header"])
        title, message = _title(column, lang)[:32], _how(column, lang)[:255]
        rule: dict[str, Any] = {"validate": "any", "input_title": title, "input_message": message}
        if words := words_of(column):
            rule |= {
                "validate": "list",
                "source": words,
                "error_title": _CHOOSE.in_language(lang),
                "error_type": "stop",
            }
        page.data_validation(1, index, ROWS, index, rule)


def _instructions(page: Any, table: Table, looks: dict[str, Any], lang: str) -> None:
    for index, width in enumerate((18, 8, 70, 36) if lang == "zh" else (34, 10, 96, 30)):
        page.set_column(index, index, width, looks["wrap"])
    page.write_string(
        0, 0, Bilingual(f"{table.zh}：填表说明", f"{table.zh}: how to fill in").in_language(lang), looks["title"]
    )
    page.merge_range(1, 0, 1, 3, _RULE.in_language(lang), looks["wrap"])
    page.set_row(1, 32)
    for index, head in enumerate(_HEADS.in_language(lang).split("|")):
        page.write_string(2, index, head, looks["header"])
    for row, column in enumerate(table.columns, start=3):
        blank = _SET_ASIDE if column.required else _NO if column.blank_means_no else _UNKNOWN
        required = Bilingual("是", "yes").in_language(lang) if column.required else ""
        how = _how(column, lang)
        page.set_row(row, 16 if sum(1 + (mark > "\u2e7f") for mark in how) < _ONE_LINE else 32)
        for index, text in enumerate((_title(column, lang), required, how, blank.in_language(lang))):
            page.write_string(row, index, text, looks["wrap"])


def _title(column: Column, lang: str) -> str:
    """The header; in English with the key, which is read as a header too."""
    return column.zh if lang == "zh" else f"{column.zh} ({column.key})"


def _how(column: Column, lang: str) -> str:
    how = _HOW[column.type].in_language(lang)
    if not column.words:
        return how
    if lang == "zh":
        return f"{how}：{'、'.join(words_of(column))}"
    meant = [f"{word.zh} ({word.key.replace('_', ' ')})" for word in column.words]
    return f"{how}: {', '.join(meant)}"


def _header(column: Column) -> str:
    return column.zh + ("*" if column.required else "")


def _width(column: Column) -> float:
    return 22 if column.type in (CellType.RESIDENT_ID, CellType.APPROVAL_NO) else max(12, 2.2 * len(column.zh) + 2)
