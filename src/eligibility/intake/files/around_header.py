"""What stands around a header and belongs to it: units above and below it, a row of field codes, columns of remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from eligibility.intake.files.grid import Row
from eligibility.intake.files.layout import BETWEEN, Layout, folded
from eligibility.intake.files.units import UNIT_OF, is_of, stated_units, unit_within, units_of_row
from eligibility.model.tables import CellType, Table

_REMARKS = re.compile(r"备注|附注|备注说明|备注栏|备考|情况说明|变动情况|人员变动情况|变更情况|其他说明|说明|注")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]+")
_FEWEST_CODES = 3


def with_surroundings(layout: Layout, head: Sequence[Row], table: Table) -> Layout:
    """The layout with the units that stand in its header, above it and in the row below it."""
    own: dict[int, set[str]] = {}
    for index, cell in enumerate(layout.cells):
        for word in cell.split(BETWEEN):
            if unit := unit_within(folded(word)):
                own.setdefault(index, set()).add(unit)
    for key, index in layout.places.items():
        column = table.column(key)
        if column.type in UNIT_OF and folded(layout.cells[index]) == key and key.endswith(("_mu", "_yuan")):
            own.setdefault(index, set()).add(key.rpartition("_")[2])
    last, below = layout.row, list[tuple[int, str, str]]()
    for number, cells in head:
        if number != last + 1:
            continue
        units = units_of_row(cells)
        if any(is_of(unit, kind) for unit in units.values() for kind in UNIT_OF):
            for index, unit in units.items():
                own.setdefault(index, set()).add(unit)
            issue = "unit_row"
        elif _is_codes(cells, layout, table):
            issue = "code_row"
        else:
            break
        last = number
        below.append((number, issue, next(cell.strip() for cell in cells if cell.strip())))
    top = layout.row - len(layout.printed) + 1
    above = (cell for number, cells in head if number < top for cell in cells)
    return replace(
        layout,
        last=last,
        below=tuple(below),
        own_units={index: frozenset(units) for index, units in own.items()},
        title=stated_units(above, title=True),
        remarks=tuple(_remarks(layout)),
    )


def _is_codes(cells: Sequence[str], layout: Layout, table: Table) -> bool:
    """Whether a row below the header holds nothing but the codes of fields: CYXM, CYZJHM or resident_id, name."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) < _FEWEST_CODES or not all(_CODE.fullmatch(cell) for cell in filled):
        return False
    letters = [cell for cell in filled if cell.replace("_", "").isalpha()]
    measured = [
        cells[index]
        for key, index in layout.places.items()
        if index < len(cells) and table.column(key).type not in (CellType.TEXT, CellType.REFERENCE, CellType.CHOICE)
    ]
    return len(letters) * 3 >= len(filled) * 2 and not any(char.isdigit() for cell in measured for char in cell)


def _remarks(layout: Layout) -> Iterator[int]:
    used = set(layout.places.values())
    for index, cell in enumerate(layout.cells):
        if index not in used and _REMARKS.fullmatch(folded(cell.rpartition(BETWEEN)[2])):
            yield index
