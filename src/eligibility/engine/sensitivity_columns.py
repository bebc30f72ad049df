"""Columnar form of `Sensitivity`: on which assumed parameters the outcomes of many condition vectors depend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from eligibility.engine.assumption_probe import probe_name
from eligibility.engine.sensitivity import OUTCOMES, Candidate, Marks, Sensitivity, bits_of
from eligibility.engine.vectors import MARKS, OPEN, PROVEN, Codes, Flags, RowNumbers, distinct
from eligibility.engine.verdict import Outcome
from eligibility.model.policy import RestsOn

_SIX_BITS = 64
_ALL = tuple(Outcome)


class _Cases(NamedTuple):
    """Many condition vectors: their marks, their outcomes (indices into `Outcome`), and the bits of each clause."""

    marks: Mapping[str, Codes]
    outcomes: RowNumbers
    bits: list[Codes]


def assumed_parameter_flags(
    sensitivity: Sensitivity, marks: Mapping[str, Codes], outcomes: RowNumbers, clauses: Mapping[str, Codes]
) -> dict[str, Flags]:
    """For each assumed parameter (sorted), flags of the vectors whose outcome could differ under another value of it."""
    bits = [
        np.array([bits_of(clause.kind, mark) for mark in MARKS], np.uint8)[clauses[clause.id]]
        for clause in sensitivity.clauses
    ]
    cases, flags = _Cases(marks, outcomes, bits), dict[str, Flags]()
    for parameter, candidates in sensitivity.candidates:
        flags[parameter] = np.zeros(len(outcomes), np.bool_)
        dependent = [_dependent(parameter, candidate, marks) for candidate in candidates]
        rows, row_numbers = distinct([depends.astype(np.uint8) for depends in dependent], len(outcomes))
        for index, row in enumerate(rows):
            conditions = tuple(candidate[0] for candidate, depends in zip(candidates, row, strict=True) if depends)
            where = np.flatnonzero(row_numbers == index)
            if conditions and len(where):
                flags[parameter][where] = _changes(sensitivity, conditions, cases, where)
    return flags


def _dependent(parameter: str, candidate: Candidate, marks: Mapping[str, Codes]) -> Flags:
    condition, named, rests = candidate
    flags = np.zeros(len(marks[condition]), np.bool_)
    if named:
        probe = marks.get(probe_name(condition, parameter))
        flags |= np.True_ if probe is None else probe == OPEN
    for rest in rests:
        flags |= _applies(rest, marks[condition], marks)
    return flags


def _applies(rest: RestsOn, mark: Codes, marks: Mapping[str, Codes]) -> Flags:
    flags = np.ones(len(mark), np.bool_) if rest.mark is None else mark == MARKS.index(rest.mark)
    return flags & (marks[rest.where] == PROVEN) if rest.where else flags


def _changes(sensitivity: Sensitivity, dependent: tuple[str, ...], cases: _Cases, where: RowNumbers) -> Flags:
    """Whether other marks of the conditions could change the outcome; evaluated once for each distinct case."""
    affected = sensitivity.affected(dependent)
    fixed = np.zeros(len(where), np.int64)
    for index in affected.others:
        fixed |= cases.bits[index][where]
    rows, row_numbers = distinct([cases.marks[name][where] for name in affected.reads], len(where))
    reachable = [sensitivity.reachable(dependent, affected, _named(affected.reads, row)) for row in rows]
    packed = (row_numbers * _SIX_BITS + fixed) * len(_ALL) + cases.outcomes[where]
    unique, inverse = np.unique(packed, return_inverse=True)
    results = np.zeros(len(unique), np.bool_)
    for number, case in enumerate(unique.tolist()):
        rest, outcome = divmod(case, len(_ALL))
        row, others = divmod(rest, _SIX_BITS)
        results[number] = any(OUTCOMES[others | varied] is not _ALL[outcome] for varied in reachable[row])
    changes: Flags = results[inverse.reshape(-1)]
    return changes


def _named(names: tuple[str, ...], row: tuple[int, ...]) -> Marks:
    return dict(zip(names, (MARKS[code] for code in row), strict=True))
