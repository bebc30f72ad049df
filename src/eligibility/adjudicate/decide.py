"""Joins verdicts with persons: one decision per person, with the missing evidence and the bodies that can supply it."""

from __future__ import annotations

from importlib.resources import files

import duckdb
import pyarrow as pa

from eligibility.adjudicate.settlement import SettlementFinder
from eligibility.model.parallel import ParallelMap, serial_map
from eligibility.model.policy import Policy
from eligibility.model.truth import Truth

REVIEW = "manual_review"
Profile = tuple[str, ...]
"""The reasons of a profile, then its marks as words."""
MARKS = {mark.value: mark for mark in Truth}


class Unaccounted(AssertionError):
    """The number of rows read differs from rows decided plus rows quarantined: a fault of the program, not of the papers."""


def decide(con: duckdb.DuckDBPyConnection, policy: Policy, each: ParallelMap = serial_map) -> None:
    """Write `decision.persons` from schemas `paper` and `verdict`; `each` maps over the open profiles."""
    con.execute("CREATE SCHEMA IF NOT EXISTS decision")
    con.execute("SET VARIABLE regime = ?", [policy.id])
    ids, required = _required_evidence(con, policy, each)
    con.register(
        "arriving",
        pa.table(
            {
                "profile_id": pa.array(ids, pa.string()),
                "missing_evidence": pa.array([documents for documents, _ in required], pa.string()),
                "settled_by": pa.array([bodies for _, bodies in required], pa.string()),
            }
        ),
    )
    con.execute("CREATE OR REPLACE TEMP TABLE need AS SELECT * FROM arriving")
    con.unregister("arriving")
    con.execute(files("eligibility.adjudicate").joinpath("decisions.sql").read_text(encoding="utf-8"))


def account(con: duckdb.DuckDBPyConnection) -> None:
    """Check that every row of the persons table was either decided once or quarantined.

    Raises:
        Unaccounted: the numbers differ.

    """
    counts = con.execute(
        "SELECT rows_in, kept, quarantined, (SELECT count(*) FROM decision.persons),"
        " (SELECT count(DISTINCT row_id) FROM decision.persons) FROM paper.tables WHERE table_name = 'persons'"
    ).fetchone()
    if counts is None:
        raise Unaccounted("no persons table was read")
    rows_in, kept, quarantined, decided, distinct = counts
    if not (rows_in == kept + quarantined and kept == decided == distinct):
        raise Unaccounted(f"rows in {rows_in}, kept {kept}, quarantined {quarantined}, decided {decided} ({distinct})")


def _required_evidence(
    con: duckdb.DuckDBPyConnection, policy: Policy, each: ParallelMap
) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the ids of all profiles, and for each the papers of all minimal sets that would settle it, and their bodies."""
    profiles = con.execute(f"SELECT profile_id, outcome, {_profile(policy)} FROM verdict.profiles").fetchall()
    in_review = [row[2:] for row in profiles if row[1] == REVIEW]
    required = dict(zip(in_review, each(RequiredEvidence(policy), in_review), strict=True))
    return [row[0] for row in profiles], [required[row[2:]] if row[1] == REVIEW else ("", "") for row in profiles]


def _profile(policy: Policy) -> str:
    return ", ".join(f'"{name}"' for name in ("reasons", *policy.conditions))


class RequiredEvidence:
    """Computes for an open profile the papers that would settle it and the bodies that supply them."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._finder = SettlementFinder(policy)

    def __reduce__(self) -> tuple[type[RequiredEvidence], tuple[Policy]]:
        """Pickle without the cached results."""
        return RequiredEvidence, (self.policy,)

    def __call__(self, profile: Profile) -> tuple[str, str]:
        """Return the codes of the papers and of the bodies, each joined by `;`."""
        reasons, *marks = profile
        options = self._finder.of({name: MARKS[mark] for name, mark in zip(self.policy.conditions, marks, strict=True)})
        return (
            (";".join(options.documents), ";".join(options.bodies))
            if options.ways
            else _of_reasons(reasons, self.policy)
        )


def _of_reasons(reasons: str, policy: Policy) -> tuple[str, str]:
    """Return all papers and bodies of the reasons; used if no set of papers is known to settle the case."""
    known = [policy.reasons[code] for code in reasons.split(";") if code in policy.reasons]
    documents = {document for reason in known for document in reason.documents}
    bodies = {body for reason in known for body in reason.bodies}
    return ";".join(sorted(documents)), ";".join(sorted(bodies))
