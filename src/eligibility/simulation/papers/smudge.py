"""Cells as people type them: other widths, spaces, 亩, date forms; dates without a day; cells nobody can read."""

from __future__ import annotations

import re
from datetime import date
from random import Random

from eligibility.model.tables import CellType, Column, Table
from eligibility.simulation.chance import Luck
from eligibility.simulation.documents import restyled
from eligibility.simulation.vocabulary import chinese_number

_WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()
_TRUTHS = {"是": ("Y", "1", "true", "是 "), "否": ("N", "0", "false", " 否")}
_AREAS = (CellType.AREA_MU, CellType.AREA_IN_UNIT)
_NUMBERS = (*_AREAS, CellType.MONEY, CellType.COUNT)
_BLANKED = (
    CellType.TEXT,
    CellType.PLACE,
    CellType.GROUP,
    CellType.REFERENCE,
    CellType.RESIDENT_ID,
    CellType.APPROVAL_NO,
)
_LOOSE = (CellType.TEXT, CellType.GROUPS, CellType.DISPUTE)


class Smudge:
    """Spoils the cells of one table's rows, each row at most once by each of the three rates."""

    def __init__(self, rng: Random, luck: Luck, table: Table) -> None:
        self._rng, self._luck = rng, luck
        self._columns = table.columns
        self._days = [at for at, column in enumerate(table.columns) if column.type is CellType.DAY]
        self._units = [at for at, column in enumerate(table.columns) if column.key == "unit"]
        self._readable = [at for at, column in enumerate(table.columns) if column.required or column.type not in _LOOSE]

    def row(self, cells: list[str]) -> list[str]:
        """The row with what befell its cells; the list given is changed."""
        rng, luck = self._rng, self._luck
        if luck.befalls(rng, "cell_noise"):
            at = rng.randrange(len(cells))
            if cells[at]:
                cells[at] = self._noisy(self._columns[at], cells, cells[at])
                luck.plant("cell_noise")
        if self._days and luck.befalls(rng, "vague_date"):
            self._vague(cells)
        if luck.befalls(rng, "unreadable"):
            at = rng.choice(self._readable)
            column = self._columns[at]
            cells[at] = "" if column.required and column.type in _BLANKED else rng.choice(("字迹不清", "??", "■"))
            luck.plant("unreadable")
        return cells

    def _vague(self, cells: list[str]) -> None:
        at = self._rng.choice(self._days)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", cells[at]):
            cells[at] = (
                f"{cells[at][:4]}年{int(cells[at][5:7])}月" if self._rng.random() < 0.8 else f"{cells[at][:4]}年"
            )
            self._luck.plant("vague_date")

    def _noisy(self, column: Column, cells: list[str], cell: str) -> str:
        """The cell in another form; one that already is in another (of a row that is written twice) stays."""
        try:
            return self._formed(column, cells, cell)
        except (KeyError, ValueError, StopIteration):
            return cell

    def _formed(self, column: Column, cells: list[str], cell: str) -> str:
        rng = self._rng
        if column.type in _NUMBERS:
            in_mu = column.type is CellType.AREA_MU or any(cells[at] == "亩" for at in self._units)
            return _number(rng, cell, suffix="亩" if in_mu and column.type in _AREAS else "")
        if column.type is CellType.CHOICE:
            return next(word.key for word in column.words if word.zh == cell)
        return _FORMS.get(column.type, _spaced)(rng, cell)


def _spaced(rng: Random, cell: str) -> str:
    return rng.choice((f" {cell}", f"{cell} ", f"{cell}\u3000"))


def _coded(rng: Random, cell: str) -> str:
    return rng.choice((cell.translate(_WIDE), _spaced(rng, cell)))


def _truth(rng: Random, cell: str) -> str:
    return rng.choice(_TRUTHS[cell])


def _day(rng: Random, cell: str) -> str:
    year, month, day = cell.split("-")
    forms = (
        f"{year}/{int(month)}/{int(day)}",
        f"{year}.{int(month)}.{int(day)}",
        f"{year}{month}{day}",
        f"{year}年{int(month)}月{int(day)}日",
        cell.translate(_WIDE),
        str(date(int(year), int(month), int(day)).toordinal() - _EXCEL_EPOCH),
    )
    return rng.choice(forms)


def _number(rng: Random, cell: str, *, suffix: str) -> str:
    whole, point, rest = cell.partition(".")
    forms = [cell.translate(_WIDE), f" {cell} ", f"{int(whole):,}{point}{rest}"]
    return rng.choice([*forms, cell + suffix] if suffix else forms)


def _groups(rng: Random, cell: str) -> str:
    return "、".join(_group(rng, name) for name in cell.split("、"))


def _group(rng: Random, name: str) -> str:
    number = int(name.removesuffix("组"))
    said = chinese_number(number)
    return rng.choice(
        (f"{said}组", f"第{said}组", f"第{number}组", f"第{said}村民小组", f"{number}村民小组", name.translate(_WIDE))
    )


_FORMS = {
    CellType.DAY: _day,
    CellType.TRUTH: _truth,
    CellType.GROUP: _groups,
    CellType.GROUPS: _groups,
    CellType.APPROVAL_NO: restyled,
    CellType.RESIDENT_ID: _coded,
    CellType.REFERENCE: _coded,
}
