"""Evaluates the clauses for all profiles of a batch: each rule set runs once for each distinct vector of its marks.

Columnar form of `ClauseEvaluator.decide`; a sample of every batch is evaluated both ways.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from eligibility.engine.durable_rules_adapter import RuleSet, RuleSetAdapter
from eligibility.engine.evaluator import ClauseEvaluator
from eligibility.engine.rule_compiler import DEMANDS, condition_name
from eligibility.engine.rules import ALWAYS, Rule
from eligibility.engine.sensitivity_columns import assumed_parameter_flags
from eligibility.engine.vectors import OPEN, PROVEN, REFUTED, WORDS, Codes, Flags, RowNumbers, distinct, joined, listed
from eligibility.engine.verdict import EngineError, Outcome
from eligibility.model.policy import Kind, Policy


def evaluate_batch(evaluator: ClauseEvaluator, conditions: Mapping[str, Codes]) -> pa.Table:
    """Return outcome, reasons, clauses_refuted, clauses_open, assumed_parameters and trace of every vector.

    `conditions` holds a column of marks for every condition of the evaluator's policy. Codes are joined by `;`.
    """
    size = len(next(iter(conditions.values()))) if conditions else 0
    inputs = {condition_name(condition): column for condition, column in conditions.items()}
    marks, trace = _conclude(evaluator.adapter, inputs, size)
    outcomes = _outcomes(marks, size)
    clauses = {clause: marks[f"k_{clause}"] for clause in evaluator.policy.clauses}
    demands = sorted(c for c, clause in evaluator.policy.clauses.items() if clause.kind is not Kind.EXCEPTION)
    return pa.table(
        {
            "outcome": pa.array([o.value for o in Outcome], pa.string()).take(pa.array(outcomes)),
            "reasons": listed(size, _reasons(evaluator.policy, marks, outcomes)),
            "clauses_refuted": listed(size, {c: clauses[c] == REFUTED for c in demands}),
            "clauses_open": listed(size, {c: clauses[c] == OPEN for c in demands}),
            "assumed_parameters": listed(
                size, assumed_parameter_flags(evaluator.sensitivity, conditions, outcomes, clauses)
            ),
            "trace": joined(size, trace),
        }
    )


def _conclude(
    adapter: RuleSetAdapter, inputs: Mapping[str, Codes], size: int
) -> tuple[dict[str, Codes], list[pa.Array]]:
    """Return all marks after the run, and for each set the names of the rules that fired (null if none)."""
    marks: dict[str, Codes] = {name: np.zeros(size, np.uint8) for name in adapter.concluded}
    marks |= {**inputs, ALWAYS: np.full(size, PROVEN, np.uint8)}
    trace = []
    for level in adapter.levels:
        for rule_set in level:
            rows, row_numbers = distinct([marks[name] for name in rule_set.reads], size)
            fired = [_fired(rule_set, row) for row in rows] if size else []
            _mark(marks, fired, row_numbers)
            names = [";".join(rule.name for rule in rules) or None for rules in fired]
            trace.append(pa.array(names, pa.string()).take(pa.array(row_numbers)))
    return marks, trace


def _fired(rule_set: RuleSet, row: tuple[int, ...]) -> list[Rule]:
    return rule_set.fired(dict(zip(rule_set.reads, (WORDS[code] for code in row), strict=True)))


def _mark(marks: dict[str, Codes], fired: list[list[Rule]], row_numbers: RowNumbers) -> None:
    conclusions: dict[tuple[str, int], list[int]] = {}
    for index, rules in enumerate(fired):
        for rule in rules:
            conclusions.setdefault((rule.conclusion.name, WORDS.index(rule.conclusion.word)), []).append(index)
    for (name, code), indexes in conclusions.items():
        flags = np.zeros(len(fired), np.bool_)
        flags[indexes] = True
        where = flags[row_numbers]
        if np.any(where & (marks[name] != OPEN) & (marks[name] != code)):
            raise EngineError(f"{name} concluded both proven and refuted")
        marks[name][where] = code


def _outcomes(marks: Mapping[str, Codes], size: int) -> RowNumbers:
    concluded = np.array([marks[f"is_{outcome}"] == PROVEN for outcome in Outcome]).reshape(len(Outcome), size)
    if np.any(concluded.sum(axis=0) != 1):
        raise EngineError("the clauses conclude no outcome, or several")
    indices: RowNumbers = concluded.argmax(axis=0)
    return indices


def _reasons(policy: Policy, marks: Mapping[str, Codes], outcomes: RowNumbers) -> dict[str, Flags]:
    """For each reason code, in the order of the codes, flags of the vectors that have it."""
    flags = {name.removeprefix("r_"): marks[name] == PROVEN for name in marks if name.startswith("r_")}
    nothing = np.zeros(len(outcomes), np.bool_)
    index_of = {outcome: index for index, outcome in enumerate(Outcome)}
    for clause in policy.clauses.values():
        refuted = marks[f"k_{clause.id}"] == REFUTED
        if clause.kind in DEMANDS:
            flags[clause.id] = refuted & (outcomes == index_of[Outcome.NOT_ELIGIBLE]) | flags.get(clause.id, nothing)
        elif clause.kind.registers:
            flags[clause.id] = refuted & (outcomes == index_of[Outcome.REGISTER]) | flags.get(clause.id, nothing)
    return dict(sorted(flags.items()))
