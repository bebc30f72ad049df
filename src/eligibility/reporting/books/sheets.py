"""Sheets of long lists in Excel: text as text, a frozen filtered header, never past Excel's limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import xlsxwriter

from eligibility.labels.states import COLOURS
from eligibility.model.policy import Policy
from eligibility.model.visible import visible
from eligibility.reporting.books.list_sheet import Cell, Column, ListSheet, PlainSheet, Row

__all__ = ["EXCEL_ROWS", "SHEET_NAME", "Book", "Cell", "Field"]

EXCEL_ROWS = 1_048_576
SHEET_NAME = 31


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a list: header, width in characters, the key of its format, and how a code becomes its text.

    Style "outcome" colours a cell by its outcome's code; style "link" makes it lead where `links` of the list says.
    """

    header: str
    width: float
    style: str = "text"
    say: Callable[[str], str] | None = None


class Book:
    """A workbook whose every string is text, whose bytes depend on its content alone.

    `reserved` are names that no list of that name may take before they are freed.
    """

    def __init__(self, path: Path, policy: Policy, title: str, reserved: Collection[str] = ()) -> None:
        never = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
        options = {"default_date_format": "yyyy-mm-dd", "in_memory": False} | dict.fromkeys(never, False)
        self._book = xlsxwriter.Workbook(str(path), options)
        created = datetime.combine(policy.as_of, time())
        self._book.set_properties({"title": title, "subject": policy.title, "created": created})
        self._book.set_size(24_000, 14_000)
        self._names = {name.lower() for name in reserved}
        self.styles = {key: self._book.add_format(BASE | style) for key, style in STYLES.items()}
        self.outcomes = {key: self._book.add_format(BASE | style) for key, style in OUTCOME_STYLES.items()}

    def __enter__(self) -> Book:
        return self

    def __exit__(self, failed: object, *_: object) -> None:
        self._book.close()

    def sheet(self, name: str) -> Any:
        """A new sheet of a name of our own, not of the data's."""
        self._names.add(name.lower())
        return self._book.add_worksheet(name, worksheet_class=PlainSheet)

    def further_sheet(self, wanted: str) -> Any:
        """A new sheet named as near to `wanted` as Excel allows and the sheets before it leave free."""
        return self._book.add_worksheet(self._free_name(wanted), worksheet_class=PlainSheet)

    def free(self, name: str) -> None:
        """Give back a reserved name, to be taken now."""
        self._names.discard(name.lower())

    def bar_chart(self) -> Any:
        """A new native chart of stacked bars."""
        return self._book.add_chart({"type": "bar", "subtype": "stacked"})

    def list(
        self,
        wanted: str,
        fields: Sequence[Field],
        rows: Iterable[Row],
        room: int,
        links: Mapping[str, str] = MappingProxyType({}),
    ) -> list[ListSheet]:
        """Write rows under a frozen, filtered header; past `room` rows a further sheet is begun. Returns the sheets.

        `links` says where a value in a column of style "link" leads: a place in this workbook, as `'sheet'!A5`.
        """
        columns = [self._column(field, links) for field in fields]
        sheets = []
        for part in _parts(iter(rows), room - 1):
            sheet = self._book.add_worksheet(self._free_name(wanted), worksheet_class=ListSheet)
            self._head(sheet, fields)
            _dress(sheet, fields, sheet.pour(columns, part))
            sheets.append(sheet)
        return sheets

    def _head(self, sheet: Any, fields: Sequence[Field]) -> None:
        sheet.set_row(0, 24)
        for column, field in enumerate(fields):
            sheet.set_column(column, column, field.width, self.styles["text"])
            sheet.write_string(0, column, field.header, self.styles["header"])

    def _column(self, field: Field, links: Mapping[str, str]) -> Column:
        styles = self.outcomes if field.style == "outcome" else {}
        wraps_at = field.width if STYLES[field.style].get("text_wrap") else 0
        return Column(self.styles[field.style], field.say, styles, links if field.style == "link" else {}, wraps_at)

    def _free_name(self, wanted: str) -> str:
        plain = visible(re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", wanted)).strip("' ")[:SHEET_NAME] or "未命名"
        name, copy = plain, 1
        while name.lower() in self._names | {"history"}:
            copy += 1
            name = f"{plain[: SHEET_NAME - len(f' ({copy})')]} ({copy})"
        self._names.add(name.lower())
        return name


def _parts(rows: Iterator[Row], room: int) -> Iterator[Iterable[Row]]:
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


BASE = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
STYLES: dict[str, dict[str, object]] = {
    "text": {"num_format": "@"},
    "wrap": {"num_format": "@", "text_wrap": True},
    "number": {"num_format": "#,##0"},
    "percent": {"num_format": "0.0%"},
    "money": {"num_format": "#,##0.00"},
    "day": {"num_format": "yyyy-mm-dd", "bg_color": "#FBF7EC", "locked": 0},
    "fill": {"num_format": "@", "bg_color": "#FBF7EC", "text_wrap": True, "locked": 0},
    "fill_area": {"num_format": "0.00##", "bg_color": "#FBF7EC", "locked": 0},
    "unwanted": {"bg_color": "#EEF0F1", "locked": 0},
    "header": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#2B3A42", "valign": "vcenter", "border": 0},
    "header_wrap": {
        **{"bold": True, "font_color": "#FFFFFF", "bg_color": "#2B3A42", "valign": "vcenter", "text_wrap": True},
    },
    "header_number": {
        **{"bold": True, "font_color": "#FFFFFF", "bg_color": "#2B3A42", "valign": "vcenter", "align": "right"},
    },
    "title": {"bold": True, "font_size": 16, "font_color": "#22303A"},
    "muted": {"font_color": "#5B6670"},
    "total_number": {"bold": True, "num_format": "#,##0", "top": 1},
    "total_text": {"bold": True, "top": 1},
    "total_percent": {"bold": True, "num_format": "0.0%", "top": 1},
    "indent": {"num_format": "@", "align": "left", "indent": 1},
    "top": {"num_format": "@", "bold": True},
    "outcome": {},
    "link": {"num_format": "@", "font_color": "#1F5F8B", "underline": 1},
}
OUTCOME_STYLES: dict[str, dict[str, object]] = {
    outcome: {"font_color": colours.text, "bg_color": colours.ground, "bold": True}
    for outcome, colours in COLOURS.items()
}
"""Text on a tint of the same colour; each pair has a contrast above 4.5 to 1."""
