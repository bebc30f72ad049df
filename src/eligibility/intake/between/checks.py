"""What rows and tables say against each other, one SQL file a check; each finding names both places.

None of them changes a row or decides anything: what follows for a decision follows from the ranges of the facts, and
docs/findings.md says it for each code.
"""

from __future__ import annotations

import duckdb

from eligibility.intake.statements import statement

CHECKS = (
    "one_id_two_names",
    "dates_out_of_order",
    "no_heads",
    "group_without_heads",
    "certificate_two_households",
    "certificates_exceed_group",
    "takings_exceed_group",
    "roll_differs",
    "line_twice",
    "taken_beyond_paper",
    "certificate_in_rows",
    "certificates_of_two_days",
    "one_name_two_ids",
    "roll_money_differs",
    "approval_without_parcels",
)
"""The checks, in the order of the tables they begin with."""


def check_between(con: duckdb.DuckDBPyConnection) -> None:
    """Add the issues of every check to `intake.issues`, when all tables of `paper` are laid down."""
    con.execute(statement("between/household"))
    for check in CHECKS:
        con.execute(f"INSERT INTO intake.issues\n{statement(f'between/{check}')}")
