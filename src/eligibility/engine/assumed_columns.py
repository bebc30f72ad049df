"""On which assumed parameters the outcomes of many vectors rest: `Sensitivity`, in columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from eligibility.domain.policy import RestsOn
from eligibility.engine.assumed import OUTCOMES, Candidate, Marks, Sensitivity, bits_of
from eligibility.engine.vectors import MARKS, OPEN, PROVEN, Codes, Flags, Places, distinct
from eligibility.engine.verdict import Outcome
from eligibility.engine.watch import watch_name

_SIX_BITS = 64
_ALL = tuple(Outcome)


class _Cases(NamedTuple):
    """Many vectors: their marks, their outcomes (places in `Outcome`), and the bits of each clause."""

    marks: Mapping[str, Codes]
    outcomes: Places
    bits: list[Codes]


def assumed_columns(
    sensitivity: Sensitivity, marks: Mapping[str, Codes], outcomes: Places, clauses: Mapping[str, Codes]
) -> dict[str, Flags]:
    """Assumed parameter → the vectors whose outcome could differ under another value of it, parameters sorted."""
    bits = [
        np.array([bits_of(clause.kind, mark) for mark in MARKS], np.uint8)[clauses[clause.id]]
        for clause in sensitivity.clauses
    ]
    cases, found = _Cases(marks, outcomes, bits), dict[str, Flags]()
    for parameter, candidates in sensitivity.candidates:
        found[parameter] = np.zeros(len(outcomes), np.bool_)
        resting = [_resting(parameter, candidate, marks) for candidate in candidates]
        rows, places = distinct([rests.astype(np.uint8) for rests in resting], len(outcomes))
        for index, row in enumerate(rows):
            conditions = tuple(candidate[0] for candidate, rests in zip(candidates, row, strict=True) if rests)
            where = np.flatnonzero(places == index)
            if conditions and len(where):
                found[parameter][where] = _matter(sensitivity, conditions, cases, where)
    return found


def _resting(parameter: str, candidate: Candidate, marks: Mapping[str, Codes]) -> Flags:
    condition, named, rests = candidate
    here = np.zeros(len(marks[condition]), np.bool_)
    if named:
        twin = marks.get(watch_name(condition, parameter))
        here |= np.True_ if twin is None else twin == OPEN
    for rest in rests:
        here |= _rests_here(rest, marks[condition], marks)
    return here


def _rests_here(rest: RestsOn, mark: Codes, marks: Mapping[str, Codes]) -> Flags:
    here = np.ones(len(mark), np.bool_) if rest.mark is None else mark == MARKS.index(rest.mark)
    return here & (marks[rest.where] == PROVEN) if rest.where else here


def _matter(sensitivity: Sensitivity, resting: tuple[str, ...], cases: _Cases, where: Places) -> Flags:
    """Whether the conditions could turn the outcome, asked once for each case that differs."""
    touched = sensitivity.touched(resting)
    untouched = np.zeros(len(where), np.int64)
    for index in touched.others:
        untouched |= cases.bits[index][where]
    rows, places = distinct([cases.marks[name][where] for name in touched.reads], len(where))
    reach = [sensitivity.reach(resting, touched, _named(touched.reads, row)) for row in rows]
    packed = (places * _SIX_BITS + untouched) * len(_ALL) + cases.outcomes[where]
    asked, back = np.unique(packed, return_inverse=True)
    answers = np.zeros(len(asked), np.bool_)
    for number, case in enumerate(asked.tolist()):
        rest, outcome = divmod(case, len(_ALL))
        row, others = divmod(rest, _SIX_BITS)
        answers[number] = any(OUTCOMES[others | other] is not _ALL[outcome] for other in reach[row])
    matter: Flags = answers[back.reshape(-1)]
    return matter


def _named(names: tuple[str, ...], row: tuple[int, ...]) -> Marks:
    return dict(zip(names, (MARKS[code] for code in row), strict=True))
