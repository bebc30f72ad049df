"""Invented rulebooks: every verdict of the prover against trying every row of facts with the reference evaluator."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eligibility.engine.reference_conditions import evaluate_condition, evaluate_conditions
from eligibility.engine.reference_evaluator import demand, evaluate_case, evaluate_formula, needs_review
from eligibility.engine.verdict import POLICY_UNSET, RuleResult
from eligibility.model.formula import Compare, Constant, FactRef, Formula, Holds, atoms, rebuilt, walk
from eligibility.model.policy import Kind, Policy
from eligibility.model.readings import with_readings
from eligibility.model.truth import Truth, conjunction
from eligibility.proving.claims import Claim, Verdict
from eligibility.proving.proof import prove
from eligibility.proving.properties.usage import parts_of
from proving.small_books import COUNTS, TRUTHS, WORDS, NarrowBook, SmallBook, refined, rows, states

MOST = 2
EXAMPLES = int(os.environ.get("PROVER_EXAMPLES", "12"))
"""Invented rulebooks; more of them take longer and find nothing new (docs/proof.md has the counts of a long run)."""

TALLY: Counter[tuple[str, str]] = Counter()
OPS = ("<", "<=", ">", ">=", "=", "!=")
Row = dict[str, Any]

counts = st.sampled_from(COUNTS)
numbers = st.integers(0, MOST)
leaves = st.one_of(
    st.builds("{} {} {} 人".format, counts, st.sampled_from(OPS), numbers),
    st.builds("{} {} {}".format, st.just("a"), st.sampled_from(OPS), st.just("b")),
    st.builds("a + b {} {} 人".format, st.sampled_from(OPS), st.integers(0, 2 * MOST)),
    st.builds("a {} {}% * b".format, st.sampled_from(OPS), st.sampled_from((50, 150))),
    st.builds("a - b {} {} 人".format, st.sampled_from(OPS), numbers),
    st.sampled_from(TRUTHS),
    st.builds("unknown({})".format, st.sampled_from((*COUNTS, *TRUTHS, "c"))),
    st.builds("c = '{}'".format, st.sampled_from(WORDS)),
    st.builds("c in ('{}', '{}')".format, st.sampled_from(WORDS), st.sampled_from(WORDS)),
)
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
    ),
    max_leaves=3,
)


@st.composite
def books(draw: Callable[..., Any]) -> SmallBook:
    names = [f"k{i}" for i in range(draw(st.integers(2, 4)))]
    conditions = {name: draw(expressions) for name in names}
    clauses: dict[str, dict[str, Any]] = {}
    for i in range(draw(st.integers(1, 3))):
        kinds = ["requirement", "exclusion", "register", "refer"] + (["exception"] if i else [])
        kind = draw(st.sampled_from(kinds))
        first, second = draw(st.sampled_from(names)), draw(st.sampled_from(names))
        when: Any = draw(st.sampled_from([first, f"{first} and not {second}", f"{first} or {second}"]))
        clause: dict[str, Any] = {"kind": kind, "when": when}
        if kind == "exception":
            plain = [name for name, other in clauses.items() if other["kind"] != "exception"]
            clause |= {"excepts": draw(st.sampled_from(plain))}
        if draw(st.booleans()):
            clause["on_open"] = [{"reason": "other", "when": draw(st.sampled_from(names))}]
        if kind == "refer":
            clause["on_refuted"] = ["why"]
        clauses[f"r{i}"] = clause
    along = draw(st.sampled_from([{}, {"b": "less"}]))
    fairness = {
        "never_depends_on": [draw(st.sampled_from((*COUNTS, *TRUTHS, "c")))],
        "never_hurts": [{"fact": "a", "move": draw(st.sampled_from(["more", "less"])), "along": along}, {"fact": "t"}],
    }
    other = {"other": {"title": "别因", "documents": ["paper"], "bodies": ["desk"]}}
    return SmallBook(conditions, clauses, fairness=fairness, reasons=other)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)
@given(book=books(), silent=st.booleans())
def test_the_prover_agrees_with_trying_everybody(book: SmallBook, *, silent: bool) -> None:
    """`silent`: clauses that say nothing where none of their reasons holds, which loading alone would refuse."""
    with tempfile.TemporaryDirectory() as root:
        side = book.side(Path(root))
        if silent:
            without = {name: replace(each, otherwise=()) for name, each in side.policy.clauses.items()}
            side = replace(side, policy=replace(side.policy, clauses=without))
        proof = prove(side, 60, lambda of, search: NarrowBook(of, search, most=MOST))
        everybody = Everybody(side.policy)
        for claim in proof.claims:
            holds = everybody.holds(claim, side)
            wanted = Verdict.PROVED if holds else Verdict.FAILED
            assert claim.verdict is wanted, (claim.property, claim.subject, claim.sentence.en, book)
            assert len(claim.persons) <= 2
            TALLY[claim.property, claim.verdict.value] += 1


class Everybody:
    """Every row with what the reference evaluator decides of it."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.all = [(row, decided(policy, row)) for row in rows(policy, MOST)]
        self.by_key = {self._key(row): result for row, result in self.all}

    def _key(self, row: Row) -> tuple[Any, ...]:
        return tuple(row.values())

    def holds(self, claim: Claim, side: Any) -> bool:
        return bool(getattr(self, claim.property)(claim, side))

    def one_outcome(self, claim: Claim, side: Any) -> bool:
        return True

    def review_has_reason(self, claim: Claim, side: Any) -> bool:
        return all(result.reasons for _, result in self.all if result.outcome == "manual_review")

    def reason_has_body(self, claim: Claim, side: Any) -> bool:
        return True

    def outcome_reached(self, claim: Claim, side: Any) -> bool:
        return any(result.outcome == claim.subject for _, result in self.all)

    def clause_matters(self, claim: Claim, side: Any) -> bool:
        kept = {
            name: clause for name, clause in self.policy.clauses.items() if claim.subject not in (name, clause.excepts)
        }
        other = replace(self.policy, clauses=kept)
        return any(decided(other, row).outcome != result.outcome for row, result in self.all)

    def condition_matters(self, claim: Claim, side: Any) -> bool:
        return all(self._changed(claim.subject, Holds(Constant(value))) for value in (True, False, None))

    def part_matters(self, claim: Claim, side: Any) -> bool:
        number = int(claim.subject.partition("#")[2])
        name = claim.subject.partition("#")[0]
        return self._changed(name, parts_of(self.policy.conditions[name].expression)[number][1])

    def _changed(self, name: str, formula: Formula) -> bool:
        conditions = dict(self.policy.conditions)
        conditions[name] = replace(conditions[name], expression=formula)
        other = with_readings(replace(self.policy, conditions=conditions))
        return any(explained(decided(other, row)) != explained(result) for row, result in self.all)

    def reason_given(self, claim: Claim, side: Any) -> bool:
        clause, reason = claim.subject.split()
        return any(reason in self._given(clause, row) for row, result in self.all if result.outcome == "manual_review")

    def _given(self, name: str, row: Row) -> set[str]:
        """The reasons that stand in the clause `name` and are given, be it under review itself or as an exception."""
        policy, source = self.policy, self.policy.clauses[name]
        marks = evaluate_conditions(policy, row)
        of = policy.clauses[source.excepts] if source.kind is Kind.EXCEPTION else source
        registers = [
            demand(policy, c, marks) for c in policy.clauses.values() if c.kind in (Kind.REGISTER, Kind.ELSEWHERE)
        ]
        mark = demand(policy, of, marks)
        if not needs_review(of, mark, conjunction(registers)):
            return set()
        own = evaluate_formula(source.deciding, marks)
        given: set[str] = set()
        if source.kind is Kind.REFER and own is Truth.REFUTED:
            given |= set(source.on_refuted)
        if mark is Truth.OPEN and own is Truth.OPEN:
            proven = {o.reason for o in source.on_open if evaluate_formula(o.when, marks) is Truth.PROVEN}
            given |= proven or set(source.otherwise)
        return given

    def never_overturned(self, claim: Claim, side: Any) -> bool:
        """A change by many facts goes by way of changes by one; the first that changes the outcome is among them."""
        for row, result in self.all:
            if result.outcome == "manual_review":
                continue
            for spec in self.policy.facts.values():
                for state in states(spec, MOST):
                    if refined(spec, row, state) and self.by_key[self._key({**row, **state})].outcome != result.outcome:
                        return False
        return True

    def never_depends_on(self, claim: Claim, side: Any) -> bool:
        if claim.subject not in self.policy.facts:
            return True
        spec = self.policy.facts[claim.subject]
        return all(
            self.by_key[self._key({**row, **state})].outcome == result.outcome
            for row, result in self.all
            for state in states(spec, MOST)
        )

    def never_hurts(self, claim: Claim, side: Any) -> bool:
        meant = next(each for each in side.draft.promises.never_hurts if each.fact == claim.subject)
        if meant.fact not in self.policy.facts:
            return True
        spec = self.policy.facts[meant.fact]
        along = [(self.policy.facts[name], more) for name, more in meant.along if name in self.policy.facts]
        for row, result in self.all:
            if result.outcome not in ("eligible", "register"):
                continue
            for state in states(spec, MOST):
                if not moved(spec, row, state, more=meant.more):
                    continue
                for changed in changes(row, along):
                    if self.by_key[self._key({**row, **state, **changed})].outcome == "not_eligible":
                        return False
        return True

    def clauses_agree(self, claim: Claim, side: Any) -> bool:
        names = [c.id for c in self.policy.clauses.values() if c.kind is not Kind.EXCEPTION]
        wanted = claim.subject.split() or names
        return any(all(result.clauses[name] is Truth.PROVEN for name in wanted) for _, result in self.all)

    def boundary_once(self, claim: Claim, side: Any) -> bool:
        if "#" in claim.subject:
            name, _, number = claim.subject.partition("#")
            compare = list(walk(self.policy.conditions[name].expression))[int(number)]
            assert isinstance(compare, Compare)
        else:
            fact, line = claim.subject.split()
            compare = Compare("=", FactRef(fact), Constant(int(line)))
        sides = [self._crossed(compare, place) for place in (-1, 0, 1)]
        meets = replace(compare, op="=")
        for row, _ in self.all:
            if evaluate_condition(meets, row, self.policy.facts) is not Truth.PROVEN:
                continue
            below, on_line, above = (decided(policy, row).outcome for policy in sides)
            if on_line not in (below, above, "manual_review"):
                return False
        return True

    def _crossed(self, line: Compare, place: int) -> Policy:
        """The policy where what is weighed on the line lies just below it (-1), on it, or just above (1)."""

        def leaf(part: Formula) -> Formula:
            way = self._way(part, line) if isinstance(part, Compare) else 0
            if not way or not isinstance(part, Compare):
                return part
            left, right = way * place, 0
            return Holds(Constant({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right,
                                   "=": left == right, "!=": left != right}[part.op]))  # fmt: skip

        conditions = {
            name: replace(condition, expression=rebuilt(condition.expression, leaf))
            for name, condition in self.policy.conditions.items()
        }
        return replace(self.policy, conditions=conditions)

    def _way(self, part: Compare, line: Compare) -> int:
        """1 where both differences have one sign for all numbers, -1 where the opposite one, 0 where neither."""
        exact = [
            dict(zip([f"{name}_{end}" for name in COUNTS for end in ("lo", "hi")], (a, a, b, b), strict=True))
            for a, b in product(range(7), repeat=2)
        ]
        if any(
            not isinstance(atom, FactRef | Constant) or isinstance(getattr(atom, "value", 0), str)
            for atom in (*atoms(part), *atoms(line))
        ):
            return 0
        if any(isinstance(atom, FactRef) and atom.id not in COUNTS for atom in (*atoms(part), *atoms(line))):
            return 0
        signs = [(self._sign(part, row), self._sign(line, row)) for row in exact]
        return next((way for way in (1, -1) if all(a == way * b for a, b in signs)), 0)

    def _sign(self, compare: Compare, row: Row) -> int:
        above, below = (
            evaluate_condition(replace(compare, op=op), row, self.policy.facts) is Truth.PROVEN for op in (">", "<")
        )
        return int(above) - int(below)


def decided(policy: Policy, row: Row) -> RuleResult:
    return evaluate_case(policy, evaluate_conditions(policy, row))


def explained(result: RuleResult) -> tuple[Any, ...]:
    """A condition that is always open is no parameter that is not set: what would be told of that is left out."""
    told = tuple(reason for reason in result.reasons if reason != POLICY_UNSET)
    reasons = told if result.outcome in ("manual_review", "not_eligible") else ()
    return result.outcome, reasons


def moved(spec: Any, before: Row, after: Row, *, more: bool) -> bool:
    if not spec.type.ordered:
        return before[spec.id] is not more and after[spec.id] is more
    for column in spec.columns:
        if (before[column] is None) != (after[column] is None):
            return False
        if before[column] is not None and (after[column] < before[column] if more else after[column] > before[column]):
            return False
    return True


def changes(row: Row, along: list[tuple[Any, bool]]) -> list[Row]:
    made: list[Row] = [{}]
    for spec, more in along:
        same = {column: row[column] for column in spec.columns}
        may_be = [same, *[state for state in states(spec, MOST) if moved(spec, row, state, more=more)]]
        made = [{**each, **state} for each in made for state in may_be]
    return made


def test_the_invented_books_had_both_verdicts() -> None:
    """Agreement would say little if every claim had come out alike; counted over the test above."""
    if not TALLY:
        test_the_prover_agrees_with_trying_everybody()
    for about in ("clause_matters", "condition_matters", "part_matters", "never_overturned", "never_hurts"):
        assert TALLY[about, "proved"] and TALLY[about, "failed"], (about, dict(TALLY))
    if os.environ.get("PROVER_EXAMPLES"):
        print("\n".join(f"{name} {verdict} {count}" for (name, verdict), count in sorted(TALLY.items())))
