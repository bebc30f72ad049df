"""Gaps and overlaps of Catala's public proof tests (`tests/proof` of its repository), asked of this prover by their meaning.

There a variable has definitions, each under a condition, and the prover says whether for some input none applies (a gap)
or two apply (an overlap). Here each definition is a condition; a requirement asks that one applies, and a register clause
that no two do: so somebody is refused where there is a gap, and registered where there is an overlap.
"""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from eligibility.proving import Proof, Verdict, prove
from proving.small_books import SmallBook

FACTS = {
    "day": {"type": "date"},
    "sum": {"type": "money", "unit": "元"},
    "share": {"type": "count", "unit": "人"},
    "all": {"type": "count", "unit": "人"},
    "length": {"type": "count", "unit": "天"},
    "whole": {"type": "count", "unit": "次"},
    "kind": {"type": "choice", "choices": ["A", "B"]},
    **{f"x{i}": {"type": "truth"} for i in range(1, 10)},
    "student": {"type": "truth"},
    "professor": {"type": "truth"},
    "advisors": {"type": "count", "unit": "人"},
}
SAT = (
    "(x1 or x2 or x3 or x4 or x5) and (not x1 or not x2 or not x3 or not x4 or not x5) and (x1 or not x2)"
    " and (x3 or not x4 or x5) and x5 and (not x1 or x2) and (x6 or not x7 or x8 or not x1)"
    " and (x2 or not x4 or x5 or not x6) and (x7 or x8 or x9 or not x2)"
)
FIRST, MIDDLE, LATE, LAST = (
    "day < '2010-01-01'",
    "day >= '2010-01-01' and day < '2015-01-01'",
    "day >= '2015-01-01' and day < '2020-01-01'",
    "day >= '2020-01-01'",
)
SMALL, FAIR, LARGE, HUGE = (
    "sum < 1000 元",
    "sum >= 1000 元 and sum < 10000 元",
    "sum >= 10000 元 and sum < 100000 元",
    "sum >= 100000 元",
)
ANYHOW, NEVER = "x1 or not x1", "x1 and not x1"
MIDDLE_YEAR = "day >= '2021-01-01' and day <= '2021-12-31'"
LAST_YEAR = "day >= '2022-01-01' and day < '2022-12-31'"
ASSERTED = {"day": ["事实day >= '2020-01-01'", "事实day < '2022-12-31'"]}
"""What an assertion there says of every input, here what always holds of the facts."""

CASES = {
    "good/array_length": (["length > 0", "length = 0"], False, False),
    "bad/array_length-empty": (["length > 0"], True, False),
    "bad/array_length-overlap": (["length >= 0", "length = 1 天"], False, True),
    "good/enums-nonbool": (["kind = 'A'", "kind = 'B'"], False, False),
    "good/enums_unit": (["kind = 'A'", "kind = 'B'"], False, False),
    "bad/enums_unit-empty": (["kind = 'A' and whole > 0", "kind = 'B'"], True, False),
    "bad/enums_unit-overlap": (["kind = 'A' or kind = 'B'", "kind = 'B'"], False, True),
    "good/let_in_condition": ([ANYHOW], False, False),
    "bad/let_in_condition-empty": ([NEVER], True, False),
    "good/no_vars": ([ANYHOW], False, False),
    "bad/no_vars-empty": (["whole <= 0", "whole >= 2 次"], True, False),
    "good/functions": (["x1", "not x1"], False, False),
    "good/functions (of its value)": (["whole < 1 次", "whole = 1 次", "whole > 1 次"], False, False),
    "good/direct_scope_call": ([ANYHOW], False, False),
    "good/direct_scope_call_with_context": ([ANYHOW], False, False),
    "good/structs": (["whole = 0 and x1", "not whole = 0 or not x1"], False, False),
    "bad/structs-empty": (["whole = 0 and x1", "not whole = 0"], True, False),
    "good/assert": ([f"day >= '{y}-01-01' and day <= '{y}-12-31'" for y in (2020, 2021)] + [LAST_YEAR], False, False),
    "bad/assert-empty": (["day >= '2020-01-01' and day < '2020-12-31'", MIDDLE_YEAR, LAST_YEAR], True, False),
    "good/dates_simple": ([FIRST, MIDDLE, LATE, LAST], False, False),
    "bad/dates_simple-empty": ([MIDDLE, LATE, LAST], True, False),
    "bad/dates_simple-overlap": (["day <= '2010-01-01'", MIDDLE, LATE, LAST], False, True),
    "good/dates_get_year": ([FIRST, MIDDLE, LATE, LAST], False, False),
    "bad/dates_get_year-empty": ([FIRST, MIDDLE, LATE, "day >= '2021-01-01'"], True, False),
    "bad/dates_get_year-overlap": ([FIRST, MIDDLE, "day >= '2015-01-01' and day < '2021-01-01'", LAST], False, True),
    "good/money": ([SMALL, FAIR, LARGE, HUGE], False, False),
    "bad/money-empty": ([FAIR, LARGE, HUGE], True, False),
    "bad/money-overlap": (["sum <= 1000 元", FAIR, LARGE, HUGE], False, True),
    "good/rationals": (["share > 1/3 * all", "share <= 1/3 * all"], False, False),
    "bad/rationals-empty": (["share > 1/3 * all"], True, False),
    "bad/rationals-overlap": (["share >= 1/3 * all", "share <= 1/3 * all"], False, True),
    "good/duration": (["length + length > 100 天", "length + length <= 100 天"], False, False),
    "bad/duration-empty": (["length + length > 100 天"], True, False),
    "bad/duration-overlap": (["length + length >= 100 天", "length + length <= 100 天"], False, True),
    "good/enums": (["kind = 'A'", "kind = 'B'"], False, False),
    "bad/enums-empty": (["kind = 'A'"], True, False),
    "bad/enums-overlap": (["kind = 'A'", "kind = 'A' or kind = 'B'"], False, True),
    "good/enums-arith": (["kind = 'A' and whole >= 2 次", "kind = 'B' or (kind = 'A' and whole < 2 次)"], False, False),
    "bad/enums-nonbool-empty": (["kind = 'B'", "kind = 'A' and whole < 2 次"], True, False),
    "bad/enums-nonbool-overlap": (["kind = 'A'", "kind = 'B' or (kind = 'A' and whole < 2 次)"], False, True),
    "good/enums_inj": (["kind = 'A'", "kind = 'B'"], False, False),
    "bad/enums_inj-empty": (["kind = 'A'"], True, False),
    "bad/enums_inj-overlap": (["kind = 'A'", "kind = 'B'", "kind = 'B'"], False, True),
    "bad/structs-overlap": (["whole = 0 or x1", "not whole = 0 or not x1"], False, True),
    "good/simple_vars": (["whole < 1 次", "whole = 1 次", "whole > 1 次"], False, False),
    "bad/no_vars-conflict": (["whole <= 1 次", "whole >= 1 次"], False, True),
    "bad/sat_solving": ([SAT], True, False),
    "bad/prolala (eligibility)": (["student", "professor"], True, True),
    "bad/prolala (amount)": (["advisors <= 2 人", "advisors > 3 人"], True, False),
    "prolala (amount, corrected)": (["advisors <= 2 人", "advisors >= 3 人"], False, False),
}
"""Name there → the conditions of the definitions, whether there is a gap, whether there is an overlap; every test there.

By meaning: the length of an array is a count; a function of a truth is its two cases; a definition without a condition, or
under one that computes to true, holds of a truth and of its opposite; an assertion is arithmetic that always holds."""


@pytest.mark.parametrize("name", CASES)
def test_gap_and_overlap_are_seen_where_they_are_and_nowhere_else(name: str, tmp_path: Path) -> None:
    definitions, gap, overlap = CASES[name]
    names = [f"d{i}" for i in range(len(definitions))]
    clauses = {"applies": {"kind": "requirement", "when": {"any": names} if len(names) > 1 else names[0]}}
    pairs = [f"not ({a} and {b})" for a, b in combinations(names, 2)]
    if pairs:
        clauses["once"] = {"kind": "register", "when": " and ".join(pairs)}
    facts = {key: {**fact, "in_dossier": False} for key, fact in FACTS.items() if any(key in d for d in definitions)}
    if "assert" in name:
        facts = {key: {**fact, "always": ASSERTED[key]} for key, fact in facts.items()}
    conditions = dict(zip(names, definitions, strict=True))
    proof = prove(SmallBook(conditions, clauses, facts).side(tmp_path), 30)
    assert (somebody(proof, "not_eligible"), somebody(proof, "register")) == (gap, overlap)
    assert proof.count(Verdict.UNDECIDED) == 0


def somebody(proof: Proof, outcome: str) -> bool:
    """Whether the prover has a person of that outcome; a rulebook without register clauses registers nobody."""
    claims = [claim for claim in proof.claims if (claim.property, claim.subject) == ("outcome_reached", outcome)]
    return bool(claims) and claims[0].verdict is Verdict.PROVED


def test_an_exception_mends_the_overlap_of_the_bonus(tmp_path: Path) -> None:
    """The corrected form there: a student is eligible, but a professor is not, who may be a student as well."""
    clauses = {
        "default": {"kind": "requirement", "when": "is_student"},
        "professors": {"kind": "exclusion", "when": "is_professor"},
    }
    facts = {name: {"type": "truth", "in_dossier": False} for name in ("student", "professor")}
    proof = prove(SmallBook({"is_student": "student", "is_professor": "professor"}, clauses, facts).side(tmp_path), 30)
    assert proof.holds
