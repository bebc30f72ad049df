"""Ways of linking agreements to approvals: this program's, and three simpler ones that are often used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import networkx as nx

from bench.reconcile.score import Pair, put_pairs
from eligibility.model.document_number import parse_citation

Way = Callable[[duckdb.DuckDBPyConnection], set[Pair]]

CITED = """
SELECT c.row_id, a.cited_approval_no FROM link.coverage AS c JOIN paper.agreements AS a USING (row_id)
WHERE a.cited_approval_no IS NOT NULL AND c.kind IS DISTINCT FROM 'lease' AND c.kind IS DISTINCT FROM 'occupation'
"""
SCORED = "SELECT row_id, approval_key, score FROM link.links WHERE score > 0 ORDER BY row_id, score DESC, approval_key"


def certain(con: duckdb.DuckDBPyConnection) -> set[Pair]:
    """What this program calls certain."""
    return _pairs(con, "SELECT row_id, approval_key FROM link.links WHERE certainty = 'certain'")


def possible(con: duckdb.DuckDBPyConnection) -> set[Pair]:
    """What this program calls certain or possible."""
    return _pairs(con, "SELECT row_id, approval_key FROM link.links")


def proposed(con: duckdb.DuckDBPyConnection) -> set[Pair]:
    """What this program proposes; where links carry no proposals, certain links and the best score of the others."""
    columns = {row[0] for row in con.execute("DESCRIBE link.links").fetchall()}
    sure = certain(con)
    if "proposed" in columns:
        return sure | _pairs(con, "SELECT row_id, approval_key FROM link.links WHERE proposed <> ''")
    settled = {row for row, _ in sure}
    return sure | {pair for pair in best_score(con) if pair[0] not in settled}


def cited_only(con: duckdb.DuckDBPyConnection) -> set[Pair]:
    """Every citation that can be read and names an approval of the dossier, taken at its word."""
    known = {key for (key,) in con.execute("SELECT approval_key FROM link.approval_law").fetchall()}
    return {
        (row, str(number))
        for row, cited in con.execute(CITED).fetchall()
        for number in parse_citation(cited)
        if str(number) in known
    }


def max_weight_matching(con: duckdb.DuckDBPyConnection) -> set[Pair]:
    """`networkx.max_weight_matching` on the same scores: one approval an agreement, one agreement an approval."""
    graph = nx.Graph()
    for row, key, score in con.execute(SCORED).fetchall():
        graph.add_edge(("agreement", row), ("approval", key), weight=score)
    found = (sorted(pair) for pair in nx.max_weight_matching(graph))
    return {(agreement[1], approval[1]) for agreement, approval in found}


def best_score(con: duckdb.DuckDBPyConnection) -> set[Pair]:
    """For each agreement line the approval with the highest score above 0, the first by number among equals."""
    best: dict[int, str] = {}
    for row, key, _ in con.execute(SCORED).fetchall():
        best.setdefault(row, key)
    return set(best.items())


BASELINES: dict[str, Way] = {
    "cited numbers only": cited_only,
    "nx.max_weight_matching": max_weight_matching,
    "best score per agreement": best_score,
}


def assume(con: duckdb.DuckDBPyConnection, pairs: set[Pair]) -> None:
    """Rewrite `link.coverage` as if exactly these pairs covered their agreement lines, wholly and for certain."""
    put_pairs(con, pairs)
    con.execute((Path(__file__).parent / "assumed.sql").read_text("utf-8"))


def _pairs(con: duckdb.DuckDBPyConnection, query: str) -> set[Pair]:
    return set(con.execute(query).fetchall())
