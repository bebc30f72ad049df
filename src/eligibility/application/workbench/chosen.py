"""Whom an act is about: named persons, a community, or a file of ids."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from eligibility.model.diagnostic import Bilingual, Diagnostic, InputError, SourceLocation
from eligibility.model.resident_id import known_as, mask


def choose(con: duckdb.DuckDBPyConnection, persons: Sequence[str], community: str, file: Path | None) -> None:
    """Make the table `chosen` (row_id) of everyone who is named by id, by community or by the file (one id a line).

    Raises:
        InputError: an id or the community is not in the run, or nobody is named.

    """
    listed = [known_as(person) for person in (*persons, *_lines(file))]
    con.register("arriving", pa.table({"resident_id": pa.array(listed, pa.string())}))
    con.execute("CREATE OR REPLACE TEMP TABLE named AS SELECT DISTINCT resident_id FROM arriving")
    con.unregister("arriving")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE chosen AS SELECT row_id FROM decision.persons"
        " WHERE resident_id IN (SELECT resident_id FROM named) OR (community = $1 AND $1 <> '')",
        [community],
    )
    _check(con, community)


def mark_incomplete(con: duckdb.DuckDBPyConnection, *, notices: bool, outcomes: Sequence[str] = ()) -> int:
    """Make the table `incomplete`: who of `chosen` is not signed through every stage (table review_standing); how many.

    `notices`: whoever is in review is none of them, who is only told what is missing; `outcomes`: of nobody else anything would be printed.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE incomplete AS SELECT row_id FROM chosen JOIN review_standing USING (row_id)"
        " WHERE (place IS NOT NULL OR contested IS NOT NULL) AND NOT ($1 AND outcome = 'manual_review')"
        " AND (len($2) = 0 OR list_contains($2, outcome))",
        [notices, list(outcomes)],
    )
    ((persons,),) = con.execute("SELECT count(*) FROM incomplete").fetchall()
    return int(persons)


def leave_out_incomplete(con: duckdb.DuckDBPyConnection, *, notices: bool, outcomes: Sequence[str] = ()) -> int:
    """Leave in `chosen` only whose case is signed through; how many were left out.

    Raises:
        InputError: nobody is left.

    """
    left_out = mark_incomplete(con, notices=notices, outcomes=outcomes)
    con.execute("DELETE FROM chosen WHERE row_id IN (FROM incomplete)")
    if (
        left_out
        and not con.execute(
            "SELECT 1 FROM chosen JOIN decision.persons USING (row_id) WHERE len($1) = 0 OR list_contains($1, outcome)",
            [list(outcomes)],
        ).fetchall()
    ):
        problem = Bilingual(
            f"所选的 {left_out:,} 人都还没有走完各环节的签字",
            f"none of the {left_out:,} chosen is signed through every stage",
        )
        remedy = Bilingual("签完再出；要先看，加 --draft 出草稿", "sign first; add --draft to see drafts")
        raise InputError(Diagnostic("stages_open", SourceLocation("papers"), problem, remedy))
    return left_out


def _check(con: duckdb.DuckDBPyConnection, community: str) -> None:
    unknown = con.execute(
        "SELECT resident_id FROM named ANTI JOIN decision.persons USING (resident_id) ORDER BY resident_id"
    ).fetchall()
    findings = [_unknown(mask(resident_id)) for (resident_id,) in unknown]
    if community and not con.execute("SELECT 1 FROM decision.persons WHERE community = ?", [community]).fetchall():
        findings.append(_unknown(community))
    if not findings and not con.execute("SELECT 1 FROM chosen").fetchall():
        problem = Bilingual("没有选中任何人", "nobody was chosen")
        remedy = Bilingual("用 --person、--community 或 --file 选定", "choose by --person, --community or --file")
        findings.append(Diagnostic("nobody_chosen", SourceLocation("--person"), problem, remedy))
    if findings:
        raise InputError(*findings)


def _lines(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        problem = Bilingual("名单读不出", "the list cannot be read")
        remedy = Bilingual("名单应为 UTF-8 文本，每行一个身份证号", "a list is UTF-8 text, one id a line")
        raise InputError(Diagnostic("list_unreadable", SourceLocation(str(file)), problem, remedy)) from None
    return [line for line in text.splitlines() if line.strip()]


def _unknown(name: str) -> Diagnostic:
    problem = Bilingual(f"结果中没有“{name}”", f"“{name}” is not in the run")
    return Diagnostic(
        "person_unknown",
        SourceLocation("review"),
        problem,
        Bilingual("请核对号码或名称", "check the number or the name"),
    )
