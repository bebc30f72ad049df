"""The work list read back: every cell checked, and an edit where nobody is to edit named by its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eligibility.model import work_list as form
from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation

MOST_FILLED = 200_000
"""Rows of a sheet that are filled; the whole list of a million persons has fewer."""
MOST_WRONG = 1_000
"""After so many findings a sheet is none of ours and is not read on."""

Rows = Iterable[tuple[int, Sequence[str]]]
"""Rows of a sheet with their numbers from 1, as texts."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One row in which something was filled: where, under which key, and what by header."""

    sheet: str
    row: int
    key: str
    said: dict[str, str]
    columns: dict[str, int]

    def at(self, header: str) -> SourceLocation:
        """The cell under `header`, as Excel names it."""
        return cell(self.sheet, self.columns[header], self.row)


def cell(sheet: str, column: int, row: int) -> SourceLocation:
    """A cell as Excel names it.

    >>> cell("核查清单", 2, 17).in_language("zh")
    '核查清单!C17'
    """
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return SourceLocation(f"{sheet}!{letters}{row}")


def read_sheet(
    sheet: str, rows: Rows, locked: Sequence[str], fill: Sequence[str]
) -> tuple[list[Filled], list[Diagnostic]]:
    """The filled rows of one sheet of the work list, and what is wrong with its locked cells.

    Raises:
        InputError: more rows are filled than any list has.

    """
    found = iter(rows)
    header = next(((number, row) for number, row in found if any(row)), (1, ()))
    titles = [title.strip() for title in header[1]]
    wanted = [*locked, *fill, *form.HIDDEN]
    absent = [title for title in wanted if title not in titles]
    if absent:
        return [], [_columns_missing(sheet, absent)]
    columns = {title: titles.index(title) for title in wanted}
    filled, findings = [], []
    for number, row in found:
        one, wrong = _row(sheet, number, row, columns, locked, fill)
        filled += one
        findings += wrong
        if len(filled) > MOST_FILLED:
            raise InputError(_too_many(sheet))
        if len(findings) > MOST_WRONG:
            break
    return filled, findings


def _row(  # noqa: PLR0913, PLR0917
    sheet: str, number: int, row: Sequence[str], columns: dict[str, int], locked: Sequence[str], fill: Sequence[str]
) -> tuple[list[Filled], list[Diagnostic]]:
    said = {title: row[place] if place < len(row) else "" for title, place in columns.items()}
    written = {title: said[title].strip() for title in fill if said[title].strip()}
    key, digests = said[form.HIDDEN[0]], said[form.HIDDEN[1]]
    if not key:
        stray = next((title for title in (*locked, *fill) if said[title].strip()), None)
        return [], [_added(cell(sheet, columns[stray], number))] if stray else []
    places = form.changed(key, [said[title] for title in locked], digests)
    if places is None:
        return [], [_key_changed(sheet, number, columns)]
    if places:
        return [], [_edited(cell(sheet, columns[locked[place]], number), locked[place]) for place in places]
    return ([Filled(sheet, number, key, written, columns)] if written else []), []


def _too_many(sheet: str) -> Diagnostic:
    problem = Bilingual(f"填写的行超过 {MOST_FILLED:,} 行", f"more than {MOST_FILLED:,} rows are filled")
    return Diagnostic(
        "too_large", SourceLocation(sheet), problem, Bilingual("分成几个文件导入", "import it in several files")
    )


def _columns_missing(sheet: str, absent: Sequence[str]) -> Diagnostic:
    problem = Bilingual(f"缺少列：{'、'.join(absent)}", f"columns are missing: {', '.join(absent)}")
    remedy = Bilingual(
        "请用本次结果的 review_queue.xlsx 填写，不要删列或改表头",
        "fill in review_queue.xlsx of the run; do not delete columns",
    )
    return Diagnostic("columns_missing", SourceLocation(sheet), problem, remedy)


def _edited(at: SourceLocation, title: str) -> Diagnostic:
    problem = Bilingual(f"不用填的「{title}」被改动", f"the cell “{title}”, which is not to be filled in, was changed")
    remedy = Bilingual("恢复原值（可从原文件复制），意见写在“备注”", "put back what stood there; remarks go to 备注")
    return Diagnostic("locked_cell_changed", at, problem, remedy)


def _key_changed(sheet: str, number: int, columns: dict[str, int]) -> Diagnostic:
    problem = Bilingual(
        "这一行隐藏的键或校验被改动，或整行错位", "the hidden key of this row was changed, or the row was shifted"
    )
    remedy = Bilingual("从原文件复制这一行", "copy the row from the original file")
    return Diagnostic("row_key_changed", cell(sheet, columns[form.HIDDEN[0]], number), problem, remedy)


def _added(at: SourceLocation) -> Diagnostic:
    problem = Bilingual("清单里没有这一行，是后加的", "this row is not of the list; it was added")
    remedy = Bilingual("删去；新的问题由下次判定提出", "delete it; new questions come from the next run")
    return Diagnostic("row_added", at, problem, remedy)


def missing_sheet() -> Diagnostic:
    """The finding on a workbook without the sheet of questions."""
    problem = Bilingual(f"没有工作表「{form.QUESTIONS}」", f"there is no sheet {form.QUESTIONS}")
    remedy = Bilingual("请导入填好的 review_queue.xlsx", "import the filled review_queue.xlsx")
    return Diagnostic("no_work_list", SourceLocation(form.QUESTIONS), problem, remedy)


def sheets_of(name: str, sheets: Iterable[str]) -> Iterator[str]:
    """The sheets that carry the list `name`: itself, and its further parts `name (2)`, `name (3)`, …"""
    return (sheet for sheet in sheets if sheet == name or (sheet.startswith(f"{name} (") and sheet.endswith(")")))
