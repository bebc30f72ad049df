"""Invented facts for the bench: the glossary of a rulebook filled for N persons, the same for the same seed.

Four persons a household, sixty persons a group; what papers would tie together (a group without approval, a household
without certificate) is drawn once for the group or the household, so that profiles repeat as they do in a district.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from eligibility.domain.policy import FactSpec, FactType, Policy

SEED = 1
"""Changes every draw."""

SQL_TYPES = {FactType.TRUTH: "BOOLEAN", FactType.CHOICE: "VARCHAR", FactType.DATE: "DATE"}

TRUTHS = {
    # what speaks for the person: share that is false, share not known, and for whom it is drawn
    "covered_taking": (0.03, 0.22, "group_no"),
    "approval_competent": (0.01, 0.10, "group_no"),
    "contract_right": (0.00, 0.12, "household_no"),
    "registered_member": (0.02, 0.03, "row_id"),
    "identity_valid": (0.005, 0.00, "row_id"),
    "title_present": (0.10, 0.00, "household_no"),
    # why something is open, as a group's papers are missing together
    "gap_approval_possible": (0.85, 0.00, "group_no"),
    "gap_group_level": (0.85, 0.00, "group_no"),
    "gap_equal_share": (0.85, 0.00, "group_no"),
    "gap_roll_missing": (0.85, 0.00, "group_no"),
    "gap_reserve_only": (0.98, 0.00, "group_no"),
    "gap_approval_missing": (0.95, 0.00, "group_no"),
    "gap_own_area": (0.93, 0.00, "household_no"),
    "title_substitute": (0.92, 0.00, "household_no"),
    "special_works": (0.99, 0.00, "group_no"),
    "shared_land_used": (1.00, 0.00, "group_no"),
}
RARE = (0.995, 0.001, "row_id")
"""Every other truth: what seldom holds of anybody, and is seldom left blank."""


def write_facts(policy: Policy, persons: int, path: Path) -> None:
    """Write fact.persons for `persons` invented persons to a Parquet file."""
    con = duckdb.connect()
    con.execute(f"CREATE MACRO draw(who, what) AS (hash(who, what, {SEED}) % 1000000) / 1e6")
    columns = ", ".join(column for spec in policy.facts.values() for column in _columns(spec))
    template = (Path(__file__).parent / "land.sql").read_text("utf-8")
    con.execute(f"CREATE TABLE land AS {template.format(persons=persons)}")
    con.execute(f"COPY (SELECT row_id, {columns} FROM land ORDER BY row_id) TO '{path}' (FORMAT parquet)")


def _columns(spec: FactSpec) -> list[str]:
    made = [_made(spec, column) for column in spec.columns]
    kind = SQL_TYPES.get(spec.type, "BIGINT")
    return [f"CAST({value} AS {kind}) AS {column}" for value, column in zip(made, spec.columns, strict=True)]


def _made(spec: FactSpec, column: str) -> str:
    if spec.type is FactType.TRUTH:
        return _truth(spec.id)
    if spec.type is FactType.CHOICE:
        first, second = spec.choices[:2]
        draw = f"draw(row_id, '{spec.id}')"
        return f"CASE WHEN {draw} < 0.96 THEN '{first}' WHEN {draw} < 0.98 THEN '{second}' END"
    return column if spec.id in LAND else "NULL"


LAND = ("own_area", "lawful_loss", "remaining_area", "heads", "remaining_per_head", "approval_date", "age_at_approval")
"""Ordered facts that land.sql makes."""


def _truth(name: str) -> str:
    false, unknown, who = TRUTHS.get(name, RARE)
    draw = f"draw({who}, '{name}')"
    return f"CASE WHEN {draw} < {false} THEN FALSE WHEN {draw} >= {false + unknown} THEN TRUE END"
