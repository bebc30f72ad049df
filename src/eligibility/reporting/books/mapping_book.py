"""The mapping of a dossier as a workbook: what each sheet was taken for, column by column, and the names that may be used."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

_FONT: dict[str, object] = {"font_name": "Microsoft YaHei", "font_size": 10}
_NEVER = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
_HEADS = ("文件", "工作表", "类别", "理由", "行数", "面积单位", "常量")
_COLUMN_HEADS = ("文件", "工作表", "列", "表头", "含义", "理由", "样例一", "样例二", "样例三")
_NAME_HEADS = ("名称", "说明")


def write_mapping_book(
    path: Path, sheets: Sequence[Sequence[str]], columns: Sequence[Sequence[str]], names: Sequence[Sequence[str]]
) -> None:
    """Write the workbook; what is still to be answered (?) is yellow. `names`: every kind and meaning with its name."""
    with xlsxwriter.Workbook(path, dict.fromkeys(_NEVER, False)) as book:
        head = book.add_format(_FONT | {"bold": True, "bg_color": "#E4E9EC", "border": 1, "text_wrap": True})
        plain = book.add_format(_FONT | {"num_format": "@", "valign": "top"})
        open_cell = book.add_format(_FONT | {"num_format": "@", "valign": "top", "bg_color": "#FFF2B3"})
        for title, heads, rows, widths in (
            ("各表", _HEADS, sheets, (28, 16, 20, 60, 9, 9, 30)),
            ("各列", _COLUMN_HEADS, columns, (28, 16, 5, 26, 22, 44, 22, 22, 22)),
            ("可用的名称", _NAME_HEADS, names, (32, 40)),
        ):
            sheet = book.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for index, width in enumerate(widths):
                sheet.set_column(index, index, width, plain)
            sheet.write_row(0, 0, heads, head)
            for row, cells in enumerate(rows, start=1):
                for index, cell in enumerate(cells):
                    sheet.write_string(row, index, cell, open_cell if cell == "?" else plain)
            sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
