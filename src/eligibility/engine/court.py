"""Verdicts on vectors of marks: durable-rules rules, and the assumed parameters are found."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from itertools import chain

from eligibility.domain.mark import Mark
from eligibility.domain.policy import Kind, Policy
from eligibility.engine.assumed import Sensitivity
from eligibility.engine.durable_cage import Cage, Conclusions
from eligibility.engine.law import DEMANDS, compile_law, condition_name
from eligibility.engine.verdict import EngineError, Outcome, Ruling, Verdict, check_words

COURTS = 4
"""Policies whose compiled rules are kept for `decide_marks`."""

MARKS = {mark.value: mark for mark in Mark}

_courts: OrderedDict[int, Court] = OrderedDict()


def decide_marks(policy: Policy, marks: Mapping[str, Mark]) -> Verdict:
    """The verdict on one vector of marks, which must name every condition of the policy and no other.

    Raises EngineError on marks absent or unknown. A policy must not be changed after its first use.
    """
    court = _courts.get(id(policy))
    if court is None:
        while len(_courts) >= COURTS:
            _courts.popitem(last=False)[1].close()
        court = _courts[id(policy)] = Court(policy)
    _courts.move_to_end(id(policy))
    return court.decide(marks)


class Court:
    """The clauses of one policy, compiled. Holds memory of the rule engine until closed."""

    def __init__(self, policy: Policy) -> None:
        """Compile the clauses; raises EngineError on a policy that the rule engine cannot be trusted with."""
        self.policy = policy
        self.cage = Cage(compile_law(policy))
        # a condition that no rule reads (one that only tells of the case) stays outside
        self._given = [(c, name) for c in policy.conditions if (name := condition_name(c)) in self.cage.inputs]
        self.sensitivity = Sensitivity(policy)
        self._kinds = {clause.id: clause.kind for clause in policy.clauses.values()}
        self._reasons_of_review = sorted(name for name in self.cage.concluded if name.startswith("r_"))
        self._judged = [c for c, kind in self._kinds.items() if kind is not Kind.EXCEPTION]

    def decide(self, marks: Mapping[str, Mark]) -> Verdict:
        """The verdict on one vector of marks; EngineError unless it names exactly the policy's conditions."""
        check_words(marks, self.policy.conditions)
        found = self.cage.run({name: marks[condition].value for condition, name in self._given})
        ruling = self._ruling(found)
        return Verdict(
            ruling.outcome,
            ruling.reasons,
            self._with(ruling, Mark.REFUTED),
            self._with(ruling, Mark.OPEN),
            ruling.clauses,
            self.sensitivity.assumed(marks, ruling.outcome, ruling.clauses),
            found.fired,
        )

    def close(self) -> None:
        """Give the rule engine's memory back."""
        self.cage.close()

    def __enter__(self) -> Court:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ruling(self, found: Conclusions) -> Ruling:
        outcomes = [o for o in Outcome if found.marks[f"is_{o}"] == "proven"]
        if len(outcomes) != 1:
            raise EngineError(f"the clauses conclude {len(outcomes)} outcomes: {outcomes}")
        clauses = {clause: MARKS[found.marks[f"k_{clause}"]] for clause in self._kinds}
        return Ruling(outcomes[0], self._reasons(outcomes[0], clauses, found), clauses)

    def _reasons(self, outcome: Outcome, clauses: dict[str, Mark], found: Conclusions) -> tuple[str, ...]:
        given = (name.removeprefix("r_") for name in self._reasons_of_review if found.marks[name] == "proven")
        kinds = {Outcome.NOT_ELIGIBLE: DEMANDS, Outcome.REGISTER: (Kind.REGISTER,)}.get(outcome, ())
        refuted = (c for c, mark in clauses.items() if mark is Mark.REFUTED and self._kinds[c] in kinds)
        return tuple(sorted(chain(given, refuted)))

    def _with(self, ruling: Ruling, mark: Mark) -> tuple[str, ...]:
        return tuple(sorted(c for c in self._judged if ruling.clauses[c] is mark))
