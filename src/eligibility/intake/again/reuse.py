"""Which rows of a csv file stand as an earlier run read them: their lines are the same, and nothing was said of them.

Only the reading of cells is used again. References, repeated rows and every other check are made anew over all rows, so
that what comes out is what a reading without an earlier run gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from eligibility.domain.earlier import Earlier
from eligibility.domain.tables import CellType, Table
from eligibility.intake.again.lines import lines_of, row_of
from eligibility.intake.cells.readings import reading_of
from eligibility.intake.files.csv_file import encoding_of
from eligibility.intake.files.grid import Grid, Row, Writing
from eligibility.intake.load import Sheet
from eligibility.intake.rows.columns import outputs
from eligibility.intake.statements import statement

_SETTLED_SINCE = (CellType.PLACE, CellType.APPROVAL_NO)
"""Cells that name what other papers name too."""
_OF_THE_WHOLE = ("short_rows", "total_row", "stated_unit", "unit_conflict")
"""What is said of rows in sum, for which all of them must be read."""


@dataclass(frozen=True, slots=True)
class Then:
    """A file as it was read before: its source number, its copy, whether it is the `same` now."""

    source: int
    path: Path
    same: bool


class Again:
    """Rows of an earlier reading, for the tables of the dossier that is being read into `con`."""

    def __init__(self, con: duckdb.DuckDBPyConnection, earlier: Earlier) -> None:
        self.con = con
        self.earlier = earlier
        self.rows = 0

    def begin(self) -> None:
        """A new table of the dossier."""
        self.con.execute(statement("again/reused"))

    def changed(self, sheet: Sheet) -> tuple[int, Iterator[Row]] | None:
        """How many rows behind the header stand, and the others, to be read; None: all must be read."""
        grid, header = sheet.grid, sheet.layout.last
        if grid.writing is None or (then := self._then(sheet.table, grid)) is None:
            return None
        lines = lines_of(grid.path, grid.writing)
        if lines is None:
            return None
        self.con.register("intake_lines_now", lines)
        stand = self._same_file(sheet, then) if then.same else self._same_lines(sheet, then, grid.writing, lines)
        rows = self.con.execute(statement("again/changed"), {"source": sheet.source, "header": header}).fetchall()
        self.con.unregister("intake_lines_now")
        return (self._standing(sheet.source), _read(rows, grid.writing)) if stand else None

    def _same_file(self, sheet: Sheet, then: Then) -> bool:
        self._note("again/same_file", sheet, then)
        return True

    def _same_lines(self, sheet: Sheet, then: Then, writing: Writing, lines: pa.Table) -> bool:
        """Find the lines that stood in the file then; whether they can be compared."""
        before = lines_of(then.path, writing)
        if before is None or _head(before, sheet.layout.last) != _head(lines, sheet.layout.last):
            return False
        self.con.register("intake_lines_then", before)
        self._note("again/unchanged", sheet, then)
        self.con.unregister("intake_lines_then")
        return True

    def _note(self, name: str, sheet: Sheet, then: Then) -> None:
        asked = {"source": sheet.source, "header": sheet.layout.last, "table_name": sheet.table.key}
        sql = statement(name, earlier=self._table(sheet.table), quarantine=self._papers("quarantine"))
        self.con.execute(sql, asked | {"file": sheet.grid.file, "old_source": then.source})

    def forget(self, sheet: Sheet) -> None:
        """All rows of the sheet are read after all: what was noticed is noticed again."""
        for name in ("reused", "raw"):
            self.con.execute(f"DELETE FROM intake.{name} WHERE source = ?", [sheet.source])
        del sheet.notices[sheet.opened :], sheet.short[:], sheet.totals[:], sheet.parts[:]

    def number(self) -> bool:
        """Number the rows that are read, and those that stand, in the order of the papers; whether any stand."""
        standing = self._standing() > 0
        if standing:
            self.con.execute(statement("again/numbered"))
        return standing

    def lay(self, table: Table) -> None:
        """Put the rows that stand into `intake.read`."""
        columns, joins = [], []
        for column in table.columns:
            for made in outputs(column):
                settled = column.type in _SETTLED_SINCE and made.name != column.key
                columns.append(f'k_{column.key}.key AS "{made.name}"' if settled else f'p."{made.name}"')
            if column.type in _SETTLED_SINCE:
                self._keys(table, column.key)
                joins.append(
                    f'LEFT JOIN intake.key_{column.key} AS k_{column.key} ON k_{column.key}.text = p."{column.key}"'
                )
        self.con.execute(
            statement("again/stand", columns=", ".join(columns), joins="\n".join(joins), earlier=self._table(table))
        )
        self.rows += self._standing()

    def _keys(self, table: Table, column: str) -> None:
        """Keys of names as they are written: what the earlier run has was settled by rules and other papers since."""
        found = self.con.execute(f'SELECT DISTINCT "{column}" FROM {self._table(table)} WHERE "{column}" IS NOT NULL')
        reading = reading_of(next(one for one in table.columns if one.key == column))
        texts = [text for (text,) in found.fetchall()]
        keys = [reading.parse(text)[0] for text in texts] if reading else []
        self.con.register(
            "intake_keys", pa.table({"text": pa.array(texts, pa.string()), "key": pa.array(keys, pa.string())})
        )
        self.con.execute(f"CREATE OR REPLACE TABLE intake.key_{column} AS SELECT * FROM intake_keys")
        self.con.unregister("intake_keys")

    def _then(self, table: Table, grid: Grid) -> Then | None:
        """The file as it was read before; None where it was not, was written otherwise, or holds totals."""
        path = self.earlier.dossier.get(grid.file)
        of_the_file = "FROM {} WHERE table_name = ? AND file = ? AND sheet = ''"
        asked = [table.key, grid.file]
        then = self.con.execute(
            f"SELECT source, sha256 {of_the_file.format(self._papers('sources'))}", asked
        ).fetchall()
        now = self.con.execute(f"SELECT sha256 {of_the_file.format('paper.sources')}", asked).fetchall()
        if path is None or grid.writing is None or len(then) != 1 or self._told_in_sum(table, grid):
            return None
        ((source, sha256),) = then
        same = now == [(sha256,)]
        written = same or encoding_of(path, grid.file) == grid.writing.encoding
        return Then(source, path, same) if written else None

    def _told_in_sum(self, table: Table, grid: Grid) -> bool:
        said = f"FROM {self._papers('quarantine')} WHERE table_name = ? AND file = ? AND code IN ?"
        return bool(
            self.con.execute(f"SELECT 1 {said} LIMIT 1", [table.key, grid.file, list(_OF_THE_WHOLE)]).fetchall()
        )

    def _standing(self, source: int | None = None) -> int:
        counted = "SELECT count(*) FROM intake.reused WHERE $1 IS NULL OR source = $1"
        return int(self.con.execute(counted, [source]).fetchall()[0][0])

    def _table(self, table: Table) -> str:
        return self._papers(table.key)

    def _papers(self, name: str) -> str:
        return self.earlier.table(f"papers/{name}")


def _head(lines: pa.Table, header: int) -> list[bytes]:
    """The lines to the header."""
    return list(lines.column("line").slice(0, header).to_pylist())


def _read(rows: list[tuple[int, bytes]], writing: Writing) -> Iterator[Row]:
    return ((number, row_of(line, writing)) for number, line in rows)
