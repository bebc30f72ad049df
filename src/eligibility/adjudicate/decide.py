"""Join verdicts back to persons: one decision each, with what is missing and who can supply it."""

from __future__ import annotations

from importlib.resources import files

import duckdb
import pyarrow as pa

from eligibility.adjudicate.settling import Needs
from eligibility.domain.each import Each, in_turn
from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy

REVIEW = "manual_review"
Profile = tuple[str, ...]
"""The reasons of a profile and the words of its marks."""
MARKS = {mark.value: mark for mark in Mark}


class Unaccounted(AssertionError):
    """Rows in are not rows decided plus rows quarantined: a fault of this program, never of the papers."""


def decide(con: duckdb.DuckDBPyConnection, policy: Policy, each: Each = in_turn) -> None:
    """Write `decision.persons` from schemas `paper` and `verdict`; `each` works out what open profiles need."""
    con.execute("CREATE SCHEMA IF NOT EXISTS decision")
    con.execute("SET VARIABLE regime = ?", [policy.id])
    ids, needs = _needs(con, policy, each)
    con.register(
        "arriving",
        pa.table(
            {
                "profile_id": pa.array(ids, pa.string()),
                "missing_evidence": pa.array([documents for documents, _ in needs], pa.string()),
                "settled_by": pa.array([bodies for _, bodies in needs], pa.string()),
            }
        ),
    )
    con.execute("CREATE OR REPLACE TEMP TABLE need AS SELECT * FROM arriving")
    con.unregister("arriving")
    con.execute(files("eligibility.adjudicate").joinpath("decisions.sql").read_text(encoding="utf-8"))


def account(con: duckdb.DuckDBPyConnection) -> None:
    """Check that every person row in was either decided once or quarantined.

    Raises:
        Unaccounted: the numbers differ.

    """
    found = con.execute(
        "SELECT rows_in, kept, quarantined, (SELECT count(*) FROM decision.persons),"
        " (SELECT count(DISTINCT row_id) FROM decision.persons) FROM paper.tables WHERE table_name = 'persons'"
    ).fetchone()
    if found is None:
        raise Unaccounted("no persons table was read")
    rows_in, kept, quarantined, decided, distinct = found
    if not (rows_in == kept + quarantined and kept == decided == distinct):
        raise Unaccounted(f"rows in {rows_in}, kept {kept}, quarantined {quarantined}, decided {decided} ({distinct})")


def _needs(con: duckdb.DuckDBPyConnection, policy: Policy, each: Each) -> tuple[list[str], list[tuple[str, str]]]:
    """Every profile, with the papers of all minimal sets that would settle it and the bodies that supply them."""
    profiles = con.execute(f"SELECT profile_id, outcome, {_profile(policy)} FROM verdict.profiles").fetchall()
    asked = [row[2:] for row in profiles if row[1] == REVIEW]
    needs = dict(zip(asked, each(Wanting(policy), asked), strict=True))
    return [row[0] for row in profiles], [needs[row[2:]] if row[1] == REVIEW else ("", "") for row in profiles]


def _profile(policy: Policy) -> str:
    return ", ".join(f'"{name}"' for name in ("reasons", *policy.conditions))


class Wanting:
    """For one open profile, its reasons and the words of its marks: the papers that would settle it, the bodies."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._settling = Needs(policy)

    def __reduce__(self) -> tuple[type[Wanting], tuple[Policy]]:
        """Goes to another process without what it has worked out here."""
        return Wanting, (self.policy,)

    def __call__(self, profile: Profile) -> tuple[str, str]:
        """Codes joined by `;`."""
        reasons, *marks = profile
        found = self._settling.of({name: MARKS[mark] for name, mark in zip(self.policy.conditions, marks, strict=True)})
        return (";".join(found.documents), ";".join(found.bodies)) if found.ways else _of_reasons(reasons, self.policy)


def _of_reasons(reasons: str, policy: Policy) -> tuple[str, str]:
    """All papers and bodies of these reasons: where no set of papers is known to settle the case."""
    known = [policy.reasons[code] for code in reasons.split(";") if code in policy.reasons]
    documents = {document for reason in known for document in reason.documents}
    bodies = {body for reason in known for body in reason.bodies}
    return ";".join(sorted(documents)), ";".join(sorted(bodies))
