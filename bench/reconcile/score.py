"""Figures of one way of linking, held against the truth that the simulator wrote beside the dossier."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa

from eligibility.model.document_number import normal_form
from eligibility.model.names import squeeze

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
    """True links by agreement line, and the truly covered area in micro-亩 of each line that the truth knows."""

    links: frozenset[Pair]
    covered: dict[int, int]


def read_truth(con: duckdb.DuckDBPyConnection, folder: Path) -> Truth:
    """The truth of the dossier that `con` has read, for lines whose number and class were read.

    Links to approvals that are not in the dossier are no links that anybody could find. A second agreement over land that
    was signed for already has no truth of its own and is left out.
    """
    links, persons = (folder / "truth" / f"{name}.csv" for name in ("links", "persons"))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE truth_persons AS SELECT * FROM read_csv('{persons}', all_varchar = true)"
    )
    known = {key for (key,) in con.execute("SELECT approval_key FROM link.approval_law").fetchall()}
    said: dict[tuple[str, str], list[tuple[str, int]]] = {}
    with links.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found = said.setdefault((squeeze(row["agreement_no"]), row["land_class"]), [])
            if row["in_dossier"] == "true" and (key := normal_form(row["approval_no"])) in known:
                found.append((key, round(Decimal(row["area_mu"]) * 1_000_000)))
    lines = con.execute("SELECT row_id, agreement_no, land_class FROM link.coverage").fetchall()
    true = {row: said[at] for row, number, land in lines if (at := (squeeze(number), land)) in said}
    pairs = frozenset((row, key) for row, found in true.items() for key, _ in found)
    return Truth(pairs, {row: sum(area for _, area in found) for row, found in true.items()})


def links_of(found: set[Pair], truth: Truth) -> Links:
    """How many of `found` are true, and how many true ones there are."""
    told = {pair for pair in found if pair[0] in truth.covered}
    return Links(len(told), len(told & truth.links), len(truth.links))


TOLERANCE = 10_750
"""One unit of the last digit of an agreement (0.01 亩) and half of one of a parcel (0.0001 公顷), in micro-亩."""


def ranges(con: duckdb.DuckDBPyConnection, truth: Truth) -> dict[str, int]:
    """Agreement lines that can be covered, those whose true covered area lies in the range, and points among the ranges."""
    rows = con.execute(
        "SELECT row_id, covered_umu_min, covered_umu_max FROM link.coverage WHERE kind IS DISTINCT FROM 'lease'"
        " AND kind IS DISTINCT FROM 'occupation'"
    ).fetchall()
    rows = [one for one in rows if one[0] in truth.covered]
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
