"""Sheets of long lists in Excel: text as text, a frozen filtered header, never past Excel's limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any

import xlsxwriter

from eligibility.domain.policy import Policy

EXCEL_ROWS = 1_048_576
EXCEL_CELL = 32_767
SHEET_NAME = 31
IN_MEMORY = 50_000
"""Persons up to which a workbook is held in memory: half as fast again, at some 300 bytes a cell."""
ANSWERS = ["成立", "不成立", "仍不详"]
TO_FILL = ("核查结论", "核查人", "日期", "备注")
"""Columns left blank for the reviewer."""


Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a list: header, width in characters, and the key of its format."""

    header: str
    width: float
    style: str = "text"


class Book:
    """A workbook whose every string is text, whose bytes depend on its content alone."""

    def __init__(self, path: Path, policy: Policy, title: str, persons: int) -> None:
        options = {"constant_memory": persons > IN_MEMORY, "default_date_format": "yyyy-mm-dd"}
        never = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
        self._book = xlsxwriter.Workbook(str(path), options | dict.fromkeys(never, False))
        created = datetime.combine(policy.as_of, time())
        self._book.set_properties({"title": title, "subject": policy.title, "created": created})
        self._book.set_size(24_000, 14_000)
        self._names: set[str] = set()
        looks = STYLES | {f"outcome:{title}": OUTCOME_STYLES.get(code, {}) for code, title in policy.outcomes.items()}
        self.styles = {key: self._book.add_format(BASE | style) for key, style in looks.items()}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        self._book.close()

    def sheet(self, wanted: str) -> Any:
        """A new sheet named as near to `wanted` as Excel allows."""
        return self._book.add_worksheet(self._free_name(wanted))

    def bar_chart(self) -> Any:
        """A new native chart of stacked bars."""
        return self._book.add_chart({"type": "bar", "subtype": "stacked"})

    def list(self, wanted: str, fields: Sequence[Field], rows: Iterable[Sequence[Cell]], room: int) -> None:
        """Write rows under a frozen, filtered header; past `room` rows a further sheet is begun."""
        left = iter(rows)
        for part in _parts(left, room - 1):
            sheet = self.sheet(wanted)
            last = self._fill(sheet, fields, part)
            _dress(sheet, fields, last)

    def _fill(self, sheet: Any, fields: Sequence[Field], rows: Iterable[Sequence[Cell]]) -> int:
        sheet.set_row(0, 24)
        for column, field in enumerate(fields):
            sheet.set_column(column, column, field.width, self.styles["text"])
            sheet.write_string(0, column, field.header, self.styles["header"])
        plain = [self.styles[field.style] for field in fields]
        number = 0
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, column, value, plain[column])
                elif value:
                    style = self._outcome(value) if fields[column].style == "outcome" else plain[column]
                    sheet.write_string(number, column, value if len(value) <= EXCEL_CELL else clipped(value), style)
            for column in range(len(row), len(fields)):
                sheet.write_blank(number, column, None, plain[column])
        return number

    def _outcome(self, title: str) -> Any:
        return self.styles.get(f"outcome:{title}", self.styles["outcome"])

    def _free_name(self, wanted: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", wanted).strip("' ")[:SHEET_NAME] or "未命名"
        name, copy = plain, 1
        while name.lower() in self._names | {"history"}:
            copy += 1
            name = f"{plain[: SHEET_NAME - len(f' ({copy})')]} ({copy})"
        self._names.add(name.lower())
        return name


def clipped(text: str) -> str:
    """A text too long for one cell of Excel, cut, with an ellipsis to say so."""
    return text[: EXCEL_CELL - 1] + "…"


def _parts(rows: Iterator[Sequence[Cell]], room: int) -> Iterator[Iterable[Sequence[Cell]]]:
    """The rows in runs of at most `room`; one empty run when there are none, so that a sheet stands."""
    yield islice(rows, room)
    while (following := next(rows, None)) is not None:
        yield islice(chain([following], rows), room)


def _dress(sheet: Any, fields: Sequence[Field], last: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(fields) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, field in enumerate(fields):
        if field.header == TO_FILL[0] and last:
            sheet.data_validation(1, column, last, column, {"validate": "list", "source": ANSWERS})


BASE = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
STYLES: dict[str, dict[str, object]] = {
    "text": {"num_format": "@"},
    "wrap": {"num_format": "@", "text_wrap": True},
    "number": {"num_format": "#,##0"},
    "percent": {"num_format": "0.0%"},
    "day": {"num_format": "yyyy-mm-dd", "bg_color": "#FBF7EC"},
    "fill": {"bg_color": "#FBF7EC", "text_wrap": True},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#2B3A42", "valign": "vcenter", "border": 0},
    "title": {"bold": True, "font_size": 16, "font_color": "#22303A"},
    "muted": {"font_color": "#5B6670"},
    "total": {"bold": True, "num_format": "#,##0", "top": 1},
    "total_text": {"bold": True, "top": 1},
    "outcome": {},
}
OUTCOME_STYLES: dict[str, dict[str, object]] = {
    "eligible": {"font_color": "#1F6B54", "bold": True},
    "not_eligible": {"font_color": "#A23B32", "bold": True},
    "register": {"font_color": "#2F6390", "bold": True},
    "manual_review": {"font_color": "#8A5A00", "bold": True},
}
