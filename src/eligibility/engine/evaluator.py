"""Evaluates the clauses for one vector of condition marks, and determines which assumed parameters affect the outcome."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from itertools import chain

from eligibility.engine.durable_rules_adapter import Conclusions, RuleSetAdapter
from eligibility.engine.rule_compiler import DEMANDS, compile_rules, condition_name
from eligibility.engine.sensitivity import Sensitivity
from eligibility.engine.verdict import EngineError, Outcome, RuleResult, Verdict, check_words
from eligibility.model.policy import Kind, Policy
from eligibility.model.truth import Truth

MAX_CACHED = 4
"""Policies whose compiled rules `evaluate_clauses` keeps in its cache."""

MARKS = {mark.value: mark for mark in Truth}

_cache: OrderedDict[int, ClauseEvaluator] = OrderedDict()


def evaluate_clauses(policy: Policy, marks: Mapping[str, Truth]) -> Verdict:
    """Return the verdict on one condition vector, which must contain every condition of the policy and no other.

    Raises EngineError on a missing or unknown condition. A policy must not be changed after its first use.
    """
    evaluator = _cache.get(id(policy))
    if evaluator is None:
        while len(_cache) >= MAX_CACHED:
            _cache.popitem(last=False)[1].close()
        evaluator = _cache[id(policy)] = ClauseEvaluator(policy)
    _cache.move_to_end(id(policy))
    return evaluator.decide(marks)


class ClauseEvaluator:
    """Compiled clauses of one policy. Holds memory of the rule engine until closed."""

    def __init__(self, policy: Policy) -> None:
        """Compile the clauses; raises EngineError on a policy that the rule engine cannot evaluate safely."""
        self.policy = policy
        self.adapter = RuleSetAdapter(compile_rules(policy))
        # conditions that no rule reads (they only describe the case) are not passed to the rule engine
        self._inputs = [(c, name) for c in policy.conditions if (name := condition_name(c)) in self.adapter.inputs]
        self.sensitivity = Sensitivity(policy)
        self._kinds = {clause.id: clause.kind for clause in policy.clauses.values()}
        self._review_reasons = sorted(name for name in self.adapter.concluded if name.startswith("r_"))
        self._demands = [c for c, kind in self._kinds.items() if kind is not Kind.EXCEPTION]

    def decide(self, marks: Mapping[str, Truth]) -> Verdict:
        """Return the verdict on one condition vector; EngineError unless it contains exactly the policy's conditions."""
        check_words(marks, self.policy.conditions)
        conclusions = self.adapter.run({name: marks[condition].value for condition, name in self._inputs})
        result = self._result(conclusions)
        return Verdict(
            result.outcome,
            result.reasons,
            self._with(result, Truth.REFUTED),
            self._with(result, Truth.OPEN),
            result.clauses,
            self.sensitivity.assumed(marks, result.outcome, result.clauses),
            conclusions.fired,
        )

    def close(self) -> None:
        """Free the rule engine's memory."""
        self.adapter.close()

    def __enter__(self) -> ClauseEvaluator:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _result(self, conclusions: Conclusions) -> RuleResult:
        outcomes = [o for o in Outcome if conclusions.marks[f"is_{o}"] == "proven"]
        if len(outcomes) != 1:
            raise EngineError(f"the clauses conclude {len(outcomes)} outcomes: {outcomes}")
        clauses = {clause: MARKS[conclusions.marks[f"k_{clause}"]] for clause in self._kinds}
        return RuleResult(outcomes[0], self._reasons(outcomes[0], clauses, conclusions), clauses)

    def _reasons(self, outcome: Outcome, clauses: dict[str, Truth], conclusions: Conclusions) -> tuple[str, ...]:
        review = (name.removeprefix("r_") for name in self._review_reasons if conclusions.marks[name] == "proven")
        kinds = {Outcome.NOT_ELIGIBLE: DEMANDS, Outcome.REGISTER: (Kind.REGISTER, Kind.ELSEWHERE)}.get(outcome, ())
        refuted = (c for c, mark in clauses.items() if mark is Truth.REFUTED and self._kinds[c] in kinds)
        return tuple(sorted(chain(review, refuted)))

    def _with(self, result: RuleResult, mark: Truth) -> tuple[str, ...]:
        return tuple(sorted(c for c in self._demands if result.clauses[c] is mark))
