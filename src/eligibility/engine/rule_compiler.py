"""Compiles the clauses of a policy into rules: condition marks → clause marks → outcome → reasons.

Names of marks: `c_` a condition, `own_` a clause before its exceptions, `k_` a clause as a demand, `all_` the
conjunction of a kind, `is_` an outcome, `asks_` a clause that needs manual review, `r_` a reason, `h_` a helper.
A helper and an `is_`, `asks_` or `r_` mark is proven, or else open; the others are dual-rail (proven, refuted or open).
"""

from __future__ import annotations

from eligibility.engine.dual_rail import Equality, Every, Some, Tree, conjunction_rails, dual_rail, mark_rails
from eligibility.engine.rules import Rule, RuleMaker
from eligibility.engine.verdict import POLICY_UNSET, EngineError, Outcome
from eligibility.model.formula import conditions_named, unset
from eligibility.model.policy import Clause, Kind, Not, Policy

DEMANDS = (Kind.REQUIREMENT, Kind.EXCLUSION)
"""Kinds of clauses whose refutation makes a case not eligible."""


def compile_rules(policy: Policy) -> list[Rule]:
    """Return all rules of a policy, in the order of its clauses.

    Raises EngineError if an exception refers to no clause, or to another exception.
    """
    maker = RuleMaker()
    for clause in policy.clauses.values():
        _clause_rules(maker, clause, exceptions_of(policy, clause))
    _outcome_rules(maker, policy)
    without_value = {c.id for c in policy.conditions.values() if unset(c.expression)}
    for clause in policy.clauses.values():
        if clause.kind is not Kind.EXCEPTION:
            _review_rules(maker, clause)
            _reason_rules(maker, clause, exceptions_of(policy, clause), without_value)
    return maker.rules


def exceptions_of(policy: Policy, clause: Clause) -> list[Clause]:
    """Return the exceptions of `clause`. Raises EngineError on an exception of an exception, whose meaning is undefined."""
    if clause.kind is Kind.EXCEPTION:
        lifted = policy.clauses.get(clause.excepts)
        if lifted is None or lifted.kind is Kind.EXCEPTION:
            raise EngineError(
                f"clause {clause.id}: excepts {clause.excepts!r}, which is not a clause that can have exceptions"
            )
        return []
    return [c for c in policy.clauses.values() if c.kind is Kind.EXCEPTION and c.excepts == clause.id]


def condition_name(condition: str) -> str:
    """Return the name of a condition's mark in the rules."""
    return f"c_{condition}"


def _clause_rules(maker: RuleMaker, clause: Clause, exceptions: list[Clause]) -> None:
    demand = Not(clause.deciding) if clause.kind.negated else clause.deciding
    own = f"own_{clause.id}" if exceptions else f"k_{clause.id}"
    _both(maker, clause.id + (".own" if exceptions else ""), dual_rail(demand, condition_name), own)
    if exceptions:
        pairs = [mark_rails(name) for name in (own, *(f"k_{e.id}" for e in exceptions))]
        with_exceptions = Some(tuple(p for p, _ in pairs)), Every(tuple(r for _, r in pairs))
        _both(maker, clause.id, with_exceptions, f"k_{clause.id}")


def _outcome_rules(maker: RuleMaker, policy: Policy) -> None:
    kinds = {"demands": DEMANDS, "refers": (Kind.REFER,), "registers": (Kind.REGISTER, Kind.ELSEWHERE)}
    for name, members in kinds.items():
        marks = [f"k_{clause.id}" for clause in policy.clauses.values() if clause.kind in members]
        _both(maker, name, conjunction_rails(marks), f"all_{name}")
    _outcome(maker, Outcome.NOT_ELIGIBLE, "refused", demands="refuted")
    _outcome(maker, Outcome.MANUAL_REVIEW, "demand_open", demands="open")
    _outcome(maker, Outcome.MANUAL_REVIEW, "referred", demands="proven", refers="refuted")
    _outcome(maker, Outcome.MANUAL_REVIEW, "refer_open", demands="proven", refers="open")
    _outcome(maker, Outcome.MANUAL_REVIEW, "register_open", demands="proven", refers="proven", registers="open")
    _outcome(maker, Outcome.REGISTER, "registered", demands="proven", refers="proven", registers="refuted")
    _outcome(maker, Outcome.ELIGIBLE, "all_proven", demands="proven", refers="proven", registers="proven")


def _outcome(maker: RuleMaker, outcome: Outcome, why: str, **words: str) -> None:
    when = Every(tuple(Equality(f"all_{kind}", word) for kind, word in words.items()))
    maker.add(f"{outcome}.{why}", when, Equality(f"is_{outcome}", "proven"))


def _review_rules(maker: RuleMaker, clause: Clause) -> None:
    review = Equality(f"is_{Outcome.MANUAL_REVIEW}", "proven")
    words = ("open", "refuted") if clause.kind is Kind.REFER else ("open",)
    # another register clause that is refuted decides the case already; an open one then needs no evidence
    other = (Equality("all_registers", "open"),) if clause.kind.registers else ()
    for word in words:
        when = Every((review, Equality(f"k_{clause.id}", word), *other))
        maker.add(f"{clause.id}.asks_{word}", when, _review_mark(clause))


def _reason_rules(maker: RuleMaker, clause: Clause, exceptions: list[Clause], without_value: set[str]) -> None:
    own = f"own_{clause.id}" if exceptions else f"k_{clause.id}"
    if clause.kind is Kind.REFER:
        for reason in clause.on_refuted:
            _reason(maker, clause, reason, Equality(own, "refuted"))
    _open_reasons(maker, clause, clause, Equality(own, "open"), without_value)
    for exception in exceptions:
        _open_reasons(maker, clause, exception, Equality(f"k_{exception.id}", "open"), without_value)


def _open_reasons(maker: RuleMaker, review: Clause, clause: Clause, is_open: Equality, without_value: set[str]) -> None:
    """Add the reasons for `clause` being open, where `review` (itself, or the clause it lifts) needs manual review."""
    still_open = (Equality(f"k_{review.id}", "open"), is_open)
    no_premise: list[Tree] = []
    for on_open in clause.on_open:
        premise = maker.helper(f"{clause.id}.when", dual_rail(on_open.when, condition_name)[0])
        _reason(maker, review, on_open.reason, *still_open, premise)
        no_premise.append(Equality(premise.name, "open"))
    for reason in clause.otherwise:
        _reason(maker, review, reason, *still_open, *no_premise)
    for condition in conditions_named(clause.when):
        if condition in without_value:
            _reason(maker, review, POLICY_UNSET, *still_open, Equality(condition_name(condition), "open"))


def _reason(maker: RuleMaker, review: Clause, reason: str, *when: Tree) -> None:
    maker.add(f"{review.id}.because_{reason}", Every((_review_mark(review), *when)), Equality(f"r_{reason}", "proven"))


def _both(maker: RuleMaker, name: str, trees: tuple[Tree, Tree], mark: str) -> None:
    for tree, word in zip(trees, ("proven", "refuted"), strict=True):
        maker.add(f"{name}.{word}", tree, Equality(mark, word))


def _review_mark(clause: Clause) -> Equality:
    return Equality(f"asks_{clause.id}", "proven")
