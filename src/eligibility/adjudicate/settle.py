"""The smallest sets of open clauses whose answer would settle a case, with the papers and bodies for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pydantic import BaseModel

from eligibility.domain.mark import Mark
from eligibility.domain.policy import AllOf, AnyOf, Formula, Kind, Named, Not, Policy
from eligibility.engine import decide_marks

Marks = dict[str, Mark]


class Settlement(BaseModel):
    """If these clauses, now open, turned out `answer` (proven or refuted), the case would be decided as `outcome`."""

    clauses: list[str]
    answer: Mark
    outcome: str
    documents: list[str]
    bodies: list[str]


def settlements(policy: Policy, marks: Marks) -> list[Settlement]:
    """All minimal sets: the one that grants, and every one that refuses or registers by a single answer.

    Nothing is granted before every clause that waits is proven, so that set is the smallest of its kind; a refuted
    requirement refuses whatever else is open, so the sets that refuse hold one question each. Clauses that wait for
    the same conditions are one question.
    """
    questions = _questions(policy, marks)
    everything = [clause for question in questions for clause in question]
    sets = [(everything, Mark.PROVEN), *((question, Mark.REFUTED) for question in questions)]
    found = (_settlement(policy, marks, clauses, answer, questions) for clauses, answer in sets)
    return _merged([settlement for settlement in found if settlement is not None])


def _merged(found: list[Settlement]) -> list[Settlement]:
    """Questions that the same papers answer in the same way are one question."""
    kept: dict[tuple[object, ...], Settlement] = {}
    for one in found:
        key = (one.answer, one.outcome, tuple(one.documents), tuple(one.bodies))
        twin = kept.get(key, one)
        kept[key] = twin.model_copy(update={"clauses": sorted({*twin.clauses, *one.clauses})})
    return list(kept.values())


def _questions(policy: Policy, marks: Marks) -> list[list[str]]:
    """Clauses that wait for an answer, those that wait for the same open conditions together."""
    verdict = decide_marks(policy, marks)
    waiting: dict[frozenset[str], list[str]] = defaultdict(list)
    for clause, mark in verdict.clauses.items():
        if mark is Mark.OPEN and policy.clauses[clause].kind is not Kind.EXCEPTION:
            open_ones = {c for c in _named(policy.clauses[clause].when) if marks[c] is Mark.OPEN}
            waiting[frozenset(open_ones)].append(clause)
    return list(waiting.values())


def _settlement(
    policy: Policy, marks: Marks, clauses: list[str], answer: Mark, questions: list[list[str]]
) -> Settlement | None:
    answered = _answered(policy, marks, clauses, answer)
    if answered is None:
        return None
    outcome = decide_marks(policy, answered).outcome
    if outcome == "manual_review":
        return None
    others = [clause for question in questions for clause in question if clause not in clauses]
    alone = _answered(policy, marks, others, Mark.PROVEN) or marks
    reasons = [policy.reasons[code] for code in decide_marks(policy, alone).reasons if code in policy.reasons]
    return Settlement(
        clauses=sorted(clauses),
        answer=answer,
        outcome=str(outcome),
        documents=sorted({policy.documents[d] for reason in reasons for d in reason.documents}),
        bodies=sorted({policy.bodies[b] for reason in reasons for b in reason.bodies}),
    )


def _answered(policy: Policy, marks: Marks, clauses: list[str], answer: Mark) -> Marks | None:
    """The marks after these clauses were answered; None where a condition can never be answered so."""
    answered = dict(marks)
    for clause in clauses:
        rule = policy.clauses[clause]
        wanted = answer if rule.kind is not Kind.EXCLUSION else _other(answer)
        for condition, mark in _assumed(rule.when, wanted):
            if marks[condition] is Mark.OPEN:
                if mark is Mark.REFUTED and policy.conditions[condition].never_refuted(policy):
                    return None
                answered[condition] = mark
    return answered


def _assumed(formula: Formula, wanted: Mark) -> Iterator[tuple[str, Mark]]:
    """Every condition of a clause with the mark that makes the clause `wanted`."""
    match formula:
        case Named(id=condition):
            yield condition, wanted
        case Not(of=inner):
            yield from _assumed(inner, _other(wanted))
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _assumed(part, wanted)
        case _:
            raise TypeError(f"a clause speaks of conditions only, not of {formula!r}")


def _named(formula: Formula) -> set[str]:
    return {condition for condition, _ in _assumed(formula, Mark.PROVEN)}


def _other(mark: Mark) -> Mark:
    return Mark.REFUTED if mark is Mark.PROVEN else Mark.PROVEN
