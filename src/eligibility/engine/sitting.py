"""All profiles of a batch decided together: each set of rules meets each distinct vector of the marks it reads once.

What `Court.decide` says of one vector, said of thousands in columns; a sample of every batch is decided both ways.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from eligibility.domain.policy import Kind, Policy
from eligibility.engine.assumed_columns import assumed_columns
from eligibility.engine.court import Court
from eligibility.engine.durable_cage import Cage, RuleSet
from eligibility.engine.law import DEMANDS, condition_name
from eligibility.engine.rules import ALWAYS, Rule
from eligibility.engine.vectors import OPEN, PROVEN, REFUTED, WORDS, Codes, Flags, Places, distinct, joined, listed
from eligibility.engine.verdict import EngineError, Outcome


def decide_together(court: Court, given: Mapping[str, Codes]) -> pa.Table:
    """Outcome, reasons, clauses_refuted, clauses_open, assumed_parameters and trace of every vector, codes joined by `;`.

    `given` holds a column of marks for every condition of the court's policy.
    """
    size = len(next(iter(given.values()))) if given else 0
    entering = {condition_name(condition): column for condition, column in given.items()}
    marks, trace = _conclude(court.cage, entering, size)
    outcomes = _outcomes(marks, size)
    clauses = {clause: marks[f"k_{clause}"] for clause in court.policy.clauses}
    judged = sorted(c for c, clause in court.policy.clauses.items() if clause.kind is not Kind.EXCEPTION)
    return pa.table(
        {
            "outcome": pa.array([o.value for o in Outcome], pa.string()).take(pa.array(outcomes)),
            "reasons": listed(size, _reasons(court.policy, marks, outcomes)),
            "clauses_refuted": listed(size, {c: clauses[c] == REFUTED for c in judged}),
            "clauses_open": listed(size, {c: clauses[c] == OPEN for c in judged}),
            "assumed_parameters": listed(size, assumed_columns(court.sensitivity, given, outcomes, clauses)),
            "trace": joined(size, trace),
        }
    )


def _conclude(cage: Cage, given: Mapping[str, Codes], size: int) -> tuple[dict[str, Codes], list[pa.Array]]:
    """Every mark after the run, and for each set the names of the rules that fired (null: none)."""
    marks: dict[str, Codes] = {name: np.zeros(size, np.uint8) for name in cage.concluded}
    marks |= {**given, ALWAYS: np.full(size, PROVEN, np.uint8)}
    trace = []
    for level in cage.levels:
        for each in level:
            rows, places = distinct([marks[name] for name in each.reads], size)
            fired = [_fired(each, row) for row in rows] if size else []
            _mark(marks, fired, places)
            told = [";".join(rule.name for rule in rules) or None for rules in fired]
            trace.append(pa.array(told, pa.string()).take(pa.array(places)))
    return marks, trace


def _fired(each: RuleSet, row: tuple[int, ...]) -> list[Rule]:
    return each.fired(dict(zip(each.reads, (WORDS[code] for code in row), strict=True)))


def _mark(marks: dict[str, Codes], fired: list[list[Rule]], places: Places) -> None:
    said: dict[tuple[str, int], list[int]] = {}
    for index, rules in enumerate(fired):
        for rule in rules:
            said.setdefault((rule.then.name, WORDS.index(rule.then.word)), []).append(index)
    for (name, code), indexes in said.items():
        here = np.zeros(len(fired), np.bool_)
        here[indexes] = True
        where = here[places]
        if np.any(where & (marks[name] != OPEN) & (marks[name] != code)):
            raise EngineError(f"{name} concluded both proven and refuted")
        marks[name][where] = code


def _outcomes(marks: Mapping[str, Codes], size: int) -> Places:
    concluded = np.array([marks[f"is_{outcome}"] == PROVEN for outcome in Outcome]).reshape(len(Outcome), size)
    if np.any(concluded.sum(axis=0) != 1):
        raise EngineError("the clauses conclude no outcome, or several")
    places: Places = concluded.argmax(axis=0)
    return places


def _reasons(policy: Policy, marks: Mapping[str, Codes], outcomes: Places) -> dict[str, Flags]:
    """Code of each reason → where it is given, in the order of the codes."""
    found = {name.removeprefix("r_"): marks[name] == PROVEN for name in marks if name.startswith("r_")}
    at = {outcome: index for index, outcome in enumerate(Outcome)}
    for clause in policy.clauses.values():
        refuted = marks[f"k_{clause.id}"] == REFUTED
        if clause.kind in DEMANDS:
            found[clause.id] = refuted & (outcomes == at[Outcome.NOT_ELIGIBLE])
        elif clause.kind is Kind.REGISTER:
            found[clause.id] = refuted & (outcomes == at[Outcome.REGISTER])
    return dict(sorted(found.items()))
