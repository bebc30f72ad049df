"""One spoilt dossier, read and (when asked) decided; what must hold of it whatever it is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import duckdb

from eligibility.application.checking import check_dossier
from eligibility.application.pipeline import execute
from eligibility.application.stage import Work
from eligibility.intake import read_dossier
from eligibility.model.diagnostic import InputError
from eligibility.model.policy import Policy
from eligibility.model.tables import TABLES
from eligibility.store.database import connect

_LEFT_OUT = "('total_row', 'repeated_header', 'note_row')"


class Lost(AssertionError):
    """A row of a file is neither among the rows nor named among the findings."""


def trial(dossier: Path, policy: Policy | None = None, out: Path | None = None) -> int:
    """The exit status the command would have: 0, or 2 for a clear refusal; anything else is an exception.

    With a policy the dossier is also decided, with `out` marked copies are written.
    """
    with connect() as con:
        try:
            if policy is None:
                read_dossier(dossier, con)
            else:
                execute(Work(con, policy, dossier))
            if out is not None:
                check_dossier(dossier, out)
        except InputError as refused:
            if not all(one.code and one.problem.zh and one.remedy.en for one in refused.findings):
                raise AssertionError("a refusal without its words") from refused
            return 2
        _conserved(con, dossier)
    return 0


def _conserved(con: duckdb.DuckDBPyConnection, dossier: Path) -> None:
    """Rows in are rows kept plus rows set aside, and every row of a csv behind its first is somewhere."""
    bad = con.execute("SELECT table_name FROM paper.tables WHERE rows_in <> kept + quarantined").fetchall()
    if bad:
        raise Lost(f"{bad}: in <> kept + quarantined")
    for table in TABLES:
        sql = f"SELECT file, list(p.\"row\") FROM paper.{table.key} AS p JOIN paper.sources USING (source) WHERE sheet = '' GROUP BY file"
        for file, found in con.execute(sql).fetchall():
            path = dossier / file
            if path.suffix.lower() != ".csv" or path.read_bytes()[:2] in (b"PK", b"\xd0\xcf", b"PA"):
                continue
            told = con.execute(
                f'SELECT "row" FROM paper.quarantine WHERE file = ? AND code IN {_LEFT_OUT}', [file]
            ).fetchall()
            missing = _filled(path, min(found)) - set(found) - {row for (row,) in told}
            if missing:
                raise Lost(f"{file}: rows {sorted(missing)[:5]}")


def _filled(path: Path, begin: int) -> set[int]:
    """Rows of a csv that hold something, from `begin` on."""
    body = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        csv.field_size_limit(1 << 30)
        rows = enumerate(csv.reader(io.StringIO(text, newline="")), start=1)
        return {number for number, row in rows if number >= begin and any(cell.strip() for cell in row)}
    raise Lost(f"{path.name} was read though nobody can decode it")
