"""A dossier in memory that can be rewritten: sheets of rows, each row with the cells it had at first, and how it is written."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from eligibility.model.tables import TABLES

COLUMNS = {table.key: [column.key for column in table.columns] for table in TABLES}
"""The columns of each table, by key, in the order in which they are written."""

HEADERS = {table.key: {column.key: column.zh for column in table.columns} for table in TABLES}
TITLES = {table.key: table.zh for table in TABLES}
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,8})?")
_NUMBERS = ("area_mu", "area", "contracted_mu", "households", "persons", "amount_yuan", "compensation_yuan")
_ZEROS_LOST = re.compile(r"-?\d+\.\d{2,}0")
"""An area with three decimals or more of which the last is nought: a number cell would not keep it, and with it how it was rounded."""
_NUMERALS = {mark: number for number, mark in enumerate("零一二三四五六七八九十")}


def plain(text: str) -> str:
    """The text without blanks and full-width forms: what a rewriting compares by."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class Row(dict[str, str]):
    """Cells by column key. `origin`: as they were at first; `aside`: no row of data, but a subtotal or a note.

    `cut`: so many cells are written and the row breaks off; `merged`: columns whose cell is one with that above.
    """

    def __init__(self, cells: dict[str, str], *, aside: bool = False) -> None:
        super().__init__(cells)
        self.origin: dict[str, str] = {key: plain(text) for key, text in cells.items()}
        self.aside = aside
        self.cut: int | None = None
        self.merged: set[str] = set()

    def twin(self) -> Row:
        """A second row like this one, of the same origin."""
        row = Row(dict(self), aside=self.aside)
        row.origin, row.cut, row.merged = self.origin, self.cut, set(self.merged)
        return row


@dataclass
class Sheet:
    """One file of a table: its rows and columns, and how it is written.

    `unread`: nobody can expect that it is read; `second`: a further sheet of the workbook.
    """

    table: str
    name: str
    columns: list[str]
    rows: list[Row]
    kind: str = "csv"
    encoding: str = "utf-8-sig"
    titles: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unread: bool = False
    second: Sheet | None = None

    def twin(self) -> Sheet:
        """A copy whose rows can be changed."""
        return Sheet(
            self.table, self.name, list(self.columns), [row.twin() for row in self.rows], self.kind, self.encoding,
            list(self.titles), dict(self.headers), list(self.notes), self.unread, self.second,
        )  # fmt: skip

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.name if "." in self.name else f"{self.name}.{self.kind}"

    def header(self, key: str) -> str:
        """The header that is written for a column."""
        return self.headers[key] if key in self.headers else HEADERS[self.table][key]

    def body(self) -> bytes:
        """The file."""
        if self.kind == "xlsx":
            out = io.BytesIO()
            book = xlsxwriter.Workbook(out, {"in_memory": True})
            _write_sheet(book.add_worksheet("Sheet1"), book, self)
            if self.second:
                _write_sheet(book.add_worksheet(self.second.name), book, self.second)
            book.close()
            return out.getvalue()
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter="\t" if self.kind in ("tsv", "txt") else ",")
        writer.writerows([title] for title in self.titles)
        writer.writerow([self.header(key) for key in self.columns])
        for row in self.rows:
            writer.writerow([row.get(key, "") for key in self.columns][: row.cut])
        writer.writerows([note] for note in self.notes)
        return text.getvalue().encode(self.encoding)


@dataclass
class Papers:
    """A dossier: its sheets, other files, and whom no paper can tell apart from a person decided otherwise.

    `excused`: ids (as on the roster) of persons about whom a rewriting took a paper away without a trace; `aliases`: the id on
    the roster of a person whom a rewriting gave another one, or a second one; `book`: all tables are sheets of one workbook of that name.
    """

    sheets: list[Sheet]
    others: dict[str, bytes] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)
    book: str = ""

    def twin(self) -> Papers:
        """A copy that can be rewritten."""
        sheets = [sheet.twin() for sheet in self.sheets]
        return Papers(sheets, dict(self.others), set(self.excused), dict(self.aliases), self.book)

    def of(self, table: str) -> list[Sheet]:
        """The sheets of a table."""
        return [sheet for sheet in self.sheets if sheet.table == table]

    def rows(self, table: str) -> list[Row]:
        """The rows of data of a table, over all its sheets."""
        return [row for sheet in self.of(table) for row in sheet.rows if not row.aside]

    def with_column(self, key: str) -> Iterator[tuple[str, Row]]:
        """Every row of data of a table that has the column, with its table."""
        for sheet in self.sheets:
            if key in COLUMNS[sheet.table]:
                yield from ((sheet.table, row) for row in sheet.rows if not row.aside)

    def sheet_of(self, row: Row) -> Sheet:
        """The sheet in which this very row stands."""
        return next(sheet for sheet in self.sheets if any(other is row for other in sheet.rows))

    def homes(self) -> dict[str, tuple[str, str]]:
        """Community and group of each household, as the roster had them at first."""
        homes: dict[str, tuple[str, str]] = {}
        for row in self.rows("persons"):
            place = (row.origin["community"], group_number(row.origin["group"]))
            homes.setdefault(row.origin["household_id"], place)
        return homes

    def excuse(self, households: Iterable[str]) -> None:
        """Nothing is held against the program of the persons of these households."""
        wanted = set(households)
        self.excused |= {
            row.origin["resident_id"] for row in self.rows("persons") if row.origin["household_id"] in wanted
        }

    def excuse_place(self, community: str, group: str = "") -> None:
        """The same of all households of a group, or (no group) of a community."""
        self.excuse(h for h, (c, g) in self.homes().items() if c == community and (not group or g == group))

    def write(self, folder: Path) -> Path:
        """Write the dossier into a new folder; the path of the dossier."""
        folder.mkdir(parents=True)
        for name, body in self.others.items():
            (folder / name).write_bytes(body)
        if self.book:
            with xlsxwriter.Workbook(folder / self.book) as book:
                for sheet in self.sheets:
                    _write_sheet(book.add_worksheet(TITLES[sheet.table]), book, sheet)
            return folder / self.book
        for sheet in self.sheets:
            path = folder / sheet.file
            path.parent.mkdir(exist_ok=True, parents=True)
            path.write_bytes(sheet.body())
        return folder


def read_papers(folder: Path) -> Papers:
    """The csv dossier that the simulator wrote."""
    sheets = []
    for table, keys in COLUMNS.items():
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        rows = [Row(dict(zip(keys, line, strict=True))) for line in lines[1:]]
        if rows:
            sheets.append(Sheet(table, table, list(keys), rows))
    return Papers(sheets)


def group_number(text: str) -> str:
    """The digits of a group as the simulator spells it (一组, 第1村民小组, １组); nothing for a blank or a list of groups.

    >>> [group_number(text) for text in ("3组", "第三村民小组", "十二组", "1组、2组", "")]
    ['3', '3', '12', '', '']
    """
    name = re.fullmatch(r"第?(\d+|[一二三四五六七八九十]+)(?:村民小组|小组|组)", plain(text))
    if not name:
        return ""
    if name[1].isdigit():
        return str(int(name[1]))
    tens, ten, ones = name[1].rpartition("十")
    return str((_NUMERALS[tens] if tens else 1) * 10 * bool(ten) + (_NUMERALS[ones] if ones else 0))


def _write_sheet(page: xlsxwriter.worksheet.Worksheet, book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    """Titles, header and rows; areas and money are numbers (but for areas whose noughts a number would lose), all else is text; merged cells are merged."""
    plain_format = book.add_format()
    width = max(1, len(sheet.columns) - 1)
    for at, title in enumerate(sheet.titles):
        page.merge_range(at, 0, at, width, title, plain_format)
    top = len(sheet.titles)
    page.write_row(top, 0, [sheet.header(key) for key in sheet.columns])
    for at, row in enumerate(sheet.rows, start=top + 1):
        for column, key in enumerate(sheet.columns[: row.cut]):
            text = row.get(key, "")
            if text and key not in row.merged:
                if _is_number(key, text):
                    page.write_number(at, column, float(text))
                else:
                    page.write_string(at, column, text)
    for column, key in enumerate(sheet.columns):
        for first, last in _runs(sheet.rows, key):
            text = sheet.rows[first].get(key, "")
            value = float(text) if _is_number(key, text) else text
            page.merge_range(top + 1 + first, column, top + 1 + last, column, value, plain_format)
    for at, note in enumerate(sheet.notes, start=top + 1 + len(sheet.rows)):
        page.write_string(at, 0, note)


def _is_number(key: str, text: str) -> bool:
    return key in _NUMBERS and bool(_NUMBER.fullmatch(text)) and not (key == "area" and _ZEROS_LOST.fullmatch(text))


def _runs(rows: list[Row], key: str) -> Iterator[tuple[int, int]]:
    first = 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or key not in rows[at].merged:
            if at - first > 1:
                yield first, at - 1
            first = at
