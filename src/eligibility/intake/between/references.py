"""Names that refer to other papers: a household to the roster, a roll to its agreement, a parcel to its approval."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from eligibility.intake.statements import statement
from eligibility.model.tables import Table, table


@dataclass(frozen=True, slots=True)
class Reference:
    """`column` of `table` names a thing that `known` tables hold under `key`; `fatal`: without it the row tells nothing.

    What a set-aside row names is known all the same.
    """

    table: str
    column: str
    key: str
    known: tuple[str, ...]
    fatal: bool = False
    issue: str = "unknown_reference"


_NOBODY = "household_without_persons"
REFERENCES = (
    Reference("title_certificates", "household_id", "household_id", ("persons",), issue=_NOBODY),
    Reference("contract_ledger", "household_id", "household_id", ("persons",), issue=_NOBODY),
    Reference("approval_parcels", "approval_no", "approval_key", ("approvals",), fatal=True),
    Reference("approval_parcels", "community", "community_key", ("persons", "groups")),
    Reference("agreements", "community", "community_key", ("persons", "groups")),
    Reference("payouts", "agreement_no", "agreement_key", ("agreements",), fatal=True),
    Reference("payouts", "household_id", "household_id", ("persons",), issue=_NOBODY),
    Reference("confirmations", "resident_id", "resident_id", ("persons",)),
)


def check_references(con: duckdb.DuckDBPyConnection, of: Table) -> None:
    """Add an issue for every row of `intake.read` that names what no paper knows."""
    for reference in REFERENCES:
        if reference.table == of.key:
            _check(con, reference)
    if of.key in ("approval_parcels", "agreements"):
        _check_groups(con, of)


def _check(con: duckdb.DuckDBPyConnection, reference: Reference) -> None:
    known = " UNION ALL ".join(f"SELECT {reference.key} AS key FROM paper.{name}" for name in reference.known)
    con.execute(
        statement("between/unknown_reference", key=reference.key, known=known),
        {
            "table_name": reference.table,
            "position": [column.key for column in table(reference.table).columns].index(reference.column),
            "column_key": reference.column,
            "other": "、".join(table(name).zh for name in reference.known),
            "fatal": reference.fatal,
            "issue": reference.issue,
        },
    )


def _check_groups(con: duckdb.DuckDBPyConnection, of: Table) -> None:
    column = next(key for key in ("group", "groups") if key in [column.key for column in of.columns])
    con.execute(statement("between/unknown_group"), {"table_name": of.key, "column_key": column})
