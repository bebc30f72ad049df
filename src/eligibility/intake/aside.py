"""Files and sheets that are no table by their name: parts of one after all, papers that may concern somebody, or neither.

What may hold agreements, or anything else that decides, and is not read, is entered in `paper.unread`: nobody whom it may
concern is decided on the land he lost.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from eligibility.intake.books.workbook import Workbook
from eligibility.intake.bureau.survey import Paper
from eligibility.intake.files.concern import ANYTHING, mentions_land, table_by_name, table_by_rows
from eligibility.intake.files.csv_file import read_csv
from eligibility.intake.files.folder import Part
from eligibility.intake.files.grid import HEAD, Row
from eligibility.intake.files.header import has_header
from eligibility.intake.files.kinds import BOOK_SUFFIXES, TEXT_SUFFIXES, Kind, kind_of
from eligibility.intake.files.limits import check_size
from eligibility.intake.files.parquet_file import read_parquet
from eligibility.intake.files.titles import INSTRUCTIONS, nearest_title, table_named
from eligibility.intake.notices import Notice
from eligibility.model.diagnostic import InputError
from eligibility.model.names import squeeze
from eligibility.model.tables import Table, table

_MAY_BE_BOOKS = (*BOOK_SUFFIXES, ".et", ".ett", ".xlt", ".xltx")
_NOT_THE_PAPER = re.compile(
    r"\([0-9]\)$|草稿|初稿|作废|旧|废|副本|备份|复制|样表|样本|模板|空表|示例|历史|测试|修改前|copy|backup|bak|old|draft|template",
    re.I,
)
"""Words by which a file is likely another form of a paper that is here already."""
_WORD_TEXT = "word/document.xml"
_LARGEST_WORD = 32 << 20


class Unread(NamedTuple):
    """A paper that was not read; `guess`: the table whose rows it may hold ("": any), `by_name`: nobody looked into it."""

    file: str
    sheet: str
    guess: str
    by_name: bool


class Sheet(NamedTuple):
    """A sheet of a file that was looked into: its name ("" of a text) and its first rows."""

    name: str
    head: Sequence[Row]


@dataclass(slots=True)
class Aside:
    """What is left aside of a dossier."""

    notices: list[Notice] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    compared: list[Paper] = field(default_factory=list)
    """Lists and registers with which the roster is compared."""

    def sheet(self, file: str, sheet: Sheet, issue_table: str, nearest: str) -> None:
        """Note a sheet that is not read."""
        if not sheet.head or squeeze(sheet.name) == INSTRUCTIONS:
            return
        guess = sheet_concerns(sheet)
        if guess is None:
            self.notices.append(Notice("unknown_sheet", issue_table, file, sheet.name, other=nearest))
        else:
            self._note(Unread(file, sheet.name, guess, by_name=False), issue_table)

    def file(self, path: Path, name: str) -> tuple[Table, Part] | None:
        """The file as a part of the table that its name and its header both tell; else it is noted, and None.

        Of a folder that is not named for a table only papers that may concern somebody are noted one by one.
        """
        sheets = look_into(path, name)
        named = table_named(path.stem)
        if named and may_be_part(name, sheets, named):
            return named, Part(path, name, whole=False, added=True)
        guess = _file_concerns(name, path, sheets)
        if guess is not None:
            self._note(Unread(name, "", guess, by_name=sheets is None), named.key if named else "")
        elif "/" not in name or table_named(name.partition("/")[0]):
            self.notices.append(
                Notice("unknown_file", named.key if named else "", name, other=nearest_title(path.stem))
            )
        return None

    def known(self, file: str, sheet: str, concerns: str, kind: str) -> None:
        """Note a sheet of a known kind whose rows may decide and are not read."""
        self.unread.append(Unread(file, sheet, concerns, by_name=False))
        self.notices.append(Notice("source_unread", concerns, file, sheet, other=kind))

    def _note(self, one: Unread, issue_table: str) -> None:
        self.unread.append(one)
        other = table(one.guess).zh if one.guess else "征地协议等表"
        issue = "unread_unopened" if one.by_name else "unread_unknown"
        self.notices.append(Notice(issue, issue_table, one.file, one.sheet, other=other))


def may_be_part(name: str, sheets: Sequence[Sheet] | None, of: Table) -> bool:
    """Whether a file or sheet is read as a part of the table that its name tells: its header is whole, and it is no draft."""
    plain = squeeze(name.rpartition(".")[0] or name)
    return not _NOT_THE_PAPER.search(plain) and any(has_header(sheet.head, of) for sheet in sheets or ())


def look_into(path: Path, name: str) -> list[Sheet] | None:
    """The first rows of each sheet of a file; None where it cannot be opened as a table."""
    try:
        check_size(path, name)
        kind = kind_of(path, name)
        if kind.book and path.suffix.lower() in (*_MAY_BE_BOOKS, *TEXT_SUFFIXES):
            book = Workbook(path, kind, name)
            return [Sheet(sheet, book.head(sheet)) for sheet in book.sheets]
        if kind is Kind.PARQUET:
            return [Sheet("", list(islice(read_parquet(path, name).rows, HEAD)))]
        if kind is Kind.TEXT and path.suffix.lower() in TEXT_SUFFIXES:
            return [Sheet("", list(islice(read_csv(path, name).rows, HEAD)))]
    except InputError:
        return None
    return None


def sheet_concerns(sheet: Sheet) -> str | None:
    """The table of which a sheet of no known kind may hold rows; None where nothing in it says so."""
    guess = table_by_rows(sheet.head)
    if guess is None and mentions_land(sheet.head):
        guess = table_by_name(sheet.name, looked_into=True)
    return guess


def _file_concerns(name: str, path: Path, sheets: Sequence[Sheet] | None) -> str | None:
    """The table of which a file may hold rows; None where it concerns none."""
    within = name.removesuffix(path.suffix)
    if sheets is None:
        guess = table_by_name(within)
        return "agreements" if guess is None and _agreements_in_word(path) else guess
    for sheet in sheets:
        guess = sheet_concerns(sheet)
        if guess is not None:
            return guess
    if any(mentions_land(sheet.head) for sheet in sheets):
        # a text of one column is no table: it is judged as one that cannot be opened
        return table_by_name(within, looked_into=any(len(cells) > 1 for sheet in sheets for _, cells in sheet.head))
    return None


def _agreements_in_word(path: Path) -> bool:
    """Whether a document of a word processor has a table with a column for agreements and one for areas."""
    try:
        with zipfile.ZipFile(path) as package:
            part = package.getinfo(_WORD_TEXT)
            if part.file_size > _LARGEST_WORD:
                return True
            text = package.read(part).decode("utf-8", "replace")
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        return False
    rows = re.findall(r"<w:tr[ >].*?</w:tr>", text, re.DOTALL)
    cells = [re.sub(r"<[^>]+>", "", row) for row in rows[:HEAD]]
    return any(re.search("协议|征收|征地", row) and "面积" in row for row in cells)


def known_number(unread: Unread, numbers: Sequence[str]) -> bool:
    """Whether an unopened file is the copy of a paper whose number a table has: 协1.pdf; a supplement to it is none.

    >>> known_number(Unread("协1.pdf", "", "", True), ["协1", "协2"]), known_number(Unread("协12.pdf", "", "", True), ["协1"])
    (True, False)
    """
    name = squeeze(unread.file.rpartition("/")[2].rpartition(".")[0])
    if not unread.by_name or re.search("补充|变更|解除|补签|附", name):
        return False
    return any(re.search(rf"(?<![0-9]){re.escape(number)}(?![0-9])", name) for number in numbers if len(number) > 1)


__all__ = ["ANYTHING", "Aside", "Sheet", "Unread", "known_number", "look_into", "may_be_part", "sheet_concerns"]
