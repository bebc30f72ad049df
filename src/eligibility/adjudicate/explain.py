"""One decision, laid open: clauses with their marks, facts as ranges, papers with their places, what would settle it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import duckdb
from pydantic import BaseModel

from eligibility.adjudicate.decide import REVIEW
from eligibility.adjudicate.settle import Settlement, settlements
from eligibility.adjudicate.values import fact_text
from eligibility.domain.mark import Mark
from eligibility.domain.policy import Policy, Status
from eligibility.engine import decide_marks
from eligibility.rulebook import Regime, elsewhere


class ClauseReading(BaseModel):
    """A clause with its mark, its citation, and how surely the citation is known (seen, assumed, unset)."""

    id: str
    title: str
    kind: str
    mark: Mark
    instrument: str
    article: str
    quote: str
    status: Status
    text: str


class FactReading(BaseModel):
    """A fact as a range in words, with its ends as text ("" where unbounded or not known)."""

    id: str
    title: str
    says: str
    confirmed_by: str


class PaperPlace(BaseModel):
    """A paper the facts rest on: what it says and where it stands."""

    table: str
    file: str
    sheet: str
    row: int
    says: str


class ReasonReading(BaseModel):
    """Why the case is as it is; for review, the papers and bodies that can settle it."""

    code: str
    title: str
    documents: list[str]
    bodies: list[str]


class RegimeReading(BaseModel):
    """A rulebook to try instead, and how surely it is known that it applies to land of that day."""

    id: str
    title: str
    instrument: str
    article: str
    status: Status


class Explanation(BaseModel):
    """Everything a signature under one decision rests on."""

    resident_id: str
    name: str
    community: str
    group: str
    household_id: str
    outcome: str
    outcome_title: str
    regime: str
    as_of: str
    profile_id: str
    reasons: list[ReasonReading]
    clauses: list[ClauseReading]
    facts: list[FactReading]
    papers: list[PaperPlace]
    assumed_parameters: list[str]
    settlements: list[Settlement]
    try_regimes: list[RegimeReading] = []
    """The rulebooks to try where the day of approval lies outside this one for certain."""


def explain(
    con: duckdb.DuckDBPyConnection, policy: Policy, resident_id: str, regimes: tuple[Regime, ...] = ()
) -> list[Explanation]:
    """The explanation of every decision under `resident_id` (one, but for ids that could not be read); empty: none."""
    rows = con.execute("SELECT * FROM decision.persons WHERE resident_id = ? ORDER BY row_id", [resident_id])
    names = [column[0] for column in rows.description or ()]
    return [_explanation(con, policy, dict(zip(names, row, strict=True)), regimes) for row in rows.fetchall()]


def explain_case(
    policy: Policy, marks: dict[str, Mark], facts: dict[str, Any], regimes: tuple[Regime, ...] = ()
) -> Explanation:
    """The explanation of a made-up case: no person, no papers, only its facts and the marks they give."""
    verdict = decide_marks(policy, marks)
    person = dict.fromkeys(("resident_id", "name", "community", "group", "household_id", "profile_id"), "")
    told = _told(
        policy,
        {**person, "outcome": str(verdict.outcome), "reasons": ";".join(verdict.reasons)},
        marks,
        facts,
        [],
        list(verdict.assumed_parameters),
    )
    return _with_regimes(told, facts, regimes)


def _explanation(
    con: duckdb.DuckDBPyConnection, policy: Policy, decision: dict[str, Any], regimes: tuple[Regime, ...]
) -> Explanation:
    marks = _row(con, "SELECT * FROM verdict.profiles WHERE profile_id = ?", decision["profile_id"])
    facts = _row(con, "SELECT * FROM fact.persons WHERE row_id = ?", decision["row_id"])
    assumed = [code for code in decision["assumed_parameters"].split(";") if code]
    read = {condition: Mark(marks[condition]) for condition in policy.conditions}
    told = _told(policy, decision, read, facts, _papers(con, decision["row_id"]), assumed)
    return _with_regimes(told, facts, regimes)


def _with_regimes(told: Explanation, facts: dict[str, Any], regimes: tuple[Regime, ...]) -> Explanation:
    approved = facts.get("approval_date_lo"), facts.get("approval_date_hi")
    others = [
        RegimeReading(
            id=regime.rulebook,
            title=regime.title,
            instrument=regime.citation.instrument,
            article=regime.citation.article,
            status=regime.citation.status,
        )
        for regime in elsewhere(regimes, told.regime, approved)
    ]
    return told.model_copy(update={"try_regimes": others})


def _told(  # noqa: PLR0913, PLR0917
    policy: Policy,
    decision: dict[str, Any],
    marks: dict[str, Mark],
    facts: dict[str, Any],
    papers: list[PaperPlace],
    assumed: list[str],
) -> Explanation:
    verdict = decide_marks(policy, marks)
    outcome = decision["outcome"]
    return Explanation(
        **{
            key: decision[key] or ""
            for key in ("resident_id", "name", "community", "group", "household_id", "profile_id")
        },
        outcome=outcome,
        outcome_title=policy.outcomes[outcome],
        regime=policy.id,
        as_of=policy.as_of.isoformat(),
        reasons=[_reason(code, policy) for code in decision["reasons"].split(";") if code],
        clauses=[_clause(policy, clause, verdict.clauses[clause]) for clause in policy.clauses],
        facts=[
            FactReading(id=f.id, title=f.title, says=fact_text(f, facts), confirmed_by=f.confirmed_by)
            for f in policy.facts.values()
        ],
        papers=papers,
        assumed_parameters=assumed,
        settlements=settlements(policy, marks) if outcome == REVIEW else [],
        try_regimes=[],
    )


def _row(con: duckdb.DuckDBPyConnection, query: str, key: Any) -> dict[str, Any]:
    found = con.execute(query, [key])
    names = [column[0] for column in found.description or ()]
    return dict(zip(names, found.fetchone() or (), strict=True))


def _reason(code: str, policy: Policy) -> ReasonReading:
    if code in policy.reasons:
        reason = policy.reasons[code]
        return ReasonReading(
            code=code,
            title=reason.title,
            documents=[policy.documents[document] for document in reason.documents],
            bodies=[policy.bodies[body] for body in reason.bodies],
        )
    return ReasonReading(code=code, title=policy.clauses[code].text, documents=[], bodies=[])


def _clause(policy: Policy, clause_id: str, mark: Mark) -> ClauseReading:
    clause = policy.clauses[clause_id]
    law = clause.citation
    return ClauseReading(
        id=clause.id,
        title=clause.title,
        kind=str(clause.kind),
        mark=mark,
        instrument=law.instrument,
        article=law.article,
        quote=law.quote,
        status=law.status,
        text=clause.text,
    )


def _papers(con: duckdb.DuckDBPyConnection, row_id: int) -> list[PaperPlace]:
    con.execute(
        "CREATE OR REPLACE TEMP MACRO mu(a) AS coalesce((a / 1000000.0)::DECIMAL(18, 4)::VARCHAR || '亩', '面积不详')"
    )
    con.execute(
        "CREATE OR REPLACE TEMP MACRO days(word, lo, hi) AS CASE WHEN lo = DATE '9999-12-31' THEN ''"
        " WHEN lo = DATE '0001-01-01' THEN ' ' || word || '不详' WHEN lo = hi THEN ' ' || word || lo::VARCHAR"
        " ELSE ' ' || word || lo::VARCHAR || '至' || hi::VARCHAR END"
    )
    query = files("eligibility.adjudicate").joinpath("papers.sql").read_text(encoding="utf-8")
    rows = con.execute(query, {"row_id": row_id}).fetchall()
    return [PaperPlace(table=t, file=f, sheet=s or "", row=r, says=said) for t, f, s, r, said in rows]
