"""Figures of one way of linking, held against the truth that the simulator wrote beside the dossier."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from eligibility.domain.document_number import normal_form

Pair = tuple[int, str]
"""Position of an agreement line, and the key of an approval."""


@dataclass(frozen=True, slots=True)
class Links:
    """Counts of links: found, of them right, and all true ones among approvals and agreements that were read."""

    found: int
    right: int
    true: int

    def plus(self, other: Links) -> Links:
        """Both counts together."""
        return Links(self.found + other.found, self.right + other.right, self.true + other.true)

    def figures(self) -> dict[str, float | int | None]:
        """Precision, recall and F1; None where nothing was found or nothing is true."""
        precision = self.right / self.found if self.found else None
        recall = self.right / self.true if self.true else None
        both = (precision or 0) + (recall or 0)
        f1 = 2 * (precision or 0) * (recall or 0) / both if both else None
        return {
            "found": self.found,
            "right": self.right,
            "true": self.true,
            "precision": precision,
            "recall": recall,
            "f1": f1,
        }


@dataclass(frozen=True, slots=True)
class Truth:
    """True links by agreement line, and the truly covered area of each line, in micro-亩."""

    links: frozenset[Pair]
    covered: dict[int, int]


TRUE_LINES = """
SELECT l.row_id, t.approval_no, round(t.area_mu::DECIMAL(18, 4) * 1000000)::BIGINT
FROM link.coverage AS l JOIN truth_links AS t ON t.agreement_no = l.agreement_no AND t.land_class = l.land_class
WHERE t.in_dossier = 'true'
"""


def read_truth(con: duckdb.DuckDBPyConnection, folder: Path) -> Truth:
    """The truth of the dossier that `con` has read, for lines whose number and class were read.

    Links to approvals that are not in the dossier are no links that anybody could find.
    """
    links, persons = (folder / "truth" / f"{name}.csv" for name in ("links", "persons"))
    con.execute(f"CREATE OR REPLACE TEMP TABLE truth_links AS SELECT * FROM read_csv('{links}', all_varchar = true)")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE truth_persons AS SELECT * FROM read_csv('{persons}', all_varchar = true)"
    )
    known = {key for (key,) in con.execute("SELECT approval_key FROM link.approval_law").fetchall()}
    pairs: set[Pair] = set()
    covered = dict.fromkeys((row for (row,) in con.execute("SELECT row_id FROM link.coverage").fetchall()), 0)
    for row, number, area in con.execute(TRUE_LINES).fetchall():
        if (key := normal_form(number)) in known:
            pairs.add((row, key))
            covered[row] += area
    return Truth(frozenset(pairs), covered)


def links_of(found: set[Pair], truth: Truth) -> Links:
    """How many of `found` are true, and how many true ones there are."""
    return Links(len(found), len(found & truth.links), len(truth.links))


TOLERANCE = 5_750
"""Half the last printed digit of an agreement (0.01 亩) and of a parcel (0.0001 公顷), in micro-亩."""


def ranges(con: duckdb.DuckDBPyConnection, truth: Truth) -> dict[str, int]:
    """Agreement lines that can be covered, those whose true covered area lies in the range, and points among the ranges."""
    rows = con.execute(
        "SELECT row_id, covered_umu_min, covered_umu_max FROM link.coverage WHERE kind IS DISTINCT FROM 'lease'"
        " AND kind IS DISTINCT FROM 'occupation'"
    ).fetchall()
    sound = sum(least - TOLERANCE <= truth.covered[row] <= most + TOLERANCE for row, least, most in rows)
    return {"lines": len(rows), "sound": sound, "points": sum(least == most for _, least, most in rows)}


DECISIONS = """
SELECT
    count(*), count(*) FILTER (ours.outcome <> 'manual_review'),
    count(*) FILTER (ours.outcome <> 'manual_review' AND ours.outcome <> truth.outcome),
    count(*) FILTER (ours.outcome = 'not_eligible' AND truth.outcome IN ('eligible', 'register')),
    count(*) FILTER (ours.outcome = 'eligible' AND truth.outcome = 'not_eligible'),
    count(*) FILTER (truth.outcome <> 'manual_review')
FROM decision.persons AS ours
JOIN (SELECT resident_id, outcome FROM truth_persons UNION SELECT written_as, outcome FROM truth_persons) AS truth USING (resident_id)
"""


def decisions(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Persons, those decided, and those decided otherwise than is true of them."""
    names = ("persons", "decided", "wrong", "refused_wrongly", "admitted_wrongly", "decidable")
    return dict(zip(names, con.execute(DECISIONS).fetchall()[0], strict=True))


def put_pairs(con: duckdb.DuckDBPyConnection, pairs: set[Pair]) -> None:
    """The table `assumed` (row_id, approval_key) of the pairs."""
    rows = sorted(pairs)
    arrow = pa.table(
        {
            "row_id": pa.array([row for row, _ in rows], pa.int64()),
            "approval_key": pa.array([key for _, key in rows], pa.string()),
        }
    )
    con.register("arriving", arrow)
    con.execute("CREATE OR REPLACE TEMP TABLE assumed AS SELECT * FROM arriving")
    con.unregister("arriving")
